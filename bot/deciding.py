"""What people may do with a recommendation: accept it, decide otherwise, withdraw it, replace it.

Each step takes a record and returns it with one more change in its history, or the reason why it stays as it
is. The same step again (same person, same moment) returns the record unchanged, so that a redelivered press
counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.record import Change, DecisionRecord, Status

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
    """Only the one who asked may do this. `owner` is a user id."""

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
)


def accept(record: DecisionRecord, *, by: str, at: datetime, shown: Option) -> DecisionRecord | Refusal:
    """Accept what is recommended, provided that it is still what the person was shown."""
    change = Change(at=at, by=by, what="accepted", outcome=shown)
    if change in record.history:
        return record
    if record.status != "proposed":
        return _closed(record)
    if record.current.option != shown:
        return RevisedSince(record.id)
    return _changed(record, change, "accepted")


def override(
    record: DecisionRecord, *, by: str, at: datetime, shown: Option, outcome: Option, why: str
) -> DecisionRecord | Refusal:
    """Decide something else than what is recommended, with a reason; the recommendation stays as it was.

    `shown` is what the person was shown: the form may be older than the recommendation.
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
    return _changed(record, change, "overridden")


def withdraw(record: DecisionRecord, *, by: str, at: datetime, why: str = "") -> DecisionRecord | Refusal:
    """Take it back; the record stays."""
    change = Change(at=at, by=by, what="withdrawn", why=why.strip())
    if change in record.history:
        return record
    if record.status not in ("proposed", "accepted"):
        return _closed(record)
    if by != record.owner:
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


def _changed(record: DecisionRecord, change: Change, status: Status) -> DecisionRecord:
    return record.model_copy(update={"status": status, "history": (*record.history, change)})
