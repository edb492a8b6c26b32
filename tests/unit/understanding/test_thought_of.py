"""What is only thought of or asked."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conversations import facts_after, told

_TOLD = told({"goal_kind": "style_tone", "failure_mode": "inconsistent_style"})


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("maybe we could try few-shot examples", "tried_few_shot"),
        ("Legal won't like it, the letters have names. Can we even train on those?", "data_rights"),
        ("We can't fine-tune Claude at all then?", "base_tunable"),
        ("someone suggests a JSON schema", "tried_structured"),
    ],
)
def test_states_nothing(said: str, fact: str) -> None:
    assert getattr(facts_after(_TOLD, said), fact) is None


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("we put five examples in the prompt, could be better", "tried_few_shot", True),
        ("we tried RAG and got nothing, what now?", "tried_rag", True),
        ("legal says we may not train on those letters", "data_rights", "restricted"),
    ],
)
def test_what_was_done_or_said_counts(said: str, fact: str, value: object) -> None:
    assert getattr(facts_after(_TOLD, said), fact) == value
