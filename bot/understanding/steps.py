"""What was tried: `tried_*`, by the step's name and the words of doing, denying or planning around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.decision.questions import UNTRIED
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_asked, is_denied, is_supposed, opens_a_question
from bot.understanding.prompt_words import NO_PROMPT, NOTHING_THERE, NOTHING_TRIED, QUICK, SYSTEMATIC
from bot.understanding.step_words import STEPS, Step

_DONE_BEFORE = re.compile(
    r"\b(?:use|uses|using|used|have(?! to)|has(?! to)|got|had|run|running|built|build|"
    r"added|tried|trying|tested|did|done|with|our|existing|"
    r"current|already|put|pasted|set up|enabled|enforced?|turned on|switched on|plain|"
    r"simple|naive|basic|strict|gave it|given it|moved to|"
    r"switched to|went to|upgraded to|even the|even our|even|on the|usamos|tenemos|nutzen|"
    r"haben|utilisons) (?:[\w'-]+ ){0,3}$"
)
_DONE_AFTER = re.compile(
    r"(?: [\w'&+-]+){0,2}? (?:in place|set up|works?|working|running|live|on|enabled|"
    r"in use|done|tried|tested|exists?|maxed|exhausted|"
    r"scored|finished|helped|didnt|tuned|plateau\w*|attempted|picked|selected|chosen|"
    r"brings?|returns?|returned|finds?|found|gets?|got|misses|missed|fails?|failed|says|"
    r"answers|"
    r"too|as well|wasnt|isnt|was|already|is (?:on|live|there|up|fine|ok|good|not good|bad|"
    r"not enough|running|in place|done)|are (?:on|done|in|there)|ok)\b"
)
_TRIED_BEFORE = re.compile(
    r"\b(?:tried|tested|trying|moved to|switched to|went to|upgraded to|even|compared|"
    r"benchmarked|evaluated) (?:[\w'-]+ ){0,3}$"
)
_IN_CASE = re.compile(r"\b(?:when|if|in case|whether)\b")
_TOO_COMMON = frozenset(
    {
        "tools",
        "schemas",
        "schema",
        "embedding",
        "embeddings",
        "grammar",
        "tool calling",
        "tool use",
        "tool-calling",
    }
)
"""Names that are also ordinary words: only clear words of doing or denying count."""
_OUTCOME = re.compile(
    r"(?: [\w'-]+)? (?:didnt|doesnt|did not|isnt|wasnt|not) (?:\w+ )?(?:help\w*|work\w*|"
    r"enough|good|ok|okay|fine|cut it|improve\w*|do it|fix\w*|change|"
    r"sufficient|great|reliable|make|find|solve\w*|make a difference|move)"
)
_ANSWERED = re.compile(
    r"\s*\?+\s*(?:(?P<yes>yes|yep|yeah|yup|ja|si|oui|sure|tried|did|done|already|"
    r"of course)|(?P<no>no|nope|nah|never|not yet|nein|non|not really))\b"
)
_NEVER = re.compile(
    r"\b(?:never|havent|hasnt|have not|has not|didnt|not|no one|nobody|nothing|without|"
    r"yet to|cant|dont|doesnt)\b[^,.;]{0,40}$"
)
_OF_A_LIST = re.compile(
    r"(?:\A|[,;.+&]|\band\b|\bplus\b|:)\s*(?:(?:a|an|the|some|also|then|and|just|ok so|ok|well) ){0,4}$"
)
_LIST_GOES_ON = re.compile(
    r"\s*(?:$|[,;.+&)!]|\bwith\b|\bvia\b|\busing\b|\band\b|\bplus\b|\btoo\b|\bas well\b)"
)


_NEAR = 90
"""As far as a step's words of doing and denying reach."""


def find_steps(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield what was tried and what was not; a step only named counts when we asked what they tried."""
    for step in STEPS:
        verdict = _verdict(message, step, asked)
        if verdict is not None:
            yield verdict
    yield from _prompting(message)
    nothing = NOTHING_TRIED.search(message.plain)
    if nothing is None and "tried_few_shot" in asked:
        nothing = NOTHING_THERE.search(message.plain)
    if nothing is not None:
        for fact, value in UNTRIED.items():
            yield Found(fact, value, *nothing.span())


def _verdict(message: Message, step: Step, asked: frozenset[str]) -> Found | None:
    found: list[Found] = []
    for pattern, value in ((step.undone, False), (step.done, True)):
        match = next(_stated(message, pattern), None) if pattern is not None else None
        if match is not None:
            found.append(Found(step.fact, value, *match.span()))
    if not found:
        for named in step.names.finditer(message.plain):
            verdict = _by_its_words(message, named, is_asked_for=step.fact in asked)
            if verdict is not None:
                return Found(step.fact, verdict, *named.span())
    if len(found) > 1 and found[1].start <= found[0].start < found[1].end:
        found.pop(1)
    return max(found, key=lambda one: (one.value is False, one.start)) if found else None


def _stated(message: Message, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(message.plain):
        if not is_supposed(message, match.start()) and not _is_inner_denied(message, match):
            yield match


def _is_inner_denied(message: Message, match: re.Match[str]) -> bool:
    """Say whether words of doing stand under a negation ("never put samples in the prompt")."""
    segment = message.segment_at(match.start())
    before = message.plain[max(segment.start, match.start() - _NEAR) : match.start()]
    return bool(
        re.search(
            r"\b(?:never|not|havent|hasnt|didnt|dont|doesnt|no|without|cant|isnt)(?: (?:yet|"
            r"really|even|ever|have|been|actually)){0,4} $",
            before,
        )
    )


def _by_its_words(message: Message, match: re.Match[str], *, is_asked_for: bool) -> bool | None:
    start, end = match.span()
    answered = _ANSWERED.match(message.plain, end)
    if answered is not None:
        return answered["yes"] is not None
    if _OUTCOME.match(message.plain, end) and not is_supposed(message, start):
        return True
    if _is_undone(message, start, end):
        return None if re.search(r"\bmodel\b", match[0]) and not is_asked_for else False
    if (
        is_supposed(message, start)
        or (match[0] in _TOO_COMMON and not is_asked_for)
        or _is_question(message, start)
    ):
        return None
    is_done = _is_done(message, match) or (is_asked_for and _is_listed(message, start, end))
    return True if is_done else None


def _is_question(message: Message, start: int) -> bool:
    return is_asked(message, start) or opens_a_question(message, start)


def _is_undone(message: Message, start: int, end: int) -> bool:
    first = max(message.segment_at(start).start, start - _NEAR)
    return is_denied(message, start, end) or _NEVER.search(message.plain, first, start) is not None


def _is_done(message: Message, match: re.Match[str]) -> bool:
    start, end = match.span()
    segment = message.segment_at(start)
    before = message.plain[max(segment.start, start - _NEAR) : start]
    after = message.plain[end : min(segment.end, end + _NEAR)]
    if _IN_CASE.search(before):
        return False
    if "model" in match[0]:
        return _TRIED_BEFORE.search(before) is not None
    return _DONE_BEFORE.search(before) is not None or _DONE_AFTER.match(after) is not None


def _is_listed(message: Message, start: int, end: int) -> bool:
    """Say whether a step stands in a list, which is how people answer what they have tried."""
    opens = _OF_A_LIST.search(message.plain, max(0, start - _NEAR), start)
    return opens is not None and _LIST_GOES_ON.match(message.plain, end) is not None


def _prompting(message: Message) -> Iterator[Found]:
    """Yield how far the prompt was worked on; "none" and "systematic" contradict each other."""
    systematic = next(_stated(message, SYSTEMATIC), None)
    none = next(_stated(message, NO_PROMPT), None)
    quick = next(_stated(message, QUICK), None)
    if none is not None:
        yield Found("tried_prompting", "none", *none.span())
    if systematic is not None and not re.search(r"\bnever scored\b", message.plain):
        yield Found("tried_prompting", "systematic", *systematic.span())
    elif quick is not None and none is None:
        yield Found("tried_prompting", "quick", *quick.span())
