"""What Slack told us, as values: this is what the inbox keeps between acknowledging and answering."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from bot.channel_settings import ChannelSettings
from bot.conversation import Correction, Place
from bot.decision.options import Option
from bot.record import Verdict


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


class CommandCalled(Arrived):
    """`/finetune TEXT`. Slack gives commands no message and no thread: the answer is private."""

    kind: Literal["command"] = "command"
    text: str
    trigger_id: str
    response_url: str

    @property
    def place(self) -> Place:
        """Return the private place of this one call."""
        return self._place(f"command:{self.trigger_id}")

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.trigger_id

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"command:{self.team_id}:{self.trigger_id}"


class Written(Arrived):
    """A message in words. `thread_ts` is "" at top level."""

    ts: str
    thread_ts: str = ""
    text: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.ts

    @property
    def once(self) -> str:
        """Return one key for redeliveries and for the `app_mention` and `message` twins alike."""
        return said_once(self.team_id, self.channel_id, self.ts)


class Mentioned(Written):
    """A message in a channel that mentions us; `text` is without the mention."""

    kind: Literal["mention"] = "mention"

    @property
    def place(self) -> Place:
        """Return the thread under the message, or the one it stands in."""
        return self._place(self.thread_ts or self.ts)


class MessageSent(Written):
    """A message without a mention: in a direct message, or perhaps an answer in a thread of ours."""

    kind: Literal["message"] = "message"
    is_to_others: bool = False
    """It begins by naming someone else, so it is not an answer to us."""

    @property
    def place(self) -> Place:
        """Return the thread, or the direct message's top level."""
        return self._place(self.thread_ts)


class Changed(Arrived):
    """A message of a person that they changed afterwards; its words are not kept here. `user_id` wrote it.

    `thread_ts` is "" at top level.
    """

    ts: str
    thread_ts: str = ""

    @property
    def place(self) -> Place:
        """Return where what it began, or answered, is kept first of all; see `places`."""
        return self.places[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """Return every place whose conversation may rest on it: a direct message has two."""
        if not is_direct(self.channel_id):
            return (self._place(self.thread_ts or self.ts),)
        threads = dict.fromkeys(("", self.thread_ts, self.ts))
        return tuple(map(self._place, threads))

    @property
    def once_said(self) -> str:
        """Return the key under which the message itself was taken in, if it was."""
        return said_once(self.team_id, self.channel_id, self.ts)


class MessageDeleted(Changed):
    """A message was deleted; Slack does not say by whom."""

    kind: Literal["deleted"] = "deleted"

    @property
    def once(self) -> str:
        """Return one key for both ways in which Slack tells of it."""
        return f"deleted:{self.team_id}:{self.channel_id}:{self.ts}"


class MessageEdited(Changed):
    """The words of a message were edited."""

    kind: Literal["edited"] = "edited"
    edited_ts: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"edited:{self.team_id}:{self.channel_id}:{self.ts}:{self.edited_ts}"


class Pressed(Arrived):
    """A button under one of our messages; `place` is the conversation that the button belongs to."""

    place: Place
    response_url: str
    action_ts: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return f"{self.action_ts}:{self.user_id}"

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


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


class WordsSubmitted(AboutWaiting):
    """The form behind *Answer in words*, filled in and checked."""

    kind: Literal["words"] = "words"
    view_id: str
    text: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.view_id

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


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


class AcceptPressed(OnDecision):
    """*Accept* under a recommendation."""

    kind: Literal["accept"] = "accept"
    action_ts: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


class KeepEarlierPressed(OnDecision):
    """*Keep the earlier decision* under a recommendation."""

    kind: Literal["keep_earlier"] = "keep_earlier"
    action_ts: str
    earlier_id: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


class OverrideSubmitted(OnDecision):
    """The form behind *Override…*, filled in and checked."""

    kind: Literal["override"] = "override"
    view_id: str
    outcome: Option
    why: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


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


class ConditionAnswered(OnDecision):
    """A yes or a no under a condition of a recommendation."""

    kind: Literal["condition"] = "condition"
    action_ts: str
    requirement: str
    """Id of the requirement that the condition belongs to."""
    is_so: bool

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return f"{self.action_ts}:{self.user_id}"

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"action:{self.team_id}:{self.action_ts}:{self.user_id}"


class CorrectionSubmitted(OnDecision):
    """The form behind *Correct this*, filled in and checked: what was changed in it."""

    kind: Literal["correction"] = "correction"
    view_id: str
    corrections: tuple[Correction, ...]

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return f"view:{self.view_id}"

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


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


class UpkeepSubmitted(OnDecision):
    """The form for owner and review date, filled in and checked."""

    kind: Literal["upkeep"] = "upkeep"
    view_id: str
    owner: str
    review_on: date

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


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


class DecisionSaved(OnMessage):
    """The form behind it, filled in and checked."""

    kind: Literal["save"] = "save"
    view_id: str
    outcome: Option
    why: str
    on: date
    owner: str
    context: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


class SettingsShown(BaseModel):
    """A form with settings, as it was put before a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team_id: str
    channel_id: str
    is_defaults: bool
    """They are the workspace's defaults; `channel_id` is only where the form was asked for."""
    settings: ChannelSettings
    response_url: str


class OnSettings(Arrived):
    """Something that a person did with the settings that they were shown."""

    shown: SettingsShown
    view_id: str

    @property
    def place(self) -> Place:
        """Return what keeps changes of one channel's settings in order."""
        return self._place("settings")

    @property
    def response_url(self) -> str:
        """Return where to answer them alone."""
        return self.shown.response_url


class SettingsFilled(OnSettings):
    """The form with settings as it was submitted, by block_id, not yet checked and never kept."""

    values: dict[str, str]


class SettingsSubmitted(OnSettings):
    """The form with settings, filled in and checked."""

    kind: Literal["settings"] = "settings"
    wanted: ChannelSettings

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"view:{self.team_id}:{self.view_id}"


class SaveFilled(OnMessage):
    """The form as it was submitted, not yet checked and never kept."""

    view_id: str
    outcome: str
    why: str
    on: str
    owner: str
    context: str


ToOpen = ViewAsked | SaveAsked | WordsAsked
"""Answered at once with a view, and never kept."""
Filled = (
    FormFilled | CorrectionFilled | SaveFilled | SettingsFilled | UpkeepFilled | WordsFilled | ReasonFilled
)
"""Forms as they were submitted, not yet checked and never kept."""

AnyIncoming = (
    CommandCalled
    | Mentioned
    | MessageSent
    | MessageDeleted
    | MessageEdited
    | EvaluatePressed
    | ReplyPicked
    | ContinuePressed
    | SharePressed
    | KeepPressed
    | WordsSubmitted
    | RatePressed
    | ReasonSubmitted
    | AcceptPressed
    | KeepEarlierPressed
    | OverrideSubmitted
    | UpkeepSubmitted
    | ReviewAnswered
    | ConditionAnswered
    | CorrectionSubmitted
    | ChannelJoined
    | HomeOpened
    | MessagesOpened
    | MessageAsked
    | DecisionSaved
    | SettingsSubmitted
    | AppRemoved
)
Incoming = Annotated[AnyIncoming, Field(discriminator="kind")]
INCOMING: TypeAdapter[AnyIncoming] = TypeAdapter(Incoming)
"""Reads an `Incoming` back from the inbox's JSON."""
