"""A problem that is named as the problem: "the real problem is the tone", "now the format is the problem".

In the middle of a conversation a few words count for little, so that a remark turns no case. Who says in so
many words what the problem is now does turn it. Only what a model's words can fail in is heard, never a lack
of labels, money or leave: "the main problem is our contract" is no failure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.questions import Question
from bot.decision.statements import Statement
from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import foreign_parts, is_denied_before
from bot.understanding.remarks import tells_a_problem

_FORMAT = r"(?:(?:output |answer )?formats?|formatting|(?:valid |invalid |broken )?json|invalid output)"
_FAILURES: Mapping[str, str] = {
    "inconsistent_style": r"(?:tone|style|wording|voice|tone of voice)",
    "invalid_format": _FORMAT,
    "wrong_facts": r"(?:(?:wrong|invented|made-up) (?:facts|answers|things)|hallucinat(?:ions?|ing))",
    "too_slow": r"(?:latency|speed|response times?|slowness)",
    "too_expensive": r"(?:(?:running |token |api )?costs?|price(?: per (?:call|token|answer))?|bill)",
}
_FAILS: Mapping[str, str] = {
    "wrong_facts": r"(?:it|the (?:bot|model)) (?:invents|makes up|hallucinates)\b",
    "too_slow": r"(?:it|the (?:bot|model))(?: is|s) (?:far |way |much )?too slow\b",
    "too_expensive": r"(?:it|the (?:bot|model))(?: is|s) (?:far |way |much )?too expensive\b",
}
_WHOSE = r"(?:the|its|our) "
_CHIEF = (
    rf"(?:(?:{_WHOSE}|^)(?:(?:real|main|bigger|biggest|actual|new|remaining|only) )+|now {_WHOSE}(?:\w+ )?)"
    r"(?:problem|issue|complaint)"
)
_IS = r"(?: now)?(?: is|:| is now| now is)(?: that)? "
_THE_PROBLEM = (
    rf"(?:{_WHOSE}|a )(?:(?:real|main|bigger|biggest|actual|new|remaining|only) )*(?:problem|issue)"
)
_ENDS = r"(?=\W*$|\s*[.,;:!)]| (?:now|not|and|but|these days|here|today|though|instead|rather)\b)"


_BEGINS = r"(?:^|(?<=[.,;:!] )|(?<=\b(?:and|but|now) )|(?<=\bso )|(?<=\bdays )|(?<=\btoday ))"


def _named(noun: str, clause: str) -> re.Pattern[str]:
    fails = rf"|{_CHIEF}{_IS}{clause}" if clause else ""
    return re.compile(
        rf"\b(?:{_CHIEF}{_IS}{_WHOSE[:-1]}? ?{noun}{_ENDS}"
        rf"|{_BEGINS}(?:{_WHOSE})?(?:\w+s )?{noun} "
        rf"(?:is|are|became) (?:now |really |actually )?{_THE_PROBLEM}{_ENDS}"
        rf"{fails})"
    )


_NAMED: Mapping[str, re.Pattern[str]] = {
    failure: _named(noun, _FAILS.get(failure, "")) for failure, noun in _FAILURES.items()
}
_REQUIRED = re.compile(
    r"\bnew requirement\b ?[:,-]? ?(?:is )?(?:that )?(?:(?:the|its|all|every) )?"
    r"(?:outputs?|answers?|it|format) "
    rf"(?:must|has to|have to|needs to) (?:\w+ ){{1,2}}?(?:valid )?(?:json|xml|yaml|{_FORMAT})\b"
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:label\w*|annotat\w*|training|tuning|fine-?tun\w*|examples|data|test|gpus?|contracts?|legal|staff|"
    r"budget|vendors?|agents|emails?|tickets?|prompts?|"
    r"say|says|said|saying|told|tells?|claims?|argues?|writes?|wrote|feels?|not|never|nobody|isnt|arent|"
    r"no longer|was|were|used to|last (?:week|month|year)|solved now|gone|fixed now)\b"
)
"""Before what is named: it is the problem of something else, or somebody else says so, or it was one."""


_OF_LABELS = re.compile(r"\b(?:label\w*|annotat\w*|wait,? no)\b")
"""Anywhere in its sentence: people who label may be slow, too."""


def with_named_problem(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, with the failure that is named as the problem of a case that was told before."""
    asked = frozenset(pending.facts) if pending is not None else frozenset()
    stated = {one.fact: one.value for one in found if one.source == "stated"}
    is_told = "failure_mode" in stated or "failure_mode" in asked
    named = None if is_told or not tells_a_problem(earlier) else _find(message)
    if named is None:
        return list(found)
    gap = Found("gap", GAP_OF_FAILURE[str(named.value)], named.start, named.end)
    if stated.get("gap", gap.value) != gap.value:
        return list(found)
    return [*(one for one in found if one.fact not in ("gap", "failure_mode")), named, gap]


def _find(message: Message) -> Found | None:
    """Return the one failure that is named as the problem."""
    named = [*_as_the_problem(message), *_as_required(message)]
    return named[0] if len({one.value for one in named}) == 1 else None


_KNOWS_NOT = re.compile(
    r"\b(?:it|the (?:bot|model|assistant)) (?:just |simply |only )?(?:doesnt|does not) (?:even )?know "
    r"(?:our|any of our|about our|the \w+ (?:of|in) our)\b"
)
"""What it lacks, in so many words."""


def _as_the_problem(message: Message) -> list[Found]:
    lacking = [
        Found("failure_mode", "wrong_facts", *said.span())
        for sentence in sentences_as_it_is(message)
        if (said := _KNOWS_NOT.search(message.plain, sentence.start, sentence.end))
        and not _is_of_something_else(message, said)
    ]
    return lacking + [
        Found("failure_mode", failure, *said.span())
        for sentence in sentences_as_it_is(message)
        for failure, pattern in _NAMED.items()
        if (said := pattern.search(message.plain, sentence.start, sentence.end))
        and not is_denied_before(message, said.start())
        and not _is_of_something_else(message, said)
    ]


def _is_of_something_else(message: Message, said: re.Match[str]) -> bool:
    segment, sentence = message.segment_at(said.start()), message.sentence_at(said.start())
    if _OF_LABELS.search(message.plain, sentence.start, sentence.end):
        return True
    return _SOMETHING_ELSE.search(message.plain, segment.start, said.end()) is not None


def _as_required(message: Message) -> list[Found]:
    foreign = foreign_parts(message)
    return [
        Found("failure_mode", "invalid_format", *said.span())
        for said in _REQUIRED.finditer(message.plain)
        if message.plain[message.sentence_at(said.start()).end :][:1] != "?"
        and not any(part.holds(said.start()) for part in foreign)
        and not is_denied_before(message, said.start())
    ]
