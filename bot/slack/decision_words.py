"""What became of a decision, in our voice: the lines under it, and why it stays as it is. As mrkdwn."""

from __future__ import annotations

from datetime import date, datetime

from bot.deciding import (
    AlreadyDecided,
    NotChoosable,
    NotDecided,
    NotKept,
    NotTheOwner,
    ReasonInvalid,
    Refusal,
    ReviewDateInvalid,
    ReviewMoved,
    RevisedSince,
    SameAsRecommended,
    Superseded,
)
from bot.decision.options import SHORT_NAMES, Option
from bot.record import Change
from bot.slack import escape
from bot.slack.fitting import shorten
from bot.slack.markup import link, person
from bot.slack.words import CANNOT_BE_DECIDED, NOT_KEPT, SAME_AS_RECOMMENDED

REASON_SHOWN_CHARS = 400
"""With it, a recommendation that fills its message still fits; the record has the whole reason."""
_PAST = {"overridden": "overrode", "withdrawn": "withdrew"}


def accepted(change: Change) -> str:
    """Return who accepted a recommendation, and when. Only for where a mention does not ping."""
    return f"✓ Accepted by {_person(change)} on {_day(change.at)}"


def overridden(change: Change) -> str:
    """Return who decided what instead, and why. Only for where a mention does not ping."""
    outcome = SHORT_NAMES[change.outcome] if change.outcome else "something else"
    reason = f" — “{shorten(escape.line(change.why), REASON_SHOWN_CHARS)}”" if change.why else ""
    return f"✎ Overridden by {_person(change)} on {_day(change.at)}: {outcome}{reason}"


def kept_up(owner: str, review_on: date | None) -> str:
    """Return whose a decision is and when it is looked at again, as the end of a line."""
    review = f", to be reviewed on {calendar_day(review_on)}" if review_on else ""
    return f" · owner <@{owner}>{review}"


def calendar_day(day: date) -> str:
    """Return a day of the calendar, which is the same everywhere."""
    return f"{day.day} {day:%B %Y}"


def recommended(decision_id: str, option: Option) -> str:
    """Return what an override is about."""
    return f"{decision_id}: I would {SHORT_NAMES[option]}."


def withdrawn(change: Change) -> str:
    """Return who withdrew it, and when. Only for where a mention does not ping."""
    return f"✕ Withdrawn by {_person(change)} on {_day(change.at)}"


def kept_earlier(change: Change, decision_id: str) -> str:
    """Return who kept an earlier decision, and when. Only for where a mention does not ping."""
    return f"↩ {decision_id} stands: kept by {_person(change)} on {_day(change.at)}"


def superseded(decision_id: str, link_to_newer: str = "") -> str:
    """Return what stands in its place."""
    return f"↪ Superseded by {link(decision_id, link_to_newer)}"


def outdone(decision_id: str, link_to_newer: str) -> str:
    """Return what stands under a recommendation that a newer one came after in its conversation."""
    return f"↪ Superseded by {link('my newer answer', link_to_newer)} below ({decision_id})"


def newer_answer(decision_id: str, link_to_newer: str) -> str:
    """Return what a person is told who acts on a recommendation that a newer one came after."""
    newer = f"{link('my newer answer', link_to_newer)} ({decision_id})"
    return f"This is an older one: {newer} has taken its place. Nothing was changed; please go on there."


def already_decided(change: Change, user_id: str) -> str:
    """Return what `user_id` is told who comes too late. Private, because there a mention pings nobody."""
    who = "You" if change.by == user_id else _person(change)
    outcome = f": {SHORT_NAMES[change.outcome]}" if change.outcome else ""
    did = _PAST.get(change.what, change.what)
    return f"{who} {did} this on {_day(change.at)}{outcome}. Nothing was changed."


def told(refusal: Refusal, user_id: str) -> str:  # noqa: PLR0911 - one sentence for each refusal
    """Return why a decision stays as it is, in one sentence to `user_id` alone."""
    match refusal:
        case NotKept():
            return NOT_KEPT
        case AlreadyDecided(change=change):
            return already_decided(change, user_id)
        case Superseded(decision_id=successor):
            return f"A newer decision, {successor}, stands in its place. Please look at that one."
        case RevisedSince(decision_id=revised):
            return f"I have revised {revised} since. Please look at my newest answer before you accept it."
        case NotTheOwner():
            return f"Only its owner, <@{refusal.owner}>, or an admin of this workspace can do that."
        case ReviewDateInvalid(first=first, last=last):
            return f"A review is from {calendar_day(first)} to {calendar_day(last)}. Nothing was changed."
        case ReviewMoved(review_on=review_on):
            when = f"The next review is on {calendar_day(review_on)}." if review_on else ""
            return f"That review was answered or moved before. {when} Nothing was changed.".replace("  ", " ")
        case SameAsRecommended():
            return SAME_AS_RECOMMENDED
        case NotDecided() | NotChoosable() | ReasonInvalid():
            return CANNOT_BE_DECIDED


def taken_back(decision_id: str) -> str:
    """Return to whoever withdrew a decision that it is done."""
    return f"{decision_id} is withdrawn. It stays in the log, with its history."


def see(decision_id: str) -> str:
    """Return how to see one decision."""
    return f"See it: `/finetune show {decision_id}`"


def saved(decision_id: str, outcome: Option) -> str:
    """Return to whoever saved a decision that it is kept."""
    return f"Saved as {decision_id}: {SHORT_NAMES[outcome]}. {see(decision_id)}"


def saved_by_another(change: Change, decision_id: str) -> str:
    """Return to whoever saves a message that it was saved. Private, because there a mention pings nobody."""
    return (
        f"{_person(change)} saved this message before, on {_day(change.at)}. Nothing was changed. "
        f"{see(decision_id)}"
    )


def _person(change: Change) -> str:
    return person(change.by)


def _day(at: datetime) -> str:
    """Return the day, as Slack shows it in the reader's own time zone."""
    return f"<!date^{int(at.timestamp())}^{{date_long}}|{at.day} {at:%B %Y}>"
