from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.retrieval import finds_what_it_should
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "retrieval finds the clause but the model ignores exceptions",
        "Our search already returns the right page, the answer is wrong all the same",
        "the correct paragraph is in the context, the 8B reads it backwards",
        "Retrieval is fine. Answers are not.",
        "search returns the right article 95% of the time",
        "it almost always brings back the relevant chunks",
    ],
)
def test_right_passages_are_found(said: str) -> None:
    assert finds_what_it_should(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "search never finds the right page",
        "retrieval finds the clause only half the time",
        "the right doc is there, just at place 6",
        "it finds the right page in 75% of cases",
        "once retrieval finds the right page the answer is good",
        "retrieval works on manuals, less so on tickets",
        "it brings back the section on employees",
        "we want to make sure that it finds the right page",
        "the right article doesn't come up",
        "it finds the docs, the right passage is missing",
        "retrieval works badly",
        "retrieval works in principle",
        "the right passage is there in most cases",
        "we find the right passage by hand but search doesn't",
        "the right passage is there? No, mostly not",
    ],
)
def test_nothing_is_said_to_be_found_in_part_or_on_a_condition(said: str) -> None:
    assert not finds_what_it_should(prepare(said))


def test_what_retrieval_finds_is_not_missed() -> None:
    read = values("retrieval finds the clause but the model ignores exceptions. should we fine-tune?")
    assert read["failure_mode"] == "wrong_use_of_context"
    assert values("search never finds the right page. fine-tune?")["failure_mode"] == "retrieval_miss"
