"""What people did with a question of ours, or with a private answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived, Submitted, Tapped


class Pressed(Tapped):
    """A button under one of our messages; `place` is the conversation that the button belongs to."""

    place: Place
    response_url: str


class ReplyPicked(Pressed):
    """Quick replies to a question; `picked` is empty when *Done* was pressed with nothing chosen."""

    kind: Literal["reply"] = "reply"
    question_id: str
    picked: tuple[str, ...]
    question_text: str = ""
    labels: tuple[str, ...] = ()
    """What stood on the picked replies."""
    message_ts: str
    thread_ts: str = ""
    is_ephemeral: bool


class EvaluatePressed(Pressed):
    """*Evaluate again* under the offer that follows an edit. `edited_ts` is the ts of the edited message."""

    kind: Literal["evaluate"] = "evaluate"
    edited_ts: str


class ContinuePressed(Pressed):
    """*Continue in thread* under a private answer."""

    kind: Literal["continue"] = "continue"


class SharePressed(Pressed):
    """*Share* under a private recommendation."""

    kind: Literal["share"] = "share"


class KeepPressed(Pressed):
    """*Keep to myself* under a private recommendation."""

    kind: Literal["keep"] = "keep"


class Waiting(BaseModel):
    """A question that waits in a private conversation, where there is no thread to type into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    question_id: str
    response_url: str


class AboutWaiting(Arrived):
    """Something about a question that waits for an answer in words."""

    waiting: Waiting

    @property
    def place(self) -> Place:
        """Return the conversation that the question belongs to."""
        return self.waiting.place

    @property
    def response_url(self) -> str:
        """Return where the question can be replaced."""
        return self.waiting.response_url


class WordsAsked(AboutWaiting):
    """*Answer in words*. It is answered at once and never kept: its trigger lives three seconds."""

    trigger_id: str


class WordsFilled(AboutWaiting):
    """The form behind *Answer in words* as it was submitted, not yet checked and never kept."""

    view_id: str
    text: str


class WordsSubmitted(AboutWaiting, Submitted):
    """The form behind *Answer in words*, filled in and checked."""

    kind: Literal["words"] = "words"
    text: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.view_id
