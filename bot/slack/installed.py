"""Whether the app is in a workspace, as Slack says of our token there."""

from __future__ import annotations

from bot.errors import SlackRefused, StoredDataInvalid
from bot.ports import Installations
from bot.slack.web import NO_LONGER, SlackWeb, open_client


class Installed:
    """Asks with the one token that we have."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._web = SlackWeb(open_client(bot_token, api_url))

    async def is_in(self, team_id: str) -> bool:
        """Say whether our token is good and this workspace's. Raises SlackRefused when Slack does not say."""
        try:
            me = await self._web.who_am_i()
        except SlackRefused as error:
            if error.error in NO_LONGER:
                return False
            raise
        return me.team_id == team_id


class InstalledByMany:
    """Asks with the token that each workspace gave us."""

    def __init__(self, installations: Installations, api_url: str) -> None:
        self._installations = installations
        self._api_url = api_url

    async def is_in(self, team_id: str) -> bool:
        """Say whether the token of this workspace is good. Raises StoreUnavailable, SlackRefused."""
        try:
            installation = await self._installations.load(team_id)
        except StoredDataInvalid:
            # With a token that cannot be read nobody is served.
            return False
        return installation is not None and await Installed(installation.token, self._api_url).is_in(team_id)
