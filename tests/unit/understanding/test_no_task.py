"""A model that nobody has a task for."""

from __future__ import annotations

import pytest

from bot.understanding.found import Found
from bot.understanding.message import prepare
from bot.understanding.no_task import without_guessed_task
from tests.unit.understanding.test_reading import values

_NO_TASK = (
    "Nobody has said what it should do",
    "There is no use case yet",
    "We don't have a task for it",
    "Management wants a model, no idea what for",
    "The VP just wants our own model",
    "My boss wants our own LLM, nobody knows for what",
    "There is no concrete task",
    "We haven't decided what the model should do",
    "It's not clear what the model is for",
    "The CEO wants one, without saying for what",
)
_GUESSED = (
    Found("goal_kind", "generation", 0, 5, "inferred"),
    Found("gap", "behaviour", 0, 5, "inferred"),
    Found("failure_mode", "wrong_facts", 0, 5, "inferred"),
)
_SAID = (Found("goal_kind", "classification", 0, 5), Found("hosting", "on_prem", 0, 5, "inferred"))


@pytest.mark.parametrize("said", _NO_TASK)
def test_where_there_is_no_task_none_is_guessed(said: str) -> None:
    assert without_guessed_task(prepare(said), (*_GUESSED, *_SAID)) == list(_SAID)


@pytest.mark.parametrize(
    "said",
    [
        "Nobody has said what it should do when a customer is angry",
        "There is no use case for RAG here",
        "We have no idea what goes wrong",
        "Our bot does not do the task",
        "No task is too big for it",
        "Nobody has told it what to do with refunds",
        "The VP wants our own model to classify tickets",
        "The VP just wants our own model to classify tickets",
        "There's no task description in the prompt",
        "Users didn't say what it should do so the bot asks back",
        "Customers don't know what the bot is for",
        "We process loans: without applications, nothing happens",
        "I have no use case yet for RAG",
    ],
)
def test_where_there_is_one_it_may_be_guessed(said: str) -> None:
    assert without_guessed_task(prepare(said), _GUESSED) == list(_GUESSED)


@pytest.mark.parametrize(
    "said",
    [
        "Law firm here, 30,000 memos. The partners want a model but nobody knows what for. Fine-tune?",
        "We run a clinic. The director just wants our own model. We've notes and letters. Fine-tune?",
    ],
)
def test_a_message_without_a_task_has_no_goal(said: str) -> None:
    assert not {"goal_kind", "gap", "failure_mode"} & values(said).keys()


def test_who_complains_keeps_what_goes_wrong() -> None:
    said = prepare("There is no use case yet, and the one bot we have sounds rude")
    assert {one.fact for one in without_guessed_task(said, _GUESSED)} == {"gap", "failure_mode"}


def test_a_task_in_plain_words_beside_it_stays() -> None:
    said = (
        "We're thinking about a model that sorts mails, though there is no concrete use case yet. Fine-tune?"
    )
    assert values(said)["goal_kind"] == "classification"
