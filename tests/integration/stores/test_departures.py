from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.conversation import Place
from bot.errors import SlackRefused
from bot.leaving import Leaving
from bot.slack.held import HeldWords
from bot.slack.incoming import Mentioned, order_key
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.departures import RedisDepartures, RedisWorkspaces
from bot.stores.inbox import RedisInbox
from bot.stores.installations import RedisInstallations
from bot.stores.token_safe import TokenSafe
from tests.integration.stores.examples import NOW, TOKEN_KEY, an_installation
from tests.integration.stores.test_isolation import everything, use_everything

KEPT_FOR = timedelta(hours=24)


class Removal:
    """Leaving, with a clock to turn."""

    def __init__(self, clients: RedisClients) -> None:
        self.now = NOW
        self.inbox = RedisInbox(clients.quick, clients.blocking)
        self.installations = RedisInstallations(clients.quick, TokenSafe([TOKEN_KEY]))
        self.leaving = Leaving(
            RedisDepartures(clients.quick),
            RedisWorkspaces(clients.quick),
            HeldWords(self.inbox.drop),
            keep_for=KEPT_FOR,
            clock=lambda: self.now,
        )

    async def take_in(self, team_id: str) -> None:
        said = Mentioned(team_id=team_id, channel_id="C1", user_id="U1", at=NOW, ts="1.2", text="zebra")
        await self.inbox.append(said.model_dump_json(), order_key=order_key(said.place), once=said.once)


@pytest.fixture
def removal(redis_clients: RedisClients) -> Removal:
    return Removal(redis_clients)


async def removed(_team_id: str) -> bool:
    return False


async def there_again(_team_id: str) -> bool:
    return True


def place_in(team_id: str) -> Place:
    return Place(team_id=team_id, channel_id="C1", thread="1.2")


@pytest.mark.parametrize(
    "others", ["T10", "T", "T1:", "T1}", "{T1", "*", "T?", "%54%31", "teams", "inbox", ""]
)
async def test_everything_of_one_workspace_goes_and_nothing_of_another(
    redis_clients: RedisClients, removal: Removal, others: str
) -> None:
    await use_everything(redis_clients, place_in(others), "x")
    before = await everything(redis_clients)
    await use_everything(redis_clients, place_in("T1"), "x")
    assert await redis_clients.quick.keys("*{T1}*")

    assert await removal.installations.delete("T1")
    assert await removal.leaving.delete("T1") > 0

    assert await everything(redis_clients) == before
    assert await redis_clients.quick.smembers(keys.TEAMS) == {others}
    assert await redis_clients.quick.zrange(keys.INSTALLED, 0, -1) == [others]
    assert await removal.leaving.delete("T1") == 0


@pytest.mark.parametrize("team_id", ["inbox", "#inbox", "teams", "usage", "exams", "departures", "", "*"])
async def test_a_workspace_by_the_name_of_what_belongs_to_all_takes_nothing_of_it(
    redis_clients: RedisClients, removal: Removal, team_id: str
) -> None:
    await use_everything(redis_clients, place_in("T1"), "x")
    await removal.take_in("T1")
    before = await redis_clients.quick.keys("*")
    await removal.leaving.delete(team_id)
    assert sorted(await redis_clients.quick.keys("*")) == sorted(before)


async def test_what_was_not_answered_yet_goes_too(redis_clients: RedisClients, removal: Removal) -> None:
    for team_id in ("T1", "T2"):
        await removal.take_in(team_id)
    (buried,) = [entry for entry in await removal.inbox.take("w", 1, 0) if '"T1"' in entry.body]
    await removal.inbox.bury(buried, "RuntimeError")
    await removal.inbox.append("unreadable", order_key=order_key(place_in("T1")), once="3")

    await removal.leaving.delete("T1")

    assert await removal.inbox.backlog() == 1
    assert await removal.inbox.dead_letters(10) == []
    assert not [key for key in await redis_clients.quick.keys("*:lane:*") if "T1" in str(key)]


async def test_a_workspace_has_a_day_to_come_back(redis_clients: RedisClients, removal: Removal) -> None:
    await use_everything(redis_clients, place_in("T1"), "x")
    await removal.installations.delete("T1")
    await removal.leaving.note("T1")
    removal.now += KEPT_FOR - timedelta(seconds=1)
    await removal.leaving.delete_due(removed)
    assert await redis_clients.quick.keys("*{T1}*")
    removal.now += timedelta(seconds=1)
    await removal.leaving.delete_due(removed)
    assert await redis_clients.quick.keys("*{T1}*") == []
    assert await redis_clients.quick.exists(keys.DEPARTURES) == 0


async def test_both_events_of_one_removal_count_from_the_first(removal: Removal) -> None:
    await removal.leaving.note("T1")
    removal.now += timedelta(hours=20)
    await removal.leaving.note("T1")
    removal.now = NOW + KEPT_FOR
    asked: list[str] = []

    async def is_installed(team_id: str) -> bool:
        asked.append(team_id)
        return False

    for _ in range(2):
        await removal.leaving.delete_due(is_installed)
    assert asked == ["T1"]


async def test_who_came_back_keeps_everything(redis_clients: RedisClients, removal: Removal) -> None:
    await use_everything(redis_clients, place_in("T1"), "x")
    before = await everything(redis_clients)
    await removal.leaving.note("T1")
    removal.now += KEPT_FOR
    await removal.leaving.delete_due(there_again)
    await removal.leaving.delete_due(removed)
    assert await everything(redis_clients) == before


async def test_who_installs_it_again_at_the_moment_of_the_deletion_is_still_installed(
    redis_clients: RedisClients, removal: Removal
) -> None:
    await use_everything(redis_clients, place_in("T1"), "x")
    await removal.installations.delete("T1")
    await removal.leaving.note("T1")
    removal.now += KEPT_FOR
    anew = an_installation("T1", installed_at=removal.now)

    async def not_yet(_team_id: str) -> bool:
        await removal.installations.save(anew)
        return False

    await removal.leaving.delete_due(not_yet)
    assert await redis_clients.quick.keys("*{T1}*") == [keys.installation("T1")]
    assert await removal.installations.load("T1") == anew
    assert await removal.installations.listed() == {"T1": removal.now}


async def test_while_slack_does_not_say_nothing_is_deleted(
    redis_clients: RedisClients, removal: Removal
) -> None:
    async def unsure(_team_id: str) -> bool:
        raise SlackRefused("auth.test", "no answer (TimeoutError)")

    await use_everything(redis_clients, place_in("T1"), "x")
    await removal.installations.delete("T1")
    await removal.leaving.note("T1")
    removal.now += KEPT_FOR
    await removal.leaving.delete_due(unsure)
    assert await redis_clients.quick.keys("*{T1}*")
    await removal.leaving.delete_due(removed)
    assert await redis_clients.quick.keys("*{T1}*") == []


async def test_times_are_exact_to_the_second(redis_clients: RedisClients) -> None:
    departures = RedisDepartures(redis_clients.quick)
    due = datetime.fromisoformat("2026-11-23T12:00:00.500000+00:00")
    await departures.note("T1", due)
    assert await departures.due(due - timedelta(milliseconds=1)) == []
    assert await departures.due(due) == ["T1"]
