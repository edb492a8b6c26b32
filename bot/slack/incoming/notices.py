"""What nobody asked in words: we were let in, looked at, or removed."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Place
from bot.slack.incoming.arrived import Told


class Notice(Told):
    """Something that Slack tells us and that asks for nothing."""

    kind: str

    @property
    def place(self) -> Place:
        """Return the top level of where it happened."""
        return self._place("")

    def _once(self, event: str) -> str:
        """Return the key under which repeats are recognised; `event` tells it from others of its kind."""
        return f"{self.kind}:{self.team_id}:{self.channel_id}:{self.user_id}:{event}"


class AppRemoved(Notice):
    """A workspace removed the app or revoked its token; nobody and no channel is named."""

    kind: Literal["app_removed"] = "app_removed"
    event_id: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return self._once(self.event_id)


class _AtSomeTime(Notice):
    """What happened in Slack at a moment that nothing else of its kind shares."""

    event_ts: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return self._once(self.event_ts)


class ChannelJoined(_AtSomeTime):
    """We were let into a channel; `user_id` is who did it, or ""."""

    kind: Literal["joined"] = "joined"


class HomeOpened(_AtSomeTime):
    """A person looks at their Home. `days` is how far back they want to look, if they picked it now."""

    kind: Literal["home"] = "home"
    days: int | None = None

    @property
    def place(self) -> Place:
        """Return what stands for this person's Home: no channel has it."""
        return self._place(f"home:{self.user_id}")


class MessagesOpened(_AtSomeTime):
    """A person looks at their messages with us."""

    kind: Literal["messages"] = "messages"
