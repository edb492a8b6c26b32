"""Who names the problem in so many words turns the case; who speaks of another problem does not."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conversations import facts_after, opened

_OPENING = (
    "Our bot answers questions about our products and makes up what it does not know. Should we fine-tune?"
)


def after(said: str, question: str = "") -> tuple[object, object, object]:
    """Return what it is for, what is missing and how it fails, after the opening and this."""
    facts = facts_after(opened(_OPENING), said, question)
    return facts.goal_kind, facts.gap, facts.failure_mode


@pytest.mark.parametrize("question", ["", "Q3"])
@pytest.mark.parametrize(
    ("said", "gap", "failure"),
    [
        ("these days the style is the problem", "behaviour", "inconsistent_style"),
        ("the actual problem is the wording, not what it knows", "behaviour", "inconsistent_style"),
        ("we solved that; the main issue is latency", "cost_latency", "too_slow"),
        ("our biggest problem now is the bill", "cost_latency", "too_expensive"),
        ("so the output format is the problem", "format", "invalid_format"),
        ("new requirement: the output must be XML", "format", "invalid_format"),
        ("our new problem is that it is far too slow", "cost_latency", "too_slow"),
        ("main issue: the tone", "behaviour", "inconsistent_style"),
    ],
)
def test_what_is_named_as_the_problem_is_it(said: str, gap: str, failure: str, question: str) -> None:
    assert after(said, question)[1:] == (gap, failure)


@pytest.mark.parametrize(
    "said",
    [
        "is the tone the problem?",
        "the wording is not the problem",
        "the real problem is not the latency",
        "my manager says the real problem is the bill",
        "if the format is the problem, what then?",
        "the main problem is that our labels have the wrong format",
        "the main problem is the cost of labelling",
        "annotation costs are the problem",
        "the biggest issue is our contract",
        "the real problem was the tone",
        "the new problem is the format of our invoices",
        "the main issue is latency or cost",
        "customers complain that the price is the problem",
        "the main problem is the speed, two people label ten a day",
        "new requirement: it has to be hosted in Spain",
        "new requirement: answers must be in French",
        "the main problem is solved: the tone is fine",
        "maybe the tone is the problem",
    ],
)
def test_other_problems_turn_nothing(said: str) -> None:
    assert after(said)[1:] == after("hello")[1:]


def test_what_it_is_for_stays() -> None:
    assert after("now the style is the problem")[0] == after("hello")[0]
