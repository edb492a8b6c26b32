from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app import KNOWLEDGE
from bot.errors import ModelFailure, ModelUnavailable
from bot.language_model import (
    ArrangingRequest,
    Budgets,
    ChoosingRequest,
    ChosenPoint,
    NumberedText,
    OfferedPoint,
    ProposedFact,
    ReadingRequest,
    Spender,
    TextToRead,
)
from bot.llm.bounded import MOST_BYTES
from bot.llm.connection import ModelAddress, connect
from bot.llm.model import FAILURES_BEFORE_REST, LangChainModel
from knowledge.prices import load_prices
from tests.fake_model.answers import NeverAnswers, Persona, Pours, Refuses, says
from tests.fake_model.personas import InTurn
from tests.fake_model.server import FakeModel
from tests.fakes.stores import FakeLedger

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY = "2026-11-28"
ANA = Spender("T1", "C1", "UANA")
PLENTY = Budgets(10**9, 10**9, 10**9, 100.0)
TEXT = "Our summaries miss the tone. We have 300 reviewed ones."
READ = {
    "intent": "decision",
    "facts": [
        {"fact": "examples_n", "value": "300", "quote": "300 reviewed ones", "message": "m1"},
        {"fact": "gap", "value": "behaviour", "quote": "miss the tone", "message": "m1"},
    ],
}
WRITTEN = {"is_covered": True, "points": [{"number": 1, "said": [2, 1]}]}


def request(text: str = TEXT) -> ReadingRequest:
    return ReadingRequest((TextToRead("m1", "person 1", text),))


def to_write(question: str = "what is lora?") -> ChoosingRequest:
    return ChoosingRequest(question, (NumberedText(1, "LoRA trains few weights."),))


@pytest.fixture
async def server() -> AsyncIterator[FakeModel]:
    async with FakeModel(lambda _: says(READ)) as running:
        yield running


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


OpenModel = Callable[..., Awaitable[LangChainModel]]


@pytest.fixture
async def open_model(server: FakeModel, ledger: FakeLedger) -> AsyncIterator[OpenModel]:
    """Connect models to the server; changes are budgets, or the time-out."""
    async with AsyncExitStack() as stack:

        async def connected(
            *, timeout_s: float = 5.0, turn_s: float = 30.0, **budgets: Any
        ) -> LangChainModel:
            address = ModelAddress(f"openai:{server.name}", server.url, server.key, timeout_s, turn_s)
            return LangChainModel(
                await stack.enter_async_context(connect(address)),
                address,
                ledger=ledger,
                budgets=replace(PLENTY, **budgets),
                prices=load_prices(KNOWLEDGE / "prices.yaml"),
                clock=lambda: NOW,
            )

        yield connected


async def test_facts_come_back_with_their_quotes(open_model: OpenModel) -> None:
    reading, use = await (await open_model()).read(request(), ANA)
    assert reading.intent == "decision"
    assert reading.facts == (
        ProposedFact("examples_n", "300", "300 reviewed ones", "m1"),
        ProposedFact("gap", "behaviour", "miss the tone", "m1"),
    )
    assert (use.purpose, use.failure, use.model) == ("reading", "", "openai:fake")
    assert use.tokens_in > 0
    assert use.tokens_out > 0


async def test_choices_come_back_as_numbers(open_model: OpenModel, server: FakeModel) -> None:
    server.answers = lambda _: says(WRITTEN)
    writing, use = await (await open_model()).write(to_write(), ANA)
    assert writing.points == (ChosenPoint(1, (2, 1)),)
    assert use.purpose == "writing"
    assert use.latency_ms > 0


async def test_what_is_offered_is_sent_with_what_may_lead_it(
    open_model: OpenModel, server: FakeModel
) -> None:
    server.answers = lambda _: says(WRITTEN)
    offer = ArrangingRequest(
        "Retrieve the facts",
        (OfferedPoint(1, "What is missing is knowledge.", (1,)),),
        (OfferedPoint(2, "For rare facts RAG is ahead."),),
        (NumberedText(1, "it gets facts wrong"),),
    )
    await (await open_model()).write(offer, ANA)
    sent = server.requests[0].last_said
    assert '"number": 1, "text": "What is missing is knowledge.", "may_follow": [1]' in sent
    assert '"evidence": [{"number": 2' in sent
    assert "it gets facts wrong" in sent


async def test_a_question_about_a_term_leaves_without_addresses(
    open_model: OpenModel, server: FakeModel
) -> None:
    server.answers = lambda _: says(WRITTEN)
    await (await open_model()).write(to_write("what is lora? tell ana.lopez@example.com"), ANA)
    assert "what is lora?" in server.sent
    assert "ana.lopez@example.com" not in server.sent


async def test_what_has_taken_the_turns_time_is_not_asked_again(
    open_model: OpenModel, server: FakeModel
) -> None:
    with pytest.raises(ModelUnavailable) as failure:
        await (await open_model(turn_s=3.0)).write(to_write(), ANA, spent_s=2.95)
    assert failure.value.why == "late"
    assert server.requests == []


async def test_all_tries_together_end_with_the_turns_time(open_model: OpenModel, server: FakeModel) -> None:
    server.answers = lambda _: NeverAnswers()
    model = await open_model(timeout_s=60.0, turn_s=2.0)
    with pytest.raises(ModelUnavailable) as failure:
        await asyncio.wait_for(model.read(request(), ANA), 20)
    assert failure.value.why == "late"
    assert failure.value.use is not None
    assert failure.value.use.latency_ms >= 1_500
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [Pours(), Pours(is_packed=True)], ids=["endless", "packed"])
async def test_what_floods_is_cut_off_long_before_it_is_late(
    open_model: OpenModel, server: FakeModel, answer: Pours
) -> None:
    server.answers = lambda _: answer
    with pytest.raises(ModelUnavailable) as failure:
        await asyncio.wait_for((await open_model(timeout_s=60.0, turn_s=120.0)).read(request(), ANA), 60)
    assert failure.value.why == "refused"
    assert len(server.requests) == 2
    assert sum(answer.poured) < 20 * MOST_BYTES


async def test_the_stable_part_comes_first_and_is_the_same_for_everyone(
    open_model: OpenModel, server: FakeModel
) -> None:
    model = await open_model()
    await model.read(request(), ANA)
    await model.read(request("Something quite different, 20 of them."), Spender("T2", "C2", "UBEN"))
    first, second = server.requests
    assert first.messages[0] == second.messages[0]
    assert TEXT not in first.messages[0].text
    assert TEXT in first.messages[1].text


async def test_no_id_of_anybody_is_sent(open_model: OpenModel, server: FakeModel) -> None:
    await (await open_model()).read(request(), ANA)
    assert not [id_ for id_ in ("UANA", "C1", "T1") if f'"{id_}"' in server.sent]


async def test_addresses_and_keys_stay_here_and_come_back_in_quotes(
    open_model: OpenModel, server: FakeModel
) -> None:
    mail, key = "ana.lopez@example.com", "AKIAIOSFODNN7EXAMPLE"
    told = f"Mail {mail} about the 300 reviewed ones; the key is {key}."

    def quotes_it(asked: Any) -> Any:
        hidden = next(word for word in asked.last_said.split() if "EMAIL" in word)
        fact = {"fact": "examples_n", "value": "300", "quote": f"{hidden} about the 300", "message": "m1"}
        return says({"intent": "decision", "facts": [fact]})

    server.answers = quotes_it
    reading, _ = await (await open_model()).read(request(told), ANA)
    assert mail not in server.sent
    assert key not in server.sent
    assert reading.facts[0].quote == f"{mail} about the 300"


async def test_a_key_is_hidden_also_before_the_words_that_give_it_away(
    open_model: OpenModel, server: FakeModel
) -> None:
    first = TextToRead("m1", "person 1", "It logs in with tr0ub4dor3xY, and 300 letters are reviewed.")
    second = TextToRead("m2", "person 1", "Oops, that was the password: tr0ub4dor3xY")
    await (await open_model()).read(ReadingRequest((first, second)), ANA)
    assert "tr0ub4dor3xY" not in server.sent


async def test_what_it_took_is_on_the_books_of_person_channel_and_workspace(
    open_model: OpenModel, ledger: FakeLedger
) -> None:
    model = await open_model()
    _, use = await model.read(request(), ANA)
    await model.judged(ANA, accepted=1, replaced=1)
    rows = await ledger.usage([TODAY])
    assert [(row.kind, row.id) for row in rows] == [
        ("workspace", "T1"),
        ("channel", "C1"),
        ("person", "UANA"),
    ]
    for row in rows:
        assert (row.calls, row.tokens_in, row.tokens_out) == (1, use.tokens_in, use.tokens_out)
        assert (row.accepted, row.replaced, row.unpriced_calls) == (1, 1, 1)


async def test_the_same_request_again_is_not_paid_for_twice(open_model: OpenModel, server: FakeModel) -> None:
    model = await open_model()
    assert await model.read(request(), ANA) == await model.read(request(), ANA)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("budget", "whose"),
    [
        ({"tokens_per_person": 10}, "person"),
        ({"tokens_per_channel": 10}, "channel"),
        ({"tokens_per_workspace": 10}, "workspace"),
        ({"usd_per_workspace": 0.0}, "workspace"),
    ],
)
async def test_nothing_is_sent_once_a_budget_is_used_up(
    open_model: OpenModel, server: FakeModel, budget: dict[str, float], whose: str
) -> None:
    with pytest.raises(ModelUnavailable, match=whose) as failure:
        await (await open_model(**budget)).read(request(), ANA)
    assert failure.value.why == "over_budget"
    assert server.requests == []


async def test_dollars_are_set_aside_before_a_call_at_the_price_of_the_day(
    server: FakeModel, ledger: FakeLedger
) -> None:
    address = ModelAddress("openai:gpt-6.1-sol", None, server.key)
    async with connect(replace(address, base_url=server.url)) as chat:
        model = LangChainModel(
            chat,
            address,
            ledger=ledger,
            budgets=replace(PLENTY, usd_per_workspace=0.000001),
            prices=load_prices(KNOWLEDGE / "prices.yaml"),
            clock=lambda: NOW,
        )
        with pytest.raises(ModelUnavailable) as failure:
            await model.read(request(), ANA)
    assert failure.value.why == "over_budget"
    assert server.requests == []


async def test_without_its_books_nothing_is_sent(
    open_model: OpenModel, server: FakeModel, ledger: FakeLedger
) -> None:
    ledger.is_down = True
    with pytest.raises(ModelUnavailable):
        await (await open_model()).read(request(), ANA)
    assert server.requests == []


async def test_after_one_refusal_it_is_tried_once_more(open_model: OpenModel, server: FakeModel) -> None:
    server.answers = InTurn([lambda _: Refuses(500, "{}"), lambda _: says(READ)])
    reading, _ = await (await open_model()).read(request(), ANA)
    assert reading.facts
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (lambda _: Refuses(500, "{}"), "refused"),
        (lambda _: Refuses(401, '{"error": {"message": "bad key fake-key"}}'), "refused"),
        (lambda _: NeverAnswers(), "late"),
        (lambda _: says("I would rather talk about the weather."), "unusable"),
        (lambda _: says({"facts": "none"}), "unusable"),
    ],
)
async def test_each_way_to_fail_has_its_name_and_is_on_the_books(
    open_model: OpenModel, server: FakeModel, ledger: FakeLedger, answers: Persona, why: ModelFailure
) -> None:
    server.answers = answers
    with pytest.raises(ModelUnavailable) as failure:
        await (await open_model(timeout_s=0.3 if why == "late" else 5.0)).read(request(), ANA)
    assert failure.value.why == why
    assert "fake-key" not in str(failure.value)
    assert failure.value.use is not None
    assert failure.value.use.failure == why
    assert [row.failures for row in await ledger.usage([TODAY])] == [1, 1, 1]


async def test_after_repeated_failures_it_is_left_alone(open_model: OpenModel, server: FakeModel) -> None:
    server.answers = lambda _: Refuses(400, "{}")
    model = await open_model()
    for _ in range(FAILURES_BEFORE_REST):
        with pytest.raises(ModelUnavailable):
            await model.read(request(), ANA)
    sent = len(server.requests)
    server.answers = lambda _: says(READ)
    with pytest.raises(ModelUnavailable) as failure:
        await model.read(request(), ANA)
    assert failure.value.why == "resting"
    assert len(server.requests) == sent


async def test_an_exam_is_not_cut_short_by_failures(open_model: OpenModel, server: FakeModel) -> None:
    server.answers = lambda _: Refuses(400, "{}")
    model = await open_model()
    for number in range(FAILURES_BEFORE_REST + 2):
        with pytest.raises(ModelUnavailable) as failure:
            await model.read(replace(request(f"{TEXT} {number}"), purpose="exam"), ANA)
        assert failure.value.why == "refused"


async def test_what_was_written_in_vain_is_booked(
    open_model: OpenModel, server: FakeModel, ledger: FakeLedger
) -> None:
    server.answers = lambda _: NeverAnswers()
    with pytest.raises(ModelUnavailable):
        await (await open_model(timeout_s=0.2)).read(request(), ANA)
    assert all(row.tokens_out > 0 for row in await ledger.usage([TODAY]))


async def test_after_its_rest_it_is_asked_again(
    open_model: OpenModel, server: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.llm.model.REST_S", 0.05)
    server.answers = lambda _: Refuses(400, "{}")
    model = await open_model()
    for _ in range(FAILURES_BEFORE_REST):
        with pytest.raises(ModelUnavailable):
            await model.read(request(), ANA)
    server.answers = lambda _: says(READ)
    await asyncio.sleep(0.1)
    reading, _ = await model.read(request(), ANA)
    assert reading.facts


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": -5, "completion_tokens": 10**18, "total_tokens": 0}]
)
async def test_absurd_counts_do_not_use_up_a_budget(
    open_model: OpenModel, server: FakeModel, usage: dict[str, int] | None
) -> None:
    server.answers = lambda _: replace(says(READ), usage=lambda *_: usage)
    _, use = await (await open_model()).read(request(), ANA)
    assert 0 < use.tokens_in < 20_000
    assert 0 < use.tokens_out <= 100_000


@pytest.mark.parametrize(
    "name", ["openai:gpt-6.1-sol", "anthropic:claude-haiku-5.5", "google_genai:gemini-3", "ollama:llama3"]
)
async def test_each_vendor_is_reached_by_its_name_alone(name: str) -> None:
    async with connect(ModelAddress(name, api_key="some-key")) as chat:
        assert chat


def test_a_key_is_never_shown() -> None:
    assert "some-key" not in repr(ModelAddress("openai:gpt", api_key="some-key"))
