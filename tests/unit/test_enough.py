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
