"""The workspaces that installed the app: each has parts of its own, and none sees another's.

What Redis lists is what is served. It is looked at every few seconds, and at once for a workspace that is not
known yet, so that any number of processes serve a new one without being told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

import aiohttp
import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.errors import SlackRefused, StoredDataInvalid, StoreUnavailable
from bot.looking import look_every
from bot.ports import Installation, Installations
from bot.slack import payloads, words
from bot.slack.answering import Answering
from bot.slack.door import STORE_TIMEOUT_S, Door, private_text
from bot.slack.incoming import AppRemoved, CommandCalled, Incoming, order_key
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery
from bot.slack.web import NO_LONGER, SlackWeb, open_client
from bot.slack.workspace import Backing, Workspace

LOOK_EVERY_S = 2.0
ASK_TIMEOUT_S = 10.0
"""For asking Slack about a token: it may tell us to wait for minutes, and nobody is looked at meanwhile."""
ASK_AGAIN_AFTER = timedelta(hours=1)
"""How long a workspace whose token is of no use is left alone."""
_NOBODY = Me(team_id="", user_id="", bot_id="", name="")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Served:
    """A workspace with its parts, since it installed the app."""

    since: datetime
    web: SlackWeb
    door: Door
    answering: Answering | None
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends what looks for what is due."""


@dataclass(frozen=True)
class _Unserved:
    """A workspace whose token cannot be read, or is not taken by Slack."""

    since: datetime
    ask_again_at: datetime


class Roster:
    """Knows who is served, and hands everything to the parts of the workspace that it came from."""

    def __init__(
        self,
        installations: Installations,
        backing: Backing,
        *,
        session: aiohttp.ClientSession,
        api_url: str,
        clocks: asyncio.TaskGroup,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._installations = installations
        self._backing = backing
        self._session = session
        self._api_url = api_url
        self._clocks = clocks
        self._look_every_s = look_every_s
        self._served: dict[str, _Served] = {}
        self._unserved: dict[str, _Unserved] = {}
        self._doubted: set[str] = set()
        """Whose token Slack did not take; it is asked once more before they are left out."""
        self._opening = asyncio.Lock()
        self._is_ending = False

    async def run(self, stop: asyncio.Event) -> None:
        """Keep to what Redis lists until `stop`, and then end what looks for what is due."""

        async def look() -> None:
            try:
                await self.look()
            except StoreUnavailable as error:
                # Whoever is served stays so.
                log.warning("workspaces_not_looked_at", reason=str(error))

        try:
            await look_every(self._look_every_s, look, stop)
        finally:
            self._is_ending = True
            for served in self._served.values():
                served.left.set()

    async def look(self) -> None:
        """Begin with whoever installed the app, and end with whoever removed it. Raises StoreUnavailable."""
        listed = await self._installations.listed()
        for team_id in self._served.keys() - listed.keys():
            self._end(team_id)
        for team_id in self._unserved.keys() - listed.keys():
            del self._unserved[team_id]
        for team_id, since in listed.items():
            await self._open(team_id, since)
        await asyncio.gather(*map(self._ask, sorted(self._doubted)))

    async def take_in(
        self, request: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse | None]]
    ) -> BoltResponse | None:
        """Return what to answer Slack; what comes from elsewhere is acknowledged, or it would come again."""
        if payloads.is_handshake(request.body):
            return await next_()
        team_id = request.context.team_id or ""
        try:
            async with asyncio.timeout(STORE_TIMEOUT_S):
                # An organisation's installation is of no workspace, and we have none of those.
                served = None if request.context.is_enterprise_install else await self._find(team_id)
                if served is None:
                    return await self._take_in_unserved(request, team_id)
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("workspace_not_found", team_id=team_id, reason=str(error))
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return await served.door.take_in(request, next_)

    async def answer(self, incoming: Incoming, delivery: Delivery) -> None:
        """Answer with the parts of the workspace it came from. Raises whatever they raise."""
        if isinstance(incoming, AppRemoved):
            # Also of a workspace that is not served, because its token was of no use before.
            await self._backing.note_removal(incoming.team_id, incoming.at)
            log.info("removal_noted", team_id=incoming.team_id)
            await self.look()
            return
        served = await self._find(incoming.team_id)
        if served is not None and served.answering is not None:
            await served.answering.answer(incoming, delivery)
        else:
            log.info("not_served", team_id=incoming.team_id, kind=incoming.kind, at="worker")

    async def apologise(self, incoming: Incoming, reference: str) -> None:
        """Tell the person that we gave up, if their workspace is still served."""
        served = self._served.get(incoming.team_id)
        if served is not None and served.answering is not None:
            await served.answering.apologise(incoming, reference)

    async def _take_in_unserved(self, request: AsyncBoltRequest, team_id: str) -> BoltResponse:
        """Acknowledge; of a workspace that was left out, too, keep that the app was removed."""
        # For whoever counts lines, as at the door.
        log.debug("not_served", team_id=team_id, at="door")
        if request.context.is_enterprise_install:
            # Its removal, too: the workspaces in it that installed the app by themselves have it still.
            return BoltResponse(status=HTTPStatus.OK)
        taken = payloads.parse(request.body, me=_NOBODY, team_id=team_id, now=self._backing.clock())
        if isinstance(taken, AppRemoved):
            await self._backing.inbox.append(
                taken.model_dump_json(), order_key=order_key(taken.place), once=taken.once
            )
        if isinstance(taken, CommandCalled) and team_id in self._unserved:
            return private_text(words.NOT_SERVED)
        return BoltResponse(status=HTTPStatus.OK)

    async def _find(self, team_id: str) -> _Served | None:
        if served := self._served.get(team_id):
            return served
        since = await self._installations.installed_at(team_id)
        return None if since is None else await self._open(team_id, since)

    async def _open(self, team_id: str, since: datetime) -> _Served | None:
        """Return a workspace's parts, put together anew when it was installed anew."""
        async with self._opening:
            served, unserved = self._served.get(team_id), self._unserved.get(team_id)
            if served is not None and served.since == since:
                return served
            now = self._backing.clock()
            if unserved is not None and unserved.since == since and now < unserved.ask_again_at:
                return None
            self._end(team_id)
            try:
                installation = await self._installations.load(team_id)
            except StoredDataInvalid as error:
                self._leave_out(team_id, since, str(error))
                return None
            if installation is None:
                return None
            if unserved is not None and unserved.since == since:
                self._doubted.add(team_id)
            return self._begin(installation, since)

    def _begin(self, installation: Installation, since: datetime) -> _Served:
        team_id = installation.team_id
        client = open_client(installation.token, self._api_url, on_refused=lambda: self._doubted.add(team_id))
        client.session = self._session
        me = Me(team_id, installation.bot_user_id, installation.bot_id, installation.bot_name)
        workspace = Workspace(client, me, self._backing)
        turn = self._backing.advisor_turn
        served = _Served(
            # As the list has it, which is what is compared: an installation may be kept by half.
            since=since,
            web=SlackWeb(client),
            door=workspace.door(),
            answering=workspace.answering(turn) if turn else None,
        )
        self._served[team_id] = served
        self._unserved.pop(team_id, None)
        # Who is found while what is in hand is finished is answered, and nothing more.
        if turn is not None and not self._is_ending:
            for clock in workspace.clocks():
                self._clocks.create_task(clock(served.left))
        log.info("workspace_served", team_id=team_id)
        return served

    def _end(self, team_id: str) -> None:
        if served := self._served.pop(team_id, None):
            served.left.set()
            self._doubted.discard(team_id)
            log.info("workspace_left", team_id=team_id)

    async def _ask(self, team_id: str) -> None:
        """Leave a workspace out if Slack says for a second time that our token is of no use there."""
        served = self._served.get(team_id)
        try:
            if served is not None:
                async with asyncio.timeout(ASK_TIMEOUT_S):
                    await served.web.who_am_i()
        except TimeoutError:
            # Still in doubt; it is asked again with the next look.
            return
        except SlackRefused as error:
            if error.error in NO_LONGER and served is not None and self._served.get(team_id) is served:
                self._leave_out(team_id, served.since, str(error))
            return
        self._doubted.discard(team_id)

    def _leave_out(self, team_id: str, since: datetime, reason: str) -> None:
        self._end(team_id)
        self._unserved[team_id] = _Unserved(since, self._backing.clock() + ASK_AGAIN_AFTER)
        log.error("workspace_unserved", team_id=team_id, reason=reason)
