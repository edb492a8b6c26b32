"""What an answer tells beside what was asked."""

from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("question", "said", "fact", "value"),
    [
        ("Q1", "It misses the rarer codes. It all stays on the hospital's machines.", "hosting", "on_prem"),
        ("Q1", "It never saw any of those. We have 20k routed tickets from last year", "examples_n", 20_000),
        ("Q2", "GPT-4.1 via Azure", "base_model", "gpt-4.1"),
    ],
)
def test_a_sentence_of_its_own_is_read_as_if_it_stood_alone(
    question: str, said: str, fact: str, value: object
) -> None:
    assert values(said, question)[fact] == value


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("Q1", "It can't plan fixtures. 12 teams, three pitches, and it double-books them", "label_count"),
        ("Q6", "1,100 FAQs, 3 sentences a pop. no fixed rhythm", "examples_n"),
        ("Q3", "41 of 60 pass. The old one got 30", "examples_n"),
        ("Q5", "No idea. We have 20k tickets", "eval_set_n"),
    ],
)
def test_a_number_that_only_goes_by_states_nothing(question: str, said: str, fact: str) -> None:
    assert fact not in values(said, question)


def test_what_is_quoted_is_where_it_stands() -> None:

    said = "It misses the rarer codes. It all stays on the hospital's machines."
    (place,) = (one for one in read(said, pending=BY_ID["Q1"]).statements if one.fact == "hosting")
    assert place.quote in said
    assert "machines" in place.quote
