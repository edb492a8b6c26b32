"""Serves Slack: opens the share of the work that a process was given, and waits for what is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from bot import tracing
from bot.advisor import Advisor
from bot.app import (
    Progress,
    Stores,
    backing_of,
    leaving_of,
    membership_of,
    now,
    open_advisor,
    open_stores,
    outreach_of,
    retention_of,
)
from bot.errors import SettingsInvalid, SlackUnavailable, StoreUnavailable
from bot.logs import lines_told_to
from bot.settings import Settings
from knowledge.errors import IndexUnavailable

if TYPE_CHECKING:
    from bot.slack.http_server import HttpServer
    from bot.slack.serving import ManyWorkspaces, SlackSurface
    from bot.slack.workspace import Backing
    from bot.watch_server import WatchServer

Role = Literal["all", "listener", "worker"]
ROLES: tuple[Role, ...] = get_args(Role)
WAITS_S = 5.0
"""How often it is tried again to begin, while what it needs is away."""


@dataclass(frozen=True)
class Share:
    """Which share of the work a process does, and how requests reach it."""

    role: Role = "all"
    """A listener takes in what Slack sends and opens no index; a worker answers it and needs no way in."""
    over_http: bool = False
    """Take requests by HTTP, not over a socket; for a worker it only opens the addresses for health."""

    @property
    def listens(self) -> bool:
        """Say whether it takes in what Slack sends."""
        return self.role != "worker"

    @property
    def answers(self) -> bool:
        """Say whether it answers what was taken in."""
        return self.role != "listener"


@dataclass(frozen=True)
class Secrets:
    """What one share of the work needs, and no other secret."""

    bot_token: str
    """"" where each workspace's own is used."""
    app_token: str | None
    signing_secret: str
    client_secret: str = ""


@dataclass(frozen=True)
class Ways:
    """How Slack and this process reach each other."""

    secrets: Secrets
    http: HttpServer | None
    watch: WatchServer | None
    """Where metrics are; None where nobody asked for them."""


async def serve(settings: Settings, progress: Progress, stop: asyncio.Event, share: Share) -> None:
    """Serve Slack until `stop` is set, waiting for Redis, Slack or Chroma to come where they are away.

    Raises BotError and KnowledgeError when something is wrong that no waiting repairs.
    """
    secrets = _needed(settings, share)
    async with AsyncExitStack() as stack:
        stack.enter_context(tracing.exported())
        watch = await _open_watch(settings, share, stack)
        http = None
        if share.over_http:
            from bot.slack.http_server import HttpServer  # noqa: PLC0415 - Bolt is slow to import

            http = await stack.enter_async_context(HttpServer(settings.http_host, settings.http_port))
        while not stop.is_set():
            try:
                await _serve(settings, progress, stop, share, Ways(secrets, http, watch))
            except (StoreUnavailable, SlackUnavailable, IndexUnavailable) as error:
                if not _is_elsewhere(error, settings):
                    raise
                progress(f"{error}; trying again every {WAITS_S:g} s")
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), WAITS_S)


async def _open_watch(settings: Settings, share: Share, stack: AsyncExitStack) -> WatchServer | None:
    """Open the port for metrics, if one is set, and count every line of the log from then on."""
    if settings.metrics_port is None:
        return None
    from bot.metrics import Metrics  # noqa: PLC0415 - slow, and for some only
    from bot.watch_server import WatchServer  # noqa: PLC0415 - as above

    metrics = Metrics(share.role)
    stack.enter_context(lines_told_to(metrics.count))
    return await stack.enter_async_context(WatchServer(settings.metrics_host, settings.metrics_port, metrics))


def _is_elsewhere(error: Exception, settings: Settings) -> bool:
    """Say whether it comes back by itself; what we start or open ourselves would fail again."""
    match error:
        case StoreUnavailable():
            return settings.redis_url is not None
        case IndexUnavailable():
            return settings.chroma_url is not None
    return True


def _needed(settings: Settings, share: Share) -> Secrets:
    """Return the secrets that this share of the work needs and no other. Raises SettingsInvalid."""
    if settings.serves_many:
        return _needed_for_many(settings, share)
    bot, app, signing = settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret
    over_socket = share.listens and not share.over_http
    by_http = share.listens and share.over_http
    if bot is None or (over_socket and app is None):
        raise SettingsInvalid(
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not both set; put them into .env (README, “Connect "
            "Slack”), or run `python -m bot chat` for the terminal"
        )
    if by_http and signing is None:
        raise SettingsInvalid(
            "SLACK_SIGNING_SECRET is not set; `serve --http` needs it (the app's page “Basic Information”)"
        )
    return Secrets(
        bot.get_secret_value(),
        app.get_secret_value() if over_socket and app else None,
        signing.get_secret_value() if by_http and signing else "",
    )


def _needed_for_many(settings: Settings, share: Share) -> Secrets:
    signing, client = settings.slack_signing_secret, settings.slack_client_secret
    if share.listens and not share.over_http:
        raise SettingsInvalid(
            "SLACK_CLIENT_ID is set, and many workspaces are served by HTTP only: run "
            "`python -m bot serve --http`"
        )
    wanted: dict[str, object] = {"SLACK_TOKEN_KEYS": settings.token_keys}
    if share.listens:
        wanted |= {
            "SLACK_CLIENT_SECRET": client,
            "SLACK_SIGNING_SECRET": signing,
            "HTTP_PUBLIC_URL": settings.http_public_url,
            "SLACK_INSTALL_TEAMS": settings.slack_install_teams,
        }
    if missing := [name for name, value in wanted.items() if not value]:
        raise SettingsInvalid(
            f"SLACK_CLIENT_ID is set, so {', '.join(missing)} must be, too (docs/admin.md, “Many workspaces”)"
        )
    if not share.listens:
        return Secrets("", None, "")
    return Secrets(
        "",
        None,
        signing.get_secret_value() if signing else "",
        client.get_secret_value() if client else "",
    )


async def _serve(
    settings: Settings, progress: Progress, stop: asyncio.Event, share: Share, ways: Ways
) -> None:
    async with _open_share(settings, progress, share) as (advisor, stores):
        await _warn_of_forgetting(stores, progress)
        retention = retention_of(settings, stores, leaving_of(settings, stores))
        # Before Slack is asked for anything: where the app was removed, it is never served again.
        await retention.look()
        beside: list[Callable[[asyncio.Event], Coroutine[None, None, None]]] = []
        backing = backing_of(settings, stores, advisor.turn if advisor else None)
        if share.answers:
            backing = replace(backing, outreach=outreach_of(settings, stores))
            beside.append(retention.run)
        if ways.watch is not None:
            beside.append(partial(ways.watch.serve, stores.inbox.state))
        surface = (
            _many(settings, stores, backing, ways) if settings.serves_many else _one(settings, backing, ways)
        )
        await surface.run(stop, beside)


def _one(settings: Settings, backing: Backing, ways: Ways) -> SlackSurface:
    from bot.slack.serving import SlackSurface  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    return SlackSurface(
        bot_token=ways.secrets.bot_token,
        app_token=ways.secrets.app_token,
        backing=backing,
        api_url=settings.slack_api_url,
        http=ways.http,
        signing_secret=ways.secrets.signing_secret,
    )


def _many(settings: Settings, stores: Stores, backing: Backing, ways: Ways) -> ManyWorkspaces:
    from bot.slack.installing import AppAccount, Installing  # noqa: PLC0415 - as above
    from bot.slack.serving import ManyWorkspaces  # noqa: PLC0415 - as above

    installing = None
    if ways.secrets.client_secret:
        account = AppAccount(settings.slack_client_id, ways.secrets.client_secret, settings.http_public_url)
        join = membership_of(settings, stores).join
        installing = Installing(
            account,
            settings.slack_api_url,
            stores.install_states,
            join,
            now,
            may_install=settings.may_install,
        )
    return ManyWorkspaces(
        installations=stores.installations,
        backing=backing,
        installing=installing,
        http=ways.http,
        signing_secret=ways.secrets.signing_secret,
        api_url=settings.slack_api_url,
    )


@asynccontextmanager
async def _open_share(
    settings: Settings, progress: Progress, share: Share
) -> AsyncIterator[tuple[Advisor | None, Stores]]:
    """Open everything that answering needs, or for a listener no more than Redis."""
    if share.answers:
        async with open_advisor(settings, progress) as (advisor, stores):
            yield advisor, stores
    else:
        async with open_stores(settings) as stores:
            yield None, stores


async def _warn_of_forgetting(stores: Stores, progress: Progress) -> None:
    """Say so when this Redis may lose what we acknowledge."""
    kept = await stores.durability()
    if not kept.appends_to_file:
        progress("Redis does not append to a file (appendonly no): what is acknowledged dies with it")
    if kept.eviction != "noeviction":
        progress(f"Redis may drop what it holds (maxmemory-policy {kept.eviction}): set noeviction")
