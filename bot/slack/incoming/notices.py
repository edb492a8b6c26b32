"""What nobody asked in words: we were let in, looked at, or removed."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived


class AppRemoved(Arrived):
    """A workspace removed the app or revoked its token; nobody and no channel is named."""

    kind: Literal["app_removed"] = "app_removed"
    event_id: str

    @property
    def place(self) -> Place:
        """Return a place that orders such events of a workspace."""
        return self._place("")

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"event:{self.team_id}:{self.event_id}"


class ChannelJoined(Arrived):
    """We were let into a channel; `user_id` is who did it, or ""."""

    kind: Literal["joined"] = "joined"
    event_ts: str

    @property
    def place(self) -> Place:
        """Return the channel's top level."""
        return self._place("")

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"joined:{self.team_id}:{self.channel_id}:{self.event_ts}"


class HomeOpened(Arrived):
    """A person looks at their Home. `days` is how far back they want to look, if they picked it now."""

    kind: Literal["home"] = "home"
    event_ts: str
    days: int | None = None

    @property
    def place(self) -> Place:
        """Return what stands for this person's Home: no channel has it."""
        return self._place(f"home:{self.user_id}")

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"home:{self.team_id}:{self.user_id}:{self.event_ts}"


class MessagesOpened(Arrived):
    """A person looks at their messages with us."""

    kind: Literal["messages"] = "messages"
    event_ts: str

    @property
    def place(self) -> Place:
        """Return the direct message's top level."""
        return self._place("")

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"messages:{self.team_id}:{self.user_id}:{self.event_ts}"
