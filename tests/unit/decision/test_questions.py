from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision import next_question as module
from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.facts import FACT_NAMES, Facts, FactValue, Range, parse_value
from bot.decision.next_question import (
    could_change,
    direction_is_open,
    find_question,
    next_question,
    open_question,
)
from bot.decision.policy import RULES
from bot.decision.questions import BY_ID, MOST_QUESTIONS, QUESTIONS, Question, QuickReply
from bot.decision.readiness import GATES
from bot.decision.statements import Conflict, Statement, Understanding, understand
from tests.unit.decision.situations import TUNED_HABIT
from tests.unit.decision.strategies import STATED_FACTS, statements

READ_BY_RULES = frozenset[str]().union(
    *(rule.when.reads for rule in RULES),
    *(gate.fails_when.reads for gate in GATES),
    *(gate.unless_known for gate in GATES),
)
READ_ELSEWHERE = {
    "base_model": "the provider table turns it into base_tunable, base_retire_days and base_fits_hosting",
    "citations_needed": "asked in one breath with the permissions, and kept for the record",
}
REPLIES = [(question, reply) for question in QUESTIONS for reply in question.replies]


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


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        ({}, (), "Q1"),
        ({"goal_kind": "generation"}, ("Q1",), "Q2"),
        ({"gap": "knowledge"}, (), "Q2"),
        ({"gap": "knowledge", "tried_rag": True}, ("Q2",), "Q4"),
        ({"gap": "knowledge", "tried_rag": False}, ("Q2",), "Q6"),
        ({"gap": "both", "tried_rag": True}, ("Q2",), "Q5"),
        ({"gap": "behaviour", "tried_prompting": "quick", "tried_few_shot": False}, (), "Q14"),
        ({"failure_mode": "invalid_format"}, (), "Q2"),
        ({"gap": "capability", "tried_models": True}, ("Q2",), "Q11"),
        ({"gap": "cost_latency"}, (), "Q12"),
        ({"gap": "cost_latency", "volume": "high"}, ("Q12",), "Q8"),
        ({"goal_kind": "classification"}, (), "Q15"),
        ({"goal_kind": "classification", "gap": "format"}, (), "Q2"),
    ],
)
def test_each_branch_asks_in_its_own_order_what_could_still_change_the_answer(
    known: dict[str, Any], asked: tuple[str, ...], expected: str
) -> None:
    question = next_question(_known(**known), asked)
    assert question is not None
    assert question.id == expected


def test_nothing_is_asked_when_no_answer_could_change_anything() -> None:
    assert next_question(_known(intent="abuse"), ()) is None
    everything = {"tried_structured": True, "tried_models": True, "tried_rag": True, "feedback_kind": "none"}
    ready = _known(**TUNED_HABIT, **everything)
    assert open_question(ready, ()) is None
    assert not direction_is_open(ready, ())


def test_what_was_asked_or_is_not_known_is_not_asked_again() -> None:
    gap = Statement(fact="gap", value="behaviour", quote="")
    unknown = [Statement(fact=fact, value=None, quote="") for fact in BY_ID["Q2"].facts]
    question = next_question(understand([gap, *unknown]), ("Q5",))
    assert question is not None
    assert question.id == "Q3"


def test_how_many_examples_there_are_is_not_asked_of_someone_who_said_it() -> None:
    known = _tuned_habit_without("eval_set_n")
    assert not could_change(BY_ID["Q5"], known)
    assert could_change(BY_ID["Q5"], _tuned_habit_without("examples_n"))


def test_a_reply_that_fits_what_is_known_still_adds_the_rest() -> None:
    material = _known(gap="knowledge", tried_rag=False, corpus_tokens=60_000)
    assert could_change(BY_ID["Q6"], material)


def test_after_the_last_question_none_is_asked_but_the_direction_may_stay_open() -> None:
    known, asked = _known(gap="knowledge", corpus_tokens=60_000), ("Q2", "Q4", "Q6")
    assert len(asked) == MOST_QUESTIONS
    assert next_question(known, asked) is None
    question = open_question(known, asked)
    assert question is not None
    assert question.id == "Q7"
    assert direction_is_open(known, ("Q2", "Q4"))


def test_what_only_changes_the_readiness_leaves_the_direction_closed() -> None:
    known = _tuned_habit_without("data_rights", feedback_kind="none")
    assert could_change(BY_ID["Q8"], known)
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
        assert could_change(question, _understood(said, asked)) or question.id.startswith("conflict:")
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


@pytest.mark.parametrize(("question", "reply"), REPLIES, ids=lambda part: part.id)
def test_quick_reply_states_valid_facts_that_its_question_is_about(
    question: Question, reply: QuickReply
) -> None:
    assert {fact: parse_value(fact, value) for fact, value in reply.values.items()} == dict(reply.values)
    assert set(reply.values) <= set(question.facts) <= set(FACT_NAMES)
    Facts().with_values(reply.values)


def test_quick_replies_state_only_what_something_reads() -> None:
    stated = {fact for _, reply in REPLIES for fact in reply.values}
    assert stated - READ_BY_RULES == set(READ_ELSEWHERE)


def test_only_the_reply_that_says_so_states_nothing() -> None:
    silent = [(question.id, reply.id) for question, reply in REPLIES if not reply.values]
    assert silent == [("Q4", "unchecked")]


def test_a_multiple_choice_says_that_what_was_not_picked_is_untried() -> None:
    several = [question for question in QUESTIONS if question.several]
    assert [question.id for question in several] == ["Q2"]
    (tried,) = several
    assert dict(tried.reply("nothing").values) == dict(tried.unpicked)
    facts = understand(_tapped(tried, [tried.reply("rag"), tried.reply("quick")])).facts
    assert facts == Facts(
        tried_prompting="quick",
        tried_rag=True,
        tried_few_shot=False,
        tried_structured=False,
        tried_models=False,
    )


def test_question_and_reply_ids_are_unique_and_labels_fit_a_button() -> None:
    assert len(BY_ID) == len(QUESTIONS)
    for question in QUESTIONS:
        assert len({reply.id for reply in question.replies}) == len(question.replies)
        assert question.text.endswith(("?", "."))
        assert all(1 <= len(reply.label) <= 75 for reply in question.replies)


def _bounds(amount: FactValue) -> tuple[int, int | None]:
    if isinstance(amount, Range):
        return amount.min or 0, amount.max
    assert isinstance(amount, int)
    return amount, amount


def test_amount_replies_of_one_question_leave_no_gap_and_do_not_overlap() -> None:
    for question_id, fact in (("Q3", "eval_set_n"), ("Q10", "requests_per_day")):
        amounts = [reply.values[fact] for reply in BY_ID[question_id].replies]
        bounds = [_bounds(amount) for amount in amounts]
        assert [low for low, _ in bounds[1:]] == [(high or 0) + 1 for _, high in bounds[:-1]]
        assert bounds[-1][1] is None
