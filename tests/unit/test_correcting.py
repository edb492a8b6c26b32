"""Facts set right are merged one by one: nothing is lost, and nothing is undone unseen."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Audience, Correction, Place, Turn
from bot.correcting import MOST_UNKNOWNS, Settled, entry_in_words, fields_of, settle
from bot.decision.facts import FactValue
from bot.decision.statements import Statement, understand
from bot.replies import Overtaken, SetRight
from bot.understanding.named_model import NamedModel
from bot.understanding.reading import read

ASKED = "should we fine-tune? Our bot gets the tone wrong. We have 400 reviewed replies. It runs on claude."


def stated(fact: str, value: FactValue | None, **more: str) -> Statement:
    return Statement.model_validate(
        {"fact": fact, "value": value, "quote": "said", "author_id": "U1", **more}
    )


def corrected(*corrections: Correction) -> Turn:
    return Turn(
        place=Place(team_id="T1", channel_id="C1", thread="1"),
        audience=Audience(kind="conversation", channel_id="C1"),
        author_id="U2",
        message_id="view:1",
        said_at=datetime(2026, 11, 23, tzinfo=UTC),
        corrections=corrections,
        decision_id="D-0123456789",
    )


def settled(statements: list[Statement], *corrections: Correction, seen: int | None = None) -> Settled:
    """Settle corrections by somebody who saw what the first statements, or all of them, come to."""
    shown = understand(statements[:seen]).facts.known()
    filled = [
        one.model_copy(update={"before": entry_in_words(one.fact, shown.get(one.fact))})
        for one in corrections
    ]
    return settle(corrected(*filled), understand(statements), _find_model)


def _find_model(name: str) -> NamedModel | None:
    is_known = name == "open-weights"
    return NamedModel("open-weights", "yes", None, is_open_weights=True) if is_known else None


def known_after(statements: list[Statement], outcome: Settled) -> dict[str, FactValue]:
    return understand([*statements, *outcome.statements]).facts.known()


def test_a_correction_counts_and_says_what_it_changed() -> None:
    before = [stated("examples_n", 400)]
    outcome = settled(before, Correction(fact="examples_n", value=20, quote="20"))
    assert known_after(before, outcome) == {"examples_n": 20}
    assert outcome.corrected == (
        SetRight(fact="examples_n", before="400 reviewed examples", after="20 reviewed examples"),
    )
    (statement,) = outcome.statements
    assert (statement.source, statement.author_id, statement.message_id) == ("form", "U2", "view:1")


def test_a_fact_taken_away_is_unknown_and_so_is_a_contradiction_about_it() -> None:
    before = [stated("examples_n", 400), stated("examples_n", 20, author_id="U3")]
    assert understand(before).conflicts
    outcome = settled(before, Correction(fact="examples_n", value=None))
    understanding = understand([*before, *outcome.statements])
    assert understanding.facts.known() == {}
    assert understanding.unknown == {"examples_n"}
    assert not understanding.conflicts


def test_what_is_said_after_it_was_taken_away_counts() -> None:
    before = [stated("examples_n", 400)]
    outcome = settled(before, Correction(fact="examples_n", value=None))
    said = [*before, *outcome.statements, stated("examples_n", 60)]
    assert understand(said).facts.known() == {"examples_n": 60}


def test_a_fact_that_another_changed_since_is_left_and_told_with_who_it_was() -> None:
    before = [stated("examples_n", 400), stated("examples_n", 80, source="form", author_id="U3")]
    outcome = settled(
        before,
        Correction(fact="examples_n", value=20),
        Correction(fact="eval_set_n", value=60),
        seen=1,
    )
    assert known_after(before, outcome) == {"examples_n": 80, "eval_set_n": 60}
    assert outcome.overtaken == (Overtaken(fact="examples_n", now="80 reviewed examples", by="U3"),)


def test_a_fact_of_a_message_that_was_edited_since_is_left_as_well() -> None:
    edited = [stated("examples_n", 80, message_id="1")]
    late = Correction(fact="examples_n", value=20, before="400")
    outcome = settle(corrected(late), understand(edited), _find_model)
    assert not outcome.statements
    assert outcome.overtaken == (Overtaken(fact="examples_n", now="80 reviewed examples", by="U1"),)


def test_two_who_set_the_same_right_in_the_same_way_are_not_in_each_others_way() -> None:
    before = [stated("examples_n", 400), stated("examples_n", 80, source="form", author_id="U3")]
    assert settled(before, Correction(fact="examples_n", value=80), seen=1) == Settled((), (), ())


def test_a_button_counts_while_nobody_knows_however_old_it_is() -> None:
    pressed = Correction(fact="data_rights", value="ok", quote="Yes", source="button")
    unsure = [stated("examples_n", 400), stated("data_rights", None)]
    assert known_after(unsure, settled(unsure, pressed, seen=0))["data_rights"] == "ok"
    denied = [stated("data_rights", "restricted", source="button")]
    outcome = settled(denied, pressed, seen=0)
    assert not outcome.statements
    assert outcome.overtaken[0].now == "you may not train on the data"


def test_what_was_only_concluded_from_a_model_falls_with_it() -> None:
    before = [
        stated("base_model", "gpt-4.1"),
        stated("base_tunable", "no", source="inferred"),
        stated("base_retire_days", 57, source="inferred"),
    ]
    gone = settled(before, Correction(fact="base_model", value=None))
    assert known_after(before, gone) == {}
    other = settled(before, Correction(fact="base_model", value="open-weights"))
    assert known_after(before, other) == {"base_model": "open-weights", "base_tunable": "yes"}
    told = settled(
        before,
        Correction(fact="base_tunable", value="unknown"),
        Correction(fact="base_model", value="open-weights"),
    )
    assert known_after(before, told)["base_tunable"] == "unknown"


def test_what_somebody_stated_does_not_fall_with_the_model() -> None:
    before = [stated("base_model", "gpt-4.1"), stated("base_tunable", "yes")]
    outcome = settled(before, Correction(fact="base_model", value=None))
    assert known_after(before, outcome) == {"base_tunable": "yes"}


def test_the_gap_that_was_heard_in_the_same_words_falls_with_the_failure() -> None:
    before = [stated("failure_mode", "invalid_format"), stated("gap", "format")]
    assert [field.fact for field in fields_of(understand(before)) if field.value] == ["failure_mode"]
    outcome = settled(before, Correction(fact="failure_mode", value="too_slow"))
    assert known_after(before, outcome) == {"failure_mode": "too_slow"}


def test_fields_hold_what_was_heard_and_then_few_unknown_ones() -> None:
    understanding = understand(read(ASKED).statements)
    fields = fields_of(understanding)
    heard = [field for field in fields if field.value is not None]
    unknown = fields[len(heard) :]
    assert {"examples_n", "base_model"} <= {field.fact for field in heard}
    assert all(field.quote and field.quote in ASKED for field in heard)
    assert all(field.value is None for field in unknown)
    assert 0 < len(unknown) <= MOST_UNKNOWNS
    assert not {field.fact for field in heard} & {field.fact for field in unknown}


_FACTS = ("examples_n", "eval_set_n", "tried_rag", "data_rights")
_VALUES: dict[str, st.SearchStrategy[FactValue | None]] = {
    "examples_n": st.none() | st.integers(0, 900),
    "eval_set_n": st.none() | st.integers(0, 900),
    "tried_rag": st.none() | st.booleans(),
    "data_rights": st.sampled_from([None, "ok", "restricted"]),
}
_FORMS = st.lists(st.sampled_from(_FACTS), unique=True).flatmap(
    lambda facts: st.tuples(
        *(_VALUES[fact].map(lambda value, fact=fact: Correction(fact=fact, value=value)) for fact in facts)  # type: ignore[misc] # mypy cannot type a default
    )
)


@given(first=_FORMS, second=_FORMS)
def test_of_two_forms_that_were_drawn_at_once_every_fact_of_either_counts_or_is_told(
    first: tuple[Correction, ...], second: tuple[Correction, ...]
) -> None:
    before = [stated("examples_n", 400), stated("tried_rag", value=True)]
    one_alone = settled(before, *first)
    after_one = [*before, *one_alone.statements]
    changed_first = {one.fact for one in one_alone.corrected}
    outcome = settled(after_one, *second, seen=len(before))
    known = known_after(after_one, outcome)
    taken = {one.fact for one in outcome.overtaken}
    for one in first:
        assert one.fact not in changed_first or known.get(one.fact) == one.value
    for one in second:
        is_in = known.get(one.fact) == one.value
        assert is_in or one.fact in taken
        assert one.fact not in taken or one.fact in changed_first
