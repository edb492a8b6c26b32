"""Whether our tokens are the right ones, and whom they make us."""

from __future__ import annotations

from bot.errors import SettingsInvalid, SlackRefused, SlackUnavailable
from bot.slack.payloads import Me
from bot.slack.web import TOKEN_ERRORS, SlackWeb

BOT_PREFIX = "xoxb-"
APP_PREFIX = "xapp-"


def check_tokens(bot_token: str, app_token: str | None) -> None:
    """Raise SettingsInvalid for tokens of the wrong kind, in words that say which is which."""
    if bot_token.startswith(APP_PREFIX) and app_token is not None and app_token.startswith(BOT_PREFIX):
        raise SettingsInvalid("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange them")
    if not bot_token.startswith(BOT_PREFIX):
        raise SettingsInvalid(
            f"SLACK_BOT_TOKEN must begin with {BOT_PREFIX}: take the Bot User OAuth Token from the app's "
            "page “OAuth & Permissions”"
        )
    if app_token is not None and not app_token.startswith(APP_PREFIX):
        raise SettingsInvalid(
            f"SLACK_APP_TOKEN must begin with {APP_PREFIX}: make an app-level token with the scope "
            "connections:write on the app's page “Basic Information”"
        )


async def introduce(web: SlackWeb, app_token: str | None) -> Me:
    """Ask Slack whether our tokens are good, before anything is served; return who we are.

    Raises SettingsInvalid, SlackRefused.
    """
    me = await introduce_bot(web)
    if app_token is not None:
        try:
            await web.check_app_token(app_token)
        except SlackRefused as error:
            raise _refused("SLACK_APP_TOKEN", error) from error
    return me


async def introduce_bot(web: SlackWeb) -> Me:
    """Ask Slack whom the bot's token is for. Raises SettingsInvalid, SlackRefused."""
    try:
        return await web.who_am_i()
    except SlackRefused as error:
        raise _refused("SLACK_BOT_TOKEN", error) from error


def _refused(setting: str, error: SlackRefused) -> Exception:
    if isinstance(error, SlackUnavailable) and error.error not in TOKEN_ERRORS:
        return error
    return SettingsInvalid(
        f"{setting} is not accepted by Slack ({error.error}): check it and the app's install"
    )
