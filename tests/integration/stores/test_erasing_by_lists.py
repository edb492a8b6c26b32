"""Erasing reads only what it means, finds all of that, and is stopped by nothing that is damaged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.conversation import Audience
from bot.erasure import EraseDecision, EraseOld, ErasePerson, erased, holds_words, people_in, words_of
from bot.errors import ErasedInPart, KeptByNewer
from bot.forgetting import Forgetting
from bot.ports import HoldsWords
from bot.query import Query
from bot.record import Change, DecisionRecord
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.compressed_json import compress
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decision_lists import plain_number
from bot.stores.decisions import RedisDecisionLog
from bot.stores.installations import RedisInstallations
from bot.stores.token_safe import TokenSafe
from bot.visibility import Sight
from tests.integration.stores.examples import (
    ACCEPTED,
    NOW,
    OTHER_PLACE,
    PLACE,
    STATEMENT,
    TOKEN_KEY,
    a_conversation,
    a_record,
    a_revision,
    changed,
)

LATER = NOW + timedelta(days=400)
A_WHILE_AGO = LATER - timedelta(days=30)
PEOPLE = [f"U{number}" for number in range(1, 7)]


def of_person(number: int, user_id: str) -> DecisionRecord:
    """Return a decision in which nobody but this person has a part."""
    said = STATEMENT.model_copy(update={"author_id": user_id})
    revision = a_revision().model_copy(update={"statements": (said,)})
    history = (Change(at=NOW, by=user_id, what="proposed"),)
    return a_record(number, context=f"Tune {number}?").model_copy(
        update={"owner": user_id, "revisions": (revision,), "history": history}
    )


async def cost(clients: RedisClients, step: Callable[[], Awaitable[object]]) -> tuple[int, int]:
    """Return how many commands a step takes, and how many keys they look up."""

    async def counted() -> tuple[int, int]:
        stats = await clients.quick.info("stats")
        return stats["total_commands_processed"], stats["keyspace_hits"] + stats["keyspace_misses"]

    commands_before, keys_before = await counted()
    await step()
    commands, looked_up = await counted()
    return commands - commands_before, looked_up - keys_before


async def costs_beside(clients: RedisClients, others: int) -> list[tuple[int, int]]:
    """Return what erasing a person, a decision and old words costs beside so many decisions of others."""
    await clients.quick.flushall()
    log = RedisDecisionLog(clients.quick)
    for number in range(1, 5):
        await log.save(of_person(number, "U1"))
    for number in range(others):
        await log.save(changed(of_person(100 + number, "U2"), Change(at=LATER, by="U2", what="withdrawn")))
    one = of_person(1, "U1")
    erase_one = EraseDecision("T1", "operator", LATER, one.id, said=words_of(one))
    erase_old = EraseOld("T1", "retention", LATER, before=A_WHILE_AGO)
    costs = [
        await cost(clients, lambda: log.erase(erase_one)),
        await cost(clients, lambda: log.erase(erase_old)),
    ]
    # Once more: there is nothing left to do, and nothing is read for it.
    costs.append(await cost(clients, lambda: log.erase(erase_old)))
    costs.append(await cost(clients, lambda: log.erase(ErasePerson("T1", "operator", LATER, "U1"))))
    assert [one async for one in log.matching("T1", Query(person="U1"), None)] == []
    return costs


async def test_what_erasing_reads_does_not_grow_with_what_others_decided(redis_clients: RedisClients) -> None:
    few = await costs_beside(redis_clients, others=3)
    many = await costs_beside(redis_clients, others=300)

    assert many == few
    commands_of_nothing, _ = few[2]
    # The two lists, and the counting itself.
    assert commands_of_nothing <= 3


people = st.sampled_from(PEOPLE)
_messages = st.one_of(st.just("m1"), people.map(lambda user_id: f"3:{user_id}"))
_statements = st.builds(
    lambda by, message_id, quote: STATEMENT.model_copy(
        update={"author_id": by, "message_id": message_id, "quote": quote}
    ),
    people,
    _messages,
    st.sampled_from(["", "sort our mail", "Tune?"]),
)
_changes = st.builds(
    lambda by, owner: Change(at=NOW, by=by, what="owner_changed", owner=owner, why="so"), people, people
)
_records = st.builds(
    lambda owner, wrote, hers, statements, message_id, changes: a_record().model_copy(
        update={
            "owner": owner,
            "context_by": wrote,
            "audience": Audience(kind="person", user_id=hers) if hers else a_record().audience,
            "revisions": (
                a_revision().model_copy(update={"statements": statements, "message_id": message_id}),
            ),
            "history": changes,
        }
    ),
    people,
    st.one_of(st.just(""), people),
    st.one_of(st.just(""), people),
    st.lists(_statements, max_size=3).map(tuple),
    _messages,
    st.lists(_changes, min_size=1, max_size=3).map(tuple),
)


@given(_records, people)
def test_whoever_has_something_to_erase_in_a_record_is_named_in_it(
    record: DecisionRecord, user_id: str
) -> None:
    left = erased(record, ErasePerson("T1", "operator", LATER, user_id))
    assert (left is not record) == (user_id in people_in(record))
    assert user_id not in people_in(left)
    assert f'{user_id}"' not in left.model_dump_json()


@given(_records)
def test_a_record_holds_words_until_they_are_erased(record: DecisionRecord) -> None:
    old = EraseOld("T1", "retention", LATER, before=LATER)
    assert holds_words(record) == (erased(record, old) is not record)
    assert not holds_words(erased(record, old))


async def test_the_list_of_a_person_goes_with_their_id(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(changed(of_person(1, "U1"), ACCEPTED))
    naming = [keys.decisions_naming("T1", user_id) for user_id in ("U1", "U2")]
    expected = {str(plain_number(of_person(1, "U1").id))}
    assert [await redis_clients.quick.smembers(key) for key in naming] == [expected, expected]

    await log.erase(ErasePerson("T1", "operator", LATER, "U1"))

    assert [await redis_clients.quick.exists(key) for key in naming] == [0, 1]


async def test_only_decisions_with_words_wait_for_their_age(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    waiting = keys.decisions_with_words("T1")
    assert await redis_clients.quick.zrange(waiting, 0, -1) == [of_person(1, "U1").id]

    await log.erase(EraseOld("T1", "retention", LATER, before=LATER))

    assert await redis_clients.quick.exists(waiting) == 0


async def test_what_somebody_did_to_an_old_decision_keeps_its_words(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    touched = changed(of_person(1, "U1"), Change(at=LATER, by="U2", what="accepted", why="we agree"))
    await log.save(touched)

    assert await log.erase(EraseOld("T1", "retention", LATER, before=A_WHILE_AGO)) == 0
    assert await log.load("T1", touched.id) == touched


async def test_decisions_from_before_there_were_these_lists_are_erased_too(
    redis_clients: RedisClients,
) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    for key in await redis_clients.quick.keys("*:naming:*"):
        await redis_clients.quick.delete(key)
    await redis_clients.quick.delete(keys.decisions_with_words("T1"))

    assert await log.list_what_is_not() == 1

    assert await log.erase(ErasePerson("T1", "operator", LATER, "U1")) == 1


DAMAGED = pytest.mark.parametrize("how", [b"\x00damaged", b'{"owner":"U1"', b""])


async def damage(clients: RedisClients, record: DecisionRecord, how: bytes) -> None:
    await clients.quick.set(keys.decision("T1", record.id), how)


@DAMAGED
async def test_a_damaged_decision_of_a_person_is_dropped_and_the_rest_is_erased(
    redis_clients: RedisClients, how: bytes
) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    records = [of_person(number, "U1") for number in (1, 2, 3)]
    audiences = (Audience(kind="workspace", channel_id="C1"), Audience(kind="person", user_id="U1"))
    for record, audience in zip(records, (*audiences, audiences[0]), strict=True):
        accepted = record.model_copy(update={"status": "accepted", "audience": audience})
        await log.save(accepted.model_copy(update={"review_on": NOW.date()}))
    await damage(redis_clients, records[1], how)

    with capture_logs() as lines:
        assert await log.erase(ErasePerson("T1", "operator", LATER, "U1")) == 3

    assert [(line["event"], line["decision_id"]) for line in lines] == [
        ("damaged_decision_dropped", records[1].id)
    ]
    assert await log.load("T1", records[1].id) is None
    # Nothing lists it any more: what is listed and gone would be an error.
    left = [records[0].id, records[2].id]
    assert [one.id async for one in log.matching("T1", Query(is_oldest_first=True), None)] == left
    assert [one.id async for one in log.between("T1", NOW, LATER)] == left
    assert [one.id async for one in log.to_review("T1", LATER.date())] == left
    assert [one async for one in log.matching("T1", Query(), [Sight("person:U1")])] == []
    assert [key for key in await redis_clients.quick.keys("*") if "U1" in key] == []
    assert await log.erase(ErasePerson("T1", "operator", LATER, "U1")) == 0


@DAMAGED
async def test_a_damaged_decision_does_not_keep_old_words_and_is_told_of(
    redis_clients: RedisClients, how: bytes
) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    for number in (1, 2, 3):
        await log.save(of_person(number, "U1"))
    await damage(redis_clients, of_person(2, "U1"), how)

    with pytest.raises(ErasedInPart, match=f"^decision {of_person(2, 'U1').id} cannot be read: ") as caught:
        await log.erase(EraseOld("T1", "retention", LATER, before=LATER))

    assert (caught.value.erased, len(caught.value.unread)) == (2, 1)
    assert "\n" not in str(caught.value)
    for number in (1, 3):
        record = await log.load("T1", of_person(number, "U1").id)
        assert record is not None
        assert record.context == ""
    assert await redis_clients.quick.exists(keys.decision("T1", of_person(2, "U1").id)) == 1


async def test_what_a_newer_version_kept_is_never_dropped(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    newer = compress('{"schema_version":2,"owner":"U1"}')
    await damage(redis_clients, of_person(1, "U1"), newer)

    with pytest.raises(ErasedInPart, match="newer version"):
        await log.erase(ErasePerson("T1", "operator", LATER, "U1"))

    assert await redis_clients.quick.exists(keys.decision("T1", of_person(1, "U1").id)) == 1
    forgetting = Forgetting(log, RedisConversations(redis_clients.quick), {"decisions": log})
    with pytest.raises(KeptByNewer):
        await forgetting.erase_decision("T1", of_person(1, "U1").id, by="operator", at=LATER)


async def test_a_damaged_decision_that_is_itself_to_be_erased_is_dropped(redis_clients: RedisClients) -> None:
    log, conversations = RedisDecisionLog(redis_clients.quick), RedisConversations(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    await damage(redis_clients, of_person(1, "U1"), b"\x00")
    about = a_conversation().model_copy(update={"decision_id": of_person(1, "U1").id})
    await conversations.save(about)
    stores: dict[str, HoldsWords] = {"conversations": conversations, "decisions": log}

    forgotten = await Forgetting(log, conversations, stores).erase_decision(
        "T1", of_person(1, "U1").id, by="operator", at=LATER
    )

    assert forgotten is not None
    assert (forgotten.counts, forgotten.unread) == ({"conversations": 1, "decisions": 1}, ())
    assert await log.load("T1", of_person(1, "U1").id) is None


@pytest.mark.parametrize(("how", "dropped"), [(b'{"owner":"U1"', 1), (b'{"owner":"U2"', 0)])
async def test_what_was_damaged_before_it_could_be_listed_is_searched_as_it_is(
    redis_clients: RedisClients, how: bytes, dropped: int
) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    for number in (1, 2):
        await log.save(of_person(number, "U1"))
    for key in await redis_clients.quick.keys("*decision-index*"):
        await redis_clients.quick.delete(key)
    await damage(redis_clients, of_person(1, "U1"), how)
    with capture_logs() as lines:
        assert await log.list_what_is_not() == 1
    assert [line["decision_id"] for line in lines] == [of_person(1, "U1").id]

    erasure = ErasePerson("T1", "operator", LATER, "U1")
    if dropped:
        assert await log.erase(erasure) == 2
    else:
        with pytest.raises(ErasedInPart) as caught:
            await log.erase(erasure)
        assert caught.value.erased == 1


async def test_what_could_not_be_listed_is_listed_once_it_is_repaired(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    await log.save(of_person(1, "U1"))
    stored = of_person(1, "U1").model_dump_json().encode()
    for key in await redis_clients.quick.keys("*decision-index*"):
        await redis_clients.quick.delete(key)
    await damage(redis_clients, of_person(1, "U1"), b"{")
    assert await log.list_what_is_not() == 0
    await damage(redis_clients, of_person(1, "U1"), stored)

    assert await log.list_what_is_not() == 1
    assert await log.list_what_is_not() == 0

    assert [one.id async for one in log.matching("T1", Query(), None)] == [of_person(1, "U1").id]
    assert await redis_clients.quick.exists(keys.decisions_unlisted("T1")) == 0


async def test_a_damaged_conversation_goes_when_it_may_be_meant(redis_clients: RedisClients) -> None:
    conversations = RedisConversations(redis_clients.quick)
    await redis_clients.quick.hset(keys.conversation(PLACE), "json", '{"opened_by":"U1"')
    await redis_clients.quick.hset(keys.conversation(OTHER_PLACE), "json", '{"opened_by":"U2"')

    assert await conversations.places_of("T1", "D-0000000001") == []
    assert await conversations.erase(ErasePerson("T1", "operator", LATER, "U1")) == 1
    assert await redis_clients.quick.exists(keys.conversation(PLACE)) == 0
    erasure = EraseDecision("T1", "operator", LATER, "D-0000000001", frozenset({OTHER_PLACE}))
    assert await conversations.erase(erasure) == 1
    assert await redis_clients.quick.exists(keys.conversation(OTHER_PLACE)) == 0


async def test_damaged_settings_are_told_of_and_stop_nothing(redis_clients: RedisClients) -> None:
    log, settings = RedisDecisionLog(redis_clients.quick), RedisChannelSettings(redis_clients.quick)
    await redis_clients.quick.hset(keys.channel_settings("T1", "C1"), "json", "{")
    await log.save(of_person(1, "U1"))
    stores: dict[str, HoldsWords] = {"settings": settings, "decisions": log}

    forgotten = await Forgetting(log, RedisConversations(redis_clients.quick), stores).erase_person(
        "T1", "U1", by="operator", at=LATER
    )

    assert forgotten.counts == {"settings": 0, "decisions": 1}
    assert ["the channel's settings cannot be read" in line for line in forgotten.unread] == [True]


async def test_a_damaged_installation_is_told_of_and_stops_nothing(redis_clients: RedisClients) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    await redis_clients.quick.set(keys.installation("T1"), "{")
    await log.save(of_person(1, "U1"))
    stores: dict[str, HoldsWords] = {"installations": installations, "decisions": log}

    forgotten = await Forgetting(log, RedisConversations(redis_clients.quick), stores).erase_person(
        "T1", "U1", by="operator", at=LATER
    )

    assert forgotten.counts == {"installations": 0, "decisions": 1}
    assert ["the installation in workspace T1 cannot be read" in one for one in forgotten.unread] == [True]
