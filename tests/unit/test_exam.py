from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest

from bot.decision.facts import choices_of
from bot.errors import ModelUnavailable
from bot.exam import REPLIES, SITUATIONS, ExamResult, examine
from bot.language_model import ProposedFact, ReadingRequest, Spender
from bot.understanding.learned.examples import replies, situations
from bot.understanding.proposals import WITNESSED_FACTS
from bot.understanding.witness import GROUPS
from tests.fakes.language_model import FakeLanguageModel
from tests.unit.test_replay import NOW

OPERATOR = Spender("operator", "command-line", "operator")
Reads = Callable[[ReadingRequest], Sequence[ProposedFact]]


async def result_of(reads: Reads, **settings: object) -> ExamResult:
    model = FakeLanguageModel(reads, **settings)  # type: ignore[arg-type]
    return await examine(model, OPERATOR, NOW, lambda _: None)


def knows(right: float = 1.0) -> Reads:
    """Return a reader that gives the label, or with the rest of `right` another value of the fact."""
    labels = {one.text: {fact: said.value for fact, said in one.facts.items()} for one in situations()}
    labels |= {one.reply: dict(one.expected) for one in replies()}
    dice = Random(7)

    def value_of(fact: str, value: object) -> str:
        if dice.random() >= right and choices_of(fact):
            return dice.choice([one for one in choices_of(fact) if one != value])
        if dice.random() >= right and isinstance(value, bool):
            return str(not value).lower()
        return str(value).lower()

    def reads(request: ReadingRequest) -> Sequence[ProposedFact]:
        text = request.texts[-1].text
        return [
            ProposedFact(fact, value_of(fact, value), text, "m1")
            for fact, value in labels[text].items()
            if value is not None and fact in WITNESSED_FACTS
        ]

    return reads


def always_the_same(request: ReadingRequest) -> Sequence[ProposedFact]:
    text = request.texts[-1].text
    same = {
        "goal_kind": "knowledge_qa",
        "gap": "behaviour",
        "tried_prompting": "systematic",
        "domain": "specialised",
    }
    return [ProposedFact(fact, value, text, "m1") for fact, value in same.items()]


def at_random() -> Reads:
    dice = Random(3)

    def reads(request: ReadingRequest) -> Sequence[ProposedFact]:
        text = request.texts[-1].text
        chosen = dice.sample(WITNESSED_FACTS, 6)
        values = [dice.choice(choices_of(fact) or ("true", "false", "100")) for fact in chosen]
        return [ProposedFact(fact, value, text, "m1") for fact, value in zip(chosen, values, strict=True)]

    return reads


async def test_whoever_reads_well_counts_for_much_by_word_and_by_silence() -> None:
    result = await result_of(knows())
    assert result.items == SITUATIONS + REPLIES
    assert set(result.groups) == set(GROUPS)
    for group in GROUPS:
        assert result.trust.weights[group] > 10
        assert result.trust.silences[group] < 0.5


async def test_who_is_often_wrong_counts_for_less() -> None:
    good, fair = await result_of(knows()), await result_of(knows(0.75))
    for group in ("task", "trouble", "steps", "rest"):
        assert fair.trust.weights[group] < good.trust.weights[group]


@pytest.mark.parametrize(
    "reads", [always_the_same, at_random(), lambda _: ()], ids=["same", "random", "mute"]
)
async def test_who_guesses_or_says_nothing_does_not_count(reads: Reads) -> None:
    result = await result_of(reads)
    assert not result.trust.counts
    assert set(result.trust.silences.values()) == {1.0}


async def test_a_model_whose_answers_nobody_can_use_has_read_nothing() -> None:
    result = await result_of(knows(), fails="unusable")
    assert not result.trust.counts
    assert result.failures == 0


async def test_a_model_that_never_answers_has_no_result() -> None:
    with pytest.raises(ModelUnavailable):
        await result_of(knows(), fails="late")
