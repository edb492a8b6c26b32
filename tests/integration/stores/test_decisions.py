from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.errors import ConversationMoved, StoredDataInvalid
from bot.ports import DecisionLog
from bot.query import Query
from bot.record import Change
from bot.stores import decision_rows as rows_module
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from tests.integration.stores.examples import (
    ACCEPTED,
    ERASED,
    NOW,
    OVERRIDDEN,
    STATEMENT,
    a_record,
    a_revision,
    changed,
)

WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


async def ids_between(decisions: DecisionLog, since: timedelta, until: timedelta) -> list[str]:
    return [record.id async for record in decisions.between("T1", NOW + since, NOW + until)]


async def newest_ids(decisions: DecisionLog, team_id: str = "T1") -> list[str]:
    return [record.id async for record in decisions.matching(team_id, Query(), None)]


async def test_a_record_that_was_never_kept_is_not_there(decisions: DecisionLog) -> None:
    assert await decisions.load("T1", "D-0000000001") is None


async def test_a_kept_record_is_loaded_unchanged_by_its_own_team_only(decisions: DecisionLog) -> None:
    await decisions.save(a_record())

    assert await decisions.load("T1", a_record().id) == a_record()
    assert await decisions.load("T2", a_record().id) is None


async def test_a_record_can_grow(decisions: DecisionLog) -> None:
    await decisions.save(a_record())
    grown = changed(a_record(), ACCEPTED).model_copy(
        update={"status": "accepted", "revisions": (a_revision(), a_revision(message_id="m2"))}
    )

    await decisions.save(grown)
    await decisions.save(grown)  # a save whose answer got lost is tried again

    assert await decisions.load("T1", grown.id) == grown


async def test_of_two_people_changing_a_record_at_once_one_has_to_look_again(decisions: DecisionLog) -> None:
    await decisions.save(a_record())

    outcomes = await asyncio.gather(
        decisions.save(changed(a_record(), ACCEPTED)),
        decisions.save(changed(a_record(), OVERRIDDEN)),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ConversationMoved", "NoneType"]
    kept = await decisions.load("T1", a_record().id)
    assert kept is not None
    assert len(kept.history) == 2


async def test_history_cannot_be_dropped_or_rewritten(decisions: DecisionLog) -> None:
    kept = changed(a_record(), ACCEPTED)
    await decisions.save(kept)

    for record in (a_record(), changed(a_record(), OVERRIDDEN)):
        with pytest.raises(ConversationMoved):
            await decisions.save(record)

    assert await decisions.load("T1", kept.id) == kept


async def test_revisions_cannot_be_dropped_or_rewritten(decisions: DecisionLog) -> None:
    kept = a_record().model_copy(update={"revisions": (a_revision(), a_revision(message_id="m2"))})
    await decisions.save(kept)

    for revisions in ((a_revision(),), (a_revision(), a_revision(message_id="m3"))):
        with pytest.raises(ConversationMoved):
            await decisions.save(kept.model_copy(update={"revisions": revisions}))

    assert await decisions.load("T1", kept.id) == kept


async def test_words_can_be_erased_where_the_history_says_so(decisions: DecisionLog) -> None:
    await decisions.save(changed(a_record(), ACCEPTED))
    words_gone = changed(a_record(), ACCEPTED.model_copy(update={"why": ""})).model_copy(
        update={"context": "", "revisions": (a_revision(quote=""),)}
    )

    with pytest.raises(ConversationMoved):
        await decisions.save(words_gone)
    await decisions.save(changed(words_gone, ERASED))

    assert await decisions.load("T1", a_record().id) == changed(words_gone, ERASED)


async def test_decisions_that_quote_a_message_are_found_by_it_in_their_own_team_and_channel(
    decisions: DecisionLog,
) -> None:
    of_m7 = STATEMENT.model_copy(update={"message_id": "m7"})
    revision = a_revision().model_copy(update={"statements": (of_m7,)})
    quoting = a_record(1).model_copy(update={"revisions": (revision,)})
    opened_by_it = a_record(2).model_copy(update={"context_message_id": "m7"})
    for record in (quoting, opened_by_it, a_record(3)):
        await decisions.save(record)

    assert await decisions.quoting("T1", "C1", "m7") == [quoting.id, opened_by_it.id]
    assert await decisions.quoting("T1", "C1", "m8") == []
    assert await decisions.quoting("T1", "C2", "m7") == []
    assert await decisions.quoting("T2", "C1", "m7") == []


async def test_words_cannot_be_replaced_by_other_words(decisions: DecisionLog) -> None:
    await decisions.save(a_record())

    with pytest.raises(ConversationMoved):
        await decisions.save(a_record().model_copy(update={"revisions": (a_revision(quote="no"),)}))


async def test_a_week_holds_its_first_instant_but_not_its_last(decisions: DecisionLog) -> None:
    for number, at in enumerate((-INSTANT, timedelta(0), WEEK - INSTANT, WEEK), start=1):
        await decisions.save(a_record(number, decided_at=NOW + at))

    assert await ids_between(decisions, timedelta(0), WEEK) == ["D-0000000002", "D-0000000003"]


async def test_records_come_oldest_first_however_many(
    decisions: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "_PAGE", 3)
    for number in (4, 1, 7, 2, 6, 3, 5):
        await decisions.save(a_record(number, decided_at=NOW + timedelta(hours=number)))

    expected = [f"D-{number:010d}" for number in range(1, 8)]
    assert await ids_between(decisions, timedelta(0), WEEK) == expected


async def test_a_record_that_was_decided_again_stands_under_its_new_time(decisions: DecisionLog) -> None:
    await decisions.save(a_record())
    revised = changed(a_record(), Change(at=NOW, by="U1", what="revised"))
    await decisions.save(revised.model_copy(update={"decided_at": NOW + WEEK}))

    assert await ids_between(decisions, timedelta(0), WEEK) == []
    assert await ids_between(decisions, WEEK, 2 * WEEK) == [a_record().id]


async def test_another_teams_records_are_not_listed(decisions: DecisionLog) -> None:
    await decisions.save(a_record(team_id="T2"))

    assert await ids_between(decisions, -WEEK, WEEK) == []
    assert await newest_ids(decisions) == []
    assert await newest_ids(decisions, "T2") == [a_record().id]


async def test_the_newest_come_first(decisions: DecisionLog) -> None:
    for number in (4, 1, 7, 2, 6, 3, 5):
        await decisions.save(a_record(number, decided_at=NOW + timedelta(hours=number)))

    assert await newest_ids(decisions) == [f"D-{number:010d}" for number in range(7, 0, -1)]


async def test_of_records_decided_at_once_the_order_is_always_the_same(decisions: DecisionLog) -> None:
    for number in (2, 3, 1):
        await decisions.save(a_record(number))

    assert await newest_ids(decisions) == ["D-0000000003", "D-0000000002", "D-0000000001"]


async def test_whoever_stops_early_reads_no_further_page(
    redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "_PAGE", 1)
    decisions = RedisDecisionLog(redis_clients.quick)
    for number in (1, 2):
        await decisions.save(a_record(number, decided_at=NOW + timedelta(hours=number)))
    await redis_clients.quick.set(keys.decision("T1", "D-0000000002"), "unreadable")

    oldest_first = aiter(decisions.between("T1", NOW, NOW + WEEK))
    assert (await anext(oldest_first)).id == "D-0000000001"
    with pytest.raises(StoredDataInvalid):
        await anext(oldest_first)


async def test_the_workspaces_that_have_decisions_are_listed(redis_clients: RedisClients) -> None:
    decisions = RedisDecisionLog(redis_clients.quick)
    assert await decisions.team_ids() == []

    for number, team_id in enumerate(("T2", "T1", "T2")):
        await decisions.save(a_record(number, team_id=team_id))

    assert await decisions.team_ids() == ["T1", "T2"]


async def test_records_are_kept_forever(redis_clients: RedisClients) -> None:
    await RedisDecisionLog(redis_clients.quick).save(a_record())

    for key in (keys.decision("T1", a_record().id), keys.decisions_by_time("T1"), keys.TEAMS):
        assert await redis_clients.quick.ttl(key) == -1


async def test_an_older_form_is_migrated_when_it_is_read(
    redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def from_1_to_2(row: dict[str, object]) -> dict[str, object]:
        return {**row, "context": "migrated"}  # keeps its version: there is no model of form 2 to read it

    monkeypatch.setattr(rows_module, "MIGRATIONS", {1: from_1_to_2})
    await RedisDecisionLog(redis_clients.quick).save(a_record())

    record = await RedisDecisionLog(redis_clients.quick).load("T1", a_record().id)

    assert record == a_record(context="migrated")


async def test_a_record_of_a_newer_version_is_refused_and_not_overwritten(
    redis_clients: RedisClients,
) -> None:
    key = keys.decision("T1", a_record().id)
    await redis_clients.quick.set(key, '{"schema_version": 2}')
    decisions = RedisDecisionLog(redis_clients.quick)

    with pytest.raises(StoredDataInvalid, match="newer version"):
        await decisions.load("T1", a_record().id)
    with pytest.raises(StoredDataInvalid, match="newer version"):
        await decisions.save(a_record())

    assert await redis_clients.quick.get(key) == '{"schema_version": 2}'


async def test_a_listed_record_that_is_gone_is_reported(redis_clients: RedisClients) -> None:
    decisions = RedisDecisionLog(redis_clients.quick)
    await decisions.save(a_record())
    await redis_clients.quick.delete(keys.decision("T1", a_record().id))

    with pytest.raises(StoredDataInvalid, match="D-0000000001 is listed"):
        await ids_between(decisions, -WEEK, WEEK)


async def ids_to_review(log: DecisionLog, until: date, team_id: str = "T1") -> list[str]:
    return [record.id async for record in log.to_review(team_id, until)]


async def test_decisions_in_force_are_found_by_their_review_the_longest_due_first(
    decisions: DecisionLog,
) -> None:
    day = NOW.date()
    for number, (status, days) in enumerate([("accepted", 5), ("overridden", 2), ("proposed", 1)]):
        update = {"status": status, "review_on": day + timedelta(days=days)}
        await decisions.save(a_record(number).model_copy(update=update))
    await decisions.save(a_record(9).model_copy(update={"status": "accepted"}))

    assert await ids_to_review(decisions, day + timedelta(days=1)) == []
    assert await ids_to_review(decisions, day + timedelta(days=2)) == ["D-0000000001"]
    assert await ids_to_review(decisions, date.max) == ["D-0000000001", "D-0000000000"]
    assert await ids_to_review(decisions, date.max, "T2") == []


async def test_review_follows_what_becomes_of_the_decision(decisions: DecisionLog) -> None:
    day = NOW.date()
    record = a_record().model_copy(update={"status": "accepted", "review_on": day})
    await decisions.save(record)
    await decisions.save(record.model_copy(update={"review_on": day + timedelta(days=90)}))
    assert await ids_to_review(decisions, day) == []
    assert await ids_to_review(decisions, day + timedelta(days=90)) == [record.id]
    await decisions.save(record.model_copy(update={"status": "withdrawn"}))
    assert await ids_to_review(decisions, date.max) == []


async def test_a_decision_of_unknown_audience_is_listed_until_it_is_known(decisions: DecisionLog) -> None:
    known = a_record().audience
    unknown = known.model_copy(update={"unknown_at": NOW})
    for number in (1, 2):
        await decisions.save(a_record(number).model_copy(update={"audience": unknown}))
    await decisions.save(a_record(3))
    assert sorted(await decisions.of_unknown_audience("T1", 9)) == ["D-0000000001", "D-0000000002"]
    assert len(await decisions.of_unknown_audience("T1", 1)) == 1
    assert await decisions.of_unknown_audience("T2", 9) == []

    await decisions.save(a_record(1).model_copy(update={"audience": known}))

    assert await decisions.of_unknown_audience("T1", 9) == ["D-0000000002"]
