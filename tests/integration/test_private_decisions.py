"""One secret word in what was decided in private: nowhere else does anything show it, or count it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.lookup import Found, Lookup
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from bot.visibility import Viewer
from tests.integration.stores.examples import ACCEPTED, NOW, PLACE, a_record, a_revision, changed

SECRET = "zebra"
ANA_AT_HOME = Viewer("U1", "C9", is_guest=False, is_outsider=False)
PRIVATE = {
    "a private channel": (Audience(kind="conversation", channel_id="G7"), "G7"),
    "an answer to a command": (Audience(kind="person", user_id="U1"), "C1"),
    "a direct message": (Audience(kind="person", user_id="U1"), "D5"),
    "a public channel, seen by a guest": (Audience(kind="workspace", channel_id="C1"), "C1"),
}
STRANGERS = {
    "a colleague elsewhere": Viewer("U2", "C9", is_guest=False, is_outsider=False),
    "a colleague in a public channel": Viewer("U2", "C1", is_guest=False, is_outsider=False),
    "a guest": Viewer("U3", "C9", is_guest=True, is_outsider=False),
    "somebody of another organisation": Viewer("U4", "C9", is_guest=False, is_outsider=True),
    "nobody": Viewer("", "", is_guest=True, is_outsider=True),
}
UNSEEN = [
    (where, stranger)
    for where in PRIVATE
    for stranger in STRANGERS
    # Members may see what was said in a public channel.
    if not ("guest" in where and "colleague" in stranger)
]


def _secret(audience: Audience, channel_id: str) -> DecisionRecord:
    record = changed(a_record(1, context=f"Tune for {SECRET} letters?"), ACCEPTED)
    revision = a_revision().model_copy(update={"headline": f"About the {SECRET}"})
    return record.model_copy(
        update={
            "audience": audience,
            "place": PLACE.model_copy(update={"channel_id": channel_id}),
            "status": "accepted",
            "review_on": NOW.date(),
            "revisions": (revision,),
        }
    )


async def _unchanged(audience: Audience) -> Audience:
    return audience


@pytest.mark.parametrize(("where", "stranger"), UNSEEN)
async def test_a_private_decision_is_neither_shown_nor_counted_nor_ranked(
    redis_clients: RedisClients, where: str, stranger: str
) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    record = _secret(*PRIVATE[where])
    await log.save(record)
    lookup, viewer = Lookup(log, _unchanged), STRANGERS[stranger]

    query = Query()
    for asked in (
        query,
        replace(query, words=SECRET),
        replace(query, person="U1"),
        replace(query, person="U2"),
        replace(query, channel_id=record.place.channel_id),
        replace(query, status="accepted"),
        replace(query, outcome=Option.RAG),
        replace(query, since=NOW, is_oldest_first=True),
        replace(query, due_before=NOW.date().replace(year=2027)),
    ):
        assert await lookup.search("T1", viewer, asked) == Found()
    assert await lookup.recall("T1", viewer, f"{SECRET} letters", 10) == []
    assert await lookup.find_one("T1", viewer, record.id) is None


@pytest.mark.parametrize("where", PRIVATE)
async def test_who_was_there_finds_it_again(redis_clients: RedisClients, where: str) -> None:
    log = RedisDecisionLog(redis_clients.quick)
    record = _secret(*PRIVATE[where])
    await log.save(record)
    lookup = Lookup(log, _unchanged)
    within = replace(ANA_AT_HOME, channel_id=record.place.channel_id)

    assert (await lookup.find("T1", within, SECRET)).shown == (record,)
    assert [one.record for one in await lookup.recall("T1", within, f"{SECRET} letters", 10)] == [record]
