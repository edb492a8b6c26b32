from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision import next_question as module
from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.facts import FactValue, Range
from bot.decision.next_question import (
    LEAST_WORTH,
    direction_is_open,
    find_question,
    fit,
    next_question,
    open_question,
    opening_again,
    question_worths,
    unknowns_worth_telling,
)
from bot.decision.questions import BY_ID, MOST_QUESTIONS, QUESTIONS, Question, QuickReply
from bot.decision.statements import Conflict, Statement, Understanding, understand
from tests.unit.decision.situations import TUNED_HABIT
from tests.unit.decision.strategies import STATED_FACTS, statements


def _known(**values: Any) -> Understanding:
    return understand([Statement(fact=fact, value=value, quote="") for fact, value in values.items()])


def _tuned_habit_without(fact: str, **more: Any) -> Understanding:
    return _known(**{name: value for name, value in TUNED_HABIT.items() if name != fact}, **more)


def _tapped(question: Question, picked: Sequence[QuickReply]) -> list[Statement]:
    values = dict(question.unpicked)
    for reply in picked:
        values |= reply.values
    return [Statement(fact=fact, value=value, quote="", source="button") for fact, value in values.items()]


def _understood(said: Sequence[Statement], asked: Sequence[str]) -> Understanding:
    return settle_carefully(keep_conflicts_that_matter(understand(said)), tuple(asked))


def _worth(question_id: str, understanding: Understanding, asked: Sequence[str] = ()) -> float:
    worths = question_worths(understanding, asked)
    return next((worth.total for worth in worths if worth.question.id == question_id), 0.0)


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        ({}, (), {"Q1"}),
        ({"goal_kind": "knowledge_qa"}, (), {"Q1"}),
        ({"gap": "knowledge"}, ("Q2",), {"Q6"}),
        ({"gap": "behaviour", "goal_kind": "extraction"}, (), {"Q2"}),
        ({"failure_mode": "inconsistent_style"}, (), {"Q2"}),
        ({"gap": "format", "goal_kind": "extraction"}, (), {"Q2"}),
        ({"goal_kind": "classification"}, (), {"Q3", "Q5", "Q15"}),
        ({"gap": "cost_latency", "goal_kind": "generation"}, ("Q16",), {"Q12"}),
        ({**TUNED_HABIT, "eval_set_n": None}, ("Q9", "Q16"), {"Q3"}),
        ({**TUNED_HABIT, "examples_n": None}, (), {"Q5"}),
    ],
)
def test_what_is_asked_next_is_what_decides(
    known: dict[str, Any], asked: tuple[str, ...], expected: set[str]
) -> None:
    question = next_question(
        _known(**{name: value for name, value in known.items() if value is not None}), asked
    )
    assert question is not None
    assert question.id in expected


def test_nothing_is_asked_when_no_answer_could_change_anything() -> None:
    assert next_question(_known(intent="abuse"), ()) is None
    everything = {"tried_structured": True, "tried_models": True, "tried_rag": True, "feedback_kind": "none"}
    ready = _known(**TUNED_HABIT, **everything, tried_finetune="none", team_ml="some")
    assert open_question(ready, ()) is None
    assert not direction_is_open(ready, ())


def test_what_somebody_does_not_know_is_not_asked_again() -> None:
    gap = Statement(fact="gap", value="behaviour", quote="")
    unknown = [Statement(fact=fact, value=None, quote="") for fact in BY_ID["Q2"].facts]
    before, after = understand([gap]), understand([gap, *unknown])
    assert _worth("Q2", before) > 0.1
    assert _worth("Q2", after) == 0


def test_how_many_examples_there_are_is_not_asked_of_someone_who_said_it() -> None:
    assert _worth("Q5", _tuned_habit_without("eval_set_n")) == 0
    assert _worth("Q5", _tuned_habit_without("examples_n")) > 0.1


def test_a_reply_that_fits_what_is_known_still_adds_the_rest() -> None:
    material = _known(gap="knowledge", tried_rag=False, corpus_tokens=60_000)
    assert _worth("Q6", material) > 0


def test_among_equals_the_one_that_is_easier_to_answer_is_asked() -> None:
    assert BY_ID["Q1"].effort < BY_ID["Q3"].effort
    searches = _known(goal_kind="knowledge_qa", tried_prompting="systematic", tried_rag=True)
    worths = {worth.question.id: round(worth.total, 2) for worth in question_worths(searches, ())}
    assert worths["Q1"] == worths["Q3"] == max(worths.values())
    question = open_question(searches, ())
    assert question is not None
    assert question.id == "Q1"


def test_after_the_last_question_none_is_asked_but_more_may_be_open() -> None:
    known, asked = _known(), ("Q16", "Q14", "Q13")
    assert len(asked) == MOST_QUESTIONS
    assert next_question(known, asked) is None
    question = open_question(known, asked)
    assert question is not None
    assert question.id == "Q1"
    assert direction_is_open(known, asked)


def test_what_only_changes_the_readiness_leaves_the_direction_closed() -> None:
    known = _tuned_habit_without("data_rights", feedback_kind="none", tried_finetune="none")
    assert _worth("Q8", known) > 0
    assert not direction_is_open(known, ())


def _contradiction() -> Understanding:
    said = [Statement(fact="tried_rag", value=value, quote="") for value in (True, False)]
    return understand([Statement(fact="gap", value="both", quote=""), *said])


def test_a_contradiction_is_asked_about_first_and_in_both_versions() -> None:
    question = next_question(_contradiction(), ())
    assert question is not None
    assert question.text == "I heard two things about retrieval. Which one is right?"
    assert [reply.label for reply in question.replies] == ["Retrieval is in place", "No retrieval yet"]
    assert [dict(reply.values) for reply in question.replies] == [{"tried_rag": True}, {"tried_rag": False}]
    assert question.facts == ("tried_rag",)
    assert direction_is_open(_contradiction(), ())


def test_a_contradiction_is_asked_about_once() -> None:
    question = next_question(_contradiction(), ("conflict:tried_rag",))
    assert question is None or question.id != "conflict:tried_rag"


def test_questions_are_found_by_id_also_those_about_a_contradiction() -> None:
    found = find_question("conflict:tried_rag", _contradiction())
    assert found == next_question(_contradiction(), ())
    assert find_question("Q4", _contradiction()) is BY_ID["Q4"]
    assert find_question("conflict:gap", _contradiction()) is None
    assert find_question("Q99", _known()) is None


def test_not_knowing_contradicts_nothing() -> None:
    nothing = Statement(fact="gap", value=None, quote="")
    with pytest.raises(AssertionError, match="what is unknown contradicts nothing"):
        module._question_about(Conflict(nothing, nothing))


def test_replies_are_found_by_id() -> None:
    assert BY_ID["Q8"].reply("no").values == {"data_rights": "restricted"}
    with pytest.raises(KeyError, match="perhaps"):
        BY_ID["Q8"].reply("perhaps")


@given(st.data())
def test_questions_run_out_however_they_are_answered(data: st.DataObject) -> None:
    said = list(data.draw(st.lists(statements(), max_size=6)))
    asked: list[str] = []
    while question := next_question(_understood(said, asked), asked):
        assert question.id not in asked
        is_worth_it = _worth(question.id, _understood(said, asked), asked) >= LEAST_WORTH
        assert is_worth_it or question.id.startswith("conflict:")
        asked.append(question.id)
        assert len(asked) <= MOST_QUESTIONS
        said += data.draw(_answers(question))
    assert len(asked) <= MOST_QUESTIONS


@given(st.data())
def test_even_without_a_limit_no_question_comes_twice(data: st.DataObject) -> None:
    said = list(data.draw(st.lists(statements(), max_size=4)))
    asked: list[str] = []
    while question := open_question(_understood(said, asked), asked):
        assert question.id not in asked
        assert len(asked) < len(QUESTIONS) + len(STATED_FACTS)
        asked.append(question.id)
        said += data.draw(_answers(question))


def _answers(question: Question) -> st.SearchStrategy[list[Statement]]:
    """One tap, several where allowed, "I don't know", nothing that we can read, or something else."""
    most = len(question.replies) if question.several else 1
    taps = st.lists(st.sampled_from(question.replies), min_size=1, max_size=most, unique_by=lambda r: r.id)
    unknown = [Statement(fact=fact, value=None, quote="") for fact in question.facts]
    return (
        taps.map(lambda picked: _tapped(question, picked))
        | st.just(unknown)
        | st.just([])
        | st.lists(statements(), min_size=1, max_size=3)
    )


@pytest.mark.parametrize(
    ("known", "value", "fits"),
    [
        (80, Range(min=50, max=100), True),
        (Range(min=50, max=100), Range(min=101), False),
        (0, 0, True),
        (True, True, True),
        ("ok", "restricted", False),
    ],
)
def test_amounts_fit_when_their_ranges_meet(known: FactValue, value: FactValue, *, fits: bool) -> None:
    assert fit(known, value) is fits


def _again(asked: Sequence[str], *news: Statement) -> str:
    question = opening_again(understand(news), asked, news)
    return question.text if question else ""


def test_the_opening_question_is_asked_once_more_in_other_words_when_it_was_passed_over() -> None:
    aside = Statement(fact="examples_n", value=300, quote="")
    again = _again(("Q1",), aside)
    assert again.endswith("?")
    assert again != BY_ID["Q1"].text
    assert not _again(("Q1", "Q1"), aside)
    assert not _again(("Q1", "Q2"), aside)
    assert not _again(("Q2", "Q3", "Q1"), aside), "three questions are enough"
    assert not _again(("Q1",)), "nobody answered anything"


@pytest.mark.parametrize("value", ["behaviour", None])
def test_whoever_answers_the_opening_question_is_not_asked_it_again(value: str | None) -> None:
    assert not _again(("Q1",), Statement(fact="gap", value=value, quote=""))


def test_what_would_tell_most_is_what_the_training_still_depends_on() -> None:
    told = unknowns_worth_telling(_tuned_habit_without("eval_set_n"), most=3)
    assert told[0] == "eval_set_n"


def test_what_somebody_does_not_know_may_be_worth_telling_by_now() -> None:
    unsure = _tuned_habit_without("eval_set_n", eval_set_n=None)
    assert "eval_set_n" in unknowns_worth_telling(unsure, most=3)


@given(statements=st.lists(statements(), max_size=6), most=st.integers(0, 6))
def test_only_unknown_facts_are_worth_telling_and_not_too_many(
    statements: list[Statement], most: int
) -> None:
    understanding = understand(statements)
    told = unknowns_worth_telling(understanding, most)
    assert len(told) == len(set(told)) <= most
    assert not set(told) & understanding.facts.known().keys()
