"""A bot for every workspace that installs it, inside one process: real HTTP, stores in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp

from bot.house_rules import HouseRules
from bot.leaving import Leaving
from bot.membership import Membership
from bot.slack.http_server import HttpServer
from bot.slack.installed import InstalledByMany
from bot.slack.installing import AppAccount, Installing
from bot.slack.scopes import needed
from bot.slack.serving import ManyWorkspaces
from bot.slack.worker import FOR_MANY
from bot.slack.workspace import Backing
from tests.fake_slack.requests import SIGNING_SECRET
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.teams import CLIENT_ID, CLIENT_SECRET, NORTH, SOUTH, Teams
from tests.fakes.stores import (
    FakeChannelSettings,
    FakeConversations,
    FakeDecisionLog,
    FakeDepartures,
    FakeFeedback,
    FakeFirstContacts,
    FakeInbox,
    FakeInstallations,
    FakeInstallStates,
    FakePostedReplies,
    FakeQuestionLimits,
)
from tests.unit.slack.surroundings import NOW, PACE, USUAL_DIGEST, FakeDigests, ScriptedAdvisor


class Nothing:
    """Holds nothing of any workspace."""

    async def delete(self, _team_id: str) -> int:
        return 0

    async def drop_of(self, _team_id: str) -> int:
        return 0


@dataclass
class Browser:
    """What a person's browser does: it keeps cookies, and follows no redirect by itself."""

    session: aiohttp.ClientSession
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, url: str) -> Seen:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            for cookie in answer.headers.getall("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Seen(answer.status, await answer.text(), dict(answer.headers))


@dataclass(frozen=True)
class Seen:
    """An answer in a browser."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def location(self) -> str:
        return self.headers["Location"]


@dataclass
class Clock:
    """A clock that tests turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Many:
    """One process that serves many workspaces, and everything that it talks to."""

    slack: Teams
    session: aiohttp.ClientSession
    url: str
    advisor: ScriptedAdvisor
    inbox: FakeInbox
    log: FakeDecisionLog
    installations: FakeInstallations
    states: FakeInstallStates
    departures: FakeDepartures
    backing: Backing
    clock: Clock
    let_in: set[str]
    """Workspaces that may install the app."""

    @property
    def now(self) -> datetime:
        return self.clock.now

    @now.setter
    def now(self, now: datetime) -> None:
        self.clock.now = now

    @property
    def north(self) -> FakeSlack:
        return self.slack.teams[NORTH]

    @property
    def south(self) -> FakeSlack:
        return self.slack.teams[SOUTH]

    def browser(self) -> Browser:
        return Browser(self.session)

    async def install(self, team_id: str, by: str = "U0ADMIN") -> Seen:
        """Install the app as a person does, in a browser of their own."""
        browser = self.browser()
        begun = await browser.get(f"{self.url}/slack/install")
        self.now += timedelta(seconds=1)
        return await browser.get(self.slack.approve(begun.location, team_id, by))

    async def idle(self, team: FakeSlack) -> None:
        """Wait until everything that was taken in is answered."""
        await team.until(lambda: not self.inbox._kept, "the inbox was not worked off")


@asynccontextmanager
async def serving_many(*, answers: bool = True) -> AsyncIterator[Many]:
    """Serve whoever installs the app; nobody has yet."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Teams(needed()))
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        http = await stack.enter_async_context(HttpServer("127.0.0.1", 0))
        url = f"http://127.0.0.1:{http.port}"
        conversations, log, digests = FakeConversations(), FakeDecisionLog(), FakeDigests()
        advisor, clock = ScriptedAdvisor(conversations, log), Clock()
        installations, states, departures = FakeInstallations(), FakeInstallStates(), FakeDepartures()
        membership = Membership(
            installations,
            departures,
            Leaving(departures, Nothing(), Nothing(), keep_for=timedelta(hours=24), clock=clock),
            InstalledByMany(installations, slack.api_url).is_in,
        )
        inbox, let_in = FakeInbox(), {NORTH, SOUTH}
        backing = Backing(
            advisor_turn=advisor.turn if answers else None,
            inbox=inbox,
            conversations=conversations,
            posted_replies=FakePostedReplies(),
            decision_log=log,
            feedback=FakeFeedback(),
            first_contacts=FakeFirstContacts(),
            house=HouseRules(FakeChannelSettings(), digests.times, USUAL_DIGEST),
            digest_stores=digests.stores,
            limits=FakeQuestionLimits(),
            note_removal=membership.leave,
            clock=clock,
            pace=replace(PACE, at_once=FOR_MANY.at_once),
        )
        account = AppAccount(CLIENT_ID, CLIENT_SECRET, url)
        slack.redirect_urls.append(account.redirect_url)
        surface = ManyWorkspaces(
            installations=installations,
            backing=backing,
            installing=Installing(
                account, slack.api_url, states, membership.join, clock, may_install=let_in.__contains__
            ),
            http=http,
            signing_secret=SIGNING_SECRET,
            api_url=slack.api_url,
            look_every_s=0.02,
        )
        stop = asyncio.Event()
        running = asyncio.create_task(surface.run(stop))
        try:
            for team in slack.teams.values():
                await team.send_to(url)
            yield Many(
                slack,
                session,
                url,
                advisor,
                inbox,
                log,
                installations,
                states,
                departures,
                backing,
                clock,
                let_in,
            )
        finally:
            stop.set()
            await running
