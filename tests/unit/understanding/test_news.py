"""What is told after a recommendation, in words that no pattern holds; and what only sounds like news."""

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.learned.likelihoods import likely_wants
from bot.understanding.message import prepare
from bot.understanding.rejoinders import hear_wanted
from tests.unit.understanding.conversations import statements_after, told

CASE = told(
    {
        "goal_kind": "classification",
        "gap": "behaviour",
        "baseline_score": 0.71,
        "label_count": 14,
        "examples_n": 400,
        "tried_prompting": "quick",
    }
)


def stated(said: str) -> dict[str, Any]:
    return {one.fact: one.value for one in statements_after(CASE, said)}


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("it got worse after the tuning: 66, was 71", {"tried_finetune": "worse", "baseline_score": 0.66}),
        ("legal said no", {"data_rights": "restricted"}),
        ("they want 95 instead of 90", {"target_score": 0.95}),
        ("300 more labels, so 700 in all", {"examples_n": 700}),
        ("it must run on our own servers now", {"hosting": "on_prem"}),
        ("we tested haiku: 79, that is not enough", {"tried_small_model": True, "small_model_ok": False}),
        (
            (
                "We tuned a LoRA: 58% on the test set, the prompt gets 61%, validation loss goes up after "
                "epoch 1."
            ),
            {"tried_finetune": "failed", "baseline_score": 0.61},
        ),
        ("20% of the tags are wrong, we need 5%", {"baseline_score": 0.8}),
    ],
)
def test_what_came_of_it_is_heard(said: str, facts: dict[str, Any]) -> None:
    heard = stated(said)
    assert {fact: heard.get(fact) for fact in facts} == facts


@pytest.mark.parametrize(
    "said",
    [
        "my friend at another bank tuned theirs and got 95%",
        "the vendor demo claimed 97% on our data, I don't believe a word",
        "we plan to tune next quarter with maybe 2,000 examples",
        "if legal agrees we will train on the mails",
        "could you book the room for thursday?",
        "lol ok",
    ],
)
def test_what_is_planned_or_of_others_is_no_news(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("is that an afternoon's work or half a year's?", "time"),
        ("how would I put that to the board in two sentences?", "summary"),
        ("hm, and what does that come to in dollars?", "cost"),
        ("cheers, that helps a lot", "thanks"),
        ("which of those do we do on monday?", "next"),
        ("so is it worth it now?", "again"),
    ],
)
def test_what_is_wanted_is_heard_in_other_words_than_ours(said: str, wanted: str) -> None:
    message = prepare(said)
    assert hear_wanted(message, likely_wants(message)) == wanted


def test_another_case_is_begun_only_where_that_is_plain() -> None:
    message = prepare("and that?")
    doubtful, plain = {"new": 0.6, "why": 0.2}, {"new": 0.8}
    assert hear_wanted(message, doubtful) == ""
    assert hear_wanted(message, plain) == "new"
