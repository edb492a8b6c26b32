"""What the inside needs from the outside, as protocols; adapters and test fakes implement them.

Every method may raise the error named in its docstring and no vendor's own.
"""

from __future__ import annotations

from bot.ports.conversations import Conversations, FeedbackBox, FirstContacts, PostedReplies, Spot
from bot.ports.decisions import DecisionLog, PlacesOfDecisions
from bot.ports.digests import (
    ChannelSettingsStore,
    Claim,
    DigestChannel,
    DigestDue,
    DigestMarks,
    DigestPosting,
    DigestTimes,
    TermCounts,
)
from bot.ports.inbox import Admitted, Asking, Inbox, InboxEntry, InboxState, QuestionLimits, Refused, Share
from bot.ports.installations import Installation, Installations, InstallStates
from bot.ports.outreach import Attempt, Courier, OutreachMarks
from bot.ports.passages import Passages
from bot.ports.removal import Departures, EntriesOfTeams, HoldsWords, Workspaces

__all__ = [
    "Admitted",
    "Asking",
    "Attempt",
    "ChannelSettingsStore",
    "Claim",
    "Conversations",
    "Courier",
    "DecisionLog",
    "Departures",
    "DigestChannel",
    "DigestDue",
    "DigestMarks",
    "DigestPosting",
    "DigestTimes",
    "EntriesOfTeams",
    "FeedbackBox",
    "FirstContacts",
    "HoldsWords",
    "Inbox",
    "InboxEntry",
    "InboxState",
    "InstallStates",
    "Installation",
    "Installations",
    "OutreachMarks",
    "Passages",
    "PlacesOfDecisions",
    "PostedReplies",
    "QuestionLimits",
    "Refused",
    "Share",
    "Spot",
    "TermCounts",
    "Workspaces",
]
