"""What was taken for the problem, and is denied later: "btw speed and cost are fine"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.decision.chances import PROBLEM
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.untroubled import trouble_denied


def find_denied(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> Iterator[Found]:
    """Yield without a value what was taken for the problem, where they say that it is in order.

    Of what nobody said whether it is the cost or the speed, both have to be denied.
    """
    denied = trouble_denied(message)
    if denied is None or not PROBLEM.isdisjoint(one.fact for one in found):
        return  # what goes wrong instead takes its place
    known, (failures, part) = understand(earlier).facts, denied
    is_denied = known.failure_mode in failures if known.failure_mode else failures == _COST_AND_SPEED
    if known.gap == "cost_latency" and is_denied:
        for fact in ("gap", "failure_mode", "goal_kind"):
            if getattr(known, fact) in _OF_COST:
                yield Found(fact, None, part.start, part.end)


_COST_AND_SPEED = frozenset({"too_slow", "too_expensive"})
_OF_COST = _COST_AND_SPEED | {"cost_latency"}
