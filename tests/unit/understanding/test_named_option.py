"""Which outcomes a message speaks of."""

from __future__ import annotations

import pytest

from bot.decision.options import Option
from bot.understanding.message import prepare
from bot.understanding.named_option import named_options


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("why not RAG?", (Option.RAG,)),
        ("my boss wants a fine-tune, not another model", (Option.FINE_TUNE_SFT, Option.SWITCH_MODEL)),
        ("would logistic regression not do?", (Option.CLASSICAL_ML,)),
        ("can't we distil it into something smaller?", (Option.DISTIL,)),
        ("what about DPO", (Option.PREFERENCE_TUNE,)),
        ("isn't a better prompt enough?", (Option.IMPROVE_PROMPT,)),
        ("prompt caching?", (Option.LONG_CONTEXT_CACHE,)),
        ("couldn't a JSON schema do that", (Option.STRUCTURED_TOOLS,)),
        ("are you sure?", ()),
        ("the training of our staff is over", (Option.FINE_TUNE_SFT,)),
    ],
)
def test_outcomes_are_named_in_order(said: str, named: tuple[Option, ...]) -> None:
    assert named_options(prepare(said)) == named
