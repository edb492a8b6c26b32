"""What we say about a channel's settings and its digest, as mrkdwn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channel_settings import DigestPlan, SettingsChange
from bot.slack.markup import person
from bot.weeks import WEEKDAYS

NOT_ADDRESSED_HERE = "Settings and digests are for channels. Please type that in the channel that you mean."
NO_GUESTS = "Only full members of this workspace can change what holds in a channel."
MEMBERS_ONLY = "Only members of this channel can change what holds here. Join it, then try again."
ADMINS_ONLY = "Only owners and admins of this workspace can set its defaults."
CANNOT_CHECK = "I could not find out whether you may do that. Please try again in a moment."
SAVED = "Saved."
DEFAULTS_SAVED = "Saved. Channels that have chosen nothing else follow this from now on."
SWITCHED_OFF_HERE = "I am switched off in this channel. `/finetune settings` shows what holds here."
MEMBERS_MAY_ASK = (
    "In this channel only full members of the workspace may ask me. `/finetune settings` says more."
)
PICK_A_ZONE = "There is no such time zone. Write one such as Europe/Berlin or America/New_York."
PICK_A_TIME = "Please pick a time."
PICK_ONE = "Please pick one."
DIGEST_IS_OFF = "The weekly digest is off here."
DIGEST_ALREADY_OFF = "The weekly digest was off here already."
HOW_TO_SWITCH_ON = (
    "Switch it on with `/finetune digest on fri 16:00 Europe/Berlin`, or just `/finetune digest on`. "
    "`/finetune digest preview` shows you what it would say."
)
NO_SUCH_TIME = (
    "I know no such time or time zone. Write it like `/finetune digest on fri 16:00 Europe/Berlin`: a day, a "
    "time from 00:00 to 23:59, and a zone; each can be left out."
)
DIGEST_POSTED_BEFORE = (
    "The digest of the last full week was posted before, so I post no second one. "
    "`/finetune digest preview` shows you this week so far."
)
DIGEST_BEING_POSTED = "The digest is being posted right now."
DIGEST_POSTED = "Posted."
PREVIEW = "Only you see this: what the next digest would show everyone here, as of now."
_FIELDS = {
    "who_may_ask": "who may ask",
    "command_answers": "who sees the answers to /finetune",
    "follows_up": "follow-up without a mention",
    "digest": "the digest",
    "empty_week": "what comes after a quiet week",
    "review_after_days": "when decisions come up for review",
}


def digest_is_on(plan: DigestPlan, next_at: datetime) -> str:
    """Return when a channel's digest comes, and when the next time."""
    local = next_at.astimezone(ZoneInfo(plan.zone))
    first = f"{WEEKDAYS[local.weekday()]}, {local.day} {local:%B}, {local:%H:%M}"
    return (
        f"The weekly digest comes every {WEEKDAYS[plan.weekday]} at {plan.at:%H:%M} ({plan.zone}), about the "
        f"week before, Monday to Sunday. The next one comes on *{first}*. It shows what everyone in this "
        "channel may see."
    )


def digest_is_paused(channel_id: str) -> str:
    """Return that a digest waits to be switched on again."""
    return (
        f"The weekly digest of <#{channel_id}> is paused, because I could not post it. "
        "`/finetune digest on` resumes it."
    )


def digest_paused(channel_id: str) -> str:
    """Return what the person who switched a digest on is told directly when it cannot be posted any more."""
    return (
        f"I could not post the weekly digest in <#{channel_id}>: the channel is archived, or I am no longer "
        "in it. I have paused it and will not try again. Once I am back there, `/finetune digest on` there "
        "resumes it."
    )


def invite(bot_name: str) -> str:
    """Return how to let us into a channel before we can do that."""
    return f"I am not in this channel. Type `/invite @{bot_name}` first, then try again."


def last_change(change: SettingsChange | None) -> str:
    """Return who changed the settings last, and when; `<@…>` calls nobody in a view."""
    if change is None:
        return "Nobody has changed these yet."
    who = person(change.by) if change.by else "me"
    at = f"<!date^{int(change.at.timestamp())}^{{date_long}} at {{time}}|{change.at:%Y-%m-%d %H:%M} UTC>"
    return f"Last changed by {who}, {at}: {named(change.what)}."


def named(fields: Iterable[str]) -> str:
    """Return settings by what people call them."""
    return ", ".join(_FIELDS[name] for name in fields)
