"""The strongest model there is has been tried by whoever uses it; another one need not be stronger."""

from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.understanding.message import prepare
from bot.understanding.reading import read
from bot.understanding.strongest import with_strongest


@pytest.mark.parametrize("question", ["Q2", "Q9", "Q12"])
@pytest.mark.parametrize(
    "said",
    [
        "we already use the strongest there is",
        "we use the largest model available",
        "we're already on the most capable model",
        "it's the biggest model there is",
        "already using the best model on the market",
        "there is no stronger model",
    ],
)
def test_nothing_stronger_is_left(said: str, question: str) -> None:
    statements = read(said, pending=BY_ID[question], author_id="U1", message_id="1").statements
    assert ("tried_models", True) in [(one.fact, one.value) for one in statements]


@pytest.mark.parametrize(
    "said",
    [
        "we use the strongest GPU there is",
        "we use the strongest model we may run",
        "we use the strongest open-weights model available",
        "we use the strongest small model there is",
        "we use the largest model that fits our server",
        "we use the best prompt we could find",
        "we use the best one for german",
        "it's the best there is",
        "we have the largest dataset available",
        "should we use the strongest there is?",
        "is that the strongest there is?",
        "we will use the strongest there is",
        "we don't use the strongest there is",
        "the other team uses the strongest model",
        "the competition uses the strongest model there is",
        "we tried sonnet instead of gpt",
    ],
)
def test_what_is_the_strongest_only_of_some_leaves_others(said: str) -> None:
    assert with_strongest(prepare(said), []) == []
