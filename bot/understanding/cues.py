"""Facts that follow from words: how a row of the cue tables is written, and how the rows are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_asked, is_denied_before, is_supposed, opens_a_question

Denial = Literal["stops", "ignored", "turns"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: words that state a fact.

    `denied` is the value when a negation stands before the words; None: then they state nothing.
    With `plainly`, a question or a plan states it too ("can it open tickets?" needs live records).
    """

    fact: str
    value: FactValue
    pattern: re.Pattern[str]
    denied: FactValue | None = None
    plainly: bool = False
    asked_only: bool = False


_GAP = r"(?:[\w'&/%+-]+ ){0,4}?"


def phrase(text: str) -> str:
    """Return a regular expression for words; "…" stands for up to four words of the same segment."""
    return text.replace(" … ", f" {_GAP}").replace("… ", _GAP)


def cue(
    fact: str,
    value: FactValue,
    *phrases: str,
    denied: FactValue | None = None,
    plainly: bool = False,
    asked_only: bool = False,
) -> Cue:
    """Return a row for phrases that state the same."""
    joined = "|".join(phrase(one) for one in phrases)
    return Cue(fact, value, re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])"), denied, plainly, asked_only)


_NO_AFTER = re.compile(r" ?[:=-]? ?(?:no|nope|nein)\s*(?:$|[,.;!])")
"""Short answers name the thing first: "permissions no"."""


def find_cues(message: Message, cues: Iterable[Cue], asked: frozenset[str]) -> Iterator[Found]:
    """Yield what the rows state; rows for answers only count when their fact was asked for."""
    for one in cues:
        if one.asked_only and one.fact not in asked:
            continue
        for match in one.pattern.finditer(message.plain):
            found = _read(message, one, match)
            if found is not None:
                yield found
                break


def _read(message: Message, one: Cue, match: re.Match[str]) -> Found | None:
    start, end = match.span()
    value: FactValue | None = one.value
    if one.denied is None and _NO_AFTER.match(message.plain, end):
        return None
    if not one.plainly:
        if is_supposed(message, start) or (is_asked(message, start) and opens_a_question(message, start)):
            return None
        if is_denied_before(message, start) or _NO_AFTER.match(message.plain, end):
            value = one.denied
    return None if value is None else Found(one.fact, value, start, end)
