from __future__ import annotations

import pytest

from knowledge.asked_name import asked_name


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what is model merging?", "model merging"),
        ("What's a base model", "base model"),
        ("hey, can you explain speculative decoding please", "speculative decoding"),
        ("define perplexity", "perplexity"),
        ("what does MCP stand for?", "mcp"),
        ("what does LoRA mean exactly", "lora"),
        ("meaning of GGUF", "gguf"),
        ("what is a reasoning model again?", "reasoning model"),
    ],
)
def test_a_question_that_asks_what_something_is_names_it(question: str, name: str) -> None:
    assert asked_name(question) == tuple(name.split())


@pytest.mark.parametrize(
    "question",
    [
        "",
        "what is it?",
        "model merging",
        "is RAG dead",
        "what is the best chunk size",
        "what is hybrid search good for",
        "what does a vector db store exactly",
        "what is the difference between DPO and PPO",
        "what is training on preference pairs",
        "how does model merging work",
        "what is a really very long name of something",
    ],
)
def test_any_other_question_names_nothing(question: str) -> None:
    assert asked_name(question) == ()
