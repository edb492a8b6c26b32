"""What an earlier version kept is read by this one, and what a later version kept is refused, not misread.

The files in `tests/fixtures/form_1` were written by the first version that keeps decisions. They are never
written again: when a form changes, they stay, and a folder for the new form is added.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import KeptByNewer
from bot.replay import replay
from bot.slack.incoming import INCOMING
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.exams import RedisExams
from tests.integration.stores.examples import ACCEPTED, PLACE, a_conversation, a_record, changed

FORM_1 = Path(__file__).parents[2] / "fixtures" / "form_1"
DECISIONS = ("decision-accepted", "decision-overridden", "decision-saved")
CONVERSATIONS = ("conversation-decided", "conversation-waiting")
NEWER = (
    ({"schema_version": 99}, "form 99, this one reads up to 1"),
    ({"mood": "good"}, "this one does not know mood"),
)
"""What a later version may have written: another form, or one more field of today's."""


def _stored(name: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads((FORM_1 / f"{name}.json").read_text(encoding="utf-8"))
    return row


def _assert_holds(today: object, then: object) -> None:
    """Everything that was stored is still there, with the same value; fields may have been added."""
    if isinstance(then, dict):
        assert isinstance(today, dict)
        for field, value in then.items():
            _assert_holds(today[field], value)
    elif isinstance(then, list):
        assert isinstance(today, list)
        assert len(today) == len(then)
        for new, old in zip(today, then, strict=True):
            _assert_holds(new, old)
    else:
        assert (type(today), today) == (type(then), then)


async def _keep_decision(redis: RedisClients, row: dict[str, Any]) -> RedisDecisionLog:
    await redis.quick.set(keys.decision(row["place"]["team_id"], row["id"]), json.dumps(row))
    return RedisDecisionLog(redis.quick)


async def _keep_conversation(redis: RedisClients, row: dict[str, Any]) -> RedisConversations:
    place = PLACE.model_validate(row["place"])
    await redis.quick.hset(
        keys.conversation(place), mapping={"revision": row["revision"], "json": json.dumps(row)}
    )
    return RedisConversations(redis.quick)


@pytest.mark.parametrize("name", DECISIONS)
async def test_a_decision_of_the_first_form_is_read_whole_and_can_be_changed(
    redis_clients: RedisClients, name: str
) -> None:
    row = _stored(name)
    log = await _keep_decision(redis_clients, row)
    record = await log.load(row["place"]["team_id"], row["id"])
    assert record is not None
    _assert_holds(record.model_dump(mode="json"), row)
    later = changed(record, ACCEPTED)
    await log.save(later)
    assert await log.load(row["place"]["team_id"], row["id"]) == later


@pytest.mark.parametrize("name", DECISIONS)
async def test_a_decision_of_the_first_form_is_never_derived_differently(
    redis_clients: RedisClients, name: str
) -> None:
    row = _stored(name)
    log = await _keep_decision(redis_clients, row)
    record = await log.load(row["place"]["team_id"], row["id"])
    assert record is not None
    outcomes = [again.outcome for again in replay(record)]
    assert len(outcomes) == len(row["revisions"])
    assert set(outcomes) <= {"same", "other_version", "saved"}


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation_of_the_first_form_is_read_whole_and_goes_on(
    redis_clients: RedisClients, name: str
) -> None:
    row = _stored(name)
    conversations = await _keep_conversation(redis_clients, row)
    place = PLACE.model_validate(row["place"])
    conversation = await conversations.load(place)
    assert conversation is not None
    _assert_holds(conversation.model_dump(mode="json"), row)
    later = conversation.model_copy(update={"revision": conversation.revision + 1})
    await conversations.save(later)
    assert await conversations.load(place) == later


async def test_an_exam_of_the_first_form_is_read_whole(redis_clients: RedisClients) -> None:
    row = _stored("exam")
    await redis_clients.quick.set(keys.exam(row["model"], row["prompt_version"]), json.dumps(row))
    result = await RedisExams(redis_clients.quick).load(row["model"], row["prompt_version"])
    assert result is not None
    _assert_holds(result.model_dump(mode="json"), row)


def test_whatever_waits_in_the_inbox_during_an_upgrade_is_read_whole() -> None:
    rows = (FORM_1 / "inbox.jsonl").read_text(encoding="utf-8").splitlines()
    for row in rows:
        _assert_holds(INCOMING.validate_json(row).model_dump(mode="json"), json.loads(row))
    assert len({json.loads(row)["kind"] for row in rows}) == len(rows) == 12


@pytest.mark.parametrize(("change", "why"), NEWER)
async def test_a_decision_that_a_newer_version_kept_is_refused_and_stays_as_it_is(
    redis_clients: RedisClients, change: dict[str, Any], why: str
) -> None:
    kept = {**a_record().model_dump(mode="json"), **change}
    log = await _keep_decision(redis_clients, kept)
    with pytest.raises(KeptByNewer, match=f"kept by a newer version of the bot .*{why}") as caught:
        await log.load("T1", a_record().id)
    assert "\n" not in str(caught.value)
    with pytest.raises(KeptByNewer, match="newer version"):
        await log.save(changed(a_record(), ACCEPTED))
    assert json.loads(str(await redis_clients.quick.get(keys.decision("T1", a_record().id)))) == kept


@pytest.mark.parametrize(("change", "why"), NEWER)
async def test_a_conversation_that_a_newer_version_kept_is_refused(
    redis_clients: RedisClients, change: dict[str, Any], why: str
) -> None:
    kept = {**a_conversation().model_dump(mode="json"), **change}
    conversations = await _keep_conversation(redis_clients, kept)
    with pytest.raises(KeptByNewer, match=f"kept by a newer version of the bot .*{why}"):
        await conversations.load(PLACE)


@pytest.mark.parametrize(("change", "why"), NEWER)
async def test_an_exam_that_a_newer_version_kept_is_refused(
    redis_clients: RedisClients, change: dict[str, Any], why: str
) -> None:
    row = {**_stored("exam"), **change}
    await redis_clients.quick.set(keys.exam(row["model"], row["prompt_version"]), json.dumps(row))
    with pytest.raises(KeptByNewer, match=f"kept by a newer version of the bot .*{why}"):
        await RedisExams(redis_clients.quick).load(row["model"], row["prompt_version"])
