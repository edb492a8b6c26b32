"""Every Redis key and every lifetime.

The part in braces is the hash tag: keys with the same tag live on the same node of a Cluster, which is what
lets one command or script touch several of them. A workspace's keys carry its id, so that workspaces spread.
Ids are percent-encoded, so that no id can end its part of a key early and reach into another workspace.
"""

from __future__ import annotations

from urllib.parse import quote

from bot.conversation import Place

_PREFIX = "finetune-advisor"

CONVERSATION_DAYS = 30
"""After the last turn."""
ONCE_HOURS = 24
"""How long a repeat of an event is recognised; Slack stops redelivering after about an hour."""
HOME_DAYS = 30
"""After it was opened last; one that nobody opens is not drawn again."""
POSTED_REPLY_DAYS = 7
"""Longer than an entry can wait in the inbox and be tried again."""
DIGEST_CLAIM_MINUTES = 15
"""After this long, someone who claimed a digest and died no longer keeps others from posting it."""
DIGEST_POSTED_DAYS = 100
"""Longer than the oldest week that is still caught up on."""
SHOWN_DECISION_DAYS = 800
"""Longer than the furthest review: a message that old is not looked for any more."""
OUTREACH_CLAIM_MINUTES = 15
"""After this long, someone who claimed a message and died no longer keeps others from sending it."""
DEAD_LETTER_DAYS = 30
"""After the last burial; dead letters hold people's words."""
MAX_DEAD_LETTERS = 1_000
FEEDBACK_DAYS = 180
"""After it was given: long enough to see what a change of the policy did."""
USAGE_DAYS = 100
"""After the last call on an account of that day."""
RESERVED_MINUTES = 10
"""Longer than any call of a language model: what a process set aside and died with is free again then."""

TEAMS = f"{_PREFIX}:{{teams}}"
"""Set of the workspaces that have decisions, for the operator's command line."""
FEEDBACK_TEAMS = f"{_PREFIX}:{{feedback}}:teams"
"""Set of the workspaces with feedback, for the operator's command line."""
INBOX_EVENTS = f"{_PREFIX}:{{inbox}}:events"
"""Stream of entries that are not finished."""
INBOX_DEAD_LETTERS = f"{_PREFIX}:{{inbox}}:dead-letters"
"""Stream of entries that failed too often."""
INBOX_LANE_PREFIX = f"{_PREFIX}:{{inbox}}:lane:"
"""Before an order key, as it is: scripts put the two together. See `inbox_lane`."""


def conversation(place: Place) -> str:
    """Hash: `revision` and the conversation as `json`."""
    return f"{_of_team(place.team_id)}:conversation:{_part(place.channel_id)}:{_part(place.thread)}"


def waiting(team_id: str, user_id: str) -> str:
    """Sorted set: where conversations that this person opened wait for an answer, as JSON [channel, thread].

    By the time of the last turn, in microseconds since 1970. It lives as long as the newest of them.
    """
    return f"{_of_team(team_id)}:waiting:{_part(user_id)}"


def greeted_channels(team_id: str) -> str:
    """Set of the channels where we said hello. Kept forever: nobody wants a second one."""
    return f"{_of_team(team_id)}:greeted-channels"


def home(team_id: str, user_id: str) -> str:
    """Days that a person's Home looks back; there once they opened it."""
    return f"{_of_team(team_id)}:home:{_part(user_id)}"


def decision(team_id: str, decision_id: str) -> str:
    """Record as JSON. Kept forever."""
    return f"{_of_team(team_id)}:decision:{_part(decision_id)}"


def decisions_by_time(team_id: str) -> str:
    """Sorted set of decision ids by `decided_at`, in microseconds since 1970. Kept forever."""
    return f"{_of_team(team_id)}:decisions-by-time"


def decisions_quoting(team_id: str, channel_id: str, message_id: str) -> str:
    """Set of the ids of decisions in which a message is quoted. Kept as long as they are."""
    return f"{_of_team(team_id)}:decisions-quoting:{_part(channel_id)}:{_part(message_id)}"


def feedback(team_id: str, about: str, user_id: str) -> str:
    """What one person thought of one answer, as JSON."""
    return f"{_of_team(team_id)}:feedback:{_part(about)}:{_part(user_id)}"


def feedback_by_time(team_id: str) -> str:
    """Sorted set of the keys of a workspace's feedback by when it was given, in seconds since 1970."""
    return f"{_of_team(team_id)}:feedback-by-time"


def decisions_by_review(team_id: str) -> str:
    """Sorted set of ids of decisions in force by `review_on`, as its ordinal. Kept forever."""
    return f"{_of_team(team_id)}:decisions-by-review"


def shown_decision(team_id: str, decision_id: str) -> str:
    """Hash: where messages with this recommendation stand, as "channel:ts" and the ts of the thread."""
    return f"{_of_team(team_id)}:shown-decision:{_part(decision_id)}"


def outreach(team_id: str, kind: str, to: str) -> str:
    """Hash: what we last sent somebody of our own accord, and the attempt at hand. Kept forever, one each."""
    return f"{_of_team(team_id)}:outreach:{_part(kind)}:{_part(to)}"


def told(team_id: str, kind: str) -> str:
    """Hash: what we told of our own accord, and when (seconds since 1970). Kept forever."""
    return f"{_of_team(team_id)}:told:{_part(kind)}"


def digest_mark(team_id: str, channel_id: str, week: str) -> str:
    """Claimant or "posted"."""
    return f"{_of_team(team_id)}:digest:{_part(channel_id)}:{_part(week)}"


def reply_id(team_id: str, entry_id: str) -> str:
    """Random id of the reply to an inbox entry."""
    return f"{_of_team(team_id)}:reply-id:{_part(entry_id)}"


def posted_ts(team_id: str, reply_id: str) -> str:
    """Ts of the message that was posted for a reply."""
    return f"{_of_team(team_id)}:posted-ts:{_part(reply_id)}"


def exam(model: str, prompt_version: str) -> str:
    """Result of a language model's exam, as JSON. Kept until the next one."""
    return f"{_PREFIX}:{{exams}}:{_part(model)}:{_part(prompt_version)}"


def usage_account(team_id: str, day: str, kind: str, id_: str) -> str:
    """Hash: what one account used on one day, and what is set aside on it; see `ledger_scripts`."""
    return f"{_of_team(team_id)}:usage:{_part(day)}:{_part(kind)}:{_part(id_)}"


def usage_accounts(team_id: str, day: str) -> str:
    """Set of a workspace's accounts with calls on one day, as "kind:id"."""
    return f"{_of_team(team_id)}:usage-accounts:{_part(day)}"


def usage_teams(day: str) -> str:
    """Set of the workspaces with calls on one day, for the operator's command line."""
    return f"{_PREFIX}:{{usage}}:teams:{_part(day)}"


def inbox_once(once: str) -> str:
    """Marker that this was appended."""
    return f"{_PREFIX}:{{inbox}}:once:{_part(once)}"


def inbox_lane(order_key: str) -> str:
    """List: ids of the unfinished entries with one order key, oldest first."""
    return INBOX_LANE_PREFIX + order_key


def _of_team(team_id: str) -> str:
    return f"{_PREFIX}:{{{_part(team_id)}}}"


def _part(id_: str) -> str:
    return quote(id_, safe="")
