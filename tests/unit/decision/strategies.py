"""Random facts and statements for properties; amounts crowd around the thresholds."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from bot.decision.facts import AMOUNT_FACTS, FACT_NAMES, SCORE_FACTS, Facts, FactValue, Range, choices_of
from bot.decision.statements import Statement
from bot.decision.thresholds import THRESHOLDS

_EDGES = sorted({0, *(threshold.value + by for threshold in THRESHOLDS for by in (-1, 0, 1))})
_COUNTS = st.sampled_from(_EDGES) | st.integers(0, 10**9)
_WORDS = st.text(min_size=1, max_size=20)

STATED_FACTS = tuple(fact for fact in FACT_NAMES if fact != "conflicts")


def ranges() -> st.SearchStrategy[Range]:
    """Ranges with both bounds, or with one of them open."""
    closed = st.tuples(_COUNTS, _COUNTS).map(lambda pair: Range(min=min(pair), max=max(pair)))
    return closed | _COUNTS.map(lambda low: Range(min=low)) | _COUNTS.map(lambda high: Range(max=high))


def values_of(fact: str) -> st.SearchStrategy[FactValue]:
    """Every kind of value that a fact can have."""
    if fact in AMOUNT_FACTS:
        return _COUNTS | ranges()
    if words := choices_of(fact):
        return st.sampled_from(words)
    if fact in SCORE_FACTS:
        return st.sampled_from((0.0, 0.5, 0.8, 1.0)) | st.floats(0, 1)
    if fact == "languages":
        return st.lists(_WORDS, min_size=1, max_size=3).map(tuple)
    if fact == "base_model":
        return _WORDS
    if bool not in get_args(Facts.model_fields[fact].annotation):
        raise AssertionError(f"{fact} needs a strategy of its own")
    return st.booleans()


def facts() -> st.SearchStrategy[Facts]:
    """Facts of any number, from none to all, seldom with an open contradiction."""
    known = {fact: values_of(fact) for fact in STATED_FACTS}
    conflicts = st.sampled_from(((), (), (), ("gap",)))
    return st.fixed_dictionaries({}, optional={**known, "conflicts": conflicts}).map(Facts.model_validate)


@st.composite
def statements(draw: st.DrawFn, fact: str | None = None) -> Statement:
    """A statement of any fact, or of this one, by one of a few people; sometimes "I don't know"."""
    name = fact or draw(st.sampled_from(STATED_FACTS))
    return Statement(
        fact=name,
        value=draw(st.none() | values_of(name) | values_of(name)),
        quote=draw(st.text(max_size=30)),
        source=draw(st.sampled_from(("stated", "stated", "button", "form", "inferred"))),
        author_id=draw(st.sampled_from(("U1", "U2", "U3"))),
        message_id=draw(st.sampled_from(("m1", "m2", "m3"))),
        is_correction=draw(st.booleans()),
    )
