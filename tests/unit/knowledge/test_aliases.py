from __future__ import annotations

import pytest

from knowledge.aliases import Aliases

KNOWN_WORDS = {"attention", "fine", "the", "model"}
ALIASES = Aliases(
    {
        "fine-tuning": ["Fine-tuning", "fine tune", "SFT"],
        "hallucination": ["Hallucination", "abstention"],
        "token": ["Token", "tokens", "output tokens"],
        "prompt": ["Prompt", "system prompt"],
        "retrieval-augmented-generation": ["RAG", "retrieval-augmented generation"],
    },
    is_word=KNOWN_WORDS.__contains__,
)


@pytest.mark.parametrize(
    ("question", "slugs"),
    [
        ("what is RAG?", ["retrieval-augmented-generation"]),
        ("RAG vs fine-tuning", ["fine-tuning", "retrieval-augmented-generation"]),
        ("hallucintaion meaning", ["hallucination"]),
        ("fine tunning our model", ["fine-tuning"]),
        ("why so many tokns", ["token"]),
        ("retreival augmented genaration", ["retrieval-augmented-generation"]),
        ("hallucinations", ["hallucination"]),
        ("nothing of the kind", []),
        ("", []),
    ],
)
def test_names_are_found_with_their_slips(question: str, slugs: list[str]) -> None:
    assert [found.slug for found in ALIASES.find(question)] == slugs


def test_the_longest_name_wins_and_covers_its_words() -> None:
    (found,) = ALIASES.find("our system prompt")

    assert (found.name, found.start, found.end, found.length) == ("system prompt", 1, 3, 2)


def test_slips_are_counted() -> None:
    assert [found.slips for found in ALIASES.find("hallucination hallucintaion")] == [0, 1]


@pytest.mark.parametrize("question", ["bag", "rug", "stoken", "attention"])
def test_another_word_is_not_taken_for_a_slip(question: str) -> None:
    assert ALIASES.find(question) == []
