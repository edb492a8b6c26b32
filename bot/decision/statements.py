"""What people said, kept word for word, and how it becomes facts.

Statements are only ever appended, but for those of an edited message, which is read anew. A later statement
replaces an earlier one of the same fact when it is deliberate (a button, a form, a word of correction),
narrows it, or is the same person's in another message; otherwise the two contradict each other, both are
kept, and the careful one counts until someone decides (decision policy: clashing facts). A form can also take
a fact away: it is as unknown then as if never said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.decision.facts import FACT_NAMES, Facts, FactValue, Range, lowest, parse_value
from bot.decision.implied import GAP_OF_FAILURE

Source = Literal["stated", "button", "form", "inferred"]


class Statement(BaseModel):
    """One fact as one person gave it. `value` None means they said that they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str
    value: FactValue | None
    quote: str = Field(max_length=600)
    source: Source = "stated"
    author_id: str = ""
    message_id: str = ""
    is_correction: bool = False

    @field_validator("fact")
    @classmethod
    def _fact_exists(cls, fact: str) -> str:
        if fact not in FACT_NAMES:
            raise ValueError(f"there is no fact named {fact!r}")
        return fact

    @model_validator(mode="before")
    @classmethod
    def _value_fits_the_fact(cls, row: object) -> object:
        return value_fits(row)


def value_fits(row: object) -> object:
    """Return a row with a `fact` and a `value` with the value as the fact's own type.

    Raises pydantic.ValidationError for a value that the fact cannot have.
    """
    if isinstance(row, dict) and row.get("value") is not None and row.get("fact") in FACT_NAMES:
        return {**row, "value": parse_value(str(row["fact"]), row["value"])}
    return row


@dataclass(frozen=True)
class Conflict:
    """Two statements of one fact that cannot both be true; `later` was said after `earlier`."""

    earlier: Statement
    later: Statement


@dataclass(frozen=True)
class Understanding:
    """The facts that follow from statements, each with the statement that it rests on."""

    facts: Facts
    evidence: dict[str, Statement]
    unknown: frozenset[str]
    """Facts that someone said they do not know; they are not asked for again."""
    conflicts: tuple[Conflict, ...]


def understand(statements: Sequence[Statement]) -> Understanding:
    """Fold statements, oldest first, into facts."""
    evidence: dict[str, Statement] = {}
    unknown: set[str] = set()
    conflicts: dict[str, Conflict] = {}
    for statement in statements:
        fact = statement.fact
        if statement.value is None:
            taken_back = evidence.get(fact) if _takes_back(statement, evidence.get(fact)) else None
            if taken_back is not None or statement.source == "form":
                evidence.pop(fact, None)
                conflicts.pop(fact, None)
            if fact not in evidence and taken_back is None:
                unknown.add(fact)
            continue
        earlier = evidence.get(fact)
        if earlier is None or _replaces(statement, earlier):
            evidence[fact] = statement
            conflicts.pop(fact, None)
            for stale in (
                *_told_otherwise(statement, evidence),
                *_of_another_model(statement, earlier, evidence),
            ):
                del evidence[stale]
                conflicts.pop(stale, None)
        elif _restates(statement, earlier):
            continue
        else:
            conflicts[fact] = Conflict(earlier=earlier, later=statement)
            evidence[fact] = _careful(earlier, statement)
        unknown.discard(fact)
    values = {fact: statement.value for fact, statement in evidence.items()}
    facts = Facts.model_validate({**values, "conflicts": tuple(conflicts)})
    return Understanding(facts, evidence, frozenset(unknown), tuple(conflicts.values()))


def _takes_back(statement: Statement, earlier: Statement | None) -> bool:
    """Say whether it takes an earlier one back, with nothing in its place: then it may be asked for again."""
    if earlier is None or not statement.is_correction:
        return False
    return earlier.source == "inferred" or statement.author_id == earlier.author_id


def _told_otherwise(statement: Statement, evidence: Mapping[str, Statement]) -> tuple[str, ...]:
    """Return the fact that a correction takes back: how it fails, or what is missing, which goes with it."""
    other = {"gap": "failure_mode", "failure_mode": "gap"}.get(statement.fact, "")
    if not statement.is_correction or other not in evidence:
        return ()
    if evidence[other].message_id == statement.message_id:
        return ()
    said = {one.fact: str(one.value) for one in (statement, evidence[other])}
    fits = said["gap"] in ("both", GAP_OF_FAILURE[said["failure_mode"]])
    return () if fits else (other,)


_OF_A_MODEL = ("base_tunable", "base_retire_days", "base_fits_hosting")


def _of_another_model(
    statement: Statement, earlier: Statement | None, evidence: Mapping[str, Statement]
) -> tuple[str, ...]:
    """Return what was told of the model that was named before: it goes with that model."""
    if statement.fact != "base_model" or earlier is None or earlier.value == statement.value:
        return ()
    return tuple(
        fact for fact in _OF_A_MODEL if fact in evidence and evidence[fact].message_id != statement.message_id
    )


def _replaces(later: Statement, earlier: Statement) -> bool:
    if later.is_correction or later.source in ("button", "form"):
        return True
    if earlier.source == "inferred":
        return later.source != "inferred" or later.value != earlier.value
    if later.source != "inferred" and _is_second_thought(later, earlier):
        return True
    return later.source != "inferred" and _narrows(later.value, earlier.value)


def _is_second_thought(later: Statement, earlier: Statement) -> bool:
    """Say whether the same person says it in another message: what they said last is what they mean."""
    is_same_person = later.author_id != "" and later.author_id == earlier.author_id
    return is_same_person and later.message_id != earlier.message_id


def _restates(later: Statement, earlier: Statement) -> bool:
    """Say whether the later one adds nothing: the same, vaguer, or only inferred beside something said."""
    if later.source == "inferred" or later.value == earlier.value:
        return True
    return _narrows(earlier.value, later.value)


def _narrows(fine: FactValue | None, coarse: FactValue | None) -> bool:
    """Say whether `fine` lies inside `coarse`: a number in a range, or "both" gaps said more closely."""
    if isinstance(coarse, Range) and isinstance(fine, int | Range) and not isinstance(fine, bool):
        low = fine.min if isinstance(fine, Range) else fine
        high = fine.max if isinstance(fine, Range) else fine
        above = coarse.min is None or (low is not None and low >= coarse.min)
        below = coarse.max is None or (high is not None and high <= coarse.max)
        return above and below and fine != coarse
    return False


def _careful(one: Statement, other: Statement) -> Statement:
    """Return the statement nearer to "not yet": the smaller amount, the stricter word, the step not taken."""
    return min((one, other), key=lambda statement: _boldness(statement.value))


_CAREFUL_WORDS = ("restricted", "none", "no", "unreviewed", "realtime", "daily", "weekly", "quick", "mixed")


def _boldness(value: FactValue | None) -> float:
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, Range):
        return float(lowest(value))
    if isinstance(value, str) and value in _CAREFUL_WORDS:
        return float(_CAREFUL_WORDS.index(value))
    return float(len(_CAREFUL_WORDS))
