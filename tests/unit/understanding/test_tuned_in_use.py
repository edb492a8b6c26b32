"""Nothing but the tuned model that runs: no other step was tried, and tuning was."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID
from bot.understanding.message import prepare
from bot.understanding.tuned_in_use import with_tuned_in_use
from tests.unit.understanding.conversations import facts_after, told


def after(said: str, **known: FactValue) -> dict[str, FactValue]:
    """Return what is known once this was said in answer to what was tried."""
    return facts_after(told(known), said, "Q2", continues=bool(known)).known()


@pytest.mark.parametrize(
    "said",
    [
        "nothing since then, the tuned model is just running",
        "nothing else, only the tuned model is live",
        "not really anything else, we just run the tuned model",
        "nope, nothing since, the tuned one is live",
        "nothing else, the fine-tuned model has been in production since May",
        "no, only the tuned model runs",
    ],
)
def test_nothing_but_the_tuned_model_was_tried(said: str) -> None:
    known = after(said, tried_finetune="worked", tried_rag=True)
    assert known["tried_finetune"] == "worked"
    assert known["tried_prompting"] == "none"
    assert known["tried_few_shot"] is False
    assert known["tried_rag"] is True
    assert "tried_finetune" not in after(said)


@pytest.mark.parametrize(
    "said",
    [
        "nothing yet",
        "the tuned model is live",
        "only a quick prompt, the tuned model is live",
        "nothing else but few-shot, the tuned model is live",
        "we tried RAG, the tuned model is live",
        "nothing else helped, so we tuned",
        "nothing beats the tuned model",
        "nothing is wrong with the tuned model",
        "nothing, the tuned model was never deployed",
        "nothing, we want the tuned model to be live in May",
        "nothing, a tuned model would be running if we had budget",
        "nothing, the vendor runs a tuned model",
        "nothing, and the tuned model is no better",
    ],
)
def test_anything_else_is_read_as_ever(said: str) -> None:
    assert with_tuned_in_use(prepare(said), BY_ID["Q2"], [], []) == []


def test_it_answers_no_other_question() -> None:
    assert with_tuned_in_use(prepare("nothing else, the tuned model runs"), BY_ID["Q3"], [], []) == []
