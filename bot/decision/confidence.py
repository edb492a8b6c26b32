"""How sure an answer is: by how its deciding facts are known, not by how it feels."""

from __future__ import annotations

from typing import Literal

from bot.decision.facts import surely_at_least
from bot.decision.recommendation import Recommendation
from bot.decision.statements import Understanding
from bot.decision.thresholds import EVAL_CASES


def confidence_of(
    recommendation: Recommendation, understanding: Understanding, *, is_provisional: bool = False
) -> Literal["high", "medium", "low"]:
    """Return how sure: low when a deciding fact was inferred, high when all were stated and measured.

    Measured means that a score on a test set of the threshold's size was given. A fact that the rule had to
    assume, or another direction that is still open, makes it no better than medium.
    """
    deciding = [
        understanding.evidence[fact] for fact in recommendation.reads if fact in understanding.evidence
    ]
    if not deciding or any(statement.source == "inferred" for statement in deciding):
        return "low"
    facts = understanding.facts
    measured = facts.baseline_score is not None and surely_at_least(facts.eval_set_n, EVAL_CASES.value)
    return "high" if measured and not recommendation.assumed and not is_provisional else "medium"
