"""Decisions found by who, where, when, what became of them and their words; alike in memory and in Redis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Audience
from bot.decision.options import Option
from bot.likeness import mark
from bot.ports import DecisionLog
from bot.query import Query
from bot.record import Change, DecisionRecord
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from bot.visibility import Sight, Viewer, sights_of
from tests.fakes.stores import FakeDecisionLog
from tests.integration.stores.examples import ACCEPTED, NOW, PLACE, a_record, a_revision, changed

EVERYONES = Audience(kind="workspace", channel_id="C1")
ANAS = Audience(kind="person", user_id="U1")
CHANNELS = Audience(kind="conversation", channel_id="C1")
WORKSPACE = [Sight("workspace")]
YEAR = timedelta(days=365)


def for_all(number: int, context: str = "Tune?", at: datetime = NOW) -> DecisionRecord:
    record = a_record(number, context=context, decided_at=at)
    return record.model_copy(update={"audience": EVERYONES})


async def found(log: DecisionLog, query: Query | None = None, sights: list[Sight] | None = None) -> list[str]:
    wanted = query or Query()
    return [record.id async for record in log.matching("T1", wanted, WORKSPACE if sights is None else sights)]


async def resembling(log: DecisionLog, sights: list[Sight] | None = None) -> list[str]:
    nearest = await log.resembling("T1", mark("refund letters"), sights or WORKSPACE, 5)
    return [record.id for _, record in nearest]


async def test_decisions_of_many_years_come_in_the_order_of_time(decisions: DecisionLog) -> None:
    for number, years in ((1, 0), (2, -3), (3, 2), (4, -10)):
        await decisions.save(for_all(number, at=NOW + years * YEAR))
    oldest_first = ["D-0000000004", "D-0000000002", "D-0000000001", "D-0000000003"]

    assert await found(decisions) == oldest_first[::-1]
    assert await found(decisions, Query(is_oldest_first=True)) == oldest_first
    assert await found(decisions, Query(since=NOW - 3 * YEAR, until=NOW)) == ["D-0000000002"]


async def test_a_decision_leaves_the_lists_of_what_it_no_longer_is(decisions: DecisionLog) -> None:
    record = for_all(1, "refund letters")
    await decisions.save(record)
    accepted = changed(record, ACCEPTED).model_copy(update={"status": "accepted"})
    await decisions.save(accepted)

    assert await found(decisions, Query(status="proposed")) == []
    assert await found(decisions, Query(status="accepted")) == [record.id]
    assert await found(decisions, Query(person="U2")) == [record.id]
    assert await resembling(decisions) == [record.id]


async def test_a_decision_that_is_shared_leaves_the_shelf_of_the_one_who_asked(
    decisions: DecisionLog,
) -> None:
    accepted = changed(for_all(1, "refund letters"), ACCEPTED).model_copy(update={"status": "accepted"})
    await decisions.save(accepted.model_copy(update={"audience": ANAS}))
    mine = [Sight("person:U1")]
    assert await found(decisions) == await resembling(decisions) == []
    assert await found(decisions, sights=mine) == await resembling(decisions, mine) == [accepted.id]

    await decisions.save(accepted)

    assert await found(decisions) == await resembling(decisions) == [accepted.id]
    assert await found(decisions, sights=mine) == await resembling(decisions, mine) == []


async def test_erased_words_find_nothing_any_more(decisions: DecisionLog) -> None:
    accepted = changed(for_all(1, "our zebra letters"), ACCEPTED).model_copy(update={"status": "accepted"})
    await decisions.save(accepted)
    assert await found(decisions, Query(words="zebras")) == [accepted.id]

    erased = changed(accepted, Change(at=NOW, by="operator", what="erased"))
    await decisions.save(erased.model_copy(update={"context": "", "status": "accepted"}))

    assert await found(decisions, Query(words="zebras")) == await resembling(decisions) == []
    assert await found(decisions) == [accepted.id]


async def test_what_is_due_is_found_by_the_day_of_its_review(decisions: DecisionLog) -> None:
    for number, day in ((1, date(2026, 12, 1)), (2, date(2027, 12, 1)), (3, None)):
        await decisions.save(for_all(number).model_copy(update={"review_on": day}))

    assert await found(decisions, Query(due_before=date(2026, 12, 1))) == []
    assert await found(decisions, Query(due_before=date(2026, 12, 2))) == ["D-0000000001"]

    moved = for_all(1).model_copy(update={"review_on": date(2028, 1, 1)})
    await decisions.save(moved)

    assert await found(decisions, Query(due_before=date(2027, 12, 2))) == ["D-0000000002"]


async def test_a_guest_sees_of_the_workspace_what_was_said_in_the_channel(decisions: DecisionLog) -> None:
    accepted = changed(for_all(1, "refund letters"), ACCEPTED).model_copy(update={"status": "accepted"})
    elsewhere = Audience(kind="workspace", channel_id="C2")
    await decisions.save(accepted)
    await decisions.save(accepted.model_copy(update={"id": "D-0000000002", "audience": elsewhere}))
    within = [Sight("workspace", within="C1")]

    assert await found(decisions, sights=within) == await resembling(decisions, within) == [accepted.id]
    assert await found(decisions, Query(words="letter"), within) == [accepted.id]
    assert await found(decisions, sights=[Sight("workspace", within="C9")]) == []


async def test_everything_is_in_the_operators_sight(decisions: DecisionLog) -> None:
    for number, audience in enumerate((EVERYONES, ANAS, CHANNELS), start=1):
        await decisions.save(a_record(number).model_copy(update={"audience": audience}))

    matching = decisions.matching("T1", Query(is_oldest_first=True), None)

    assert [record.id async for record in matching] == ["D-0000000001", "D-0000000002", "D-0000000003"]


async def test_no_row_of_a_decision_stays_where_it_no_longer_belongs(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    accepted = changed(for_all(1, "refund letters"), ACCEPTED).model_copy(
        update={"status": "accepted", "review_on": date(2026, 12, 1)}
    )
    await log.save(accepted)
    await log.save(accepted.model_copy(update={"audience": ANAS, "decided_at": NOW + YEAR}))

    assert await redis_clients.quick.hlen(keys.decision_shelf("T1", "workspace")) == 0
    assert await redis_clients.quick.ttl(keys.decision_shelf("T1", "person:U1")) == -1


async def test_records_kept_before_there_were_lists_are_listed_once(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    accepted = changed(for_all(1, "refund letters"), ACCEPTED).model_copy(update={"status": "accepted"})
    await log.save(accepted)
    await log.save(a_record(2))
    for key in await redis_clients.quick.keys("*decision-index*"):
        await redis_clients.quick.delete(key)
    assert await found(log) == []

    assert await log.list_what_is_not() == 2
    assert await log.list_what_is_not() == 0

    assert await found(log, Query(words="letters")) == await resembling(log) == [accepted.id]
    assert await found(log, sights=[Sight("conversation:C1")]) == ["D-0000000002"]
    assert await log.load("T1", accepted.id) == accepted


async def test_listing_again_what_is_listed_changes_nothing(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    for number in range(1, 4):
        await log.save(for_all(number))
    shelf = keys.decision_shelf("T1", "workspace")
    before = {field: len(rows) for field, rows in (await redis_clients.quick.hgetall(shelf)).items()}

    assert await log.list_again("T1") == 3

    after = {field: len(rows) for field, rows in (await redis_clients.quick.hgetall(shelf)).items()}
    assert before == after
    assert await found(log) == ["D-0000000003", "D-0000000002", "D-0000000001"]


_AUDIENCES = st.sampled_from([EVERYONES, Audience(kind="workspace", channel_id="C2"), ANAS, CHANNELS])
_RECORDS = st.builds(
    lambda number, audience, words, day, status, outcome, review_on: a_record(
        number, context=words, decided_at=NOW + timedelta(days=day)
    ).model_copy(
        update={
            "audience": audience,
            "place": PLACE.model_copy(update={"channel_id": audience.channel_id}),
            "status": status,
            "review_on": review_on,
            "revisions": (a_revision().model_copy(update={"option": outcome}),),
        }
    ),
    number=st.integers(1, 5),
    audience=_AUDIENCES,
    words=st.sampled_from(["", "refund letters", "letters of tone", "zebra"]),
    day=st.sampled_from([-400, 0, 1, 40]),
    status=st.sampled_from(["proposed", "accepted", "withdrawn"]),
    outcome=st.just(Option.RAG),
    review_on=st.sampled_from([None, date(2026, 12, 1), date(2027, 1, 1)]),
)
_QUERIES = st.builds(
    Query,
    words=st.sampled_from(["", "letter", "tone letters"]),
    channel_id=st.sampled_from(["", "C2"]),
    status=st.sampled_from([None, "accepted"]),
    since=st.sampled_from([None, NOW]),
    until=st.sampled_from([None, NOW + timedelta(days=40)]),
    due_before=st.sampled_from([None, date(2026, 12, 15)]),
    is_oldest_first=st.booleans(),
)
_VIEWERS = st.builds(
    Viewer,
    user_id=st.sampled_from(["", "U1"]),
    channel_id=st.sampled_from(["", "C1", "C2"]),
    is_guest=st.booleans(),
    is_outsider=st.just(False),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saved=st.lists(_RECORDS, max_size=12), query=_QUERIES, viewer=_VIEWERS)
async def test_redis_finds_what_reading_everything_finds_however_records_changed(
    redis_clients: RedisClients, saved: list[DecisionRecord], query: Query, viewer: Viewer
) -> None:
    await redis_clients.quick.flushall()
    in_redis, in_memory = RedisDecisionLog(redis_clients.quick), FakeDecisionLog()
    contexts: dict[str, str] = {}
    for record in saved:
        # Its question is what a record never changes.
        question = contexts.setdefault(record.id, record.context)
        await in_redis.save(record.model_copy(update={"context": question}))
        await in_memory.save(record.model_copy(update={"context": question}))

    sights = list(sights_of(viewer))
    assert await found(in_redis, query, sights) == await found(in_memory, query, sights)
    assert set(await resembling(in_redis, sights)) == set(await resembling(in_memory, sights))


def test_a_page_begins_at_the_same_moment_everywhere() -> None:
    from bot.stores.decision_lists import page_of  # noqa: PLC0415 - only here

    assert page_of(datetime(1970, 1, 28, 23, 59, tzinfo=UTC)) == 0
    assert page_of(datetime(1970, 1, 29, tzinfo=UTC)) == 1
