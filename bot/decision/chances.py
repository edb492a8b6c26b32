"""What the facts that nobody has stated may be, with how likely: the priors, given what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from bot.decision.diagram import Group
from bot.decision.facts import Facts
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.priors import FAILURES_OF_GAP, GAPS_OF_GOAL, GOALS, PRIORS, Value, Weights

PROBLEM: Group = frozenset({"goal_kind", "gap", "failure_mode"})
"""What it is for, what is missing and how it fails: they depend on each other and are weighed as one."""

WEIGHED: frozenset[str] = frozenset(PRIORS) | PROBLEM
"""Every fact that has a prior."""

Likely = tuple[tuple[Facts, float], ...]
"""What a group of facts may be, each with its chance; the chances sum to one."""


def chances(facts: Facts, open_facts: Collection[str] = WEIGHED) -> Mapping[Group, Likely]:
    """Return what each unknown fact that is open may be; all others stay as they are known, or unknown."""
    unknown = [fact for fact in PRIORS if fact in open_facts and getattr(facts, fact) is None]
    weighed: dict[Group, Likely] = {frozenset({fact}): _alone(fact) for fact in unknown}
    is_open = frozenset(fact for fact in PROBLEM if fact in open_facts and getattr(facts, fact) is None)
    if is_open and not (is_open == {"gap"} and facts.failure_mode):
        weighed[PROBLEM] = _problem(facts.goal_kind, facts.gap, facts.failure_mode, is_open)
    return weighed


@cache
def _alone(fact: str) -> Likely:
    return tuple((Facts.model_validate({fact: value}), weight) for value, weight in PRIORS[fact].items())


@cache
def _problem(goal: str | None, gap: str | None, failure: str | None, is_open: frozenset[str]) -> Likely:
    """Weigh what fits what is known. A failure that is known implies its gap, which then need not be said."""
    found = [
        (Facts.model_validate({"goal_kind": a_goal, "gap": a_gap, "failure_mode": a_failure}), weight)
        for a_goal, goal_weight in _goals(goal, gap or GAP_OF_FAILURE.get(failure or ""), is_open)
        for a_gap, gap_weight in _gaps(a_goal, gap, failure, is_open)
        for a_failure, failure_weight in _failures(a_gap, failure, is_open)
        if (weight := goal_weight * gap_weight * failure_weight)
    ]
    total = sum(weight for _, weight in found)
    return tuple((facts, weight / total) for facts, weight in found)


def _goals(goal: str | None, gap: str | None, is_open: frozenset[str]) -> Iterator[tuple[Value, float]]:
    if "goal_kind" not in is_open:
        yield goal, 1.0
        return
    for a_goal, weight in GOALS.items():
        yield a_goal, weight * (GAPS_OF_GOAL[a_goal].get(gap, 0.0) if gap else 1.0)


def _gaps(
    goal: Value, gap: str | None, failure: str | None, is_open: frozenset[str]
) -> Iterator[tuple[Value, float]]:
    if "gap" not in is_open or failure:
        yield gap, 1.0
    else:
        yield from _gaps_of(goal).items()


def _failures(gap: Value, failure: str | None, is_open: frozenset[str]) -> Iterator[tuple[Value, float]]:
    if "failure_mode" not in is_open or gap is None:
        yield failure, 1.0
    else:
        yield from FAILURES_OF_GAP[str(gap)].items()


def _gaps_of(goal: Value) -> Weights:
    """Return what may be missing in a task; over all tasks, when it is none of those that were counted."""
    return GAPS_OF_GOAL.get(str(goal)) or _gaps_of_any_goal()


@cache
def _gaps_of_any_goal() -> Weights:
    total: dict[Value, float] = {}
    for goal, goal_weight in GOALS.items():
        for gap, weight in GAPS_OF_GOAL[goal].items():
            total[gap] = total.get(gap, 0.0) + goal_weight * weight
    return total
