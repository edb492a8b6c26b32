"""What everything that Slack tells us has in common, and where things are handled in order."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.conversation import Place


def is_direct(channel_id: str) -> bool:
    """Say whether this is a direct message between one person and us (Slack's ids say so)."""
    return channel_id.startswith("D")


def order_key(place: Place) -> str:
    """Return the key under which things are handled in order: the thread, or a whole direct message.

    In a direct message a thread may continue what was begun at top level, so both are one.
    """
    thread = "" if is_direct(place.channel_id) else place.thread
    return f"{place.team_id}:{place.channel_id}:{thread}"


def said_once(team_id: str, channel_id: str, ts: str) -> str:
    """Return the key under which repeats of one message are recognised."""
    return f"message:{team_id}:{channel_id}:{ts}"


class Arrived(BaseModel):
    """Something that a person did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team_id: str
    channel_id: str
    user_id: str
    at: AwareDatetime

    def _place(self, thread: str) -> Place:
        return Place(team_id=self.team_id, channel_id=self.channel_id, thread=thread)


class Told(Arrived):
    """Something that Slack tells by an event: it comes again until we take it, and names no way to answer."""


class Tapped(Arrived):
    """A tap on a button or a menu of ours."""

    action_ts: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return f"{self.action_ts}:{self.user_id}"

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


class PressedElsewhere(Arrived):
    """A button of ours that was pressed where it does not belong. It is answered at once and never kept."""

    response_url: str
    """Where the person can be told so; "" where they had better not be."""


class Submitted(Arrived):
    """A form of ours, as one person submitted it."""

    view_id: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"
