"""No use of the stores for one team touches, or sees, a key of another; whatever the ids look like."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.channel_settings import KeptSettings
from bot.conversation import Place
from bot.feedback import Feedback
from bot.language_model import Spender
from bot.likeness import mark
from bot.ports import Asking, DigestDue, Spot
from bot.query import Query
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.feedback import RedisFeedback
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.installations import RedisInstallations
from bot.stores.ledger import RedisLedger
from bot.stores.limits import HourlyLimits, RedisQuestionLimits
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.term_counts import RedisTermCounts
from bot.stores.token_safe import TokenSafe
from bot.visibility import Sight
from tests.integration.stores.examples import (
    DAY,
    NOW,
    PLENTY,
    TOKEN_KEY,
    a_conversation,
    a_record,
    a_use,
    a_waiting_one,
    an_installation,
)

# Few, and the ones that could end a part of a key early: collisions are what we look for.
ids = st.text(alphabet="T1:{}%*", max_size=5)
places = st.builds(Place, team_id=ids, channel_id=ids, thread=ids)


async def use_everything(clients: RedisClients, place: Place, extra: str) -> None:
    """Write whatever can be written for the place's team."""
    team, channel = place.team_id, place.channel_id
    await RedisInstallations(clients.quick, TokenSafe([TOKEN_KEY])).save(an_installation(team))
    conversations = RedisConversations(clients.quick)
    kept = await conversations.load(place)
    await conversations.save(a_waiting_one(place, revision=kept.revision + 1 if kept else 1))
    await conversations.move(
        a_conversation(place), Place(team_id=team, channel_id=extra, thread=place.thread)
    )
    contacts = RedisFirstContacts(clients.quick)
    await contacts.mark_greeted(team, channel)
    await contacts.keep_home(team, extra, 30)
    accepted = {"status": "accepted", "review_on": NOW.date()}
    await RedisDecisionLog(clients.quick).save(
        a_record(team_id=team, context="Refunds?").model_copy(update=accepted)
    )
    marks = RedisDigestMarks(clients.quick)
    await marks.begin(team, channel, extra, NOW)
    times = RedisDigestTimes(clients.quick)
    await times.put(team, DigestDue(extra, NOW, channel))
    await times.move(team, DigestDue(extra, NOW, channel), DigestDue(extra, NOW, extra))
    await RedisTermCounts(clients.quick).count(team, channel, extra, extra)
    rules = RedisChannelSettings(clients.quick)
    chosen = await rules.load(team, extra)
    await rules.save(team, extra, chosen.model_copy(update={"revision": chosen.revision + 1}))
    await marks.claim(team, channel, extra, "one")
    await marks.release(team, channel, extra)
    await marks.confirm(team, extra, channel)
    replies = RedisPostedReplies(clients.quick)
    await replies.mark_posted(team, await replies.reply_id(team, extra), "1.2")
    await replies.mark_posted(team, extra, "1.2")
    verdict = Feedback(
        team_id=team, channel_id=channel, about=extra, by=channel, at=NOW, verdict="not_helpful"
    )
    await RedisFeedback(clients.quick).keep(verdict)
    await replies.mark_shown(team, extra, Spot(channel, "1.2", ""))
    outreach = RedisOutreachMarks(clients.quick)
    attempt = await outreach.claim(team, "review", extra, by="one", now=NOW, quiet_since=None)
    assert attempt is not None
    assert await outreach.intend(team, "review", extra, by="one", now=NOW, items=[channel])
    await outreach.release(team, "review", extra, by="one")
    await outreach.confirm(team, "review", extra, attempt)
    await outreach.note(team, "closed", [channel], NOW)
    ledger, spender = RedisLedger(clients.quick), Spender(team, channel, extra)
    assert await ledger.reserve(spender, DAY, 100, PLENTY) == ""
    await ledger.settle(spender, DAY, 100, a_use())
    limits = RedisQuestionLimits(clients.quick, HourlyLimits(1, 1, 1))
    for once in (extra, f"{extra}2"):
        await limits.admit(Asking(team, channel, extra, once))


async def everything(clients: RedisClients) -> dict[str, object]:
    # The lists of workspaces are what belongs to all of them.
    of_teams = {str(key) for key in await clients.quick.keys("*")} - {
        keys.TEAMS,
        keys.FEEDBACK_TEAMS,
        keys.INSTALLED,
        keys.usage_teams(DAY),
    }
    return {key: await clients.quick.dump(key) for key in of_teams}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=places, ours=places, extra=ids, other_extra=ids)
async def test_what_one_team_does_never_touches_another_teams_keys(
    redis_clients: RedisClients, theirs: Place, ours: Place, extra: str, other_extra: str
) -> None:
    assume(theirs.team_id != ours.team_id)
    await redis_clients.quick.flushall()
    await use_everything(redis_clients, theirs, extra)
    before = await everything(redis_clients)

    await use_everything(redis_clients, ours, other_extra)

    after = await everything(redis_clients)
    assert {key: after.get(key) for key in before} == before
    assert len(after) > len(before)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=places, ours=places, extra=ids)
async def test_one_team_never_sees_what_another_keeps(
    redis_clients: RedisClients, theirs: Place, ours: Place, extra: str
) -> None:
    assume(theirs.team_id != ours.team_id)
    await redis_clients.quick.flushall()
    await use_everything(redis_clients, theirs, extra)

    decisions = RedisDecisionLog(redis_clients.quick)
    listed = [record async for record in decisions.between(ours.team_id, NOW, NOW + timedelta(days=1))]
    assert listed == []
    assert [record async for record in decisions.matching(ours.team_id, Query(), None)] == []
    assert [record async for record in decisions.matching(ours.team_id, Query(), None)] == []
    assert await decisions.resembling(ours.team_id, mark("Refunds?"), [Sight("conversation:C1")], 9) == []
    assert await decisions.load(ours.team_id, a_record().id) is None
    assert [record async for record in decisions.to_review(ours.team_id, date.max)] == []
    outreach = RedisOutreachMarks(redis_clients.quick)
    assert await outreach.told(ours.team_id, "review", NOW) == {}
    assert await RedisPostedReplies(redis_clients.quick).shown_at(ours.team_id, extra) == []
    for place in (ours, theirs.model_copy(update={"team_id": ours.team_id})):
        assert await RedisConversations(redis_clients.quick).load(place) is None
    assert await RedisConversations(redis_clients.quick).waiting(ours.team_id, "U1", 10) == []
    contacts = RedisFirstContacts(redis_clients.quick)
    assert not await contacts.was_greeted(ours.team_id, theirs.channel_id)
    assert await contacts.home_days(ours.team_id, extra) is None
    assert await RedisPostedReplies(redis_clients.quick).posted_ts(ours.team_id, extra) is None
    used = await RedisLedger(redis_clients.quick).usage([DAY])
    assert {row.team_id for row in used} == {theirs.team_id}
    claim = await RedisDigestMarks(redis_clients.quick).claim(ours.team_id, extra, theirs.channel_id, "us")
    assert claim == "ours"
    assert await RedisDigestTimes(redis_clients.quick).due(ours.team_id, NOW, 9) == []
    counts = RedisTermCounts(redis_clients.quick)
    assert await counts.most_asked(ours.team_id, theirs.channel_id, [extra], 9) == []
    assert await RedisChannelSettings(redis_clients.quick).load(ours.team_id, extra) == KeptSettings()
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    assert await installations.load(ours.team_id) is None
