"""The check of all sentences: each passes every part, or names the first that it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.claims.assertions import claims_too_much
from bot.claims.citations import (
    as_ground,
    cited_numbers,
    has_other_marks,
    mistakes_in,
    normalise_marks,
    without_marks,
)
from bot.claims.form import has_form
from bot.claims.grounds import Grounds
from bot.claims.names import new_names
from bot.claims.numbers import numbers_are_grounded
from bot.claims.polarity import is_flipped, repeats_mistake
from bot.claims.support import is_supported
from bot.claims.swaps import has_swap
from bot.claims.vendors import vendors_are_dated
from bot.claims.verdict import keeps_to_verdict
from bot.claims.words import content
from bot.language_model import WrittenSentence

Failure = Literal[
    "",
    "unasked",
    "repeated",
    "citation",
    "form",
    "vendor",
    "number",
    "name",
    "assertion",
    "verdict",
    "flipped",
    "unsupported",
]
"""Why a sentence may not be shown; "" when it may."""

_SAME = 0.8
_LONGEST = 1_000
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
        text = normalise_marks(sentence.text.strip())
        failure = _failure(sentence.number, text, grounds, checked)
        checked.append(Checked(sentence.number, text, failure))
    return tuple(checked)


def _failure(number: int, text: str, grounds: Grounds, earlier: Iterable[Checked]) -> Failure:
    template = grounds.template.get(number, "")
    if not template and not grounds.is_definition:
        return "unasked"
    if any(_repeats(number, text, one, grounds) for one in earlier if not one.failure):
        return "repeated"
    if template and text == normalise_marks(template.strip()):
        # What would be shown in its place anyway.
        return ""
    return next(_failures(text, template, grounds), "")


def _failures(text: str, template: str, grounds: Grounds) -> Iterator[Failure]:
    """Yield what is wrong, cheapest check first; nothing after a citation that does not exist is read."""
    if len(text) > _LONGEST:
        yield "form"
    if not _is_cited(text, template, grounds):
        yield "citation"
    cited = [as_ground(grounds.passages[number]) for number in cited_numbers(text)]
    mistakes = [
        mistake for number in cited_numbers(text) for mistake in mistakes_in(grounds.passages[number])
    ]
    own, bare = without_marks(template), without_marks(text)
    others = [*map(without_marks, grounds.template.values()), *grounds.facts]
    parts: tuple[tuple[Failure, Callable[[], bool]], ...] = (
        ("form", lambda: has_form(text, own, " ".join((*others, *cited)))),
        ("vendor", lambda: vendors_are_dated(bare, grounds.vendors, grounds.facts)),
        ("number", lambda: numbers_are_grounded(bare, (own, *cited, *grounds.facts))),
        ("name", lambda: not new_names(bare, (*cited, *others))),
        ("assertion", lambda: not claims_too_much(bare, (own, *cited, *grounds.facts))),
        ("verdict", lambda: keeps_to_verdict(bare, own, grounds, cited)),
        ("flipped", lambda: not repeats_mistake(bare, mistakes)),
        (
            "flipped",
            lambda: (
                not has_swap(bare, own, cited, grounds.facts) and not is_flipped(bare, own, cited, others)
            ),
        ),
        ("unsupported", lambda: is_supported(bare, own, cited, grounds.facts)),
    )
    yield from (failure for failure, holds in parts if not holds())


def _is_cited(text: str, template: str, grounds: Grounds) -> bool:
    numbers = cited_numbers(text)
    needs_one = grounds.is_definition or bool(cited_numbers(template))
    return (
        not has_other_marks(text)
        and all(number in grounds.passages for number in numbers)
        and (bool(numbers) or not needs_one)
    )


def _repeats(number: int, text: str, earlier: Checked, grounds: Grounds) -> bool:
    if number == earlier.number and not grounds.is_definition:
        return True
    said, before = set(content(without_marks(text))), set(content(without_marks(earlier.text)))
    return text == earlier.text or (bool(said) and len(said & before) / len(said | before) >= _SAME)
