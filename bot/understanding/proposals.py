"""What a language model says it read in a message, checked against the words before it counts for anything.

A proposal becomes a witness only when its quote stands in the message and, for an amount, when its number
stands in the quote; the number itself is then ours, as our own reading has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from bot.decision.facts import FactValue, Range, choices_of, parse_value
from bot.language_model import ProposedFact
from bot.understanding.learned.heads import CLAUSE_FACTS, MESSAGE_FACTS
from bot.understanding.message import Message, Part, prepare
from bot.understanding.number_values import ROLES, Numbers, fact_of, measured
from bot.understanding.numbers import Quantity, find_quantities
from bot.understanding.witness import NOT_COUNTED, NUMBER_FACTS, Testimony, Trust, Witness

WITNESSED_FACTS: tuple[str, ...] = (
    *MESSAGE_FACTS,
    *CLAUSE_FACTS,
    *sorted(NUMBER_FACTS - {"base_retire_days"}),
)
"""What a model may propose. Names of models and languages are looked up, and what follows is concluded."""


def hear_testimony(
    message: Message, proposals: Sequence[ProposedFact], trust: Trust, question_id: str
) -> Testimony:
    """Return what counts of a model's reading of one message: its word, and its silence."""
    witnesses = find_witnesses(message, proposals, trust, question_id)
    proposed = {one.fact for one in proposals}
    silence = {fact: trust.silence(fact) for fact in WITNESSED_FACTS if fact not in proposed}
    return Testimony(
        tuple(one for one in witnesses if one.weight > NOT_COUNTED),
        {fact: factor for fact, factor in silence.items() if factor < NOT_COUNTED},
    )


def find_witnesses(
    message: Message, proposals: Iterable[ProposedFact], trust: Trust, question_id: str = ""
) -> tuple[Witness, ...]:
    """Return the proposals that the message bears out, at most one of a fact: the first that does."""
    numbers = measured(message, find_quantities(message), question_id)
    heard: dict[str, Witness] = {}
    for one in proposals:
        if one.fact in heard or one.fact not in WITNESSED_FACTS:
            continue
        witness = _witness(message, numbers, one, trust.weight(one.fact))
        if witness is not None:
            heard[one.fact] = witness
    return tuple(heard.values())


def _witness(message: Message, numbers: Numbers, proposal: ProposedFact, weight: float) -> Witness | None:
    stretch = _quoted(message, prepare(proposal.quote).plain.strip())
    if stretch is None:
        return None
    if proposal.fact in NUMBER_FACTS:
        return _counted(numbers, proposal, stretch, weight)
    value = _value(proposal.fact, proposal.value)
    return None if value is None else Witness(proposal.fact, value, stretch.start, stretch.end, weight)


def _quoted(message: Message, quote: str) -> Part | None:
    """Return where the quote stands in whole words: two of them, or all that its segment says."""
    if not _WORD.search(quote):
        return None
    found = re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", message.plain)
    if found is None:
        return None
    segment = message.segment_at(found.start())
    is_all = not _WORD.search(message.plain, segment.start, found.start()) and not _WORD.search(
        message.plain, found.end(), max(segment.end, found.end())
    )
    is_enough = is_all or len(_WORD.findall(quote)) >= _FEWEST_WORDS
    return Part(found.start(), found.end()) if is_enough else None


def _value(fact: str, said: str) -> FactValue | None:
    """Return what the model gave as the fact's own type, or None when it cannot be that."""
    word = said.strip().lower().replace(" ", "_").replace("-", "_")
    truth = {"true": True, "yes": True, "false": False, "no": False}.get(word)
    try:
        return parse_value(fact, word if choices_of(fact) or truth is None else truth)
    except (ValidationError, KeyError):
        return None


def _counted(numbers: Numbers, proposal: ProposedFact, stretch: Part, weight: float) -> Witness | None:
    """Return the amount that we read in the quote, when it is the number that the model meant."""
    meant = find_quantities(prepare(proposal.value))
    for index, quantity in enumerate(numbers.quantities):
        if not meant or not stretch.holds(quantity.start):
            continue
        for role in (role for role in ROLES if fact_of(role) == proposal.fact):
            value = numbers.value(index, role)
            if value is not None and any(_is_meant(one, quantity, value) for one in meant):
                return Witness(proposal.fact, value, quantity.start, quantity.end, weight)
    return None


_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2
_NEAR = 0.02
"""How far, in parts of it, a number may be off and still be the same: units are turned with rounding."""


def _is_meant(meant: Quantity, said: Quantity, value: FactValue) -> bool:
    """Say whether the model's number is the one said, or what it comes to in the fact's own unit."""
    ends = [value.min, value.max] if isinstance(value, Range) else [value]
    ours = [said.low, said.high, said.said, *ends]
    bounds = [bound for bound in (meant.low, meant.high) if bound is not None]
    return any(
        math.isclose(bound, float(number), rel_tol=_NEAR)
        for bound in bounds
        for number in ours
        if isinstance(number, int | float)
    )
