"""What a remark in the middle of a conversation may turn: not what somebody has told of their case before.

An opening is read as a whole: what it is for, what is missing and how it fails are gathered from all of it.
They would be from a remark that is about something else, too: "some agents just dump things in General".
What was told stands until somebody says otherwise, in answer to us or in so many words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.chances import PROBLEM
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import corrects_at

_LIMIT = re.compile(
    r"\b(?:under|within|below|limit|budget|must|max\w*|at most|need\w*|allow\w*|want\w*|target|sla|less than|"
    r"up to|ok|okay|enough|acceptable|requirement)\b"
)
"""Without these, so many milliseconds are what it takes, and no new limit."""


def tells_a_problem(statements: Sequence[Statement]) -> bool:
    """Say whether they tell what it is for, what is missing or how it fails."""
    return any(one.fact in PROBLEM and one.value is not None for one in statements)


def without_afterthoughts(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, without what is only gathered of a problem that was told before.

    What is missing says little by itself: where it was told how it fails, another gap needs another failure.
    """
    if not tells_a_problem(earlier):
        return list(found)
    asked = frozenset(pending.facts) if pending is not None else frozenset()
    known = understand(earlier).facts
    failure = known.failure_mode
    keeps_limit = known.latency_budget_ms is not None and _LIMIT.search(message.plain) is None
    tells_failure = any(one.fact == "failure_mode" for one in found)

    def is_plain(one: Found) -> bool:
        if one.fact == "gap" and failure is not None and not tells_failure:
            return one.value in ("both", GAP_OF_FAILURE[failure])
        return one.source == "stated"

    return [
        one
        for one in found
        if not (one.fact == "latency_budget_ms" and keeps_limit and one.fact not in asked)
        if one.fact not in PROBLEM - asked or is_plain(one) or corrects_at(message, one.start, one.end)
    ]
