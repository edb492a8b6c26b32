"""Every Redis key and every lifetime.

The part in braces is the hash tag: keys with the same tag live on the same node of a Cluster, which is what
lets one command or script touch several of them. A workspace's keys carry its id, so that workspaces spread.
Ids are percent-encoded, so that no id can end its part of a key early and reach into another workspace. What
belongs to all workspaces has a tag that begins with "#", which no encoded id does.
"""

from __future__ import annotations

from hashlib import sha256
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
TERM_COUNT_DAYS = 100
"""As long as digests: none reaches further back."""
DEAD_LETTER_DAYS = 30
"""After the last burial; dead letters hold people's words."""
MAX_DEAD_LETTERS = 1_000
INDEX_FORM = 1
"""Grows when decisions are listed under other terms, or in another form: they are listed anew then."""
LISTS = 2
"""Grows when decisions are entered into one more list: all of them are entered anew then."""
FEEDBACK_DAYS = 180
"""After it was given: long enough to see what a change of the policy did."""
USAGE_DAYS = 100
"""After the last call on an account of that day."""
RESERVED_MINUTES = 10
"""Longer than any call of a language model: what a process set aside and died with is free again then."""
INSTALL_STATE_MINUTES = 10
"""From the page that begins an installation until Slack sends the person back."""
MAX_INSTALL_STATES = 100_000
"""Then the oldest is dropped: anybody may begin, and as often as they like.

So many that a person is back from Slack before a flood has driven them out.
"""

LIMIT_HOURS = 1
"""How far back the questions of a person, channel and workspace are counted."""
SWEEP_SECONDS = 300
"""How long looking through all keys may take, when something is erased or a workspace deleted."""

TEAMS = f"{_PREFIX}:{{#teams}}"
"""Set of the workspaces that have decisions, for the operator's command line."""
INSTALLED = f"{_PREFIX}:{{#installed}}"
"""Sorted set of the workspaces that installed the app, by when, in microseconds since 1970."""
INSTALL_STATES = f"{_PREFIX}:{{#install-states}}"
"""Sorted set of the states of people who are installing it, by when each ends, in s since 1970."""
DEPARTURES = f"{_PREFIX}:{{#departures}}"
"""Sorted set of the workspaces that removed the app, by when all of theirs is deleted, in s since 1970."""
FEEDBACK_TEAMS = f"{_PREFIX}:{{#feedback}}:teams"
"""Set of the workspaces with feedback, for the operator's command line."""
USAGE_TEAMS_BEGIN = f"{_PREFIX}:{{#usage}}:teams:"
"""How the sets of workspaces with calls on one day begin."""
INBOX_EVENTS = f"{_PREFIX}:{{#inbox}}:events"
"""Stream of entries that are not finished."""
INBOX_DEAD_LETTERS = f"{_PREFIX}:{{#inbox}}:dead-letters"
"""Stream of entries that failed too often."""
INBOX_LANE_PREFIX = f"{_PREFIX}:{{#inbox}}:lane:"
"""Before an order key, as it is: scripts put the two together. See `inbox_lane`."""


def conversation(place: Place) -> str:
    """Hash: `revision` and the conversation as `json`."""
    return f"{_of_team(place.team_id)}:conversation:{_part(place.channel_id)}:{_part(place.thread)}"


def installation(team_id: str) -> str:
    """Who installed the app and its encrypted token, as JSON. Kept until the app is removed."""
    return f"{_of_team(team_id)}:installation"


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
    return f"{decisions_quoting_of_team(team_id)}{_part(channel_id)}:{_part(message_id)}"


def decisions_quoting_of_team(team_id: str) -> str:
    """Return how all keys of `decisions_quoting` of a workspace begin."""
    return f"{_of_team(team_id)}:decisions-quoting:"


def feedback(team_id: str, about: str, user_id: str) -> str:
    """What one person thought of one answer, as JSON."""
    return f"{feedback_about(team_id, about)}{_part(user_id)}"


def feedback_of_team(team_id: str) -> str:
    """Return how all keys of `feedback` of a workspace begin."""
    return f"{_of_team(team_id)}:feedback:"


def feedback_about(team_id: str, about: str) -> str:
    """Return how the keys of `feedback` on one answer begin."""
    return f"{feedback_of_team(team_id)}{_part(about)}:"


def feedback_end(user_id: str) -> str:
    """Return how the keys of `feedback` of one person end."""
    return f":{_part(user_id)}"


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
    return f"{outreach_of_team(team_id)}{_part(kind)}{outreach_end(to)}"


def outreach_of_team(team_id: str) -> str:
    """Return how all keys of `outreach` of a workspace begin."""
    return f"{_of_team(team_id)}:outreach:"


def outreach_end(to: str) -> str:
    """Return how the keys of `outreach` to somebody end."""
    return f":{_part(to)}"


def told(team_id: str, kind: str) -> str:
    """Hash: what we told of our own accord, and when (seconds since 1970). Kept forever."""
    return f"{_of_team(team_id)}:told:{_part(kind)}"


def decision_shelf(team_id: str, shelf: str) -> str:
    """Hash: the lists of decisions that one audience shares; see `decision_lists`. Kept forever."""
    return f"{_index_of_team(team_id)}:shelf:{_part(shelf)}"


def decision_marks(team_id: str, shelf: str) -> str:
    """Hash: what similar questions are found by, of one shelf. Kept forever."""
    return f"{_index_of_team(team_id)}:marks:{_part(shelf)}"


def decision_shelves(team_id: str) -> str:
    """Set of the shelves with decisions, for the operator's command line."""
    return f"{_index_of_team(team_id)}:shelves"


def decision_pages(team_id: str) -> str:
    """Set of the pages, by time, that have decisions on any shelf."""
    return f"{_index_of_team(team_id)}:pages"


def decisions_listed(team_id: str) -> str:
    """Marker that decisions from before there were all of these lists are listed, too."""
    return f"{_index_of_team(team_id)}:is-whole:{LISTS}"


def decisions_unlisted(team_id: str) -> str:
    """Set of the ids of decisions that could not be read when all were listed. Kept until they can."""
    return f"{_index_of_team(team_id)}:unlisted"


def decisions_with_words(team_id: str) -> str:
    """Sorted set of ids of decisions that hold words by their last change, in microseconds since 1970."""
    return f"{_index_of_team(team_id)}:with-words"


def decisions_of_unknown_audience(team_id: str) -> str:
    """Set of the ids of decisions of which Slack could not say who sees them. Kept until it does."""
    return f"{_of_team(team_id)}:decisions-of-unknown-audience"


def decisions_naming(team_id: str, user_id: str) -> str:
    """Set of the decisions in which a person's id stands, as the numbers of `decision_lists`.

    Kept until there is none any more. Redis packs whole numbers into 8 bytes each.
    """
    return f"{_index_of_team(team_id)}:naming:{_part(user_id)}"


def digest_mark(team_id: str, channel_id: str, week: str) -> str:
    """Claimant or "posted"."""
    return f"{_of_team(team_id)}:digest:{_part(channel_id)}:{_part(week)}"


def digest_posting(team_id: str, channel_id: str, week: str) -> str:
    """Random id of a digest's message, and when it was tried first, as "id at"."""
    return f"{_of_team(team_id)}:digest-posting:{_part(channel_id)}:{_part(week)}"


def digests_due(team_id: str) -> str:
    """Sorted set of channel ids by when their next digest is due, in seconds since 1970. Kept forever."""
    return f"{_of_team(team_id)}:digests-due"


def digests_from(team_id: str) -> str:
    """Hash: channel id → the first week that no digest of it covers yet. Kept forever."""
    return f"{_of_team(team_id)}:digests-from"


def channel_settings_of_team(team_id: str) -> str:
    """Return how all keys of `channel_settings` of a workspace begin."""
    return f"{_of_team(team_id)}:channel-settings:"


def channel_settings(team_id: str, channel_id: str) -> str:
    """Hash: `revision` and settings as `json`; without a channel, the workspace's defaults. Kept forever."""
    return f"{channel_settings_of_team(team_id)}{_part(channel_id)}"


def term_counts(team_id: str, channel_id: str, week: str) -> str:
    """Hash: term → how often it was asked about openly in a channel in one week."""
    return f"{_of_team(team_id)}:term-counts:{_part(channel_id)}:{_part(week)}"


def reply_id(team_id: str, entry_id: str) -> str:
    """Random id of the reply to an inbox entry."""
    return f"{_of_team(team_id)}:reply-id:{_part(entry_id)}"


def posted_ts(team_id: str, reply_id: str) -> str:
    """Ts of the message that was posted for a reply."""
    return f"{_of_team(team_id)}:posted-ts:{_part(reply_id)}"


def exam(model: str, prompt_version: str) -> str:
    """Result of a language model's exam, as JSON. Kept until the next one."""
    return f"{_PREFIX}:{{#exams}}:{_part(model)}:{_part(prompt_version)}"


def usage_account(team_id: str, day: str, kind: str, id_: str) -> str:
    """Hash: what one account used on one day, and what is set aside on it; see `ledger_scripts`."""
    return f"{usage_of_team(team_id)}{_part(day)}{usage_account_end(kind, id_)}"


def usage_account_end(kind: str, id_: str) -> str:
    """Return how the keys of one account end, whatever the day."""
    return f":{_part(kind)}:{_part(id_)}"


def usage_accounts(team_id: str, day: str) -> str:
    """Set of a workspace's accounts with calls on one day, as "kind:id"."""
    return f"{_of_team(team_id)}:usage-accounts:{_part(day)}"


def usage_teams(day: str) -> str:
    """Set of the workspaces with calls on one day, for the operator's command line."""
    return f"{USAGE_TEAMS_BEGIN}{_part(day)}"


def inbox_once(once: str) -> str:
    """Marker that this was appended, as a fingerprint: `once` may hold a person's id."""
    return f"{_PREFIX}:{{#inbox}}:once:{sha256(once.encode()).hexdigest()[:32]}"


def inbox_lane(order_key: str) -> str:
    """List: ids of the unfinished entries with one order key, oldest first."""
    return INBOX_LANE_PREFIX + order_key


def asked_window(team_id: str, whose: str, id_: str) -> str:
    """Sorted set of the questions within the last hour, by when they were asked, in ms since 1970."""
    return f"{_of_team(team_id)}:asked:{_part(whose)}:{_part(id_)}"


def limit_told(team_id: str, user_id: str, whose: str, id_: str) -> str:
    """Question at which a person was told that a limit is reached; gone when the limit has room again."""
    return f"{limit_told_of(team_id, user_id)}{_part(whose)}:{_part(id_)}"


def limit_told_of(team_id: str, user_id: str) -> str:
    """Return how all keys of `limit_told` of one person begin."""
    return f"{_of_team(team_id)}:limit-told:{_part(user_id)}:"


def all_of_team(team_id: str) -> str:
    """Return how every key of a workspace begins, and no other key."""
    return f"{_of_team(team_id)}:"


def conversations_of_team(team_id: str) -> str:
    """Return how the keys of all its conversations begin."""
    return f"{_of_team(team_id)}:conversation:"


def usage_of_team(team_id: str) -> str:
    """Return how the keys of all its accounts begin."""
    return f"{_of_team(team_id)}:usage:"


def _index_of_team(team_id: str) -> str:
    return f"{_of_team(team_id)}:decision-index-{INDEX_FORM}"


def _of_team(team_id: str) -> str:
    return f"{_PREFIX}:{{{_part(team_id)}}}"


def _part(id_: str) -> str:
    return quote(id_, safe="")
