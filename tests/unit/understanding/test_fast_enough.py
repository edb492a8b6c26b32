"""Who says that it is fast enough now takes back that it is too slow."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.statements import Statement, understand
from bot.understanding.reading import read
from tests.unit.understanding.conversations import facts_after, told
from tests.unit.understanding.test_reading import values

_SLOW: dict[str, FactValue] = {
    "gap": "cost_latency",
    "failure_mode": "too_slow",
    "latency_budget_ms": 2000,
}


def after(said: str, question: str = "", **known: FactValue) -> dict[str, FactValue]:
    """Return what is known once this was said by somebody whose bot was too slow."""
    return facts_after(told({**_SLOW, **known}), said, question).known()


@pytest.mark.parametrize("question", ["", "Q12"])
@pytest.mark.parametrize(
    "said",
    [
        "the 72B quantised now runs in 1.8 s, doctors still accept 89%",
        "it's fast enough now, 1.8 s",
        "latency is down to 1.8 seconds, so under target",
        "speed is solved",
        "we no longer care about speed",
        "it now answers in 900 ms and it's right in nine of ten",
        "good news: latency is no longer a problem",
        "latency is good enough now",
        "it's fast enough now and no longer takes long",
    ],
)
def test_it_is_not_too_slow_any_more(said: str, question: str) -> None:
    assert after(said, question).keys() & {"gap", "failure_mode"} == set()


@pytest.mark.parametrize(
    "said",
    [
        "takes 1.8 s, must be under 1",
        "it's fast enough now on the gpu, still slow on cpu",
        "is it fast enough now?",
        "it is not fast enough",
        "if it is fast enough, we ship",
        "the mini runs in 0.8 s",
        "retrieval takes 0.5 s",
        "the first token takes 0.5 s, the whole answer 9",
        "it now takes 2.8 s",
        "it should run in 1.8 s",
        "it takes 1.8 s per page",
        "it takes 1.8 s at best",
        "it takes 1.8 s for a short mail",
        "it runs in 1.8 s with the 7B, in 5 with the 72B",
        "it runs in 1.8 s but with 12 users it takes 7 seconds",
        "once quantised it runs in 1.8 s",
        "on our test machine it runs in 1.8 s",
        "speed is solved, but only for short mails",
        "we don't care about speed of training",
        "speed isn't solved",
        "it used to run in 1.8 s",
        "training takes 1.8 hours",
        "our old bot takes 1 s",
        "a human takes 1.5 s",
        "latency is down to 1.8 s. we now need 1 s",
        "it takes 1.8 s. must be under 1",
        "it takes 1.5 s more now",
        "it answers in 1 s when cached",
        "it's good enough now, just slow",
        "our checkout takes long, it takes 1 s",
        "it takes 600 ms, and retrieval another 2500",
        "it takes 1.5 s and then it hangs",
    ],
)
def test_anything_else_leaves_it_too_slow(said: str) -> None:
    assert after(said)["failure_mode"] == "too_slow"


def test_a_time_without_a_limit_says_nothing() -> None:
    told = [
        Statement(fact=fact, value=value, quote="", message_id="1")
        for fact, value in _SLOW.items()
        if fact != "latency_budget_ms"
    ]
    reading = read("it now runs in 1.8 s", message_id="2", earlier=told, continues=True)
    assert understand([*told, *reading.statements]).facts.failure_mode == "too_slow"


def test_it_may_still_cost_too_much() -> None:
    assert after("speed is solved", failure_mode="too_expensive")["failure_mode"] == "too_expensive"
    dear = after("it's fast enough now, but far too expensive at $9000 a month")
    assert dear.get("failure_mode") != "too_slow"


def test_an_opening_says_what_else_is_wrong() -> None:
    said = "Speed is solved, but it makes up facts. Should we fine-tune?"
    assert values(said)["failure_mode"] == "wrong_facts"
