"""A bare score in a remark on a case that has one, or a need, already."""

from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.scored_now import with_score_now
from tests.unit.understanding.conversations import facts_after, told

_TOLD = told({"goal_kind": "tool_use", "baseline_score": 0.7, "target_score": 0.89})


def score_after(said: str) -> float | None:
    """Return today's score once this was said."""
    return facts_after(_TOLD, said).baseline_score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("91 now, with six example dialogs", 0.91),
        ("added strict tool schemas, the agent is at 91 now", 0.91),
        ("we let it fix its own errors, that scored 69 on the 200", 0.69),
    ],
)
def test_what_it_gets_now_is_the_score(said: str, score: float) -> None:
    assert score_after(said) == score


@pytest.mark.parametrize(
    "said",
    [
        "we have 60 people in support now",
        "if it scored 91 on the 200 we would ship",
        "it never scored 91 on the 200",
        "it was at 91 in spring",
        "it is at 91 ms now",
    ],
)
def test_other_numbers_are_no_score(said: str) -> None:
    assert with_score_now(prepare(said), None, [], _TOLD) == []
