from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import StoredDataInvalid
from bot.feedback import Feedback
from bot.ports import FeedbackBox
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.feedback import RedisFeedback
from tests.fakes.stores import FakeFeedback
from tests.integration.stores.examples import NOW

EARLIEST = NOW - timedelta(days=400)


@pytest.fixture
def box(clients_if_needed: RedisClients | None) -> FeedbackBox:
    return RedisFeedback(clients_if_needed.quick) if clients_if_needed else FakeFeedback()


def given(**changes: object) -> Feedback:
    base = Feedback(
        team_id="T1", channel_id="C1", about="D-0000000001", by="U1", at=NOW, verdict="not_helpful"
    )
    return base.model_copy(update=changes)


async def test_feedback_is_listed_oldest_first_for_one_workspace_or_all(box: FeedbackBox) -> None:
    late, early = given(at=NOW + timedelta(hours=1), by="U2"), given()
    other = given(team_id="T2", at=NOW + timedelta(minutes=1))
    for one in (late, early, other):
        await box.keep(one)

    assert await box.since(EARLIEST) == [early, other, late]
    assert await box.since(EARLIEST, "T1") == [early, late]
    assert await box.since(NOW + timedelta(hours=1), "T1") == [late]
    assert await box.since(EARLIEST, "T3") == []


async def test_later_verdict_of_the_same_person_takes_the_place_of_the_earlier(box: FeedbackBox) -> None:
    await box.keep(given(reason="it missed our tests"))
    await box.keep(given(verdict="helpful", at=NOW + timedelta(hours=1)))

    assert await box.since(EARLIEST) == [given(verdict="helpful", at=NOW + timedelta(hours=1))]


async def test_same_verdict_pressed_again_takes_no_reason_away(box: FeedbackBox) -> None:
    await box.keep(given(reason="it missed our tests"))
    await box.keep(given(at=NOW + timedelta(hours=1)))
    (kept,) = await box.since(EARLIEST)

    assert kept.reason == "it missed our tests"


async def test_feedback_expires_by_itself(redis_clients: RedisClients) -> None:
    box = RedisFeedback(redis_clients.quick)
    await box.keep(given())
    lifetime_s = timedelta(days=keys.FEEDBACK_DAYS).total_seconds()
    for key in (keys.feedback("T1", "D-0000000001", "U1"), keys.feedback_by_time("T1")):
        assert 0 < await redis_clients.quick.ttl(key) <= lifetime_s

    await redis_clients.quick.delete(keys.feedback("T1", "D-0000000001", "U1"))
    assert await box.since(EARLIEST) == []
    await box.keep(given(by="U2", at=NOW + timedelta(days=keys.FEEDBACK_DAYS + 1)))
    assert await redis_clients.quick.zcard(keys.feedback_by_time("T1")) == 1


async def test_feedback_that_cannot_be_read_is_said_to_be_so(redis_clients: RedisClients) -> None:
    box = RedisFeedback(redis_clients.quick)
    await box.keep(given())
    await redis_clients.quick.set(keys.feedback("T1", "D-0000000001", "U1"), "garbage")

    with pytest.raises(StoredDataInvalid, match="feedback cannot be read"):
        await box.since(EARLIEST)
