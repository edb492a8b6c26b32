"""Kinds that are named instead of counted: "bug / idea / rant", "into legal, product and pricing", "spam or not"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ITEM = r"[a-z'\"][\w'\"&-]*(?: [\w'\"&-]+){0,2}?"
_NAMED = re.compile(
    r"(?<![\w/'\"&-])(?P<slash>[a-z][\w'\"&-]*(?:(?: [\w'\"&-]+){0,2}? ?/ ?['\"]?[a-z][\w'\"&-]*)+)(?![\w/])"
    rf"|(?:(?<=\()|(?<=: )|\b(?:into|as|between|either|are|one of) )"
    rf"(?P<comma>{_ITEM}(?:, {_ITEM})+(?:,? (?:and|or|&) {_ITEM})?)(?=[.,;:)?!]|$| (?:from|by|for|with|in|on|at|the)\b)"
    r"|(?<![\w'-])(?P<two>[\w'-]+ or (?:not|no[nt]-?\w*)|binary|y/n)\b"
)
_NO_KINDS = re.compile(
    r"\bknow\b|and/or|w/o|n/a|he/she|s?he/|input/output|24/7|i/o|km/h|ci/cd|tcp/ip|/(?:s|h|min|day|month|mo|yr)$"
)
_ANSWERED = re.compile(
    rf"\W{{0,4}}(?:\w+: )?(?P<kinds>{_ITEM}(?:, {_ITEM})*(?:,| and| or| &) {_ITEM})(?=\W{{0,4}}$| ?[.;:(-]| \d)"
)
_NO_ITEM = re.compile(
    r"\b(?:idea|sorry|sure|know|think|none|no|not|yes|yeah|we|it|its|i|im|you|maybe|depends|many|lots|some|few|"
    r"labell?ed|examples|classes|kinds|each|all|the|is|are|have|has|hm+|so|hard|say|dunno|ask|around|about|"
    r"roughly|dozens?|tops)\b"
)
SORTS_NOTHING = re.compile(
    r"\b(?:not (?:an? )?(?:classification|classifier|sorting)|free[- ](?:form )?text|"
    r"no (?:fixed |real )?(?:categories|classes|kinds)|no (?:fixed|real) labels)\b"
)
"""Nothing is sorted: that says nothing of how many examples there are."""

_BETWEEN = re.compile(r",? (?:and|or|&) |, ")
_LISTED = re.compile(rf" {_ITEM}(?:, {_ITEM})*(?:,? (?:and|or|&) {_ITEM})(?=\W{{0,4}}$|[.,;:)?!(])")


def count_listed(plain: str, start: int) -> int:
    """Return how many are listed from a place on: 3 of " sales, support and legal"; 0 where no list begins."""
    match = _LISTED.match(plain, start)
    return 0 if match is None else len(_BETWEEN.split(match[0]))


def find_kinds_answered(plain: str) -> Iterator[tuple[int, int, int]]:
    """Yield the list that an answer begins with, where kinds are asked for: "urgent, normal, spam. 2k labelled"."""
    match = _ANSWERED.match(plain)
    if match is not None and not _NO_ITEM.search(match["kinds"]):
        yield match.start("kinds"), match.end("kinds"), len(_BETWEEN.split(match["kinds"]))


def find_kinds_named(plain: str) -> Iterator[tuple[int, int, int]]:
    """Yield the start, the end, and the number of kinds of each list that may name kinds."""
    for match in _NAMED.finditer(plain):
        if _NO_KINDS.search(match[0]):
            continue
        if match["two"]:
            yield match.start("two"), match.end("two"), 2
        elif match["slash"]:
            yield match.start("slash"), match.end("slash"), match["slash"].count("/") + 1
        else:
            listed = match["comma"]
            last = re.search(r"(?<!,) (?:and|or|&) ", listed) is not None
            yield match.start("comma"), match.end("comma"), listed.count(",") + 1 + last
