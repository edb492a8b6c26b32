from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Admitted, Asking, Refused
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.limits import HourlyLimits, RedisQuestionLimits

HOUR = timedelta(hours=1)


def limits_of(clients: RedisClients, *most: int, window: timedelta = HOUR) -> RedisQuestionLimits:
    return RedisQuestionLimits(clients.quick, HourlyLimits(*most), window=window)


def asking(number: int, user_id: str = "U1", channel_id: str = "C1", team_id: str = "T1") -> Asking:
    return Asking(team_id, channel_id, user_id, f"message:{number}")


async def test_as_many_as_allowed_are_admitted_and_the_next_is_told_when_to_come_back(
    redis_clients: RedisClients,
) -> None:
    limits = limits_of(redis_clients, 3, 0, 0)
    began = datetime.now(UTC)
    for number in range(3):
        assert await limits.admit(asking(number)) == Admitted()
    refused = await limits.admit(asking(3))
    assert isinstance(refused, Refused)
    assert (refused.whose, refused.is_news) == ("person", True)
    # The server's clock is this machine's, to the millisecond.
    assert began - timedelta(seconds=1) < refused.again_at - HOUR <= datetime.now(UTC)


async def test_it_is_news_once_and_again_for_the_same_question(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 1, 0, 0)
    await limits.admit(asking(0))
    outcomes = [await limits.admit(asking(number)) for number in (1, 2, 1, 3)]
    assert [isinstance(one, Refused) and one.is_news for one in outcomes] == [True, False, True, False]


async def test_a_redelivered_question_is_counted_once_and_admitted_again(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 2, 0, 0)
    for _ in range(5):
        assert await limits.admit(asking(0)) == Admitted()
    assert await limits.admit(asking(1)) == Admitted()
    assert isinstance(await limits.admit(asking(2)), Refused)
    assert await limits.admit(asking(0)) == Admitted()


@pytest.mark.parametrize(
    ("most", "others", "whose"),
    [
        ((0, 2, 0), asking(9, user_id="U2"), "channel"),
        ((0, 0, 2), asking(9, user_id="U2", channel_id="C2"), "workspace"),
    ],
)
async def test_channels_and_workspaces_have_limits_of_their_own(
    redis_clients: RedisClients, most: tuple[int, int, int], others: Asking, whose: str
) -> None:
    limits = limits_of(redis_clients, *most)
    for number in range(2):
        await limits.admit(asking(number))
    refused = await limits.admit(others)
    assert isinstance(refused, Refused)
    assert (refused.whose, refused.is_news) == (whose, True)


async def test_what_is_refused_for_one_reason_counts_for_none(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 2, 1, 0)
    await limits.admit(asking(0))
    for number in range(1, 5):
        assert isinstance(await limits.admit(asking(number)), Refused)
    assert await limits.admit(asking(9, channel_id="C2")) == Admitted()


async def test_what_is_older_than_the_window_counts_no_more(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 1, 0, 0)
    await limits.admit(asking(0))
    assert isinstance(await limits.admit(asking(1)), Refused)
    window = keys.asked_window("T1", "person", "U1")
    await redis_clients.quick.zincrby(window, -HOUR / timedelta(milliseconds=1), "message:0")
    assert await limits.admit(asking(1)) == Admitted()


async def test_a_hundred_at_once_are_not_more_than_the_limit(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 7, 0, 0)
    outcomes = await asyncio.gather(*(limits.admit(asking(number)) for number in range(100)))
    assert sum(outcome == Admitted() for outcome in outcomes) == 7
    assert sum(isinstance(outcome, Refused) and outcome.is_news for outcome in outcomes) == 1


async def test_a_lowered_limit_says_when_there_is_room_under_it(redis_clients: RedisClients) -> None:
    for number in range(5):
        await limits_of(redis_clients, 0, 0, 0).admit(asking(number))
        await redis_clients.quick.zadd(
            keys.asked_window("T1", "person", "U1"), {f"message:{number}": 2e12 + number}
        )
    refused = await limits_of(redis_clients, 2, 0, 0).admit(asking(5))
    assert isinstance(refused, Refused)
    fourth_ms = (2e12 + 3) + HOUR / timedelta(milliseconds=1)
    assert refused.again_at == datetime.fromtimestamp(int(fourth_ms) / 1000, UTC)


async def test_nothing_is_left_when_the_hour_is_over(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 1, 0, 0)
    for number in range(2):
        await limits.admit(asking(number))
    lifetimes = [await redis_clients.quick.pttl(key) for key in await redis_clients.quick.keys("*")]
    assert len(lifetimes) == 4
    assert all(0 < left_ms <= HOUR // timedelta(milliseconds=1) for left_ms in lifetimes)


async def test_workspaces_do_not_use_up_each_others_limits(redis_clients: RedisClients) -> None:
    limits = limits_of(redis_clients, 1, 1, 1)
    for team_id in ("T1", "T2", "T1:", "T*", "{T1}"):
        assert await limits.admit(asking(0, team_id=team_id)) == Admitted()
        assert isinstance(await limits.admit(asking(1, team_id=team_id)), Refused)
