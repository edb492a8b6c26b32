"""What comes first in an answer after a recommendation."""

from __future__ import annotations

import pytest

from bot.afterwards import NO_ANSWER, left_open
from bot.understanding.reading import Reading, read


def asks(**heard: object) -> Reading:
    """Return the reading of a message that asks, with what is heard in it."""
    return Reading(intent="answer", statements=(), asks=True, **heard)  # type: ignore[arg-type]


def test_a_question_in_which_nothing_is_heard_is_left_open() -> None:
    assert left_open(asks()) == (NO_ANSWER,)


@pytest.mark.parametrize(
    "heard", [{"outright": "train"}, {"complication": "drift"}, {"wants": "why"}, {"term_query": "LoRA"}]
)
def test_what_is_answered_otherwise_is_not(heard: dict[str, object]) -> None:
    assert left_open(asks(**heard)) == ()


def test_what_asks_nothing_is_not() -> None:
    assert left_open(read("84 now on the same 60 cases", continues=True)) == ()
