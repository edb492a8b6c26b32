"""The check of all sentences: each passes every part, or names the first that it fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.claims.citations import as_ground, cited_numbers, has_other_marks, normalise_marks, without_marks
from bot.claims.grounds import Grounds
from bot.claims.wording import keeps_wording
from bot.language_model import WrittenSentence

Failure = Literal["", "form", "unasked", "repeated", "citation", "wording"]
"""Why a sentence may not be shown; "" when it may."""

_LONGEST = 600
"""What is longer is no sentence, and reading it would cost time."""
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence and what came of it; `text` has its marks in one form."""

    number: int
    text: str
    failure: Failure


def check(sentences: Sequence[WrittenSentence], grounds: Grounds) -> tuple[Checked, ...]:
    """Check sentences in the order in which they would be shown."""
    checked: list[Checked] = []
    for sentence in sentences:
        if len(sentence.text) > _LONGEST:
            checked.append(Checked(sentence.number, "", "form"))
            continue
        text = normalise_marks(sentence.text.strip())
        checked.append(Checked(sentence.number, text, _failure(sentence.number, text, grounds, checked)))
    return tuple(checked)


def _failure(number: int, text: str, grounds: Grounds, earlier: Iterable[Checked]) -> Failure:
    template = grounds.template.get(number, "")
    if grounds.template and not template:
        return "unasked"
    if not _has_form(text):
        return "form"
    if any(_repeats(number, text, one, grounds) for one in earlier if not one.failure):
        return "repeated"
    if not _is_cited(text, template, grounds):
        return "citation"
    bare = without_marks(text)
    if template:
        holds = keeps_wording(bare, without_marks(template), grounds.facts)
    else:
        holds = any(keeps_wording(bare, said, ()) for said in _said_by_passages(text, grounds))
    return "" if holds else "wording"


def _has_form(text: str) -> bool:
    """Say whether it is one line that ends as a statement does: a question claims what it does not say."""
    return text.isprintable() and without_marks(text).endswith(".")


def _said_by_passages(text: str, grounds: Grounds) -> Iterable[str]:
    """Yield every statement of the cited passages: none that a passage only quotes to correct it."""
    for number in cited_numbers(text):
        for said in _SENTENCE_END.split(as_ground(grounds.passages[number])):
            if said.strip().endswith("."):
                yield said


def _is_cited(text: str, template: str, grounds: Grounds) -> bool:
    numbers = cited_numbers(text)
    if has_other_marks(text) or not all(number in grounds.passages for number in numbers):
        return False
    # What the template cites is what bears it out: no other passage may be named for it.
    return set(numbers) == set(cited_numbers(template)) if template else bool(numbers)


def _repeats(number: int, text: str, earlier: Checked, grounds: Grounds) -> bool:
    is_same_place = number == earlier.number and bool(grounds.template)
    return is_same_place or without_marks(text) == without_marks(earlier.text)
