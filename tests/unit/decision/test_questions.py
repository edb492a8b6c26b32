from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.decision.chances import PROBLEM, WEIGHED, chances
from bot.decision.facts import FACT_NAMES, Facts, FactValue, Range, parse_value
from bot.decision.next_question import fit
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.questions import BY_ID, QUESTIONS, Question, QuickReply
from bot.decision.statements import Statement, understand

READ_BY_RULES = frozenset[str]().union(
    *(rule.when.reads for rule in RULES),
    *(gate.fails_when.reads for gate in GATES),
    *(gate.unless_known for gate in GATES),
)
READ_ELSEWHERE = {
    "base_model": "the provider table turns it into base_tunable, base_retire_days and base_fits_hosting",
    "citations_needed": "asked in one breath with the permissions, and kept for the record",
    "domain": "asked in one breath with the languages, and kept for the record",
}
REPLIES = [(question, reply) for question in QUESTIONS for reply in question.replies]


def _tapped(question: Question, picked: Sequence[QuickReply]) -> list[Statement]:
    values = dict(question.unpicked)
    for reply in picked:
        values |= reply.values
    return [Statement(fact=fact, value=value, quote="", source="button") for fact, value in values.items()]


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


def test_every_reply_states_something() -> None:
    assert [(question.id, reply.id) for question, reply in REPLIES if not reply.values] == []


def test_a_multiple_choice_says_that_what_was_not_picked_is_untried() -> None:
    several = [question for question in QUESTIONS if question.several]
    assert [question.id for question in several] == ["Q2"]
    (tried,) = several
    assert dict(tried.reply("nothing").values) == {**tried.unpicked, "tried_prompting": "none"}
    assert understand(_tapped(tried, [tried.reply("examples")])).facts.tried_prompting == "quick"
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


def test_every_question_says_in_one_sentence_why_it_is_asked() -> None:
    for question in QUESTIONS:
        assert question.why.endswith(".")
        assert question.why.count(". ") == 0


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


@pytest.mark.parametrize("reply", [reply for _, reply in REPLIES], ids=lambda reply: reply.id)
def test_every_reply_is_one_that_somebody_may_give(reply: QuickReply) -> None:
    weighed = chances(Facts())
    for fact, value in reply.values.items():
        if fact in WEIGHED:
            likely = weighed[PROBLEM if fact in PROBLEM else frozenset({fact})]
            told = [getattr(values, fact) for values, _ in likely]
            assert any(one is not None and fit(one, value) for one in told)


def test_a_tap_tells_what_its_question_is_about_and_what_follows_from_it() -> None:
    assert BY_ID["Q2"].tells == set(BY_ID["Q2"].unpicked)
    assert BY_ID["Q9"].tells == {"base_model", "hosting", "base_tunable"}


@pytest.mark.parametrize(
    ("known", "sensible"),
    [
        ({}, {"Q4": False, "Q6": False, "Q7": False, "Q15": False, "Q2": True}),
        ({"gap": "knowledge"}, {"Q4": True, "Q6": True, "Q7": True}),
        ({"gap": "knowledge", "tried_rag": False}, {"Q4": False, "Q6": True}),
        ({"goal_kind": "classification"}, {"Q15": True, "Q6": False}),
    ],
)
def test_no_question_is_asked_of_someone_who_would_not_see_why(
    known: dict[str, str], sensible: dict[str, bool]
) -> None:
    facts = Facts.model_validate(known)
    assert {name: BY_ID[name].makes_sense.holds(facts) for name in sensible} == sensible
