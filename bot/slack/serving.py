"""Slack as a surface of the advisor: one workspace by its token, or all that installed the app."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.errors import SlackRefused
from bot.ports import Installations
from bot.slack.connection import Connection
from bot.slack.http_server import HttpServer
from bot.slack.installing import Installing
from bot.slack.introducing import check_tokens, introduce, introduce_bot
from bot.slack.roster import LOOK_EVERY_S, Roster
from bot.slack.web import TIMEOUT_S, SlackWeb, open_client
from bot.slack.worker import Worker
from bot.slack.workspace import Backing, Running, Workspace

API_URL = "https://slack.com/api/"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SlackSurface:
    """The bot in the one workspace of a token."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    """For the socket; None where requests come by HTTP, or none come."""
    backing: Backing
    api_url: str = API_URL
    http: HttpServer | None = None
    signing_secret: str = field(default="", repr=False)
    """For requests by HTTP; "" where they come over the socket, or none come."""

    async def run(self, stop: asyncio.Event, beside: Sequence[Running] = ()) -> None:
        """Serve until `stop` is set, then finish what is in hand; what runs `beside` it does so as long.

        Raises SettingsInvalid, SlackRefused, both before anything is served.
        """
        check_tokens(self.bot_token, self.app_token)
        backing, client = self.backing, open_client(self.bot_token, self.api_url)
        async with _session() as session:
            client.session = session
            me = await introduce(SlackWeb(client), self.app_token)
            workspace = Workspace(client, me, backing)
            app = None
            if self.app_token is not None or self.signing_secret:
                # Bolt checks signatures of HTTP requests only; Slack's socket is trusted by the app token.
                app = AsyncApp(
                    client=client,
                    signing_secret=self.signing_secret,
                    before_authorize=workspace.door().take_in,
                )
            log.info("serving", team_id=me.team_id, bot_user_id=me.user_id)
            async with asyncio.TaskGroup() as group:
                if app is not None and self.app_token is not None:
                    group.create_task(Connection(app, self.app_token).hold(stop))
                if self.http is not None:
                    # Without a secret every signature could be forged.
                    signed = app if self.signing_secret else None
                    group.create_task(self.http.serve(signed, backing.inbox.state, stop))
                if backing.advisor_turn is not None:
                    answering = workspace.answering(backing.advisor_turn)
                    worker = Worker(
                        backing.inbox,
                        answering.answer,
                        answering.apologise,
                        secrets.token_hex(8),
                        backing.pace,
                    )
                    for running in (worker.run, *workspace.clocks()):
                        group.create_task(running(stop))
                for running in beside:
                    group.create_task(running(stop))
            log.info("stopped", team_id=me.team_id)


@dataclass(frozen=True)
class ManyWorkspaces:
    """The bot in every workspace that installed the app; requests come by HTTP."""

    installations: Installations
    backing: Backing
    installing: Installing | None
    """For a process that takes in what Slack sends; None for one that only answers."""
    http: HttpServer | None
    """None for a worker that nobody asks how it is."""
    signing_secret: str = field(default="", repr=False)
    """Together with `installing`."""
    api_url: str = API_URL
    look_every_s: float = LOOK_EVERY_S
    """How soon at most it is noticed who installed the app and who removed it."""

    async def run(self, stop: asyncio.Event, beside: Sequence[Running] = ()) -> None:
        """Serve until `stop` is set, then finish what is in hand; what runs `beside` it does so as long.

        Raises StoreUnavailable, before anything is served.
        """
        backing = self.backing
        log.info("serving", workspaces=len(await self.installations.listed()))
        async with _session() as session, asyncio.TaskGroup() as group:
            roster = Roster(
                self.installations,
                backing,
                session=session,
                api_url=self.api_url,
                clocks=group,
                look_every_s=self.look_every_s,
            )
            app = None
            if self.installing is not None and self.signing_secret:
                app = AsyncApp(
                    authorize=_nobody,
                    signing_secret=self.signing_secret,
                    before_authorize=roster.take_in,
                )
            group.create_task(roster.run(stop))
            if self.http is not None:
                serving = self.http.serve(app, backing.inbox.state, stop, self.installing)
                group.create_task(serving)
            if backing.advisor_turn is not None:
                worker = Worker(
                    backing.inbox, roster.answer, roster.apologise, secrets.token_hex(8), backing.pace
                )
                group.create_task(worker.run(stop))
            for running in beside:
                group.create_task(running(stop))
        log.info("stopped")


@asynccontextmanager
async def open_workspace(bot_token: str, api_url: str, backing: Backing) -> AsyncIterator[Workspace]:
    """Open the parts of one workspace without serving it. Raises SettingsInvalid, SlackRefused."""
    client = open_client(bot_token, api_url)
    async with _session() as session:
        client.session = session
        yield Workspace(client, await introduce_bot(SlackWeb(client)), backing)


async def _nobody() -> AuthorizeResult:
    """Authorize nobody: the roster answers everything before Bolt would ask for a token."""
    raise SlackRefused("authorize", "no token is given to Bolt")


def _session() -> aiohttp.ClientSession:
    # Slack sets cookies with its answers; one workspace's are not to go with another's calls.
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=TIMEOUT_S), cookie_jar=aiohttp.DummyCookieJar()
    )
