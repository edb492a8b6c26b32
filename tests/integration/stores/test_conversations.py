from __future__ import annotations

import asyncio

import pytest

from bot.conversation import Conversation
from bot.errors import ConversationMoved, StoredDataInvalid
from bot.ports import Conversations
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from tests.integration.stores.examples import OTHER_PLACE, PLACE, a_conversation, a_waiting_one


async def test_where_nothing_was_said_there_is_no_conversation(conversations: Conversations) -> None:
    assert await conversations.load(PLACE) is None


async def test_what_was_saved_is_loaded_unchanged(conversations: Conversations) -> None:
    await conversations.save(a_conversation(question="Größe? 🤖"))

    assert await conversations.load(PLACE) == a_conversation(question="Größe? 🤖")
    assert await conversations.load(OTHER_PLACE) is None


@pytest.mark.parametrize("first", [0, 1])
async def test_the_next_revision_replaces_the_kept_one(conversations: Conversations, first: int) -> None:
    await conversations.save(a_conversation(revision=first))
    await conversations.save(a_conversation(revision=first + 1, question="Or not?"))

    assert await conversations.load(PLACE) == a_conversation(revision=first + 1, question="Or not?")


@pytest.mark.parametrize("stale", [1, 2, 4])
async def test_any_other_revision_is_refused_and_changes_nothing(
    conversations: Conversations, stale: int
) -> None:
    await conversations.save(a_conversation(revision=1))
    await conversations.save(a_conversation(revision=2))

    with pytest.raises(ConversationMoved):
        await conversations.save(a_conversation(revision=stale, question="I know better"))

    assert await conversations.load(PLACE) == a_conversation(revision=2)


async def test_a_turn_on_a_conversation_that_expired_meanwhile_is_refused(
    conversations: Conversations,
) -> None:
    with pytest.raises(ConversationMoved):
        await conversations.save(a_conversation(revision=6))

    assert await conversations.load(PLACE) is None


async def test_of_two_turns_at_once_one_is_kept(conversations: Conversations) -> None:
    await conversations.save(a_conversation(revision=1))

    outcomes = await asyncio.gather(
        *(conversations.save(a_conversation(revision=2, question=word)) for word in "abcdefgh"),
        return_exceptions=True,
    )

    winners = [word for word, outcome in zip("abcdefgh", outcomes, strict=True) if outcome is None]
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [ConversationMoved] * 7
    kept = await conversations.load(PLACE)
    assert kept is not None
    assert [kept.question] == winners


async def test_a_moved_conversation_goes_on_in_the_other_place(conversations: Conversations) -> None:
    original = a_conversation(revision=5)

    moved = await conversations.move(original, OTHER_PLACE)

    assert moved == a_conversation(OTHER_PLACE, revision=5)
    await conversations.save(a_conversation(OTHER_PLACE, revision=6))
    assert await conversations.load(OTHER_PLACE) == a_conversation(OTHER_PLACE, revision=6)


async def test_moving_to_where_a_conversation_is_returns_that_one(conversations: Conversations) -> None:
    there = a_conversation(OTHER_PLACE, question="I was here first")
    await conversations.save(there)

    assert await conversations.move(a_conversation(), OTHER_PLACE) == there
    assert await conversations.load(OTHER_PLACE) == there


async def test_every_turn_keeps_a_conversation_for_another_30_days(redis_clients: RedisClients) -> None:
    redis, key = redis_clients.quick, keys.conversation(PLACE)
    conversations = RedisConversations(redis)
    await conversations.save(a_conversation(revision=1))
    await redis.expire(key, 60)

    await conversations.save(a_conversation(revision=2))

    days = await redis.ttl(key) / 86_400
    assert days == pytest.approx(30, abs=0.01)


async def test_a_moved_conversation_expires_too(redis_clients: RedisClients) -> None:
    await RedisConversations(redis_clients.quick).move(a_conversation(), OTHER_PLACE)

    assert await redis_clients.quick.ttl(keys.conversation(OTHER_PLACE)) > 0


@pytest.mark.parametrize(
    "stored",
    [
        "not JSON \udcff",
        "{}",
        "[]",
        '{"schema_version": 1, "question": "a secret plan"}',
        '{"schema_version": 99}',
    ],
)
async def test_what_cannot_be_read_is_said_without_repeating_it(
    redis_clients: RedisClients, stored: str
) -> None:
    await redis_clients.quick.hset(keys.conversation(PLACE), "json", stored.encode(errors="surrogateescape"))

    with pytest.raises(StoredDataInvalid, match=r"^a conversation") as caught:
        await RedisConversations(redis_clients.quick).load(PLACE)

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_conversation_with_every_field_survives_being_json() -> None:
    assert Conversation.model_validate_json(a_conversation().model_dump_json()) == a_conversation()


async def test_what_waits_for_a_person_is_listed_newest_turn_first(conversations: Conversations) -> None:
    third = PLACE.model_copy(update={"thread": 'command:1.2|["é'})
    for place in (PLACE, OTHER_PLACE, third):
        await conversations.save(a_waiting_one(place))
    await conversations.save(a_waiting_one(PLACE, revision=2))

    waiting = await conversations.waiting("T1", "U1", 10)

    assert [kept.place for kept in waiting] == [PLACE, third, OTHER_PLACE]
    assert [kept.place for kept in await conversations.waiting("T1", "U1", 2)] == [PLACE, third]


async def test_what_was_answered_waits_no_more(conversations: Conversations) -> None:
    await conversations.save(a_waiting_one(revision=1))
    await conversations.save(a_conversation(revision=2))

    assert await conversations.waiting("T1", "U1", 10) == []


async def test_nothing_waits_for_somebody_else_or_in_another_workspace(conversations: Conversations) -> None:
    await conversations.save(a_waiting_one())

    assert await conversations.waiting("T1", "U2", 10) == []
    assert await conversations.waiting("T2", "U1", 10) == []


async def test_a_place_where_somebody_else_began_anew_waits_for_them_alone(
    conversations: Conversations,
) -> None:
    await conversations.save(a_waiting_one(revision=1, opened_by="U1"))
    await conversations.save(a_waiting_one(revision=2, opened_by="U2"))

    assert await conversations.waiting("T1", "U1", 10) == []
    assert [kept.opened_by for kept in await conversations.waiting("T1", "U2", 10)] == ["U2"]


async def test_a_refused_save_does_not_change_what_waits(conversations: Conversations) -> None:
    await conversations.save(a_waiting_one(revision=1))
    with pytest.raises(ConversationMoved):
        await conversations.save(a_conversation(revision=7))

    assert [kept.place for kept in await conversations.waiting("T1", "U1", 10)] == [PLACE]


async def test_a_moved_conversation_waits_where_it_went(conversations: Conversations) -> None:
    await conversations.save(a_waiting_one())

    await conversations.move(a_waiting_one(), OTHER_PLACE)

    assert [kept.place for kept in await conversations.waiting("T1", "U1", 10)] == [OTHER_PLACE]


async def test_what_waits_is_forgotten_with_the_conversation(redis_clients: RedisClients) -> None:
    redis, index = redis_clients.quick, keys.waiting("T1", "U1")
    conversations = RedisConversations(redis)
    await conversations.save(a_waiting_one(PLACE))
    assert await redis.ttl(index) > 0
    await redis.delete(keys.conversation(PLACE))
    assert await conversations.waiting("T1", "U1", 10) == []

    await redis.zadd(index, {str(member): 1 for member in await redis.zrange(index, 0, -1)})
    await conversations.save(a_waiting_one(OTHER_PLACE))

    assert await redis.zcard(index) == 1
