"""What people thought of an answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived, Submitted, Tapped


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


class RatePressed(OnAnswer, Tapped):
    """*Helpful* or *Not helpful* under an answer. The trigger opens the form for a reason, once."""

    kind: Literal["rate"] = "rate"
    is_helpful: bool
    trigger_id: str


class ReasonFilled(OnAnswer):
    """The form behind *Not helpful* as it was submitted, not yet checked and never kept."""

    view_id: str
    reason: str


class ReasonSubmitted(OnAnswer, Submitted):
    """The form behind *Not helpful*, filled in and checked."""

    kind: Literal["reason"] = "reason"
    reason: str
