from __future__ import annotations

import pytest

from bot.decision.questions import OPENING
from bot.decision.statements import Statement, understand
from bot.understanding.message import prepare
from bot.understanding.reading import read
from bot.understanding.untroubled import without_what_is_no_trouble
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Answers are rude. The cost is not a problem.", "answers are rude. "),
        ("cost is fine, latency is fine, but it forgets our rules", "but it forgets our rules"),
        ("The facts are wrong; costs and latency are fine", "the facts are wrong; "),
        ("Price doesn't matter. It can't add.", "it cant add."),
        ("It's not cost, it's quality that we miss", "its quality that we miss"),
        ("this is not about latency but the answers are made up", "but the answers are made up"),
        ("it is not too slow or too costly, it's wrong too often", "its wrong too often"),
        ("It isn't expensive, but it lies", "but it lies"),
        ("cost is fine.", ""),
    ],
)
def test_cost_and_speed_are_left_out_where_they_are_in_order(said: str, left: str) -> None:
    assert without_what_is_no_trouble(prepare(said)).plain == left


@pytest.mark.parametrize(
    "said",
    [
        "cost is a problem",
        "latency is not fine",
        "speed is fine if we cache",
        "the tone is fine",
        "it's not cost effective",
        "it is too slow, too costly",
        "it's not too slow for us to use",
        "It must not cost much",
    ],
)
def test_everything_else_stays_as_it_is(said: str) -> None:
    message = prepare(said)
    assert without_what_is_no_trouble(message) is message


def test_what_is_no_trouble_is_not_what_is_missing() -> None:
    read = values(
        "We sort tickets into 25 queues with GPT-4o. Accuracy is 99%, cost is fine, latency is fine."
    )
    assert "gap" not in read
    assert "failure_mode" not in read


def test_who_says_only_that_cost_is_fine_misses_nothing() -> None:
    assert "gap" not in values("Speed is fine.")
    assert values("It's not cost, it's quality that we miss").keys() & {"gap", "failure_mode"} == set()


@pytest.mark.parametrize(
    "denied",
    [
        "btw speed and cost are fine, it's just wrong too often",
        "it is not too slow or too costly, it's wrong too often",
    ],
)
def test_who_denies_that_it_costs_too_much_takes_it_back(denied: str) -> None:
    gathered = Statement(fact="gap", value="cost_latency", quote="", source="inferred", message_id="1")
    reading = read(denied, message_id="2", earlier=[gathered], continues=True)
    assert reading.intent == "answer"
    assert understand([gathered, *reading.statements]).facts.gap is None


def test_who_denies_one_half_takes_back_only_that() -> None:
    dear = [
        Statement(fact=fact, value=value, quote="", message_id="1")
        for fact, value in (("gap", "cost_latency"), ("failure_mode", "too_expensive"))
    ]
    latency = read("2000 a day, latency is fine", message_id="2", earlier=dear, continues=True)
    assert understand([*dear, *latency.statements]).facts.failure_mode == "too_expensive"
    cost = read("2000 a day, the cost is fine", message_id="2", earlier=dear, continues=True)
    assert understand([*dear, *cost.statements]).facts.failure_mode is None


@pytest.mark.parametrize(
    "said", ["Nothing goes wrong", "well, nothing is really wrong", "Nothing wrong today."]
)
def test_where_nothing_goes_wrong_it_is_good_enough(said: str) -> None:
    read_as = {one.fact: one.value for one in read(said, pending=OPENING).statements}
    assert read_as == {"satisfied": True}
