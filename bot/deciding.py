"""What people may do with a recommendation: accept it, decide otherwise, withdraw it, replace it, review it.

Each step takes a record and returns it with one more change in its history, or the reason why it stays as it
is. The same step again (same person, same moment) returns the record unchanged, so that a redelivered press
counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.permissions import is_in_charge
from bot.record import Change, DecisionRecord, Status, Verdict
from bot.reviewing import next_review, review_date, review_dates

REASON_CHARS = 500
CHOOSABLE: tuple[Option, ...] = tuple(
    option
    for option in Option
    if option not in (Option.ASK, Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE)
)
"""What a person can decide; the others are things that only we do in a conversation."""


@dataclass(frozen=True)
class NotKept:
    """The decision is not in the log, or not in this conversation."""


@dataclass(frozen=True)
class NotDecided:
    """Nobody has accepted or overridden it; such a record is revised, not superseded."""


@dataclass(frozen=True)
class AlreadyDecided:
    """Somebody accepted, overrode or withdrew it before; `change` says who and when."""

    change: Change


@dataclass(frozen=True)
class Superseded:
    """A newer decision stands in its place."""

    decision_id: str


@dataclass(frozen=True)
class RevisedSince:
    """What was shown is not what is recommended now."""

    decision_id: str


@dataclass(frozen=True)
class NotTheOwner:
    """Only its owner or an admin of the workspace may do this. `owner` is a user id."""

    owner: str


@dataclass(frozen=True)
class SameAsRecommended:
    """To decide what is recommended is to accept it."""


@dataclass(frozen=True)
class NotChoosable:
    """Nobody can decide this outcome."""


@dataclass(frozen=True)
class ReasonInvalid:
    """The reason is empty or too long."""


@dataclass(frozen=True)
class ReviewDateInvalid:
    """A review is from tomorrow to two years ahead; `first` and `last` are those days."""

    first: date
    last: date


@dataclass(frozen=True)
class ReviewMoved:
    """The review that was asked for was answered, or moved to `review_on`, since."""

    review_on: date | None


Refusal = (
    NotKept
    | NotDecided
    | AlreadyDecided
    | Superseded
    | RevisedSince
    | NotTheOwner
    | SameAsRecommended
    | NotChoosable
    | ReasonInvalid
    | ReviewDateInvalid
    | ReviewMoved
)


def accept(
    record: DecisionRecord, *, by: str, at: datetime, shown: Option, review_after_days: int | None = None
) -> DecisionRecord | Refusal:
    """Accept what is recommended, provided that it is still what the person was shown.

    `review_after_days` is the channel's own interval between reviews, if it has one.
    """
    change = Change(at=at, by=by, what="accepted", outcome=shown)
    if change in record.history:
        return record
    if record.status != "proposed":
        return _closed(record)
    if record.current.option != shown:
        return RevisedSince(record.id)
    return _decided(record, change, "accepted", review_date(shown, at.date(), review_after_days))


def override(
    record: DecisionRecord,
    *,
    by: str,
    at: datetime,
    shown: Option,
    outcome: Option,
    why: str,
    review_after_days: int | None = None,
) -> DecisionRecord | Refusal:
    """Decide something else than what is recommended, with a reason; the recommendation stays as it was.

    `shown` is what the person was shown: the form may be older than the recommendation. `review_after_days`
    is the channel's own interval between reviews, if it has one.
    """
    change = Change(at=at, by=by, what="overridden", why=why.strip(), outcome=outcome)
    if change in record.history:
        return record
    if record.status not in ("proposed", "accepted"):
        return _closed(record)
    if record.current.option != shown:
        return RevisedSince(record.id)
    if outcome not in CHOOSABLE:
        return NotChoosable()
    if outcome == record.current.option:
        return SameAsRecommended()
    if not is_reason(why):
        return ReasonInvalid()
    return _decided(record, change, "overridden", review_date(outcome, at.date(), review_after_days))


def withdraw(
    record: DecisionRecord, *, by: str, at: datetime, why: str = "", is_admin: bool = False
) -> DecisionRecord | Refusal:
    """Take it back; the record stays."""
    change = Change(at=at, by=by, what="withdrawn", why=why.strip())
    if change in record.history:
        return record
    if record.status not in ("proposed", "accepted"):
        return _closed(record)
    if not is_in_charge(record, by, is_admin=is_admin):
        return NotTheOwner(record.owner)
    return _changed(record, change, "withdrawn")


def keep_earlier(
    record: DecisionRecord, *, by: str, at: datetime, earlier: DecisionRecord
) -> DecisionRecord | Refusal:
    """Take a recommendation back for an earlier decision on a similar question, which stands.

    Like accepting, anyone in the conversation may: it is a decision, only an older one.
    """
    change = Change(at=at, by=by, what="withdrawn", why=f"{earlier.id} stands")
    if change in record.history:
        return record
    if record.status != "proposed":
        return _closed(record)
    if earlier.id == record.id or earlier.status not in ("accepted", "overridden"):
        return NotDecided()
    return _changed(record, change, "withdrawn").model_copy(update={"kept_instead": earlier.id})


def change_upkeep(
    record: DecisionRecord, *, by: str, at: datetime, is_admin: bool, owner: str, review_on: date
) -> DecisionRecord | Refusal:
    """Give a decision to another owner, move its review, or both; what is as it was is no change."""
    to_owner = Change(at=at, by=by, what="owner_changed", owner=owner)
    to_date = Change(at=at, by=by, what="review_moved", review_on=review_on)
    if {to_owner, to_date} & set(record.history):
        return record
    if not record.is_in_force:
        return NotDecided() if record.status == "proposed" else _closed(record)
    if not is_in_charge(record, by, is_admin=is_admin):
        return NotTheOwner(record.owner)
    first, last = review_dates(at)
    if review_on != record.review_on and not first <= review_on <= last:
        return ReviewDateInvalid(first, last)
    changes = [to_owner] if owner != record.owner else []
    changes += [to_date] if review_on != record.review_on else []
    if not changes:
        return record
    update = {"owner": owner, "review_on": review_on, "history": (*record.history, *changes)}
    return record.model_copy(update=update)


def review(
    record: DecisionRecord,
    *,
    by: str,
    at: datetime,
    verdict: Verdict,
    asked_for: date,
    review_after_days: int | None = None,
) -> DecisionRecord | Refusal:
    """Say how a decision looks now, and set when to look again.

    `asked_for` is the review that was due when they were asked, so that one review is answered once.
    """
    if any((change.what, change.by, change.at) == ("reviewed", by, at) for change in record.history):
        return record
    outcome = record.decided_option
    if not record.is_in_force or outcome is None:
        return NotDecided() if record.status == "proposed" else _closed(record)
    if record.review_on != asked_for:
        return ReviewMoved(record.review_on)
    review_on = next_review(verdict, outcome, at.date(), review_after_days)
    change = Change(at=at, by=by, what="reviewed", verdict=verdict, review_on=review_on)
    return record.model_copy(update={"review_on": review_on, "history": (*record.history, change)})


def share(
    record: DecisionRecord, *, by: str, at: datetime, place: Place, audience: Audience
) -> DecisionRecord | Refusal:
    """Take it to where more people see it, by the wish of the one who asked."""
    if (record.place, record.audience) == (place, audience):
        return record
    if by != record.owner:
        return NotTheOwner(record.owner)
    change = Change(at=at, by=by, what="shared")
    history = (*record.history, change)
    return record.model_copy(update={"place": place, "audience": audience, "history": history})


def move(record: DecisionRecord, *, by: str, place: Place) -> DecisionRecord | Refusal:
    """Take what one person was shown to another place where only they see it."""
    if record.audience != Audience(kind="person", user_id=by):
        return NotKept()
    return record.model_copy(update={"place": place})


def supersede(record: DecisionRecord, *, by: str, at: datetime, successor: str) -> DecisionRecord | Refusal:
    """Put a newer decision, by its id, in the place of one that was accepted or overridden."""
    if record.superseded_by == successor:
        return record
    if record.status not in ("accepted", "overridden"):
        return NotDecided() if record.status == "proposed" else _closed(record)
    change = Change(at=at, by=by, what="superseded")
    return _changed(record, change, "superseded").model_copy(update={"superseded_by": successor})


def is_reason(why: str) -> bool:
    """Say whether this can stand as the reason of an override."""
    return any(map(str.isalnum, why)) and len(why.strip()) <= REASON_CHARS


def last_change(record: DecisionRecord) -> Change:
    """Return the change that gave the record its status."""
    given_by = ("accepted", "saved") if record.status == "accepted" else (record.status,)
    return next(
        (change for change in reversed(record.history) if change.what in given_by), record.history[-1]
    )


def _closed(record: DecisionRecord) -> Refusal:
    if record.superseded_by:
        return Superseded(record.superseded_by)
    return AlreadyDecided(last_change(record))


def _decided(record: DecisionRecord, change: Change, status: Status, review_on: date) -> DecisionRecord:
    return _changed(record, change, status).model_copy(update={"review_on": review_on})


def _changed(record: DecisionRecord, change: Change, status: Status) -> DecisionRecord:
    return record.model_copy(update={"status": status, "history": (*record.history, change)})
