"""Which of the steps that were advised are done."""

from __future__ import annotations

import pytest

from bot.understanding.done import denies_a_step
from bot.understanding.message import prepare


@pytest.mark.parametrize(
    "said",
    [
        "no, we haven't done that yet",
        "That's not done.",
        "we never did it, sorry",
        "we didn't actually take the first step",
        "none of that is really done",
    ],
)
def test_whoever_says_so_takes_back_that_a_step_is_done(said: str) -> None:
    assert denies_a_step(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "did that",
        "haven't you done that for others?",
        "it is not done well",
        "we haven't done badly",
        "not yet",
    ],
)
def test_anything_else_takes_nothing_back(said: str) -> None:
    assert not denies_a_step(prepare(said))
