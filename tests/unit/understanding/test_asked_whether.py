"""Whether they ask us if they should train, and not how, what others ask, or what they answer themselves."""

from __future__ import annotations

import pytest

from bot.understanding.asked_whether import asks_whether
from bot.understanding.message import prepare


@pytest.mark.parametrize(
    "said",
    [
        "Should we fine-tune?",
        "Our bot makes up facts. Train it?",
        "The tone is off. Tune or RAG?",
        "is it time to fine-tune?",
        "does it make sense to train a model",
        "would tuning be worth it",
        "Is it worth it?",
        "can we train a model on 500 tickets?",
        "which model should we fine-tune?",
        "People ask about leave and get it wrong, should we tune?",
        "It tells them wrong prices, should we train a model",
    ],
)
def test_who_asks_whether_is_heard(said: str) -> None:
    assert asks_whether(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "should we use RAG? no, we have it",
        "our bot answers whether should we train the staff",
        "can we train on it?",
        "do we need to train the annotators?",
        "should I train my staff",
        "users ask how to tune?",
        "it tells them how to train a model?",
        "would it make sense to sort by date",
        "is it worth 20k?",
        "is it a good idea to add examples?",
        "customers ask: should I tune my guitar?",
        "people ask can we train in the gym",
        "should we tune the thresholds?",
        "how do we train it? with lora",
        "how should we train it?",
        "which rag?",
        "you mean rag?",
        "what is rag?",
        "why train it?",
        "does the vendor train it?",
        "how long to train it?",
        'our gym bot answers "should I train today?"',
    ],
)
def test_other_questions_are_not_that(said: str) -> None:
    assert not asks_whether(prepare(said))
