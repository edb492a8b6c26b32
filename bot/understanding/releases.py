"""What changes with each release changes as often as they release, and only they know how often that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.found import Found
from bot.understanding.message import Message

_KIND = r"(?:(?:new|product|software|app|api|major|minor|firmware|client|platform) )*"
_WITH_A_RELEASE = re.compile(
    rf"\b(?:(?:with|at|on|after|for|before)|changed?|changes|updated?|rewritten)(?: about| almost)? "
    rf"(?:each|every|any) {_KIND}(?:releases?|versions?|deploy(?:ment)?s?)\b"
)
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bsprints?\b")
_INTERVAL = re.compile(
    r"\b(?:hourly|daily|nightly|weekly|biweekly|fortnight\w*|monthly|quarterly|yearly|annual(?:ly)?|"
    r"overnight|realtime)\b"
    r"|\b(?:once|twice|thrice|times|releases?|versions|each|every|every other|per|about|roughly|some|all|"
    r"few|[\d.]+|two|three|"
    r"four|six|couple(?: of)?)(?: an?| per| each| every)? (?:hours?|days?|weeks?|months?|quarters?|years?)\b"
)
_PACES = frozenset({"yearly", "monthly", "weekly", "daily"})


def without_pace_of_releases(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without a pace of what changes "with each release", unless they tell it."""
    return [one for one in found if not _is_guessed(message, one)]


def _is_guessed(message: Message, one: Found) -> bool:
    if one.fact != "knowledge_change" or one.value not in _PACES:
        return False
    release = _WITH_A_RELEASE.search(message.plain, one.start, one.end)
    if release is None:
        return False
    sentence = message.sentence_at(release.start())
    is_told = _INTERVAL.search(message.plain, sentence.start, sentence.end) or _DAY.search(message.plain)
    return not is_told
