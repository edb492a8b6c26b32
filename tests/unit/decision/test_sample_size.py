"""How many test cases tell two scores apart."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from bot.decision.facts import Facts
from bot.decision.sample_size import cases_needed, cases_to_tell


@pytest.mark.parametrize(
    ("score", "target"), [(0.84, 0.9), (0.78, 0.9), (0.6, 0.7), (0.9, 0.84), (0.97, 0.99)]
)
def test_so_many_cases_show_the_difference_four_times_in_five(score: float, target: float) -> None:
    cases = cases_to_tell(score, target)
    # Counted out exactly: what would be seen once in twenty times if it scored what is needed …
    low, high = binom.ppf(0.025, cases, target), binom.ppf(0.975, cases, target)
    # … is seen that often as it scores.
    seen = binom.cdf(low, cases, score) + binom.sf(high, cases, score)
    assert 0.7 < seen < 0.9


def test_the_nearer_the_scores_the_more_cases() -> None:
    assert cases_to_tell(0.88, 0.9) > 5 * cases_to_tell(0.8, 0.9)


def test_a_share_is_not_told_from_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        cases_to_tell(0.8, 0.8)


@pytest.mark.parametrize("known", [{}, {"baseline_score": 0.8}, {"baseline_score": 0.8, "target_score": 0.8}])
def test_without_two_scores_none_is_needed(known: dict[str, float]) -> None:
    assert cases_needed(Facts.model_validate(known)) is None


def test_the_scores_are_told_with_it() -> None:
    needed = cases_needed(Facts(baseline_score=0.84, target_score=0.9))
    assert needed is not None
    assert (needed.cases, needed.apart) == (223, "84% from 90%")
