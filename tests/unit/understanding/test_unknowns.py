from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.unknowns import find_unknowns

ASKED = ("gap", "failure_mode")


@pytest.mark.parametrize(
    "said",
    [
        "I don't know what we are doing wrong",
        "not sure what our bot gets wrong",
        "no idea how our search fails",
        "im not sure what our users complain about",
    ],
)
def test_who_cannot_say_what_goes_wrong_does_not_know_it(said: str) -> None:
    unknown = find_unknowns(prepare(said), ASKED)
    assert unknown is not None
    assert unknown[0] == ASKED


@pytest.mark.parametrize("said", ["no clue what we sell", "has no idea about our products"])
def test_what_everybody_there_knows_is_unknown_to_the_bot_alone(said: str) -> None:
    assert find_unknowns(prepare(said), ASKED) is None
