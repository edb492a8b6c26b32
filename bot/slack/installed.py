"""Whether the app is in a workspace, as Slack says of our token."""

from __future__ import annotations

from bot.errors import SlackRefused
from bot.slack.web import SlackWeb, open_client

_NO_LONGER = frozenset({"account_inactive", "invalid_auth", "token_expired", "token_revoked"})
"""Slack's errors for the token of an app that was removed."""


class Installed:
    """Asks with the one token that we have."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._web = SlackWeb(open_client(bot_token, api_url))

    async def is_in(self, team_id: str) -> bool:
        """Say whether our token is good and this workspace's. Raises SlackRefused when Slack does not say."""
        try:
            me = await self._web.who_am_i()
        except SlackRefused as error:
            if error.error in _NO_LONGER:
                return False
            raise
        return me.team_id == team_id
