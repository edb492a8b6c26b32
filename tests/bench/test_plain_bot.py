from __future__ import annotations

import pytest

from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.questions import BY_ID
from tests.bench.bench_llm import picks
from tests.bench.conversations import STORIES
from tests.bench.plain_bot import advised, explains


@pytest.mark.parametrize(
    ("answer", "option"),
    [
        ("Yes, you should fine-tune it on your letters.", Option.FINE_TUNE_SFT),
        ("You should not fine-tune. I would use retrieval over the handbook.", Option.RAG),
        ("I'd try RAG rather than fine-tuning.", Option.RAG),
        ("Fine-tuning changes weights. You could put examples into your prompt.", Option.FEW_SHOT),
        ("Consider a JSON schema before anything else.", Option.STRUCTURED_TOOLS),
        ("You don't need fine-tuning; a better prompt would do.", Option.IMPROVE_PROMPT),
        ("Sorry, I cannot help with that.", Option.OFF_TOPIC),
        ("Roses are red, the ledger is blue.", None),
    ],
)
def test_advice_is_read_by_the_first_lever_that_is_not_denied(answer: str, option: Option | None) -> None:
    assert advised(answer) is option


def test_a_term_is_explained_where_it_is_named_and_nothing_refused() -> None:
    assert explains("LoRA trains a small adapter.", ["lora"])
    assert not explains("I can't help with LoRA.", ["lora"])
    assert not explains("It is a kind of fish.", ["lora"])


def test_true_replies_are_tapped_and_only_those() -> None:
    situation = Facts(tried_prompting="quick", tried_rag=True, examples_n=300, base_model="open-weights")
    assert picks(situation, BY_ID["Q2"]) == ("quick", "rag")
    assert picks(situation, BY_ID["Q5"]) == ("to_500",)
    assert picks(situation, BY_ID["Q9"]) == ("open",)
    assert picks(situation, BY_ID["Q3"]) == ()


def test_stories_end_in_many_ways() -> None:
    assert len(STORIES) == 20
    assert len(frozenset().union(*(story.expected for story in STORIES))) >= 10
