"""The check of all sentences: each passes every part, or names the first that it fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.claims.citations import cited_numbers, has_other_marks, normalise_marks, without_marks
from bot.claims.grounds import Grounds
from bot.claims.wording import keeps_wording
from bot.language_model import WrittenSentence

Failure = Literal["", "form", "unasked", "repeated", "citation", "wording"]
"""Why a sentence may not be shown; "" when it may."""

_LONGEST = 600
"""What is longer is no sentence, and reading it would cost time."""


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
    template = grounds.template.get(number)
    if template is None:
        return "unasked"
    if not _has_form(text):
        return "form"
    if any(number == one.number for one in earlier if not one.failure):
        return "repeated"
    if not _is_cited(text, template, grounds):
        return "citation"
    return "" if keeps_wording(without_marks(text), without_marks(template), grounds.facts) else "wording"


def _has_form(text: str) -> bool:
    """Say whether it is one line that ends as a statement does: a question claims what it does not say."""
    return text.isprintable() and without_marks(text).endswith(".")


def _is_cited(text: str, template: str, grounds: Grounds) -> bool:
    """Say whether it cites what the template cites: that is what bears it out, and nothing else does."""
    numbers = cited_numbers(text)
    return (
        not has_other_marks(text)
        and all(number in grounds.passages for number in numbers)
        and numbers == cited_numbers(template)
    )
