"""Marks such as [2] in a sentence: found, put in one form, and taken out."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[([0-9]{1,3})\]")
_SEVERAL = re.compile(r"\[([0-9]{1,3}(?: ?, ?[0-9]{1,3})+)\]")
_OTHER_WAYS = re.compile(
    r"[\[\]]|[¹²³⁰-⁹₀-₉†‡]|\^|\((?:see |source |ref\.? |passage )?[0-9]{1,2}\)"
    r"|\b(?:source|passage|reference|citation|footnote|ref)s? (?:no\.? |number )?[0-9]",
    re.IGNORECASE,
)


def normalise_marks(text: str) -> str:
    """Return the text with "[1, 2]" written as "[1][2]"."""
    return _SEVERAL.sub(lambda match: "".join(f"[{one.strip()}]" for one in match[1].split(",")), text)


def cited_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of all marks, in order, each once."""
    return tuple(dict.fromkeys(int(number) for number in _MARK.findall(text)))


def without_marks(text: str) -> str:
    """Return the text as it reads without marks, one space between words."""
    return " ".join(re.sub(r"\s+([.,;:?])", r"\1", _MARK.sub("", text)).split())


def has_other_marks(text: str) -> bool:
    """Say whether something cites in another way than "[2]": footnotes, ids, brackets left open."""
    return _OTHER_WAYS.search(_MARK.sub("", text)) is not None
