from __future__ import annotations

from bot.ports import FirstContacts
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.first_contacts import RedisFirstContacts


async def test_a_channel_is_greeted_once_it_was_marked(first_contacts: FirstContacts) -> None:
    assert not await first_contacts.was_greeted("T1", "C1")

    await first_contacts.mark_greeted("T1", "C1")

    assert await first_contacts.was_greeted("T1", "C1")
    assert not await first_contacts.was_greeted("T1", "C2")
    assert not await first_contacts.was_greeted("T2", "C1")


async def test_a_home_keeps_how_far_it_looks_back(first_contacts: FirstContacts) -> None:
    assert await first_contacts.home_days("T1", "U1") is None

    await first_contacts.keep_home("T1", "U1", 30)
    await first_contacts.keep_home("T1", "U1", 7)

    assert await first_contacts.home_days("T1", "U1") == 7
    assert await first_contacts.home_days("T1", "U2") is None


async def test_a_home_that_nobody_opens_is_forgotten(redis_clients: RedisClients) -> None:
    await RedisFirstContacts(redis_clients.quick).keep_home("T1", "U1", 30)

    assert 0 < await redis_clients.quick.ttl(keys.home("T1", "U1")) <= 30 * 86_400
