"""What is to be known of the Slack app before one relies on it: tokens, scopes, and the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import SettingsInvalid, SlackRefused
from bot.findings import Finding, bad, good, note
from bot.slack import scopes
from bot.slack.web import Introduction, SlackWeb, open_client

MOST_SKEW = timedelta(minutes=1)
"""Slack's signatures are good for five minutes."""
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
