from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

import pytest

from bot.conversation import ThreadMessage, Turn
from bot.decision.questions import BY_ID, Question
from bot.decision.statements import understand
from bot.errors import ModelFailure
from bot.hearing import Heard, SecondReader, hear
from bot.language_model import ProposedFact, ReadingRequest
from bot.phrases import read_by_rules
from bot.terminal import terminal_turn
from bot.understanding.witness import GROUPS, Trust
from tests.fakes.language_model import FakeLanguageModel
from tests.unit.test_replay import NOW

TRUSTED = Trust(dict.fromkeys(GROUPS, 60.0), dict.fromkeys(GROUPS, 0.1))
DRAWER = (
    "Our claims letters drone on. We keep 340 of them in a drawer, and 60 to look at before each release."
)


def proposes(*facts: tuple[str, str, str]) -> Callable[[ReadingRequest], Sequence[ProposedFact]]:
    return lambda request: [ProposedFact(*fact, request.texts[-1].id) for fact in facts]


async def heard(
    text: str,
    model: FakeLanguageModel,
    *,
    trust: Trust = TRUSTED,
    pending: Question | None = None,
    thread: tuple[ThreadMessage, ...] = (),
    **settings: object,
) -> Heard:
    second = replace(SecondReader(model, trust), **settings)  # type: ignore[arg-type]
    return await hear(_turn(text, thread), None, pending, lambda _: None, second)


def _turn(text: str, thread: tuple[ThreadMessage, ...] = ()) -> Turn:
    return terminal_turn(text, "talk", 0, NOW).model_copy(update={"thread": thread})


def values(result: Heard) -> dict[str, object]:
    return {fact: one.value for fact, one in understand(result.reading.statements).evidence.items()}


async def test_a_trusted_model_hears_what_the_rules_miss() -> None:
    model = FakeLanguageModel(proposes(("eval_set_n", "60", "60 to look at before each release")))
    result = await heard(DRAWER, model)
    assert values(result)["eval_set_n"] == 60
    assert (result.uses[0].accepted, result.uses[0].replaced) == (1, 0)
    assert model.judgements == [(1, 0)]


@pytest.mark.parametrize(
    "made_up",
    [
        ("eval_set_n", "60", "we test on 60 held-out letters"),
        ("eval_set_n", "75", "60 to look at before each release"),
        ("eval_set_n", "60", "We keep"),
        ("eval_set_n", "sixty thousand", "60 to look at before each release"),
        ("grader", "a committee", "60 to look at before each release"),
        ("base_model", "gpt-9", "Our claims letters"),
        ("intent", "abuse", "Our claims letters"),
        ("no_such_fact", "1", "Our claims letters"),
        ("eval_set_n", "", ""),
        ("team_ml", "strong", "e"),
        ("team_ml", "strong", "letters"),
        ("team_ml", "strong", "ook at before eac"),
        ("tried_finetune", "worked", "   "),
    ],
)
async def test_what_the_words_do_not_bear_out_is_dropped(made_up: tuple[str, str, str]) -> None:
    without = await hear(_turn(DRAWER), None, None, lambda _: None)
    result = await heard(
        DRAWER, FakeLanguageModel(proposes(made_up)), trust=Trust(dict.fromkeys(GROUPS, 60.0))
    )
    assert values(result) == values(without)
    assert result.uses[0].replaced == 1


async def test_a_model_without_an_exam_is_not_even_asked() -> None:
    model = FakeLanguageModel(proposes(("eval_set_n", "60", "60 to look at before each release")))
    result = await heard(DRAWER, model, trust=Trust())
    assert model.asked == []
    assert "eval_set_n" not in values(result)


async def test_a_number_is_ours_whatever_the_model_makes_of_it() -> None:
    text = "The handbook it answers from has 120 pages. Nobody can say how often that is rewritten."
    result = await heard(text, FakeLanguageModel(proposes(("corpus_tokens", "120 pages", "120 pages"))))
    assert values(result)["corpus_tokens"] == 48_000


async def test_where_it_outweighs_a_clear_reading_both_stand_and_are_asked_about() -> None:
    text = "should we fine-tune? The answers are right but the tone is wrong, it does not sound like us."
    model = FakeLanguageModel(proposes(("gap", "knowledge", "it does not sound like us")))
    result = await heard(text, model, trust=Trust(dict.fromkeys(GROUPS, 6000.0)))
    understood = understand(result.reading.statements)
    assert [conflict.later.fact for conflict in understood.conflicts] == ["gap"]


async def test_what_it_passes_over_counts_a_little_less() -> None:
    model = FakeLanguageModel(proposes(("examples_n", "340", "340 of them in a drawer")))
    quiet = await heard(DRAWER, model, trust=replace(TRUSTED, silences=dict.fromkeys(GROUPS, 0.01)))
    alone = await hear(_turn(DRAWER), None, None, lambda _: None)
    assert set(values(quiet)) - {"examples_n"} < set(values(alone))


async def test_a_model_that_names_nothing_at_all_changes_nothing() -> None:
    mute = await heard(DRAWER, FakeLanguageModel())
    assert values(mute) == values(await hear(_turn(DRAWER), None, None, lambda _: None))


async def test_what_only_the_model_saw_is_not_put_into_anybodys_mouth() -> None:
    model = FakeLanguageModel(proposes(("tried_models", "true", "to look at before each release")))
    result = await heard(DRAWER, model)
    assert [one.source for one in result.reading.statements if one.fact == "tried_models"] == ["inferred"]


@pytest.mark.parametrize("why", get_args(ModelFailure))
async def test_when_it_fails_the_rules_answer_and_say_so(why: ModelFailure) -> None:
    model = FakeLanguageModel(fails=why)
    result = await heard(DRAWER, model)
    alone = await hear(_turn(DRAWER), None, None, lambda _: None)
    assert values(result) == values(alone)
    assert result.notes == (read_by_rules(why),)


@pytest.mark.parametrize("text", ["no idea", "just tell me", "thanks!"])
async def test_it_is_not_asked_about_plain_short_answers(text: str) -> None:
    model = FakeLanguageModel()
    await heard(text, model, pending=BY_ID["Q5"])
    assert model.asked == []


def said(number: int, author: str, text: str, *, is_ours: bool = False) -> ThreadMessage:
    return ThreadMessage(author_id=author, message_id=f"1.{number}", text=text, is_ours=is_ours)


THREAD = (
    said(1, "UANA", "The summaries miss the point."),
    said(2, "UBEN", "We have 400 reviewed ones."),
    said(3, "UBOT", "Hello, I am the bot.", is_ours=True),
    said(4, "UANA", "And nobody has touched the prompt."),
)


async def test_people_have_made_up_names_and_we_are_left_out() -> None:
    model = FakeLanguageModel()
    await heard("so, should we fine-tune?", model, thread=THREAD)
    (request,) = model.asked
    assert isinstance(request, ReadingRequest)
    assert [(one.id, one.author) for one in request.texts] == [
        ("m1", "person 1"),
        ("m2", "person 2"),
        ("m3", "person 1"),
        ("m4", "person 3"),
    ]
    assert "UANA" not in str(request)
    assert "I am the bot" not in str(request)


async def test_a_fact_belongs_to_whoever_said_it() -> None:
    model = FakeLanguageModel(
        lambda _: [ProposedFact("examples_n", "400", "We have 400 reviewed ones", "m2")]
    )
    result = await heard("so, should we fine-tune?", model, thread=THREAD)
    assert [one.author_id for one in result.earlier if one.fact == "examples_n"] == ["UBEN"]


async def test_of_a_long_thread_the_newest_is_sent_and_the_answer_says_so() -> None:
    model = FakeLanguageModel()
    result = await heard("should we fine-tune?", model, thread=THREAD, thread_tokens=10)
    assert isinstance(model.asked[0], ReadingRequest)
    assert [one.text for one in model.asked[0].texts][:-1] == [THREAD[3].text]
    assert "newest 1 of 3" in result.notes[0]


async def test_a_setting_keeps_the_thread_from_being_sent() -> None:
    model = FakeLanguageModel()
    result = await heard("should we fine-tune?", model, thread=THREAD, may_read_threads=False)
    assert isinstance(model.asked[0], ReadingRequest)
    assert len(model.asked[0].texts) == 1
    assert any(one.fact == "examples_n" for one in result.earlier)
    assert "only your message" in result.notes[0]


@pytest.mark.parametrize(("told", "understood"), [("decision", "decision"), ("off_topic", "off_topic")])
async def test_facts_that_it_names_begin_a_decision_only_if_it_says_that_there_is_one(
    told: str, understood: str
) -> None:
    model = FakeLanguageModel(proposes(("data_quality", "curated", "each one tasted")), intent=told)
    result = await heard("the shed is full of jars, each one tasted", model)
    assert result.reading.intent == understood


async def test_its_intent_alone_begins_nothing() -> None:
    model = FakeLanguageModel(proposes(("examples_n", "9", "nowhere said")), intent="decision")
    result = await heard("what a lovely morning it is today", model)
    assert result.reading.intent == "off_topic"
