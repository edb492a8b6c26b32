"""Of a score that has fallen the later one is today's, and nobody is content with it."""

from __future__ import annotations

import pytest

from bot.understanding.reading import read


def heard(said: str) -> dict[str, object]:
    """Return what a remark states."""
    return {one.fact: one.value for one in read(said, continues=True).statements}


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("it was 90 in spring and is 78 since the new product lines", 0.78),
        ("was great, 91%. Since the merger it's sliding, last month's sample of 400 came out at 83", 0.83),
        ("Our router was great, 91%. Since the merger it's sliding, a sample of 400 came out at 83.", 0.83),
        ("it was 91% and is down to 83% now", 0.83),
    ],
)
def test_the_later_score_counts(said: str, score: float) -> None:
    assert heard(said)["baseline_score"] == score
    assert "satisfied" not in heard(said)


def test_the_sample_is_what_it_was_tested_on() -> None:
    said = "was great, 91%. Since the merger it's been sliding, last month's sample of 400 came out at 83"
    assert heard(said)["eval_set_n"] == 400


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("it was 78 in spring and is 90 since the new prompt", 0.9),
        ("the error rate was 30% and is 22% since the new prompt", 0.78),
        ("it was 91%. Since then we added 83", 0.91),
    ],
)
def test_a_rise_or_another_number_is_no_fall(said: str, score: float) -> None:
    assert heard(said)["baseline_score"] == score


def test_what_is_no_score_stays_none() -> None:
    assert "baseline_score" not in heard("latency was 90 and is 78 now")
