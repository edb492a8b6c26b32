from __future__ import annotations

import pytest

from bot.decision.facts import Facts
from bot.enough import tell_enough


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"examples_n": 20}, "You told me of 20 reviewed examples: that is 30 short of a first round."),
        ({"examples_n": 60}, "You told me of 60 reviewed examples: that is enough for a first round."),
        ({"examples_n": 300}, "You told me of 300 reviewed examples: that is comfortable for tuning."),
        (
            {"examples_n": 800, "data_quality": "mixed"},
            "You told me of 800 reviewed examples: that is comfortable for tuning, once they are checked.",
        ),
        ({"pairs_pref_n": 412}, "You told me of 412 preference pairs: that is enough for preference tuning."),
        ({"eval_set_n": 30}, "You told me of 30 test cases: that is 20 short of a test set."),
        (
            {"examples_n": 60, "goal_kind": "classification"},
            "You told me of 60 reviewed examples: that is 40 short of a small classifier.",
        ),
    ],
)
def test_what_an_amount_is_enough_for_is_told(facts: dict[str, object], told: str) -> None:
    assert list(tell_enough(Facts().with_values(facts))) == [told]


def test_of_what_is_not_known_nothing_is_told() -> None:
    assert list(tell_enough(Facts(requests_per_day=500))) == []


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        (150, "enough for a direction, and 73 short of telling 84% from 90%"),
        (300, "enough for telling 84% from 90%"),
        (30, "20 short of a test set"),
    ],
)
def test_test_cases_have_to_tell_the_score_from_the_one_that_is_needed(cases: int, told: str) -> None:
    (line,) = tell_enough(Facts(eval_set_n=cases, baseline_score=0.84, target_score=0.9))
    assert line == f"You told me of {cases} test cases: that is {told}."
