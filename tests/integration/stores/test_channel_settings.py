from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.channel_settings import WORKSPACE, ChannelSettings, DigestPlan, KeptSettings, SettingsChange
from bot.errors import StoredDataInvalid
from bot.ports import ChannelSettingsStore
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients
from tests.fakes.stores import FakeChannelSettings

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHOSEN = KeptSettings(
    settings=ChannelSettings(
        follows_up=False, digest=DigestPlan(weekday=4, at=time(16), zone="Europe/Berlin", by="U1")
    ),
    chosen=("follows_up", "digest"),
    changes=(SettingsChange(at=NOW, by="U1", what=("follows_up", "digest")),),
    revision=1,
)


@pytest.fixture
def store(clients_if_needed: RedisClients | None) -> ChannelSettingsStore:
    return RedisChannelSettings(clients_if_needed.quick) if clients_if_needed else FakeChannelSettings()


async def test_nothing_is_chosen_at_first(store: ChannelSettingsStore) -> None:
    assert await store.load("T1", "C1") == KeptSettings()


async def test_what_was_chosen_comes_back_for_its_channel_alone(store: ChannelSettingsStore) -> None:
    assert await store.save("T1", "C1", CHOSEN)
    assert await store.load("T1", "C1") == CHOSEN
    for team_id, channel_id in (("T1", "C2"), ("T2", "C1"), ("T1", WORKSPACE)):
        assert await store.load(team_id, channel_id) == KeptSettings()


async def test_of_two_who_save_on_the_same_revision_one_wins(store: ChannelSettingsStore) -> None:
    assert await store.save("T1", "C1", CHOSEN)
    assert not await store.save("T1", "C1", CHOSEN.model_copy(update={"chosen": ()}))
    assert await store.load("T1", "C1") == CHOSEN
    assert await store.save("T1", "C1", CHOSEN.model_copy(update={"revision": 2}))


async def test_what_cannot_be_read_is_said_so(redis_clients: RedisClients) -> None:
    await redis_clients.quick.hset(keys.channel_settings("T1", "C1"), "json", "{}")
    with pytest.raises(StoredDataInvalid, match="the channel's settings"):
        await RedisChannelSettings(redis_clients.quick).load("T1", "C1")
