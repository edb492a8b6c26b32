"""What people thought of an answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived


class Rated(BaseModel):
    """An answer that somebody thought something of: a decision by its id, or "term:SLUG"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    about: str
    response_url: str


class OnAnswer(Arrived):
    """Something that a person thought of an answer."""

    rated: Rated

    @property
    def place(self) -> Place:
        """Return the conversation that the answer was given in."""
        return self.rated.place

    @property
    def response_url(self) -> str:
        """Return where the person can be told something privately."""
        return self.rated.response_url


class RatePressed(OnAnswer):
    """*Helpful* or *Not helpful* under an answer. The trigger opens the form for a reason, once."""

    kind: Literal["rate"] = "rate"
    is_helpful: bool
    action_ts: str
    trigger_id: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


class ReasonFilled(OnAnswer):
    """The form behind *Not helpful* as it was submitted, not yet checked and never kept."""

    view_id: str
    reason: str


class ReasonSubmitted(OnAnswer):
    """The form behind *Not helpful*, filled in and checked."""

    kind: Literal["reason"] = "reason"
    view_id: str
    reason: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"
