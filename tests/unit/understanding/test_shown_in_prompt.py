"""What stands in a prompt to be copied counts neither test cases nor examples."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize("question", ["Q2", "Q3", "Q5"])
@pytest.mark.parametrize(
    "said",
    [
        "a quick prompt with 10 good headlines in it",
        "we put 8 tickets in the prompt",
        "only our prompt with 6 examples",
    ],
)
def test_what_is_shown_is_not_counted(said: str, question: str) -> None:
    assert values(said, question).keys() & {"eval_set_n", "examples_n", "raw_examples_n"} == set()


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("we tested the prompt with 200 examples", "Q3", "eval_set_n", 200),
        ("we ran the prompt with 200 cases", "Q3", "eval_set_n", 200),
        ("a prompt, and 200 reviewed examples in the drive", "Q5", "examples_n", 200),
        ("a sheet with 500 labelled tickets in it", "Q5", "examples_n", 500),
        ("we have 10 in the prompt and 300 reviewed examples", "Q5", "examples_n", 300),
        ("we list all 45 classes in the prompt", "Q15", "label_count", 45),
        ("28 labels in the prompt", "Q15", "label_count", 28),
        ("400 tokens in the prompt, 300 a day", "Q10", "prompt_tokens", 400),
    ],
)
def test_what_lies_elsewhere_is(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count
