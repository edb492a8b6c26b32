"""Corrections that name the old number: "its 15 not 500" replaces what was said to be 500."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.decision.statements import Statement
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity

_NOT = re.compile(r" ?,? ?(?:and )?(?:not|instead of|rather than) (?:the |a )?")
_BUT = re.compile(r" ?,? ?(?:but|its|it is|rather) (?:its |only )?")
_DENIED = re.compile(r"\bnot (?:the )?$")


def find_replacements(
    message: Message, quantities: Sequence[Quantity], found: Sequence[Found], earlier: Sequence[Statement]
) -> Iterator[Found]:
    """Yield the new value of each earlier fact whose old value is named beside it."""
    taken = {one.start for one in found}
    for first, second in pairwise(quantities):
        between = message.plain[first.end : second.start]
        if _NOT.fullmatch(between):
            new, old = first, second
        elif _BUT.fullmatch(between) and _DENIED.search(message.plain[max(0, first.start - 9) : first.start]):
            new, old = second, first
        else:
            continue
        fact = _fact_of(old, earlier)
        value = new.as_amount()
        if fact and value is not None and new.start not in taken:
            yield Found(fact, value, min(new.start, old.start), max(new.end, old.end))


def _fact_of(old: Quantity, earlier: Sequence[Statement]) -> str:
    """Return the one fact that was said to have the old value; "" when none or several were."""
    facts = {one.fact for one in earlier if not isinstance(one.value, bool) and one.value == old.value}
    return facts.pop() if len(facts) == 1 else ""
