"""Whoever asks what a name of the glossary means gets its answer, whatever else their words tell of us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot import phrases
from bot.answer import NO_SUCH_TERM, Reference
from bot.app import KNOWLEDGE
from bot.dialogue import Dialogue
from bot.passages import IndexedPassages
from bot.plain_text import render
from bot.replies import Clarify, Define, Reply
from bot.terminal import terminal_turn
from knowledge.glossary import load_glossary
from knowledge.index import KnowledgeIndex
from knowledge.prices import load_prices
from knowledge.providers import load_providers

pytest.importorskip("wordllama", reason="what is covered was measured with the bundled model")

TERMS = list(load_glossary(KNOWLEDGE / "glossary"))
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    index = KnowledgeIndex.open(tmp_path_factory.mktemp("index"), KNOWLEDGE / "glossary", [], "wordllama")
    prices = load_prices(KNOWLEDGE / "prices.yaml")
    yield Dialogue(Reference(IndexedPassages(index), prices, load_providers(KNOWLEDGE / "providers.yaml")))
    index.close()


async def asked(dialogue: Dialogue, text: str) -> Reply:
    return (await dialogue.answer(terminal_turn(text, "1", 1, NOW), None)).reply


async def test_every_name_of_the_glossary_is_explained(dialogue: Dialogue) -> None:
    names = [name for term in TERMS for name in (term.name, *term.aliases) if "our" not in name.split()]
    assert len(names) > 300
    wrong = {}
    for name in names:
        reply = await asked(dialogue, f"what is {name}?")
        if not isinstance(reply, Define) or reply.definition.lead:
            wrong[name] = reply.reply
    assert wrong == {}


@pytest.mark.parametrize("text", ["what is model merging?", "define GPU"])
async def test_what_stands_near_a_name_that_is_not_in_it_is_told_as_that(
    dialogue: Dialogue, text: str
) -> None:
    reply = await asked(dialogue, text)
    assert isinstance(reply, Define)
    assert render(reply).startswith(NO_SUCH_TERM)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what is a base model?", "The model that you start from"),
        ("what is a holdout set?", "Cases that are kept apart from training"),
        ("what is a small classifier?", "A small trained model that sorts each input"),
    ],
)
async def test_a_word_of_our_own_answers_is_explained(dialogue: Dialogue, text: str, answer: str) -> None:
    reply = await asked(dialogue, text)
    assert isinstance(reply, Define)
    assert answer in reply.definition.text


@pytest.mark.parametrize(
    "text", ["what is hallucintaion?", "what is a reasoning model", "how does retrieval work?"]
)
async def test_what_the_glossary_answers_is_told_as_an_answer(dialogue: Dialogue, text: str) -> None:
    reply = await asked(dialogue, text)
    assert isinstance(reply, Define)
    assert reply.definition.lead == ""


async def test_a_term_is_explained_while_a_question_waits_and_the_question_waits_on(
    dialogue: Dialogue,
) -> None:
    first = await dialogue.answer(terminal_turn("should we fine-tune? it makes up facts", "1", 1, NOW), None)
    assert isinstance(first.reply, Clarify)
    second = await dialogue.answer(
        terminal_turn("what is cosine similarity?", "1", 2, NOW), first.conversation
    )
    assert isinstance(second.reply, Clarify)
    assert second.reply.definition
    assert second.reply.question == first.reply.question


@pytest.mark.parametrize(
    "text",
    [
        "what is the capital of France?",
        "what does GDP stand for",
        "define democracy",
        "what is a Docker container?",
        "what is the weather?",
        "explain photosynthesis",
        "what is bitcoin?",
    ],
)
async def test_what_is_of_elsewhere_stays_outside(dialogue: Dialogue, text: str) -> None:
    reply = await asked(dialogue, text)
    assert reply.reply == "off_topic"
    assert reply.text == phrases.OFF_TOPIC
