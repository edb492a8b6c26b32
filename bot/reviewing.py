"""When a decision is looked at again, and what people said of it then.

How long a decision holds depends on what was decided: what ages fast is looked at soon. The days are ours,
not published anywhere; each stands beside its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.decision.options import Option
from bot.record import Verdict


@dataclass(frozen=True)
class ReviewAfter:
    """How long a decision of one kind holds, and why."""

    days: int
    because: str


REVIEW_AFTER: Mapping[Option, ReviewAfter] = {
    Option.NO_CHANGE: ReviewAfter(180, "what was good enough may not be after half a year of other use"),
    Option.IMPROVE_PROMPT: ReviewAfter(60, "a prompt shows within weeks whether it was enough"),
    Option.FEW_SHOT: ReviewAfter(60, "examples show within weeks whether they were enough"),
    Option.LONG_CONTEXT_CACHE: ReviewAfter(120, "material grows out of a prompt, and cache prices move"),
    Option.STRUCTURED_TOOLS: ReviewAfter(90, "schemas and tools change with what they serve"),
    Option.SWITCH_MODEL: ReviewAfter(60, "models and prices change every few months"),
    Option.RAG: ReviewAfter(180, "retrieval ages with its documents, slowly"),
    Option.EVALS_DATA_FIRST: ReviewAfter(45, "it is a first step: the real decision waits for it"),
    Option.CLASSICAL_ML: ReviewAfter(180, "a small predictor drifts slowly, with its inputs"),
    Option.FINE_TUNE_SFT: ReviewAfter(90, "base models retire, and new ones may need no tuning"),
    Option.PREFERENCE_TUNE: ReviewAfter(90, "base models retire, and what people prefer moves"),
    Option.RAG_PLUS_FT: ReviewAfter(90, "base models retire, though the documents stay"),
    Option.DISTIL: ReviewAfter(90, "small models get better by themselves, and teachers retire"),
    Option.ASK: ReviewAfter(30, "nothing is decided yet but to find out what goes wrong"),
}
"""For every outcome that can be recommended or decided."""

AFTER_TROUBLE_DAYS = 30
"""A decision that went badly, or is to be thought over, is looked at again after this long."""
FURTHEST_DAYS = 730
_ZONES_BEHIND = timedelta(hours=12)
"""Where it is earliest: "tomorrow" there is still a day that has begun elsewhere."""


def review_date(outcome: Option, decided_on: date, review_after_days: int | None = None) -> date:
    """Return when to look at a decision again; `review_after_days` is a channel's own interval."""
    days = REVIEW_AFTER[outcome].days if review_after_days is None else review_after_days
    return decided_on + timedelta(days=days)


def next_review(
    verdict: Verdict, outcome: Option, reviewed_on: date, review_after_days: int | None = None
) -> date:
    """Return when to look again at a decision that was just reviewed."""
    usual = review_date(outcome, reviewed_on, review_after_days)
    if verdict in ("still_right", "went_well"):
        return usual
    return min(usual, reviewed_on + timedelta(days=AFTER_TROUBLE_DAYS))


def review_dates(at: datetime) -> tuple[date, date]:
    """Return the first and the last day that a review may be moved to: from tomorrow to two years on."""
    return (at - _ZONES_BEHIND).date() + timedelta(days=1), at.date() + timedelta(days=FURTHEST_DAYS)
