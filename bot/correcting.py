"""What people may set right about a recommendation, and what follows when they do.

Corrections are merged fact by fact: each counts unless that very fact has changed since it was shown. So two
people who correct at once lose nothing, and nobody undoes unseen what another has just said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.answer import shorten, worth_showing
from bot.conversation import Correction, Turn
from bot.decision.facts import AMOUNT_FACTS, YES_NO_FACTS, FactValue, Range, choices_of, title_of
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.next_question import unknowns_worth_telling
from bot.decision.statements import Source, Statement, Understanding
from bot.decision.wording import amount_in_words, fact_in_words
from bot.replies import Overtaken, SetRight
from bot.understanding.buttons import implied_by
from bot.understanding.entered import MOST_ENTERED_CHARS
from bot.understanding.named_model import NamedModel

MOST_UNKNOWNS = 5
"""More would make a questionnaire of it."""
_FROM_THE_MODEL = ("base_tunable", "base_retire_days", "base_fits_hosting")
_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "base_model": _FROM_THE_MODEL,
    "hosting": ("base_fits_hosting",),
    "failure_mode": ("gap",),
}
"""What code may have concluded from a fact, and what it falls with."""


@dataclass(frozen=True)
class FactField:
    """One fact as people may set it right: `value` None is not known; `choices` () is told in words."""

    fact: str
    title: str
    value: FactValue | None
    quote: str = ""
    source: Source | None = None
    choices: tuple[FactValue, ...] = ()

    @property
    def entry(self) -> str:
        """Return the value as one would type it; "" for not known."""
        return entry_in_words(self.fact, self.value)


@dataclass(frozen=True)
class Settled:
    """What corrections come to: statements to add, what they set right, and what they came too late for."""

    statements: tuple[Statement, ...]
    corrected: tuple[SetRight, ...]
    overtaken: tuple[Overtaken, ...]


def fields_of(understanding: Understanding) -> tuple[FactField, ...]:
    """Return what was heard, and after it the unknown facts that would tell most about the outcome."""
    heard = worth_showing(understanding.evidence.values())
    known = (_field(one.fact, one.value, one.quote, one.source) for one in heard)
    unknown = (_field(fact) for fact in unknowns_worth_telling(understanding, MOST_UNKNOWNS))
    return (*known, *unknown)


def entry_in_words(fact: str, value: FactValue | None) -> str:
    """Return a value as it stands in a field, shorter than the claim that it makes; "" for not known."""
    match value:
        case None:
            entry = ""
        case bool():
            entry = str(value).lower()
        case tuple():
            entry = ", ".join(value)
        case int() | Range() if fact in AMOUNT_FACTS:
            entry = amount_in_words(value)
        case float():
            entry = f"{value * 100:g}%"
        case _:
            entry = str(value)
    return shorten(entry, MOST_ENTERED_CHARS)


def settle(
    turn: Turn,
    understanding: Understanding,
    find_model: Callable[[str], NamedModel | None],
) -> Settled:
    """Merge a turn's corrections into what is understood now."""
    set_right = {one.fact for one in turn.corrections}
    statements: list[Statement] = []
    corrected: list[SetRight] = []
    overtaken: list[Overtaken] = []
    for one in turn.corrections:
        known = understanding.evidence.get(one.fact)
        now = known.value if known else None
        if now == one.value:
            continue
        if entry_in_words(one.fact, now) != one.before:
            overtaken.append(Overtaken(fact=one.fact, now=_words(one.fact, now), by=_author(known)))
            continue
        follows = _what_follows(one, understanding, turn, find_model)
        statements += [
            _statement(one, turn, one.fact, one.value, one.source),
            *(statement for statement in follows if statement.fact not in set_right),
        ]
        corrected.append(
            SetRight(fact=one.fact, before=_words(one.fact, now), after=_words(one.fact, one.value))
        )
    return Settled(tuple(statements), tuple(corrected), tuple(overtaken))


def _field(
    fact: str, value: FactValue | None = None, quote: str = "", source: Source | None = None
) -> FactField:
    choices: tuple[FactValue, ...] = (True, False) if fact in YES_NO_FACTS else choices_of(fact)
    return FactField(fact, title_of(fact), value, quote, source, choices)


def _what_follows(
    one: Correction,
    understanding: Understanding,
    turn: Turn,
    find_model: Callable[[str], NamedModel | None],
) -> Iterator[Statement]:
    """Yield what falls with the old value, and what the new one implies."""
    for fact in _RESTS_ON.get(one.fact, ()):
        if _rests_on(understanding, fact, one.fact):
            yield _statement(one, turn, fact, None, "form")
    if one.fact == "base_model" and one.value is not None:
        for fact, value in implied_by(find_model(str(one.value))):
            yield _statement(one, turn, fact, value, "inferred")


def _rests_on(understanding: Understanding, fact: str, other: str) -> bool:
    """Say whether a fact was only concluded from another, or says the same less exactly."""
    follows, first = understanding.evidence.get(fact), understanding.evidence.get(other)
    if follows is None or first is None:
        return False
    if other == "failure_mode":
        return first.quote == follows.quote and GAP_OF_FAILURE.get(str(first.value)) == follows.value
    return follows.source == "inferred"


def _statement(one: Correction, turn: Turn, fact: str, value: FactValue | None, source: Source) -> Statement:
    return Statement(
        fact=fact,
        value=value,
        quote=one.quote,
        source=source,
        author_id=turn.author_id,
        message_id=turn.message_id,
    )


def _words(fact: str, value: FactValue | None) -> str:
    return "" if value is None else fact_in_words(fact, value)


def _author(known: Statement | None) -> str:
    return known.author_id if known else ""
