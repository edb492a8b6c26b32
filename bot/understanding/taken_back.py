"""What was taken for the problem or for a score, and is denied later: "btw speed and cost are fine"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.decision.chances import PROBLEM
from bot.decision.contentment import ended_by_contentment
from bot.decision.facts import Amount, Facts
from bot.decision.statements import Statement, understand
from bot.understanding.agreement import find_agreements, share_said
from bot.understanding.fast_enough import allowed_now
from bot.understanding.format_in_order import FORMAT_HOLDS
from bot.understanding.found import Found
from bot.understanding.less_said import denies_sorting
from bot.understanding.message import Message
from bot.understanding.misheard import with_reach
from bot.understanding.no_target import find_denial, find_no_target
from bot.understanding.numbers import find_quantities
from bot.understanding.untroubled import trouble_denied


def find_denied(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> Iterator[Found]:
    """Yield without a value what was stated before and is said not to be so, with nothing in its place."""
    known = understand(earlier).facts
    told = {one.fact for one in found if one.value is not None}
    if PROBLEM.isdisjoint(told):  # else what goes wrong instead takes its place
        yield from _untroubled(message, known, allowed_now(found, known))
    if "gap" not in told:
        yield from with_reach(message, earlier)
    if "goal_kind" not in told and known.goal_kind == "classification" and denies_sorting(message):
        yield Found("goal_kind", None, 0, len(message.plain))
    if known.failure_mode == "invalid_format" or "format" in (known.gap, known.goal_kind):
        yield from _format_in_order(message, known, told)
    yield from (one for one in _no_scores(message, known) if one.fact not in told)


def find_ended(found: Sequence[Found], earlier: Sequence[Statement]) -> Iterator[Found]:
    """Yield without a value what contentment ends, where a message after a recommendation tells it."""
    content = next((one for one in found if one.fact == "satisfied" and one.value is True), None)
    if content is None:
        return
    told = Facts.model_validate({one.fact: one.value for one in reversed(found)})
    for fact in ended_by_contentment(understand(earlier).facts, told):
        yield Found(fact, None, content.start, content.end)


def _format_in_order(message: Message, known: Facts, told: AbstractSet[str]) -> Iterator[Found]:
    """Yield the broken format, where they say that it holds now."""
    holds = FORMAT_HOLDS.search(message.plain)
    if holds is None:
        return
    troubles = {"failure_mode": "invalid_format", "gap": "format", "goal_kind": "format"}
    for fact, trouble in troubles.items():
        if fact not in told and getattr(known, fact) == trouble:
            yield Found(fact, None, *holds.span())


def _untroubled(message: Message, known: Facts, limit: Amount | None) -> Iterator[Found]:
    """Yield what was taken for the problem, where they say that it is in order.

    Of what nobody said whether it is the cost or the speed, both have to be denied.
    """
    denied = trouble_denied(message, limit)
    if denied is None:
        return
    failures, part = denied
    if known.gap != "cost_latency":
        return
    all_of_it = {"too_slow", "too_expensive"}
    if known.failure_mode in failures if known.failure_mode else all_of_it <= failures:
        yield Found("gap", None, part.start, part.end)
        if known.failure_mode:
            yield Found("failure_mode", None, part.start, part.end)


def _no_scores(message: Message, known: Facts) -> Iterator[Found]:
    """Yield scores that turn out to be none: a target that nobody set, and how far people agree."""
    if known.target_score is None and known.baseline_score is None:
        return
    quantities = find_quantities(message)
    agreed = {share_said(one): one for one in find_agreements(message.plain, quantities)}
    denied = {
        share_said(one): one
        for one in quantities
        if one.unit != "none" and find_denial(message, one.start, one.end) is not None
    }
    if known.baseline_score in agreed:
        one = agreed[known.baseline_score]
        yield Found("baseline_score", None, one.start, one.end)
    none = find_no_target(message) if all(one.unit == "none" for one in quantities) else None
    if known.target_score in {**agreed, **denied}:
        one = {**agreed, **denied}[known.target_score]
        yield Found("target_score", None, one.start, one.end)
    elif known.target_score is not None and none is not None:
        yield Found("target_score", None, none.start, none.end)
