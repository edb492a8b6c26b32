from __future__ import annotations

import re

import pytest

from bot.counsel import COUNSEL, OF_A_HUNDRED, give_counsel
from bot.decision.facts import Facts
from bot.decision.wilson import wilson_bounds
from bot.understanding.complications import COMPLICATIONS, Complication

MOST_WORDS = 75


def test_every_complication_has_its_counsel_with_a_source() -> None:
    assert set(COUNSEL) == set(COMPLICATIONS)
    for counsel in COUNSEL.values():
        assert re.fullmatch(r".+ \(\d{4}\)", counsel.source)
        assert counsel.url.startswith("https://")


@pytest.mark.parametrize("complication", COMPLICATIONS)
def test_counsel_is_a_few_whole_sentences(complication: Complication) -> None:
    told = give_counsel(complication, Facts())
    assert 1 < len(told) <= 3
    assert len(" ".join(told).split()) <= MOST_WORDS
    for line in told:
        assert re.fullmatch(r"[A-Z][^\n]*[a-z%]\.", line), line


def test_where_there_is_no_complication_nothing_is_said() -> None:
    assert give_counsel("", Facts()) == ()


def test_the_bounds_that_are_told_are_those_of_a_hundred_cases() -> None:
    low, high = wilson_bounds(0.8, 100, 1.96)
    assert f"80% may be anything from {low:.0%} to {high:.0%}." in " ".join(give_counsel("noise", Facts()))
    assert wilson_bounds(0, 300, 1.645)[1] < 0.01


def test_whoever_doubts_a_score_that_is_known_hears_its_own_bounds() -> None:
    told = give_counsel("noise", Facts(baseline_score=0.86, eval_set_n=120))
    assert "Counted on 120 cases, 86% may be anything from 79% to 91%." in told
    assert OF_A_HUNDRED not in told
