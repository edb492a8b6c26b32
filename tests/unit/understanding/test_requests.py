"""Requests in the middle of a conversation state nothing, and new labels leave the case what it is."""

from __future__ import annotations

import pytest

from bot.decision.statements import Statement, understand
from tests.unit.understanding.conversations import opened, statements_after

_OPENINGS = {
    "extraction": "We extract 12 fields from invoices with GPT-4o, a fifth is wrong. Should we fine-tune?",
    "generation": "We write product texts with GPT-4o, the tone is off. Should we fine-tune?",
    "tool_use": "Our agent calls the CRM and picks the wrong tool. Should we fine-tune?",
    "knowledge_qa": "Our bot answers staff from the wiki and gets facts wrong. Should we fine-tune?",
}


def heard(said: str, question: str = "", task: str = "generation") -> tuple[Statement, ...]:
    """Return what this states after the opening."""
    return statements_after(opened(_OPENINGS[task]), said, question)


@pytest.mark.parametrize("question", ["", "Q5", "Q12"])
@pytest.mark.parametrize("task", sorted(_OPENINGS))
@pytest.mark.parametrize("said", ["we now have 800 labelled", "800 labelled examples now"])
def test_new_labels_leave_the_task(said: str, task: str, question: str) -> None:
    before = understand(opened(_OPENINGS[task])).facts
    after = understand([*opened(_OPENINGS[task]), *heard(said, question, task)]).facts
    assert (after.goal_kind, after.gap) == (before.goal_kind, before.gap)
    assert after.examples_n == 800


@pytest.mark.parametrize("question", ["", "Q2", "Q5", "Q12"])
@pytest.mark.parametrize(
    "said",
    [
        "explain embeddings",
        "explain RAG",
        "explain few-shot please",
        "explain prompt caching",
        "explain fine-tuning",
        "can you explain retrieval to me?",
        "tell me more about tokens",
        "tell me about few-shot",
        "more about prompt caching please",
        "define LoRA",
        "what is DPO?",
        "give me a summary for my boss",
    ],
)
@pytest.mark.parametrize("task", sorted(_OPENINGS))
def test_who_asks_for_something_states_nothing(said: str, question: str, task: str) -> None:
    assert heard(said, question, task) == ()


@pytest.mark.parametrize("said", ["translate that to German", "summarise the advice for my boss"])
def test_who_wants_the_answer_in_another_form_states_nothing(said: str) -> None:
    assert heard(said) == ()


@pytest.mark.parametrize(
    ("said", "question", "fact"),
    [
        ("explain RAG. we have tried few-shot", "Q2", "tried_few_shot"),
        ("RAG and few-shot", "Q2", "tried_rag"),
        ("few-shot", "Q2", "tried_few_shot"),
        ("more on the prompt than on RAG, a quick one", "Q2", "tried_prompting"),
        ("what we tried is RAG", "Q2", "tried_rag"),
        ("explain it to us, we have 800 labelled", "Q5", "examples_n"),
    ],
)
def test_what_is_told_beside_it_counts(said: str, question: str, fact: str) -> None:
    assert fact in [one.fact for one in heard(said, question)]
