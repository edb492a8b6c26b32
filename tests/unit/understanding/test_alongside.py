"""What an answer tells beside what was asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.decision.questions import BY_ID
from bot.understanding.alongside import find_alongside
from bot.understanding.found import Found
from bot.understanding.message import Message, prepare
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values

HOSPITAL = "It misses the rarer codes. It all stays on the hospital's machines."


@pytest.mark.parametrize(
    ("question", "said", "fact", "value"),
    [
        ("Q1", HOSPITAL, "hosting", "on_prem"),
        ("Q1", "It never saw any of those. We have 20k routed tickets from last year", "examples_n", 20_000),
    ],
)
def test_a_sentence_of_its_own_is_read_as_if_it_stood_alone(
    question: str, said: str, fact: str, value: object
) -> None:
    assert values(said, question)[fact] == value


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("Q6", "1,100 FAQs, 3 sentences a pop. no fixed rhythm", "examples_n"),
        ("Q9", "Any API. We have 25 branches and 1,200 shops.", "examples_n"),
        ("Q14", "No. We have 5 agents who read 20 chats a day each.", "requests_per_day"),
        ("Q2", "Prompting. A consultant told us Mistral would be better.", "base_model"),
    ],
)
def test_what_only_goes_by_or_is_of_others_states_nothing(question: str, said: str, fact: str) -> None:
    assert fact not in values(said, question)


def test_what_is_quoted_is_where_it_stands() -> None:
    (place,) = (one for one in read(HOSPITAL, pending=BY_ID["Q1"]).statements if one.fact == "hosting")
    assert place.quote in HOSPITAL
    assert "machines" in place.quote


def _hosted(message: Message) -> Sequence[Found]:
    return [Found("hosting", "on_prem", 0, len(message.plain))]


@pytest.mark.parametrize(
    ("found", "asked", "alongside"),
    [
        ((), (), 1),
        ((Found("gap", "behaviour", 0, 5),), (), 1),
        ((Found("gap", "behaviour", 0, 5), Found("grader", "human", 30, 35)), (), 0),
        ((Found("hosting", "vpc", 0, 5),), (), 0),
        ((), ("hosting",), 0),
    ],
)
def test_no_sentence_is_read_that_answers_and_nothing_that_was_asked_or_told(
    found: Sequence[Found], asked: Sequence[str], alongside: int
) -> None:
    told = list(find_alongside(prepare(HOSPITAL), found, asked, _hosted))
    assert len(told) == alongside
