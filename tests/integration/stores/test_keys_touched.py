"""Every operation of every store, by a Redis user who may touch one workspace's keys and no others.

The server itself refuses whatever else is touched, inside scripts too.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bot.channel_settings import KeptSettings, SettingsChange
from bot.conversation import Place
from bot.erasure import EraseDecision, EraseOld, ErasePerson
from bot.errors import StoreUnavailable
from bot.exam import ExamResult
from bot.feedback import Feedback
from bot.language_model import Spender
from bot.likeness import mark
from bot.ports import Asking, DigestDue, Spot
from bot.query import Query
from bot.stores import __path__ as stores_path
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients, open_redis
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.departures import RedisDepartures, RedisWorkspaces
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.exams import RedisExams
from bot.stores.feedback import RedisFeedback
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.installations import RedisInstallations, RedisInstallStates
from bot.stores.ledger import RedisLedger
from bot.stores.limits import HourlyLimits, RedisQuestionLimits
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.term_counts import RedisTermCounts
from bot.stores.token_safe import TokenSafe
from bot.visibility import Viewer, sights_of
from tests.integration.stores.examples import (
    DAY,
    NOW,
    PLENTY,
    TOKEN_KEY,
    a_conversation,
    a_record,
    a_use,
    an_installation,
)

SHARED = (
    keys.TEAMS,
    keys.DEPARTURES,
    keys.INSTALLED,
    keys.INSTALL_STATES,
    keys.FEEDBACK_TEAMS,
    f"{keys.USAGE_TEAMS_BEGIN}*",
    f"{keys.INBOX_EVENTS.removesuffix('events')}*",
    f"{keys.exam('', '').removesuffix(':')}*",
)
"""What belongs to all workspaces: lists of their ids, the inbox that all events pass, exams, and who is
installing the app, of whom no workspace is known yet.
"""
FOR_OPERATORS = {"RedisLedger.usage"}
"""Shows all workspaces, to whoever may read the Redis."""
NO_STORES = {"RedisClients", "RedisCluster", "RedisClusterException", "RedisError", "RedisFiles"}
"""Clients, errors, and what asks for no key."""
LATER = NOW + timedelta(days=1)

ids = st.text(alphabet="T1:{}%*?[]\\^# é", max_size=6)


@dataclass
class Watched:
    """A store, and which of its methods were used."""

    store: Any
    used: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:
        self.used.add(f"{type(self.store).__name__}.{name}")
        return getattr(self.store, name)


class Stores:
    """Every store there is, watched."""

    def __init__(self, clients: RedisClients) -> None:
        quick = clients.quick
        self.used: set[str] = set()
        self.conversations = self._watch(RedisConversations(quick))
        self.decisions = self._watch(RedisDecisionLog(quick))
        self.departures = self._watch(RedisDepartures(quick))
        self.workspaces = self._watch(RedisWorkspaces(quick))
        self.first_contacts = self._watch(RedisFirstContacts(quick))
        self.marks = self._watch(RedisDigestMarks(quick))
        self.feedback = self._watch(RedisFeedback(quick))
        self.settings = self._watch(RedisChannelSettings(quick))
        self.times = self._watch(RedisDigestTimes(quick))
        self.terms = self._watch(RedisTermCounts(quick))
        self.exams = self._watch(RedisExams(quick))
        self.inbox = self._watch(RedisInbox(quick, clients.blocking))
        self.ledger = self._watch(RedisLedger(quick))
        self.limits = self._watch(RedisQuestionLimits(quick, HourlyLimits(1, 1, 1)))
        self.outreach = self._watch(RedisOutreachMarks(quick))
        self.replies = self._watch(RedisPostedReplies(quick))
        self.installations = self._watch(RedisInstallations(quick, TokenSafe([TOKEN_KEY])))
        self.install_states = self._watch(RedisInstallStates(quick))

    def _watch(self, store: object) -> Any:
        return Watched(store, self.used)

    async def do_everything(self, team: str, one: str, other: str) -> None:
        """Carry out every operation for one workspace."""
        place = Place(team_id=team, channel_id=one, thread=other)
        await self.conversations.save(a_conversation(place, revision=1))
        await self.conversations.load(place)
        await self.conversations.move(a_conversation(place), place.model_copy(update={"thread": "moved"}))
        await self.conversations.places_of(team, "D-0000000001")
        await self.conversations.waiting(team, one, 10)
        await self.first_contacts.mark_greeted(team, one)
        await self.first_contacts.was_greeted(team, one)
        await self.first_contacts.keep_home(team, other, 30)
        await self.first_contacts.home_days(team, other)
        record = a_record(team_id=team)
        await self.decisions.save(record)
        await self.decisions.load(team, record.id)
        await self.decisions.load(team, one)
        assert [found async for found in self.decisions.between(team, NOW, LATER)] == [record]
        sights = sights_of(Viewer(other, one, is_guest=False, is_outsider=False))
        [_ async for _ in self.decisions.matching(team, Query(words=one), sights)]
        assert [found async for found in self.decisions.matching(team, Query(), None)] == [record]
        await self.decisions.resembling(team, mark(record.context), sights, 3)
        assert await self.decisions.list_again(team) == 1
        assert await self.decisions.list_what_is_not() == 0
        assert [found async for found in self.decisions.to_review(team, LATER.date())] == []
        assert await self.decisions.of_unknown_audience(team, 1) == []
        assert team in await self.decisions.team_ids()
        for week in (one, other):
            await self.marks.claim(team, one, week, "us")
            await self.marks.begin(team, one, week, NOW)
            await self.marks.release(team, one, week)
            await self.marks.confirm(team, other, week)
        await self._install(team, one)
        await self._settle(team, one, other)
        await self._rate(team, one, other)
        await self.replies.mark_posted(team, await self.replies.reply_id(team, one), "1.2")
        await self.replies.posted_ts(team, other)
        await self.replies.mark_shown(team, one, Spot(other, "1.2", ""))
        await self.replies.shown_at(team, one)
        await self._write_to(team, one)
        spender = Spender(team, one, other)
        assert await self.ledger.reserve(spender, DAY, 100, PLENTY) == ""
        await self.ledger.settle(spender, DAY, 100, a_use())
        await self.ledger.judge(spender, DAY, accepted=1, replaced=1)
        for once in "12":
            await self.limits.admit(Asking(team, one, other, once))
        await self._pass_events(f"{team}:{one}:{other}")
        await self.exams.save(
            ExamResult(model=one, prompt_version=other, taken_at=NOW, items=1, failures=0, groups={})
        )
        await self.exams.load(one, other)
        for erasure in (
            EraseOld(team, "us", LATER, before=LATER),
            EraseDecision(team, "us", LATER, record.id, frozenset({place})),
            ErasePerson(team, "us", LATER, other),
        ):
            for store in (
                self.conversations,
                self.decisions,
                self.first_contacts,
                self.ledger,
                self.limits,
                self.outreach,
                self.settings,
                self.feedback,
                self.installations,
            ):
                await store.erase(erasure)
        await self.departures.note(team, LATER)
        await self.departures.due(LATER)
        await self.departures.forget(team)

    async def _install(self, team: str, by: str) -> None:
        installation = an_installation(team, installed_by=by)
        await self.installations.save(installation)
        assert await self.installations.load(team) == installation
        assert await self.installations.installed_at(team) == installation.installed_at
        assert team in await self.installations.listed()
        assert (await self.installations.look_up(team)).installed_by == by
        assert await self.installations.lock_anew(team)
        state = await self.install_states.issue(NOW)
        assert await self.install_states.consume(state, NOW)
        assert await self.installations.delete(team)
        # To be deleted with everything else.
        await self.installations.save(installation)

    async def _rate(self, team: str, about: str, by: str) -> None:
        said = Feedback(
            team_id=team, channel_id=about, about=about, by=by, at=NOW, verdict="helpful", reason=by[:9]
        )
        await self.feedback.keep(said)
        assert await self.feedback.since(NOW, team) == [said]
        await self.decisions.quoting(team, about, by)

    async def _settle(self, team: str, channel: str, by: str) -> None:
        changes = (SettingsChange(at=NOW, by=by, what=("digest",)),)
        assert await self.settings.save(team, channel, KeptSettings(changes=changes, revision=1))
        assert (await self.settings.load(team, channel)).changes == changes
        await self.times.put(team, DigestDue(channel, NOW, "2026-W47"))
        due = await self.times.of_channel(team, channel)
        assert [due] == await self.times.due(team, LATER, 10)
        assert await self.times.move(team, due, DigestDue(channel, LATER, "2026-W48"))
        await self.terms.count(team, channel, "2026-W47", by)
        assert await self.terms.most_asked(team, channel, ["2026-W47"], 1) == [(by, 1)]

    async def _write_to(self, team: str, to: str) -> None:
        attempt = await self.outreach.claim(team, "review", to, by="us", now=NOW, quiet_since=None)
        assert await self.outreach.intend(team, "review", to, by="us", now=NOW, items=[to])
        await self.outreach.release(team, "review", to, by="us")
        await self.outreach.confirm(team, "review", to, attempt)
        await self.outreach.note(team, "closed", [to], NOW)
        await self.outreach.told(team, "review", NOW)
        assert await self.times.ahead(team, NOW, 1) == []

    async def _pass_events(self, order_key: str) -> None:
        for number in range(3):
            await self.inbox.append(str(number), order_key=order_key, once=f"{order_key} {number}")
        [first] = await self.inbox.take("w", 10, 0)
        await self.inbox.keep("w", [first])
        await self.inbox.finish(first)
        await self.inbox.has_taken(f"{order_key} 0")
        [second] = await self.inbox.take("w", 10, 0)
        await self.inbox.bury(second, "why")
        assert (await self.inbox.state()).dead_letters == 1
        await self.inbox.dead_letters(10)
        assert await self.inbox.retry(second.id)
        [again] = await self.inbox.take("w", 10, 0)
        await self.inbox.put_back("w", again)
        await self.inbox.drop(lambda _lane, _body: True)
        assert await self.inbox.backlog() == 0


@asynccontextmanager
async def as_user_of(clients: RedisClients, team_id: str) -> AsyncIterator[RedisClients]:
    """Connect as somebody whom the server lets touch one workspace's keys and the shared ones only."""
    allowed = (f"{keys.all_of_team(team_id)}*", *SHARED)
    admin: Any = clients.quick
    await admin.execute_command(
        "ACL", "SETUSER", "one-team", "reset", "on", ">pw", "+@all", *(f"~{pattern}" for pattern in allowed)
    )
    async with await open_redis(f"unix://one-team:pw@{clients.address}") as theirs:
        yield theirs


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(team=ids, one=ids, other=ids)
@example(team="T1", one="C1", other="1.2")
@example(team="T1}:{T2", one="*", other="}")
@example(team="#inbox", one="teams", other="{#teams}")
async def test_no_operation_of_a_team_touches_a_key_of_another(
    redis_clients: RedisClients, team: str, one: str, other: str
) -> None:
    await redis_clients.quick.flushall()
    async with as_user_of(redis_clients, team) as theirs:
        stores = Stores(theirs)
        await stores.do_everything(team, one, other)
        await stores.installations.delete(team)
        await stores.workspaces.delete(team)
    left = {str(key) for key in await redis_clients.quick.keys("*")}
    assert not [key for key in left if key.startswith(keys.all_of_team(team))]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(team=ids, another=ids)
@example(team="T1", another="T10")
async def test_the_server_would_refuse_what_is_another_teams(
    redis_clients: RedisClients, team: str, another: str
) -> None:
    assume(team != another)
    async with as_user_of(redis_clients, team) as theirs:
        for attempt in (
            RedisDecisionLog(theirs.quick).load(another, "D-0000000001"),
            RedisConversations(theirs.quick).save(
                a_conversation(Place(team_id=another, channel_id="C1", thread=""))
            ),
        ):
            with pytest.raises(StoreUnavailable, match="this user may not do that"):
                await attempt


async def test_every_operation_of_every_store_is_among_them(redis_clients: RedisClients) -> None:
    stores = Stores(redis_clients)
    await stores.do_everything("T1", "C1", "1.2")
    await stores.workspaces.delete("T1")
    watched = [one.store for one in vars(stores).values() if isinstance(one, Watched)]
    modules = [importlib.import_module(f"bot.stores.{one.name}") for one in pkgutil.iter_modules(stores_path)]
    there = {name for module in modules for name in vars(module) if re.fullmatch(r"Redis[A-Z]\w+", name)}
    assert there - NO_STORES == {type(store).__name__ for store in watched}
    methods = {
        f"{type(store).__name__}.{name}"
        for store in watched
        for name, _ in inspect.getmembers(type(store), inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods - FOR_OPERATORS == stores.used
