"""No outcome's sentences pass as another's, and none of its own passes turned around."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.claims import Grounds, check
from bot.language_model import WrittenSentence
from tests.unit.claims.answers import ALL, OPEN
from tests.unit.claims.flips import FLIPS
from tests.unit.claims.mutations import freed, negated, renumbered


def as_written(template_sentence: str) -> str:
    """Return a sentence of the template as a model writes it: the mark before the full stop."""
    said, bracket, number = template_sentence.partition(" [")
    return f"{said.rstrip('.')}{bracket}{number}."


def fails(grounds: Grounds, number: int, text: str) -> bool:
    return check([WrittenSentence(number, text)], grounds)[0].failure != ""


@pytest.mark.parametrize("name", ALL)
def test_an_answers_own_sentences_pass_with_their_marks(name: str) -> None:
    grounds = ALL[name]
    for number, text in grounds.template.items():
        assert not fails(grounds, number, as_written(text)), text


@pytest.mark.parametrize("name", OPEN)
def test_sentences_of_other_outcomes_fail(name: str) -> None:
    grounds = OPEN[name]
    for other in OPEN.values():
        for text in other.template.values():
            for number, own in grounds.template.items():
                assert text == own or fails(grounds, number, as_written(text)), text


def test_enough_flips_are_written_by_hand() -> None:
    assert sum(map(len, FLIPS.values())) >= 90


@pytest.mark.parametrize("name", FLIPS)
def test_a_verdict_turned_around_fails_in_any_place(name: str) -> None:
    grounds = ALL[name]
    for number, own in grounds.template.items():
        _, bracket, mark = own.partition(" [")
        for flip in FLIPS[name]:
            text = f"{flip[:-1]}{bracket}{mark}{flip[-1]}"
            assert fails(grounds, number, text), f"{number}: {text}"


@pytest.mark.parametrize("mutate", [negated, freed, renumbered], ids=["negated", "freed", "renumbered"])
@pytest.mark.parametrize("name", OPEN)
def test_a_true_sentence_with_a_negation_or_a_number_changed_fails(
    name: str, mutate: Callable[[str], Iterator[str]]
) -> None:
    grounds = OPEN[name]
    for number, text in grounds.template.items():
        for wrong in mutate(as_written(text)):
            assert fails(grounds, number, wrong), wrong
