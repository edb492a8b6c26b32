"""What people did with a message by a shortcut."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.conversation import Place
from bot.decision.options import Option
from bot.slack.incoming.arrived import Arrived, Submitted


class TheirMessage(BaseModel):
    """A message on which somebody used a shortcut; often not their own, and maybe where we are not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ts: str
    thread_ts: str = ""
    author_id: str
    """A user's id, or another bot's."""


class OnMessage(Arrived):
    """Something that a person did with a message by a shortcut."""

    about: TheirMessage
    response_url: str

    @property
    def place(self) -> Place:
        """Return the thread that the message stands in or could begin."""
        return self._place(self.about.thread_ts or self.about.ts)


class MessageAsked(OnMessage):
    """The shortcut that asks about a message. Only the person who used it sees the answer."""

    kind: Literal["ask_about"] = "ask_about"
    text: str
    trigger_id: str

    @property
    def place(self) -> Place:
        """Return the private place of this one use."""
        return self._place(f"about:{self.trigger_id}")

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.trigger_id

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"shortcut:{self.team_id}:{self.trigger_id}"


class SaveAsked(OnMessage):
    """The shortcut that saves a decision. It opens a form, so it is answered at once and never kept."""

    text: str
    trigger_id: str


class DecisionSaved(OnMessage, Submitted):
    """The form behind it, filled in and checked."""

    kind: Literal["save"] = "save"
    outcome: Option
    why: str
    on: date
    owner: str
    context: str


class SaveFilled(OnMessage):
    """The form as it was submitted, not yet checked and never kept."""

    view_id: str
    outcome: str
    why: str
    on: str
    owner: str
    context: str
