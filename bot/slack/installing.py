"""Installing the app in a workspace: to Slack and back again, as OAuth 2.0 has it.

    GET /slack/install          gives the browser a state, as a cookie and on its way to Slack
    GET /slack/oauth_redirect   takes both back with a code, for which Slack gives us the workspace's token

The state shows that whoever comes back is who left, in this browser, once, and a few minutes ago at most.
Without it anybody could make others finish an installation that they began themselves.

Bolt's own `AsyncOAuthFlow` is not used (ADR 16). From slack_sdk are the address and the cookie.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import structlog
from aiohttp import web
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils

from bot.errors import SlackRefused, SlackUnavailable, StoreUnavailable
from bot.ports import Installation, InstallStates
from bot.slack import install_pages as pages
from bot.slack import scopes
from bot.slack.introducing import BOT_PREFIX
from bot.slack.web import SlackWeb, open_client
from bot.slack.web_answers import Grant

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
COOKIE = "__Host-advisor-install"
"""With this prefix a browser takes it from this very host by HTTPS only."""
PATIENCE_S = 25.0
"""For all that Slack is asked; a balancer may end a request after half a minute."""
_CANCELLED = "access_denied"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class AppAccount:
    """Who we are to Slack before any workspace has installed us, and where people reach us."""

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str
    """Without a slash at its end."""

    @property
    def redirect_url(self) -> str:
        """Return where Slack sends people back; the app's page at Slack must name it."""
        return f"{self.public_url}{REDIRECT_PATH}"

    @property
    def install_url(self) -> str:
        """Return where people begin."""
        return f"{self.public_url}{INSTALL_PATH}"


class Installing:
    """Answers the two addresses.

    `join` keeps an installation, and may raise StoreUnavailable; `may_install` takes a workspace's id.
    """

    def __init__(
        self,
        account: AppAccount,
        api_url: str,
        states: InstallStates,
        join: Callable[[Installation], Awaitable[None]],
        clock: Callable[[], datetime],
        *,
        may_install: Callable[[str], bool],
    ) -> None:
        self._account = account
        self._api_url = api_url
        self._states = states
        self._join = join
        self._clock = clock
        self._may_install = may_install
        self._cookies = OAuthStateUtils(cookie_name=COOKIE)
        self._to_slack = AuthorizeUrlGenerator(
            client_id=account.client_id,
            redirect_uri=account.redirect_url,
            scopes=sorted(scopes.needed()),
            authorization_url=urljoin(api_url, "/oauth/v2/authorize"),
        )

    async def begin(self, _request: web.Request) -> web.Response:
        """Send a person to Slack."""
        try:
            state = await self._states.issue(self._clock())
        except StoreUnavailable as error:
            return self._end(pages.WE_ARE_AWAY, "store_away", str(error))
        response = web.Response(status=HTTPStatus.FOUND, headers=pages.HEADERS)
        response.headers["Location"] = self._to_slack.generate(state)
        # Lax: it comes along when Slack's page leads back, and with nothing that other pages send unasked.
        cookie = self._cookies.build_set_cookie_for_new_state(state)
        response.headers["Set-Cookie"] = f"{cookie}; SameSite=Lax"
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """Take a person back from Slack, and keep what they allowed."""
        state, cookies = request.query.get("state", ""), request.headers.getall("Cookie", [])
        if not state or not self._cookies.is_valid_browser(state, {"cookie": cookies}):
            # The cookie stays: a link from elsewhere must not end an installation under way.
            return self._end(pages.NOT_BEGUN_HERE, "other_browser")
        response = await self._finish(request)
        response.headers["Set-Cookie"] = self._cookies.build_set_cookie_for_deletion()
        return response

    async def _finish(self, request: web.Request) -> web.Response:
        try:
            if ended := await self._ended(request):
                return self._end(*ended)
            async with asyncio.timeout(PATIENCE_S):
                grant = await SlackWeb(open_client("", self._api_url)).exchange(
                    request.query["code"],
                    self._account.client_id,
                    self._account.client_secret,
                    self._account.redirect_url,
                )
                if grant.is_organisation:
                    return self._end(pages.ORGANISATION, "organisation")
                if not self._may_install(grant.team_id):
                    return await self._turn_away(grant)
                installation = await self._installation(grant)
            await self._join(installation)
        except StoreUnavailable as error:
            return self._end(pages.WE_ARE_AWAY, "store_away", str(error))
        except (SlackUnavailable, TimeoutError) as error:
            return self._end(pages.SLACK_AWAY, "slack_away", str(error))
        except SlackRefused as error:
            return self._end(pages.SLACK_SAID_NO, "slack_refused", str(error))
        log.info(
            "installed",
            team_id=installation.team_id,
            user_id=installation.installed_by,
            missing_scopes=sorted(scopes.needed() - installation.scopes),
        )
        return pages.show_installed(installation.team_name)

    async def _ended(self, request: web.Request) -> tuple[pages.Page, str] | None:
        """Return how it ends before there is a code, or None. Raises StoreUnavailable."""
        query = request.query
        if not await self._states.consume(query["state"], self._clock()):
            return pages.TOO_LATE, "state_used_or_late"
        if query.get("error") == _CANCELLED:
            return pages.CANCELLED, "cancelled"
        if query.get("error") or not query.get("code"):
            return pages.SLACK_SAID_NO, "no_code"
        return None

    async def _installation(self, grant: Grant) -> Installation:
        """Return what is kept, once Slack says whose the token is. Raises SlackRefused."""
        if not grant.token.startswith(BOT_PREFIX):
            raise SlackRefused("oauth.v2.access", "gave no bot's token")
        me = await SlackWeb(open_client(grant.token, self._api_url)).who_am_i()
        if me.team_id != grant.team_id:
            raise SlackRefused("oauth.v2.access", "gave another workspace's token")
        return Installation(
            team_id=grant.team_id,
            team_name=grant.team_name,
            bot_user_id=me.user_id,
            bot_id=me.bot_id,
            bot_name=me.name,
            scopes=grant.scopes,
            installed_by=grant.installed_by,
            installed_at=self._clock(),
            token=grant.token,
        )

    async def _turn_away(self, grant: Grant) -> web.Response:
        """Keep nothing of a workspace that was not let in, at Slack neither."""
        try:
            await SlackWeb(open_client(grant.token, self._api_url)).revoke()
        except SlackRefused as error:
            log.warning("token_not_revoked", team_id=grant.team_id, reason=str(error))
        # By the id an operator lets it in.
        log.info("turned_away", team_id=grant.team_id, user_id=grant.installed_by)
        return self._end(pages.NOT_LET_IN, "not_let_in")

    def _end(self, page: pages.Page, reason: str, error: str = "") -> web.Response:
        log.info("not_installed", reason=reason, error=error)
        return pages.show(page, urlsplit(self._account.install_url).path)
