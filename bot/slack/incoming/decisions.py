"""What people did with a recommendation or a decision."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation import Correction, Place
from bot.decision.options import Option
from bot.record import Verdict
from bot.slack.incoming.arrived import Arrived, Submitted, Tapped
from bot.slack.incoming.questions import Pressed


class Shown(BaseModel):
    """A recommendation as it stands in a message, under which something was pressed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    decision_id: str
    option: Option
    """What the message recommends; the record may have been revised since."""
    message_ts: str
    thread_ts: str = ""
    is_ephemeral: bool
    response_url: str

    def belongs_to(self, place: Place) -> bool:
        """Say whether a decision from that place can stand here: in its own conversation or its channel."""
        return (place.team_id, place.channel_id) == (self.place.team_id, self.place.channel_id)


class OnDecision(Arrived):
    """Something that a person did with a decision."""

    shown: Shown

    @property
    def place(self) -> Place:
        """Return the conversation that the recommendation was given in."""
        return self.shown.place

    @property
    def response_url(self) -> str:
        """Return where the person can be told something privately."""
        return self.shown.response_url


class AcceptPressed(OnDecision, Tapped):
    """*Accept* under a recommendation."""

    kind: Literal["accept"] = "accept"


class KeepEarlierPressed(OnDecision, Tapped):
    """*Keep the earlier decision* under a recommendation."""

    kind: Literal["keep_earlier"] = "keep_earlier"
    earlier_id: str


class OverrideSubmitted(OnDecision, Submitted):
    """The form behind *Override…*, filled in and checked."""

    kind: Literal["override"] = "override"
    outcome: Option
    why: str


class ConditionAnswered(OnDecision, Tapped):
    """A yes or a no under a condition of a recommendation."""

    kind: Literal["condition"] = "condition"
    requirement: str
    """Id of the requirement that the condition belongs to."""
    is_so: bool


class CorrectionSubmitted(OnDecision, Submitted):
    """The form behind *Correct this*, filled in and checked: what was changed in it."""

    kind: Literal["correction"] = "correction"
    corrections: tuple[Correction, ...]

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return f"view:{self.view_id}"


class Entry(BaseModel):
    """One field of a form: what stood in it, and what stands in it now; "" for nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str
    before: str
    after: str


class CorrectionFilled(OnDecision):
    """The form behind *Correct this* as it was submitted, not yet checked and never kept."""

    view_id: str
    entries: tuple[Entry, ...] = Field(min_length=1)


class FormFilled(OnDecision):
    """The form behind *Override…* as it was submitted, not yet checked and never kept."""

    view_id: str
    picked: str
    why: str


class UpkeepSubmitted(OnDecision, Submitted):
    """The form for owner and review date, filled in and checked."""

    kind: Literal["upkeep"] = "upkeep"
    owner: str
    review_on: date


class UpkeepFilled(OnDecision):
    """The same form as it was submitted, not yet checked and never kept."""

    view_id: str
    owner: str
    review_on: str
    review_was_on: str
    """What stood there when the form was opened."""


class ReviewAnswered(Pressed):
    """How a decision looks now, by one tap under a reminder."""

    kind: Literal["review"] = "review"
    decision_id: str
    verdict: Verdict
    asked_for: date
    """The review that the reminder was about."""
    message_ts: str
    thread_ts: str = ""


class ViewAsked(OnDecision):
    """A button that opens a view. It is answered at once and never kept: its trigger lives three seconds."""

    action_id: str
    trigger_id: str
