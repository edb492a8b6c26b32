"""Stretches of a text that are to be hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Kind = Literal["KEY", "CARD", "EMAIL", "PHONE", "IP", "MAC", "LINK", "PERSON", "TEXT"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a placeholder says of the text that it hides. Where several are found at once, the first one holds."""


class Span(NamedTuple):
    """What is found at text[start:end]."""

    start: int
    end: int
    kind: Kind


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one: hiding too much does no harm, too little does."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, span.kind, key=KINDS.index)
            merged.append(Span(last.start, max(last.end, span.end), kind))
        elif span.start < span.end:
            merged.append(span)
    return merged


def plain_copy(text: str) -> str:
    """Return a copy of the same length in ASCII, since most detectors know nothing else.

    Letters lose their accents, wide digits become plain ones. Characters of scripts without upper and lower
    case become spaces: such scripts put none around an address.
    """
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Pd":
        return "-"
    first = unicodedata.normalize("NFKD", character)[0]
    if first.isascii():
        return first
    return "x" if character.lower() != character.upper() else " "
