"""Decisions that people took without us: checked, and made a record that claims no recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.conversation import Audience, Place
from bot.deciding import CHOOSABLE, is_reason
from bot.decision.options import SHORT_NAMES, Option
from bot.record import Change, DecisionRecord, Revision
from bot.recording import decision_id
from bot.reviewing import review_date

CONTEXT_CHARS = 600


@dataclass(frozen=True)
class Decided:
    """What somebody says was decided, and that they say so now. `owner` and `by` are user ids."""

    outcome: Option
    why: str
    on: date
    owner: str
    context: str
    by: str
    at: datetime


def saved_id(place: Place, message_id: str, audience_of: str = "") -> str:
    """Return the id of the decision saved from a message: the same for the same message.

    `audience_of` is the one person who will see it; what two people save for themselves are two records.
    """
    return decision_id(place, f"saved:{message_id}:{audience_of}")


def is_context(context: str) -> bool:
    """Say whether this says what it was about."""
    return any(map(str.isalnum, context)) and len(context.strip()) <= CONTEXT_CHARS


def is_past(on: date, at: datetime) -> bool:
    """Say whether this day has begun somewhere on Earth."""
    return on <= (at.astimezone(UTC) + timedelta(hours=14)).date()


def saved_record(
    decided: Decided,
    *,
    id_: str,
    place: Place,
    audience: Audience,
    link: str,
    message_id: str,
    author_id: str = "",
) -> DecisionRecord:
    """Return the record of a decision that we did not recommend. Raises ValueError for what is unchecked."""
    if not (
        decided.outcome in CHOOSABLE
        and is_reason(decided.why)
        and is_context(decided.context)
        and is_past(decided.on, decided.at)
    ):
        raise ValueError("a decision was saved that the form does not take")
    outcome = decided.outcome
    return DecisionRecord(
        id=id_,
        origin="saved",
        place=place,
        audience=audience,
        context=decided.context.strip(),
        context_message_id=message_id,
        context_by=author_id,
        link=link,
        status="accepted",
        owner=decided.owner,
        # From today: what was decided long ago would else be due at once.
        review_on=review_date(outcome, decided.at.date()),
        # Noon is on that day nearly everywhere.
        decided_at=min(datetime.combine(decided.on, time(12), UTC), decided.at),
        revisions=(
            Revision(
                at=decided.at,
                message_id=message_id,
                policy_version="",
                glossary_version="",
                statements=(),
                rules_tested=(),
                rule="",
                gate=None,
                direction=outcome,
                option=outcome,
                headline=f"Decided: {SHORT_NAMES[outcome]}",
                rationale=(decided.why.strip(),),
                consequences=(),
                conditions=(),
                considered_options=(),
                thresholds={},
                confidence=None,
                is_provisional=False,
                passages=(),
                asked=(),
            ),
        ),
        history=(
            Change(at=decided.at, by=decided.by, what="saved", why=decided.why.strip(), outcome=outcome),
        ),
    )
