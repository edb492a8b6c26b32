"""Posts digests, outside of any conversation."""

from __future__ import annotations

from bot.replies import DigestPost
from bot.slack.blocks import draw_digest
from bot.slack.serving import introduce_bot
from bot.slack.web import SlackWeb, open_client


class SlackDigests:
    """Implements `bot.ports.DigestChannel`."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._web = SlackWeb(open_client(bot_token, api_url))

    async def team_id(self) -> str:
        """Return the workspace that the token is for. Raises SettingsInvalid, SlackRefused."""
        return (await introduce_bot(self._web)).team_id

    async def post_digest(self, channel_id: str, digest: DigestPost) -> None:
        """Post a week's digest. Raises SlackRefused, NotInChannel among it."""
        for message in draw_digest(digest):
            await self._web.post(channel_id, message)
