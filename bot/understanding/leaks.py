"""Private things that come out: "it dropped a real client's name into a draft" is unsafe, not bad style.

That people write names into their tickets, that it forgets a name, or that test cases leaked into training is
something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message, Part

_TEXTS = r"(?:drafts?|answers?|repl(?:y|ies)|outputs?|letters?|texts?|summar(?:y|ies)|mails?|emails?)"
_IT = (
    r"(?:it|(?:the|our|this|that) (?:tuned |fine-tuned )?"
    r"(?:model|bot|assistant|chatbot|agent|llm|copilot|gpt\S*)"
    rf"|(?P<texts>(?:(?:the|our|its|some|two|three) )?{_TEXTS}))"
)
_OFTEN = (
    r"(?:(?:sometimes|often|occasionally|still|even|once|twice|has|have|had|already|just|keeps?|now|also|actually|"
    r"accidentally) )*"
)
_PEOPLE = r"(?:clients?|customers?|patients?|users?|employees?|peoples?|persons?|tenants?|members?|students?)"
_OWNER = rf"(?:{_PEOPLE}'? )"
_PRIVATE = r"(?:(?:real|actual|another|other|confidential|private|sensitive|personal) )"
_DATA = (
    r"(?:names?|data|details|information|info|address(?:es)?|phone numbers?|emails?|records?|"
    r"identit(?:y|ies)|diagnos[ei]s|salar(?:y|ies)|pii)\b"
)
_ANY = r"(?:(?:the|a|an|some|full|of) )*"
_SECRET = (
    rf"(?:{_ANY}(?:{_PRIVATE}{_ANY}{_OWNER}?|{_OWNER}{_PRIVATE}?){_DATA}"
    rf"|{_PRIVATE}?{_DATA} of (?:other |real |our )?{_PEOPLE}\b|pii\b)"
)
_COMES_OUT = (
    r"(?:leak(?:s|ed|ing)?|reveal(?:s|ed|ing)?|expos(?:es?|ed|ing)|disclos(?:es?|ed|ing)|"
    r"(?:spits?|spat|blurts?|blurted) out|g[ai]ves? away|giving away)"
)
_OF_ANOTHER = (
    rf"(?:{_ANY}(?:real|actual|another|other|someone elses) {_ANY}{_OWNER}?names?\b"
    r"(?! for\b| of (?:the|a|an|our|this) (?:product|tool|feature|team|company|place|file)s?\b))"
)
_PUTS_IN = (
    r"(?:drop(?:s|ped)?|puts?|mix(?:es|ed)?|insert(?:s|ed)?|repeat(?:s|ed)?|reus(?:es?|ed))(?: in)? "
    rf"{_OF_ANOTHER}"
)
_LEAKS = re.compile(rf"\b{_IT} {_OFTEN}(?:{_COMES_OUT} (?:{_SECRET}|names\b(?! of\b))|{_PUTS_IN})")
_OTHERWISE = re.compile(
    r"\b(?:not|never|no|nobody|none|without|no longer|any ?more|fixed|solved|old|previous|former|last year|"
    r"fears?|feared|afraid|risks?|may|worried|(?:do|does|did|is|are|was|wo|ca|has|have)nt|"
    r"into (?:the )?(?:test|train\w*|eval\w*|validation|prompt)|test (?:set|data)|train/test|"
    r"via|through (?:an?|the|our) (?:api|endpoint|interface|ui)|endpoints?|dashboards?|"
    r"as (?:json|xml|fields?)|to (?:the |our )?(?:agents|staff|admins?|authori[sz]ed)|"
    r"on purpose|by design|only (?:after|to|for|if|when|with)|log(?:ged)?[- ]?in|with (?:their )?consent|"
    r"(?:their|his|her|its) own|hack\w*|breach\w*|vendors?|providers?|crm|database|laptops?|placeholders?|"
    r"fake|made-up)\b"
)
"""In its sentence: it is not so, was so, is only feared, is meant so, or something else leaks."""
_READS_TEXTS = frozenset({"classification", "extraction"})
"""Tasks in which the texts that give something away are those that it reads."""
_GIVES_WAY = frozenset({None, "inconsistent_style", "ignores_instructions"})
"""What it was taken for as long as nobody said what is worse."""
_MATTERS_MOST = re.compile(r"\b(?:main|biggest|real|worst|only|big) (?:worry|concern|problem|issue|fear)\b")


def with_leaks(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found; what lets private things out fails by being unsafe.

    Another failure that they told before stands, unless they are asked for it or say that this is the worst.
    """
    before = understand(earlier).facts
    goal = next((one.value for one in found if one.fact == "goal_kind"), before.goal_kind)
    told = _told(message, reads_texts=goal in _READS_TEXTS)
    if told is None:
        return _without_danger(found) if _is_meant_so(message) else list(found)
    known = before.failure_mode
    is_asked = pending is not None and "failure_mode" in pending.facts
    if known not in _GIVES_WAY and not (is_asked or _MATTERS_MOST.search(message.plain)):
        return _without_danger(found) if known != "unsafe" else list(found)
    said = {"failure_mode": "unsafe", "gap": "behaviour"}
    return [
        *(one for one in found if one.fact not in said),
        *(Found(fact, value, told.start, told.end) for fact, value in said.items()),
    ]


def _is_meant_so(message: Message) -> bool:
    """Say whether what comes out is meant to, is only feared, or is of something else."""
    return any(
        _LEAKS.search(message.plain, one.start, one.end)
        and _OTHERWISE.search(message.plain, one.start, one.end)
        for one in message.sentences
    )


def _without_danger(found: Sequence[Found]) -> list[Found]:
    danger = next((one for one in found if (one.fact, one.value) == ("failure_mode", "unsafe")), None)
    if danger is None:
        return list(found)
    return [one for one in found if one is not danger and (one.fact, one.start) != ("gap", danger.start)]


def _told(message: Message, *, reads_texts: bool) -> Part | None:
    for one in sentences_as_it_is(message):
        said = _LEAKS.search(message.plain, one.start, one.end)
        if said and reads_texts and said["texts"]:
            continue
        if said and not _OTHERWISE.search(message.plain, one.start, one.end):
            return Part(*said.span())
    return None
