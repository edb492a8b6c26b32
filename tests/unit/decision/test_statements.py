from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.decision.facts import FACT_NAMES, Facts, Range
from bot.decision.statements import Statement, Understanding, understand
from tests.unit.decision.strategies import STATED_FACTS, statements, values_of


def _said(fact: str, value: Any, **more: Any) -> Statement:
    return Statement(fact=fact, value=value, quote=f"{fact} {value}", **more)


@dataclass(frozen=True)
class Pair:
    """Two statements of one fact, and what counts after them."""

    name: str
    fact: str
    first: Any
    second: Any
    counts: Any
    clashes: bool = False
    how_first: dict[str, Any] = field(default_factory=dict)
    how_second: dict[str, Any] = field(default_factory=dict)


INFERRED = {"source": "inferred"}
CORRECTED = {"is_correction": True}
PAIRS = (
    Pair("the same again adds nothing", "tried_rag", True, True, counts=True),
    Pair("a correction replaces", "examples_n", 500, 20, counts=20, how_second=CORRECTED),
    Pair("a correction upwards replaces too", "examples_n", 20, 500, counts=500, how_second=CORRECTED),
    Pair("a button replaces", "data_rights", "restricted", "ok", "ok", how_second={"source": "button"}),
    Pair("a form replaces", "eval_set_n", 10, 80, counts=80, how_second={"source": "form"}),
    Pair("what is said replaces a guess", "gap", "format", "both", counts="both", how_first=INFERRED),
    Pair("a later guess replaces a guess", "gap", "format", "both", "both", False, INFERRED, INFERRED),
    Pair("a guess beside words is dropped", "gap", "both", "format", counts="both", how_second=INFERRED),
    Pair("a number narrows a range", "examples_n", Range(min=100, max=500), 240, counts=240),
    Pair(
        "a range narrows a range",
        "examples_n",
        Range(min=100),
        Range(min=200, max=300),
        Range(min=200, max=300),
    ),
    Pair("an upper bound is narrowed", "examples_n", Range(max=99), 40, counts=40),
    Pair("a vaguer word adds nothing", "examples_n", 240, Range(min=100, max=500), counts=240),
    Pair("a number outside clashes", "examples_n", Range(min=100, max=500), 40, 40, clashes=True),
    Pair("a number above clashes", "examples_n", Range(max=99), 400, Range(max=99), clashes=True),
    Pair("the smaller amount counts", "examples_n", 500, 80, counts=80, clashes=True),
    Pair("the smaller amount counts, said first", "examples_n", 80, 500, counts=80, clashes=True),
    Pair("open below is smallest", "examples_n", 80, Range(max=60), Range(max=60), clashes=True),
    Pair("the step not taken counts", "tried_rag", True, False, counts=False, clashes=True),
    Pair("the lower score counts", "baseline_score", 0.6, 0.9, counts=0.6, clashes=True),
    Pair("the stricter word counts", "data_rights", "ok", "restricted", "restricted", clashes=True),
    Pair("the lesser effort counts", "tried_prompting", "systematic", "quick", "quick", clashes=True),
    Pair("no untunable base", "base_tunable", "yes", "no", counts="no", clashes=True),
    Pair("between equals the first counts", "gap", "format", "behaviour", "format", clashes=True),
    Pair("lists clash as a whole", "languages", ("en",), ("en", "da"), ("en",), clashes=True),
    Pair("not knowing takes nothing back", "examples_n", 80, None, counts=80),
    Pair("a value ends not knowing", "examples_n", None, 80, counts=80),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_second_statement_corrects_narrows_repeats_or_clashes(pair: Pair) -> None:
    first = _said(pair.fact, pair.first, **pair.how_first)
    second = _said(pair.fact, pair.second, **pair.how_second)
    understanding = understand([first, second])
    assert getattr(understanding.facts, pair.fact) == pair.counts
    assert understanding.facts.conflicts == ((pair.fact,) if pair.clashes else ())
    clashes = [(conflict.earlier, conflict.later) for conflict in understanding.conflicts]
    assert clashes == ([(first, second)] if pair.clashes else [])
    assert understanding.unknown == frozenset()


def test_the_statement_that_counts_is_the_evidence() -> None:
    first, second = _said("examples_n", 500, author_id="U1"), _said("examples_n", 80, author_id="U2")
    assert understand([first, second]).evidence == {"examples_n": second}
    assert understand([second, first]).evidence == {"examples_n": second}


def test_what_the_same_person_says_later_is_what_they_mean() -> None:
    first = _said("examples_n", 80, author_id="U1", message_id="m1")
    later = _said("examples_n", 500, author_id="U1", message_id="m2")
    assert understand([first, later]).facts == Facts(examples_n=500)
    unnoticed = _said("examples_n", 500, author_id="U1", message_id="m1")
    assert understand([first, unnoticed]).conflicts, "two amounts in one message are no second thought"
    guessed = _said("examples_n", 500, author_id="U1", message_id="m2", source="inferred")
    assert understand([first, guessed]).facts == Facts(examples_n=80)
    other = _said("examples_n", 500, author_id="U2", message_id="m2")
    assert understand([first, other]).conflicts


def test_a_contradiction_ends_when_someone_decides() -> None:
    clash = [_said("tried_rag", True), _said("tried_rag", False)]
    decided = understand([*clash, _said("tried_rag", True, source="button")])
    assert decided.conflicts == ()
    assert decided.facts == Facts(tried_rag=True)


def test_repeating_one_side_of_a_contradiction_does_not_decide_it() -> None:
    clash = [_said("tried_rag", True), _said("tried_rag", False)]
    for again in clash:
        assert understand([*clash, again]).facts == Facts(tried_rag=False, conflicts=("tried_rag",))


def test_not_knowing_is_remembered_until_someone_knows() -> None:
    assert understand([_said("eval_set_n", None)]).unknown == {"eval_set_n"}
    assert understand([_said("eval_set_n", None)]).facts == Facts()


def test_what_is_taken_back_with_nothing_in_its_place_may_be_asked_for() -> None:
    gathered = _said("gap", "cost_latency", message_id="1", author_id="A", source="inferred")
    said = _said("gap", "cost_latency", message_id="1", author_id="A")
    for earlier, author, left in ((gathered, "B", None), (said, "A", None), (said, "B", "cost_latency")):
        denial = _said("gap", None, message_id="2", author_id=author, is_correction=True)
        after = understand([earlier, denial])
        assert after.facts.gap == left
        assert not after.unknown


@given(st.lists(statements(), max_size=12))
def test_nothing_that_was_said_is_forgotten_but_what_a_correction_takes_back(said: list[Statement]) -> None:
    understanding = understand(said)
    kept = set(understanding.evidence) | understanding.unknown
    told = {statement.fact for statement in said}
    assert kept <= told
    for forgotten in told - kept:
        goes_with = {"gap": "failure_mode", "failure_mode": "gap"}.get(forgotten, "")
        assert any(one.fact in (forgotten, goes_with) and one.is_correction for one in said)
    assert not set(understanding.evidence) & understanding.unknown
    assert all(statement in said for statement in understanding.evidence.values())
    values = {fact: statement.value for fact, statement in understanding.evidence.items()}
    assert understanding.facts == Facts.model_validate({**values, "conflicts": understanding.facts.conflicts})


@given(st.lists(statements(fact="examples_n"), min_size=1, max_size=6), st.data())
def test_in_a_contradiction_the_smaller_amount_counts(said: list[Statement], data: st.DataObject) -> None:
    for conflict in understand(said).conflicts:
        version = data.draw(st.sampled_from((conflict.earlier, conflict.later)))
        counts, other = understand(said).facts.examples_n, version.value
        low = counts.min or 0 if isinstance(counts, Range) else counts
        other_low = other.min or 0 if isinstance(other, Range) else other
        assert isinstance(low, int)
        assert isinstance(other_low, int)
        assert low <= other_low


def _essence(understanding: Understanding) -> tuple[object, ...]:
    return (
        understanding.evidence,
        understanding.unknown,
        set(understanding.conflicts),
        understanding.facts.with_values({"conflicts": ()}),
        set(understanding.facts.conflicts),
    )


@given(st.lists(statements(), max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_statements_about_different_facts_does_not_matter(
    said: list[Statement], random: Any
) -> None:
    by_fact = {fact: [s for s in said if s.fact == fact] for fact in STATED_FACTS}
    waiting = [group for group in by_fact.values() if group]
    shuffled = []
    while waiting:
        group = random.choice(waiting)
        shuffled.append(group.pop(0))
        waiting = [group for group in waiting if group]
    assert _essence(understand(shuffled)) == _essence(understand(said))


@pytest.mark.parametrize("fact", STATED_FACTS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_statement_survives_being_stored(fact: str, data: st.DataObject) -> None:
    value = data.draw(st.none() | values_of(fact))
    statement = _said(fact, value)
    again = Statement.model_validate_json(statement.model_dump_json())
    assert again == statement
    assert type(again.value) is type(value)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"fact": "shoe_size", "value": 44, "quote": ""}, "no fact named 'shoe_size'"),
        ({"fact": "gap", "value": "vibes", "quote": ""}, "knowledge"),
        ({"fact": "gap", "value": None, "quote": "x" * 601}, "at most 600"),
        ({"fact": "gap", "value": None, "quote": "", "source": "rumour"}, "stated"),
        ("gap", "dictionary"),
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(row: object, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Statement.model_validate(row)


def test_a_statement_carries_its_value_as_the_facts_own_type() -> None:
    assert _said("examples_n", {"min": 3}).value == Range(min=3)
    assert type(_said("baseline_score", 1).value) is float
    assert set(STATED_FACTS) == set(FACT_NAMES) - {"conflicts"}


def test_a_corrected_gap_takes_back_how_it_was_said_to_fail() -> None:
    failing = _said("failure_mode", "inconsistent_style", message_id="1")
    corrected = _said("gap", "knowledge", message_id="2", is_correction=True)
    assert understand([failing, corrected]).facts.failure_mode is None
    for stays in (
        _said("gap", "both", message_id="2", is_correction=True),
        _said("gap", "behaviour", message_id="2", is_correction=True),
        _said("gap", "knowledge", message_id="2"),
        _said("gap", "knowledge", message_id="1", is_correction=True),
    ):
        assert understand([failing, stays]).facts.failure_mode == "inconsistent_style"
    gap = _said("gap", "behaviour", message_id="1")
    slow = _said("failure_mode", "too_slow", message_id="2", is_correction=True)
    assert understand([gap, slow]).facts.gap is None
    disputed = [_said("gap", gap, author_id=gap, message_id=gap) for gap in ("knowledge", "behaviour")]
    assert understand(disputed).conflicts
    assert not understand([*disputed, slow]).conflicts
