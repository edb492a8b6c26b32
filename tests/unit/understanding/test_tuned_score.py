"""A tuning worked where the score rose, and the tuned model's score is today's."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.understanding.message import prepare
from bot.understanding.tuned_score import with_tuned_score
from tests.unit.understanding.conversations import facts_after, told


def after(said: str, question: str = "", **known: FactValue) -> dict[str, FactValue]:
    """Return what is known once this was said of a case at 52 % that needs 80 %."""
    facts = {"baseline_score": 0.52, "target_score": 0.8, **known}
    return facts_after(told(facts), said, question).known()


@pytest.mark.parametrize("question", ["", "Q16"])
@pytest.mark.parametrize(
    ("said", "score", "came"),
    [
        ("we did the tuning. 78% untouched now vs 52 before on the 120", 0.78, "worked"),
        ("we fine-tuned and it went from 52 to 78", 0.78, "worked"),
        ("the fine-tune is done: 78% vs 52% for the prompt", 0.78, "worked"),
        ("we fine tuned, got 78, so 2 short of the target", 0.78, "worked"),
        ("we fine-tuned: 52% -> 78%", 0.78, "worked"),
        ("fine-tuned, 52 for the prompt vs 78 tuned", 0.78, "worked"),
        ("we fine-tuned: 52% vs 52% before", 0.52, "failed"),
        ("we fine-tuned on 600 tickets: 78% now vs 52% before", 0.78, "worked"),
        ("we tuned it: 50% now, was 52", 0.5, "worse"),
        ("we fine-tuned and it fell from 52 to 40", 0.4, "worse"),
    ],
)
def test_the_scores_tell_what_came_of_it(said: str, question: str, score: float, came: str) -> None:
    known = after(said, question)
    assert (known["baseline_score"], known["tried_finetune"]) == (score, came)
    assert known["target_score"] == 0.8
    assert known.get("satisfied") is not True


def test_its_own_score_told_again_changes_nothing() -> None:
    known = after("we fine-tuned, got 78", baseline_score=0.78, tried_finetune="worked")
    assert known["tried_finetune"] == "worked"


@pytest.mark.parametrize(
    "said",
    [
        "we tuned the prompt: 78% now vs 52 before",
        "we tuned the retrieval, 78% now vs 52 before",
        "if we fine-tuned, would it go from 52 to 78?",
        "another team fine-tuned theirs and went from 52 to 78",
        "vendor says fine-tuning takes it from 52 to 78",
        "we will fine-tune, from 52 to 78 hopefully",
    ],
)
def test_other_work_and_other_people_are_no_tuning(said: str) -> None:
    assert "tried_finetune" not in after(said)


@pytest.mark.parametrize(
    "said",
    [
        "we fine-tuned with 78 vs 52 examples",
        "we fine-tuned on 60 instead of 40.",
        "we fine-tuned, latency went from 78 to 52 ms",
        "we fine-tuned on 780 examples, cost 52 dollars",
        "we fine-tuned the mini: 92 vs 90 for gpt-4.1",
        "we fine-tuned, got 40 more examples",
        "we fine-tuned in 40 minutes vs 90 before",
        "we fine-tuned; agreement went from 52 to 78",
        "we fine-tuned, the response rate of customers went from 22 to 38",
        "the tuning is done and the volume went from 52 to 78",
    ],
)
def test_other_numbers_are_no_score(said: str) -> None:
    assert after(said)["baseline_score"] == 0.52


def test_what_it_forgot_stays_told() -> None:
    assert after("we fine-tuned, 78% vs 52% but it forgot the refund rules")["tried_finetune"] == "forgot"
    none = after("we haven't fine-tuned; few-shot took it from 52 to 78")
    assert none["tried_finetune"] == "none"


def test_so_many_of_the_cases_are_no_percentage() -> None:
    assert after("we did the tuning, got 45 of the 60 right")["baseline_score"] == 0.75


@pytest.mark.parametrize("said", ["we fine-tuned: 80% now use it", "we did the tuning. 70% now ask for more"])
def test_how_many_do_something_now_is_no_score_of_it(said: str) -> None:
    assert "baseline_score" not in {one.fact for one in with_tuned_score(prepare(said), [], ())}


def test_what_is_still_off_elsewhere_leaves_them_content() -> None:
    known = after("we fine-tuned it, got 92 and are happy. two cases are still off")
    assert (known["tried_finetune"], known["satisfied"]) == ("worked", True)
