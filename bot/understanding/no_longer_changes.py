"""A pace of the past: "the articles don't change weekly any more, the docs are frozen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.found import Found
from bot.understanding.message import Message

_OFTEN = (
    r"(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|"
    r"(?:every|each|once an?|twice an?) (?:hour|day|night|week|month|quarter|year))"
)
_CHANGES = r"(?:chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|revis(?:e|es|ed)|move|moves|grow|grows)"
_PAST = re.compile(
    rf"\b(?:no longer|(?:dont|doesnt|do not|does not|wont|isnt|arent|not|never)(?: \w+){{0,2}}?) {_CHANGES}\b"
    rf"(?: \w+){{0,2}}? {_OFTEN}\b"
    rf"|\bno (?:more|longer) {_OFTEN} (?:changes|updates|revisions)\b"
)
_FROZEN = re.compile(
    r"\b(?:frozen|fixed|final|closed|set in stone|stays? as (?:it is|they are)|at all (?:any ?more|now))\b"
)


def without_pace_of_the_past(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without how often it changed before; where it is frozen, that instead."""
    return list(_as_it_is_now(message, found))


def _as_it_is_now(message: Message, found: Sequence[Found]) -> Iterator[Found]:
    for one in found:
        is_pace = one.fact == "knowledge_change" and one.value not in (None, "static")
        if not (is_pace and _PAST.search(message.plain, one.start, one.end)):
            yield one
        elif _FROZEN.search(message.plain):
            yield replace(one, value="static")
