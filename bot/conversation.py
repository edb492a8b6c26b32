"""A conversation as it is kept between turns, and what comes into it.

A `Place` names where it happens; a `Turn` is one thing that someone did there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.decision.facts import FactValue
from bot.decision.statements import Statement, value_fits
from bot.model_use import ModelUse
from bot.replies import Reply

MAX_TEXT_CHARS = 12_000
"""Longer messages are read from their beginning, and the answer says so (Slack's own limit is 40,000)."""
MAX_CONTEXT_CHARS = 600
"""So much of a text is kept as the question, or as the quote of a fact that all of it states."""


class Place(BaseModel):
    """Where a conversation happens.

    `thread` is the ts of the thread's root in Slack, "" for a direct message typed at top level, or
    "command:ID" for the private answer to a slash command and "about:ID" for that to a message shortcut.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    team_id: str
    channel_id: str
    thread: str


class Audience(BaseModel):
    """Who may see what is said here: one person, the conversation, or the whole workspace."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["person", "conversation", "workspace"]
    user_id: str = ""
    """Set for kind "person"."""
    channel_id: str = ""
    """The conversation for kind "conversation"; where it was said for kind "workspace"."""
    unknown_at: AwareDatetime | None = None
    """When Slack could not say who sees it, so that it is hidden from all but the conversation."""

    def leaves_out(self, user_id: str) -> bool:
        """Say whether it is one other person's alone. Who else may see what, `bot.visibility` says."""
        return self.kind == "person" and self.user_id != user_id


class ThreadMessage(BaseModel):
    """An earlier message of the thread, as context."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    author_id: str
    message_id: str
    text: str
    is_ours: bool = False


class Correction(BaseModel):
    """One fact set right; `value` None: it is not so, or nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str
    value: FactValue | None
    quote: str = Field(default="", max_length=600)
    """What they typed, or what stood on the button."""
    before: str = Field(default="", max_length=200)
    """What they saw of the fact when they set it right, as it stands in a form; "" for not known."""
    source: Literal["form", "button"] = "form"

    @model_validator(mode="before")
    @classmethod
    def _value_fits_the_fact(cls, row: object) -> object:
        return value_fits(row)


class Turn(BaseModel):
    """One thing that someone said, tapped or set right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    audience: Audience
    author_id: str
    message_id: str
    """Unique within the place; the same id again is the same turn again and gets the same reply."""
    said_at: AwareDatetime
    text: str = ""
    question_id: str = ""
    """The question that `picked` answers; "" when they wrote words."""
    picked: tuple[str, ...] = ()
    """Ids of quick replies; the special ids are in `NOT_SURE` and `JUST_TELL_ME`."""
    corrections: tuple[Correction, ...] = ()
    """Facts set right under the recommendation of `decision_id`."""
    decision_id: str = ""
    """The decision whose facts are set right."""
    thread: tuple[ThreadMessage, ...] = ()
    """Earlier messages of the thread, oldest first, when the conversation starts in the middle of one."""
    link: str = ""
    """Permanent link to where it was asked, for the record."""
    about: str = ""
    """The words that are asked about when they are not the author's own; they stand in `thread`, too."""
    is_unaddressed: bool = False
    """It was written in a thread without addressing us: it may be an answer, or people talking."""
    replaces: str = ""
    """Id of an earlier message that was edited: `text` is what it says now, and stands in its place."""

    @property
    def words_id(self) -> str:
        """Return the id of the message that the words stand in."""
        return self.replaces or self.message_id

    @field_validator("text")
    @classmethod
    def _whole_characters(cls, text: str) -> str:
        """Replace halves of characters, which a broken terminal or client may send: no encoder takes them."""
        return text.encode("utf-8", "replace").decode("utf-8")


NOT_SURE = "not_sure"
JUST_TELL_ME = "just_tell_me"


class Conversation(BaseModel):
    """What we remember of one conversation between turns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    place: Place
    audience: Audience
    opened_by: str
    opened_at: datetime
    question: str = Field(default="", max_length=MAX_TEXT_CHARS)
    """The words that opened it, shortened for the record."""
    opening_message_id: str = ""
    """The message that these words are of."""
    question_by: str = ""
    """User id of whoever wrote these words, when somebody else asked about them."""
    link: str = ""
    statements: tuple[Statement, ...] = ()
    asked: tuple[str, ...] = ()
    """Ids of the questions asked so far, in order; a contradiction that we went on from counts as asked."""
    pending: str = ""
    """Id of the question that waits for an answer, or ""."""
    decision_id: str
    """Id of the record that this conversation leads to; fixed when it is opened, so that a repeat is seen."""
    supersedes: str = ""
    """Id of the accepted or overridden record that this one takes the place of, or ""."""
    is_decided: bool = False
    """A recommendation was given: new facts revise it, and only contradictions are still asked about."""
    done: dict[str, str] = Field(default_factory=dict)
    """The advised steps that are done: the id of the message that told it, by the id of the step."""
    keeps_to_self: bool = False
    """The one who asked privately said that the recommendation stays theirs."""
    is_discussed: bool = False
    """Others talk while a question waits: what cannot be read is not meant for us."""
    misread: int = 0
    """How often in a row a reply to the pending question could not be read."""
    model_uses: tuple[ModelUse, ...] = ()
    """The calls of a language model that the conversation took so far."""
    last_message_id: str = ""
    last_reply: Reply | None = None
    """The reply to `last_message_id`; repeated when that message comes again."""
    revision: int = 0
    """Grows by one with each turn; a save with a stale revision is refused."""

    @property
    def is_waiting(self) -> bool:
        """Say whether we asked something and wait for the answer."""
        return bool(self.pending)
