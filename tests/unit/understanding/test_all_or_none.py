from __future__ import annotations

import pytest

from bot.understanding.all_or_none import find_all_or_none
from bot.understanding.message import prepare


def told(said: str) -> dict[str, object]:
    return {one.fact: one.value for one in find_all_or_none(prepare(said))}


@pytest.mark.parametrize(
    "said",
    [
        "all of them must pass",
        "it has to get every single one right",
        "none may be wrong",
        "zero failures or we don't ship",
        "no mistakes allowed",
        "each one has to be perfect",
        "we need all of them",
    ],
)
def test_what_all_must_do_is_needed(said: str) -> None:
    assert told(said) == {"target_score": 1.0}


@pytest.mark.parametrize(
    ("said", "score"),
    [("a dozen and they all pass", 1.0), ("every case passes", 1.0), ("none of them passes", 0.0)],
)
def test_what_all_do_is_so_today(said: str, score: float) -> None:
    assert told(said) == {"baseline_score": score}


@pytest.mark.parametrize(
    "said",
    [
        "not all pass",
        "nearly all are right",
        "all the tests have to be written first",
        "all cases need to be reviewed",
        "everything must be logged",
        "we'd ship if all pass",
        "none",
        "we have none",
        "all we have is 20 chats",
        "they don't all have to pass",
        "we don't need all of them to pass",
        "we need all answers in German",
        "they must all be reviewed by legal",
        "we should all agree",
        "there were no errors or timeouts",
        "90% of all cases must pass",
        "everything works except the tone",
        "do they all pass? no",
    ],
)
def test_what_is_said_of_other_things_or_of_nearly_all_is_no_score(said: str) -> None:
    assert told(said) == {}
