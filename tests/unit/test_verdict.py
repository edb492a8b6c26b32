"""What is said first to who asks outright."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import recommend
from bot.understanding.asked_outright import OUTRIGHT, Outright
from bot.verdict import CONTENT, SCORE_IT_FIRST, tell_verdict
from tests.unit.decision.strategies import facts as any_facts

STYLE = Facts(
    goal_kind="style_tone",
    gap="behaviour",
    examples_n=400,
    eval_set_n=100,
    tried_prompting="systematic",
    tried_few_shot=True,
    base_tunable="yes",
)
UNMEASURED = STYLE.with_values({"eval_set_n": 0})
KNOWLEDGE = Facts(goal_kind="knowledge_qa", gap="knowledge")


def told(asked: Outright, facts: Facts) -> str:
    return "\n".join(tell_verdict(asked, recommend(facts)))


@pytest.mark.parametrize("asked", ["train", "go"])
def test_training_that_is_advised_is_a_yes_with_its_conditions(asked: Outright) -> None:
    assert recommend(STYLE).option is Option.FINE_TUNE_SFT
    assert told(asked, STYLE).startswith("Fine-tuning: yes, if you have the right to train on this data")


def test_training_of_another_kind_than_plain_tuning_is_named() -> None:
    costly = Facts(
        goal_kind="extraction",
        gap="cost_latency",
        failure_mode="too_expensive",
        teacher_ok=True,
        small_model_ok=False,
        tried_prompting="systematic",
        eval_set_n=200,
        requests_per_day=50_000,
        data_rights="ok",
    )
    assert recommend(costly).option is Option.DISTIL
    assert told("train", costly).startswith("Fine-tuning: yes; I would distil into a small model")


def test_whoever_asks_for_a_go_hears_what_is_advised_where_it_is_no_training() -> None:
    assert told("go", KNOWLEDGE) == "I would use retrieval (RAG), and not fine-tune."


def test_training_that_lacks_something_is_a_not_yet_with_what_comes_first() -> None:
    assert told("train", UNMEASURED) == "Fine-tuning: not yet. First I would build a test set of 50 cases."


def test_training_that_is_not_advised_is_a_no_with_what_is() -> None:
    assert told("train", KNOWLEDGE) == "Fine-tuning: no. I would use retrieval (RAG)."


def test_another_way_of_training_than_the_advised_one_is_a_no() -> None:
    assert told("preference", STYLE) == "Preference tuning: no. I would fine-tune."


def test_whoever_asks_for_what_they_have_hears_that_they_have_it() -> None:
    content = KNOWLEDGE.with_values({"gap": "behaviour", "tried_rag": True})
    assert told("retrieval", content).startswith("Retrieval: you have that. Next I would ")


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"baseline_score": 0.8, "target_score": 0.9}, "not yet. It scores 80% today, and you need 90%."),
        ({"baseline_score": 0.95, "target_score": 0.9}, "yes. It scores 95% today, and you need 90%."),
        (
            {"baseline_score": 0.95, "target_score": 0.9, "tried_finetune": "worked"},
            "yes, if no training has seen those cases. It scores 95% today, and you need 90%.",
        ),
        (
            {"baseline_score": 0.95, "target_score": 0.9, "eval_set_n": 60},
            (
                "too close to tell. It scores 95% today, and you need 90%. Counted on 60 cases, 95% may be "
                "anything from 86% to 98%. Score it on more cases."
            ),
        ),
        (
            {"baseline_score": 0.8},
            "that hangs on the score you need, which I don't know; it scores 80% today.",
        ),
        ({}, SCORE_IT_FIRST),
        ({"satisfied": True}, CONTENT),
        (
            {"failure_mode": "unsafe", "baseline_score": 0.95, "target_score": 0.9},
            "no, not while it can do harm.",
        ),
        ({"failure_mode": "wrong_facts"}, "not while it gets facts wrong."),
        (
            {"failure_mode": "too_slow", "baseline_score": 0.8},
            "that hangs on the score you need, which I don't know; it scores 80% today.",
        ),
    ],
)
def test_whether_to_put_it_live_hangs_on_the_score_that_is_needed(
    facts: dict[str, object], verdict: str
) -> None:
    assert told("ship", Facts(goal_kind="extraction").with_values(facts)) == f"Going live as it is: {verdict}"


def test_whether_an_amount_is_enough_is_told_with_what_it_means_for_training() -> None:
    assert told("enough", UNMEASURED).splitlines() == [
        "You told me of 400 reviewed examples: that is comfortable for tuning.",
        "You told me of 0 test cases: that is 50 short of a test set.",
        "Fine-tuning: not yet. First I would build a test set of 50 cases.",
    ]
    assert tell_verdict("enough", recommend(KNOWLEDGE)) == ()


@pytest.mark.parametrize("asked", ["", "change"])
def test_nothing_is_told_where_no_verdict_is_asked_that_news_do_not_tell(asked: Outright) -> None:
    assert tell_verdict(asked, recommend(STYLE)) == ()


@given(facts=any_facts())
def test_a_verdict_never_says_other_than_the_advice(facts: Facts) -> None:
    recommendation = recommend(facts)
    for asked in set(OUTRIGHT) - {"ship", "enough", "change"}:
        (line,) = tell_verdict(asked, recommendation)
        if asked in ("train", "go"):
            assert line.startswith("Fine-tuning: yes") is (recommendation.option in TRAINING)
        if asked == "go" and "and not fine-tune" in line:
            assert not TRAINING & {recommendation.option, recommendation.direction}
    if recommendation.option is Option.NO_CHANGE and facts.failure_mode != "unsafe":
        (line,) = tell_verdict("ship", recommendation)
        assert "yes" in line or "too close" in line
