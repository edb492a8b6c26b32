"""Slack with several workspaces, and the way in which people install an app in them (OAuth 2.0).

async with Teams(scopes) as slack:
    north = slack.teams["T0NORTH"]
    address = slack.approve(location, "T0NORTH", by="U1")     # what a person does on Slack's page
"""

from __future__ import annotations

import base64
import itertools
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web

from tests.fake_slack import shapes
from tests.fake_slack.faults import Fault
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.sockets import Delivery
from tests.fake_slack.workspace import APP_ID, BOT_USER_ID

CLIENT_ID = "1234567890.1234567890"
CLIENT_SECRET = "fake-client-secret"
NORTH, SOUTH = "T0NORTH", "T0SOUTH"


@dataclass
class _Code:
    """What a person allowed, until the app asks for it."""

    team_id: str
    by: str
    scope: str
    redirect_uri: str
    is_organisation: bool


class Teams:
    """Some workspaces behind one Web API: a token decides in which of them a call is made.

    People and channels of all of them have the same ids, and so has the bot: who mixes them up is found out.
    """

    def __init__(self, scopes: frozenset[str], team_ids: tuple[str, ...] = (NORTH, SOUTH)) -> None:
        self.teams = {id_: FakeSlack(scopes, by_http=True, team_id=id_) for id_ in team_ids}
        self.redirect_urls: list[str] = []
        """Those that the app's page at Slack names."""
        self.exchanges: list[str] = []
        """What became of each exchange of a code."""
        self.faults: list[Fault] = []
        """What goes wrong with the next exchanges."""
        self.revoke_faults: list[Fault] = []
        """… and with the next revocations."""
        self._scopes = scopes
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, str] = {}
        """Which workspace a token is for."""
        self._gone: dict[str, str] = {}
        """Why a token is of no use any more."""
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        for team in self.teams.values():
            await self._stack.enter_async_context(team)
            team.bot_token = "xoxb-none-yet"
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/api/{method}", self._serve_api)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._stack.aclose()

    @property
    def base_url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    @property
    def api_url(self) -> str:
        return f"{self.base_url}/api/"

    # --- what people do

    def approve(
        self, location: str, team_id: str, by: str = "U0ADMIN", *, is_organisation: bool = False
    ) -> str:
        """Follow the address to Slack's page and allow the app in; return where Slack leads one then."""
        asked = self._asked(location)
        code = f"code-{next(self._numbers)}"
        self._codes[code] = _Code(team_id, by, asked["scope"], asked["redirect_uri"], is_organisation)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def cancel(self, location: str) -> str:
        """Follow the address to Slack's page and press "Cancel"; return where Slack leads one then."""
        asked = self._asked(location)
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"

    def install(self, team_id: str) -> str:
        """Give the app a token for a workspace, without the pages; return it."""
        token = f"xoxb-{next(self._numbers)}-{team_id.lower()}"
        for older in [one for one, team in self._tokens.items() if team == team_id]:
            self._gone.setdefault(older, "token_revoked")
        self._tokens[token] = team_id
        self.teams[team_id].bot_token = token
        return token

    def revoke(self, team_id: str, error: str = "token_revoked") -> None:
        """Make the workspace's token useless, and tell nobody."""
        self._gone[self.teams[team_id].bot_token] = error

    async def uninstall(self, team_id: str, *, at: float) -> list[Delivery]:
        """Remove the app from a workspace, of which Slack tells with two events."""
        self.revoke(team_id, "account_inactive")
        team = self.teams[team_id]
        names = ("tokens_revoked", "app_uninstalled")
        return [await team.deliver(shapes.removal_event(name, team_id, at=at)) for name in names]

    def _asked(self, location: str) -> dict[str, str]:
        """Return what the app asks for, if Slack's page would show it."""
        assert location.startswith(f"{self.base_url}/oauth/v2/authorize?")
        asked = {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}
        assert asked["client_id"] == CLIENT_ID, "invalid_client_id"
        assert asked["redirect_uri"] in self.redirect_urls, "bad_redirect_uri"
        assert set(asked["scope"].split(",")) <= self._scopes, "invalid_scope"
        assert asked["state"]
        return asked

    # --- what the bot talks to

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "oauth.v2.access":
            return await self._exchange(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token in self._gone or token not in self._tokens:
            error = self._gone.get(token, "invalid_auth" if token else "not_authed")
            return web.json_response({"ok": False, "error": error})
        if request.match_info["method"] == "auth.revoke":
            if self.revoke_faults and (answer := self.revoke_faults.pop(0).answer()) is not None:
                return answer
            self._gone[token] = "token_revoked"
            return web.json_response({"ok": True, "revoked": True})
        return await self.teams[self._tokens[token]]._serve_api(request)

    async def _exchange(self, request: web.Request) -> web.Response:
        if self.faults and (answer := self.faults.pop(0).answer()) is not None:
            return answer
        given = dict(await request.post())
        result = self._exchanged(request.headers.get("Authorization", ""), given)
        self.exchanges.append(str(result.get("error") or "ok"))
        return web.json_response(result)

    def _exchanged(self, authorization: str, given: dict[str, Any]) -> dict[str, Any]:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {expected}":
            return {"ok": False, "error": "bad_client_secret"}
        # A code is used up by the first try, even by one that is refused.
        code = self._codes.pop(str(given.get("code")), None)
        if code is None:
            return {"ok": False, "error": "invalid_code"}
        if given.get("redirect_uri") != code.redirect_uri:
            return {"ok": False, "error": "bad_redirect_uri"}
        team = None if code.is_organisation else {"id": code.team_id, "name": f"Team <b>{code.team_id}</b>"}
        return {
            "ok": True,
            "app_id": APP_ID,
            "authed_user": {"id": code.by},
            "scope": code.scope,
            "token_type": "bot",
            "access_token": self.install(code.team_id),
            "bot_user_id": BOT_USER_ID,
            "team": team,
            "enterprise": {"id": "E0ORG", "name": "Org"} if code.is_organisation else None,
            "is_enterprise_install": code.is_organisation,
        }
