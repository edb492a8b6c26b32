"""What Slack told us, as values: this is what the inbox keeps between acknowledging and answering."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.slack.incoming.arrived import (
    Arrived,
    PressedElsewhere,
    Told,
    is_direct,
    order_key,
    said_once,
)
from bot.slack.incoming.decisions import (
    AcceptPressed,
    ConditionAnswered,
    CorrectionFilled,
    CorrectionSubmitted,
    Entry,
    FormFilled,
    KeepEarlierPressed,
    OnDecision,
    OverrideSubmitted,
    ReviewAnswered,
    Shown,
    UpkeepFilled,
    UpkeepSubmitted,
    ViewAsked,
)
from bot.slack.incoming.messages import (
    Changed,
    CommandCalled,
    Mentioned,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    Written,
)
from bot.slack.incoming.notices import AppRemoved, ChannelJoined, HomeOpened, MessagesOpened, Notice
from bot.slack.incoming.on_messages import (
    DecisionSaved,
    MessageAsked,
    OnMessage,
    SaveAsked,
    SaveFilled,
    TheirMessage,
)
from bot.slack.incoming.on_settings import OnSettings, SettingsFilled, SettingsShown, SettingsSubmitted
from bot.slack.incoming.questions import (
    AboutWaiting,
    ContinuePressed,
    EvaluatePressed,
    KeepPressed,
    Pressed,
    ReplyPicked,
    SharePressed,
    Waiting,
    WordsAsked,
    WordsFilled,
    WordsSubmitted,
)
from bot.slack.incoming.ratings import OnAnswer, Rated, RatePressed, ReasonFilled, ReasonSubmitted

__all__ = [
    "INCOMING",
    "AboutWaiting",
    "AcceptPressed",
    "AnyIncoming",
    "AppRemoved",
    "Arrived",
    "Changed",
    "ChannelJoined",
    "CommandCalled",
    "ConditionAnswered",
    "ContinuePressed",
    "CorrectionFilled",
    "CorrectionSubmitted",
    "DecisionSaved",
    "Entry",
    "EvaluatePressed",
    "Filled",
    "FormFilled",
    "HomeOpened",
    "Incoming",
    "KeepEarlierPressed",
    "KeepPressed",
    "Mentioned",
    "MessageAsked",
    "MessageDeleted",
    "MessageEdited",
    "MessageSent",
    "MessagesOpened",
    "Notice",
    "OnAnswer",
    "OnDecision",
    "OnMessage",
    "OnSettings",
    "OverrideSubmitted",
    "Pressed",
    "PressedElsewhere",
    "RatePressed",
    "Rated",
    "ReasonFilled",
    "ReasonSubmitted",
    "ReplyPicked",
    "ReviewAnswered",
    "SaveAsked",
    "SaveFilled",
    "SettingsFilled",
    "SettingsShown",
    "SettingsSubmitted",
    "SharePressed",
    "Shown",
    "TheirMessage",
    "ToOpen",
    "Told",
    "UpkeepFilled",
    "UpkeepSubmitted",
    "ViewAsked",
    "Waiting",
    "WordsAsked",
    "WordsFilled",
    "WordsSubmitted",
    "Written",
    "is_direct",
    "order_key",
    "said_once",
]

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
