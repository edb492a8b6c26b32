"""A need in the terms of what fails is one of few failures."""

from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.decision.statements import Statement
from bot.understanding.reading import read
from tests.unit.understanding.conversations import statements_after, told
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "score", "needed"),
    [
        ("it is now wrong in 1 of 20 runs, we need 1 in 100", 0.95, 0.99),
        ("it fails in 1 of 10 cases, and we want one in a hundred", 0.9, 0.99),
        ("wrong in 1 of 20, at most 1 in 100 is ok", 0.95, 0.99),
        ("we're at 91%, no more than 1 in 50 is acceptable", 0.91, 0.98),
        ("5% wrong today, we need 1%", 0.95, 0.99),
        ("1 in 20 fails now, it should be 1 in 200", 0.95, 0.995),
    ],
)
def test_a_need_of_few_failures_leaves_the_rest(said: str, score: float, needed: float) -> None:
    read = values(said, "Q3")
    assert (read["baseline_score"], read["target_score"]) == (score, needed)


@pytest.mark.parametrize(
    "said",
    [
        "wrong in 1 of 20, at most 1 in 100 is about billing",
        "1 in 20 is wrong, we need 1 in 10 to be reviewed",
        "wrong in 1 of 10, 1 in 20 users complains",
        "5% are wrong, 1% of them dangerous",
        "at most 1 in 100 tickets is urgent",
        "error rate 5%, need below 1",
        "at most 4% of the calls fail",
        "max 12% of the answers are wrong",
        "the bot must not offer rebates, at most 10% is ok",
    ],
)
def test_a_share_of_something_else_is_no_need(said: str) -> None:
    assert "target_score" not in values(said, "Q3")


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ("1 in 20 is right, we need 1 in 10", 0.1),
        ("12% click rate today, need 15%", 0.15),
        ("wrong in 1 of 20 runs, we need 99%", 0.99),
        ("wrong in 1 of 20, we need 9 in 10", 0.9),
    ],
)
def test_a_need_of_right_ones_stays(said: str, needed: float) -> None:
    assert values(said, "Q3")["target_score"] == needed


@pytest.mark.parametrize(("score", "target"), [(0.95, None), (0.005, 0.01)])
def test_a_need_of_less_than_is_known_to_be_there_is_none(score: float, target: float | None) -> None:
    told = [Statement(fact="baseline_score", value=score, quote="", author_id="U1", message_id="1")]
    reading = read(
        "we need 1 in 100", pending=BY_ID["Q3"], author_id="U1", message_id="2", earlier=told, continues=True
    )
    heard = {one.fact: one.value for one in reading.statements}
    assert heard.get("target_score") == target


@pytest.mark.parametrize("said", ["at most 2% may fail", "errors: at most 2% is ok"])
def test_what_may_fail_needs_no_score_beside_it(said: str) -> None:
    assert values(said, "Q3")["target_score"] == 0.98


@pytest.mark.parametrize(
    ("said", "target"),
    [("the auditor still wants 0.5", None), ("they lowered the target to 75%", 0.75)],
)
def test_no_need_falls_to_half_of_what_it_was(said: str, target: float | None) -> None:
    before = told({"baseline_score": 0.94, "target_score": 0.995})
    heard = {one.fact: one.value for one in statements_after(before, said)}
    assert heard.get("target_score") == target
