"""What is to be known of the Slack app before one relies on it: tokens, scopes, and the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import SettingsInvalid, SlackRefused, StoredDataInvalid
from bot.findings import Finding, bad, good, note
from bot.ports import Installations
from bot.slack import scopes
from bot.slack.web import SlackWeb, open_client
from bot.slack.web_answers import Introduction

MOST_SKEW = timedelta(minutes=1)
"""Slack's signatures are good for five minutes."""
MOST_WORKSPACES = 20
"""So many are asked of Slack, one after another."""
_REINSTALL = (
    "add them on the app's page “OAuth & Permissions” (or paste the manifest again) and reinstall the app"
)


async def check_slack(
    bot_token: str, app_token: str | None, api_url: str, now: datetime
) -> AsyncIterator[Finding]:
    """Yield findings. The app token is None where no socket is used."""
    client = open_client(bot_token, api_url)
    web = SlackWeb(client)
    try:
        introduced = await web.introduce()
    except SlackRefused as error:
        yield bad("Slack, bot token", str(error), "check SLACK_BOT_TOKEN, the app's install, and the network")
        return
    yield good("Slack, bot token", f"belongs to {introduced.me.name} in workspace {introduced.me.team_id}")
    yield _scopes(introduced)
    yield _clock(introduced, now)
    if app_token is not None:
        yield await _socket(web, app_token)


async def check_workspaces(installations: Installations, api_url: str) -> AsyncIterator[Finding]:
    """Yield what is wrong in the workspaces that installed the app latest, or that nothing is.

    Raises StoreUnavailable.
    """
    listed = await installations.listed()
    latest = sorted(listed, key=lambda team_id: listed[team_id], reverse=True)[:MOST_WORKSPACES]
    is_well = True
    for team_id in latest:
        for finding in await _check_workspace(installations, api_url, team_id):
            is_well = False
            yield finding
    if is_well:
        looked_at = (
            f"the latest {len(latest)} of {len(listed)}" if len(latest) < len(listed) else f"{len(listed)}"
        )
        yield good("Slack, workspaces", f"{looked_at} looked at, each with a good token and all scopes")


async def _check_workspace(installations: Installations, api_url: str, team_id: str) -> list[Finding]:
    subject = f"Slack, workspace {team_id}"
    try:
        installation = await installations.load(team_id)
        if installation is None:
            return []
        introduced = await SlackWeb(open_client(installation.token, api_url)).introduce()
    except StoredDataInvalid as error:
        return [bad(subject, str(error), "docs/admin.md, “Left out, and keys”")]
    except SlackRefused as error:
        return [bad(subject, str(error), "ask there whether the app was removed; then `workspaces remove`")]
    missing = scopes.needed() - (scopes.needed() if introduced.scopes is None else introduced.scopes)
    if missing:
        listed = ", ".join(sorted(missing))
        return [bad(subject, f"missing scopes: {listed}", "have the app installed there again")]
    return []


def _scopes(introduced: Introduction) -> Finding:
    if introduced.scopes is None:
        return note(
            "Slack, scopes", "Slack did not say which the token has", "compare them with the manifest"
        )
    missing, spare = scopes.needed() - introduced.scopes, introduced.scopes - scopes.needed()
    if missing:
        return bad("Slack, scopes", f"missing: {', '.join(sorted(missing))}", _REINSTALL)
    if spare:
        listed = ", ".join(sorted(spare))
        return note(
            "Slack, scopes",
            f"more than is needed: {listed}",
            "take them away from the app; nothing uses them",
        )
    return good("Slack, scopes", f"all {len(introduced.scopes)} of the manifest, and no other")


def _clock(introduced: Introduction, now: datetime) -> Finding:
    if introduced.date is None:
        return note("Clock", "Slack did not say what time it is", "check that this machine keeps time (NTP)")
    skew = abs(now - parsedate_to_datetime(introduced.date))
    words = f"{skew.total_seconds():.0f} s apart from Slack's"
    if skew <= MOST_SKEW:
        return good("Clock", words)
    return bad(
        "Clock", words, "set this machine's clock (NTP): Slack's signatures and due times depend on it"
    )


async def _socket(web: SlackWeb, app_token: str) -> Finding:
    try:
        await web.check_app_token(app_token)
    except (SlackRefused, SettingsInvalid) as error:
        return bad(
            "Slack, app token",
            str(error),
            "make an app-level token with the scope connections:write, and put it into SLACK_APP_TOKEN",
        )
    return good("Slack, app token", "a socket can be opened with it")
