"""Words that say less than they seem to."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


def test_a_schema_that_is_only_described_is_not_in_force() -> None:
    assert values("only a prompt with the schema in it", "Q2") == {"tried_prompting": "quick"}


@pytest.mark.parametrize(
    "said",
    [
        "the schema is in the prompt, and json mode is on",
        "The schema is in the prompt and we use response_format json_schema",
        "Guided decoding; the format is in our prompt as well",
    ],
)
def test_a_schema_that_is_enforced_as_well_is_in_force(said: str) -> None:
    assert values(said, "Q2")["tried_structured"] is True


@pytest.mark.parametrize("said", ["neither tried", "we have tried neither of them"])
def test_who_tried_neither_says_nothing_of_how_they_do(said: str) -> None:
    assert values(said, "Q12") == {"tried_small_model": False}


def test_who_has_not_tried_a_small_one_may_have_tried_a_large_one() -> None:
    told = values("Not tried the small one; the large one passes, neither is cheap though", "Q12")
    assert told == {"tried_small_model": False, "teacher_ok": True}


@pytest.mark.parametrize(
    "said",
    [
        "It is ranking, not sorting into kinds",
        "no, it does not sort anything",
        "It's not a classification task, it writes reports",
    ],
)
def test_what_is_denied_to_sort_does_not_sort(said: str) -> None:
    told = values(said, "")
    assert told.get("goal_kind") != "classification"
    assert "label_count" not in told


@pytest.mark.parametrize(
    "said",
    [
        "Should we fine-tune? GPT-4o does not classify our tickets reliably",
        "Our classifier is not sorting refunds well. Fine-tune?",
    ],
)
def test_to_sort_badly_is_to_sort(said: str) -> None:
    assert values(said, "")["goal_kind"] == "classification"


@pytest.mark.parametrize(
    "said", ["haven't tried a large one", "never tried any bigger model, the small one fails"]
)
def test_a_large_model_that_nobody_tried_does_not_pass(said: str) -> None:
    assert "teacher_ok" not in values(said, "Q12")


def test_a_large_model_that_nobody_tried_is_no_small_one() -> None:
    assert "tried_small_model" not in values(
        "Llama 8B on site, nobody has tried a large model. Fine-tune?", ""
    )
