"""What nobody asked in words: we were let in, looked at, or removed."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Place
from bot.slack.incoming.arrived import Told


class Notice(Told):
    """Something that Slack tells us and that asks for nothing."""

    kind: str
    event_id: str
    """Slack's id of the event, or its ts."""

    @property
    def place(self) -> Place:
        """Return the top level of where it happened."""
        return self._place("")

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"{self.kind}:{self.team_id}:{self.channel_id}:{self.user_id}:{self.event_id}"


class AppRemoved(Notice):
    """A workspace removed the app or revoked its token; nobody and no channel is named."""

    kind: Literal["app_removed"] = "app_removed"


class ChannelJoined(Notice):
    """We were let into a channel; `user_id` is who did it, or ""."""

    kind: Literal["joined"] = "joined"


class HomeOpened(Notice):
    """A person looks at their Home. `days` is how far back they want to look, if they picked it now."""

    kind: Literal["home"] = "home"
    days: int | None = None

    @property
    def place(self) -> Place:
        """Return what stands for this person's Home: no channel has it."""
        return self._place(f"home:{self.user_id}")


class MessagesOpened(Notice):
    """A person looks at their messages with us."""

    kind: Literal["messages"] = "messages"
