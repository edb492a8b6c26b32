"""What is said fits what is known: first steps, headlines and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given

from bot.decision.conditions import is_true
from bot.decision.facts import Facts, Range
from bot.decision.policy import RULES
from bot.decision.readiness import GATES
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.rules import Because, first_that_fits
from bot.decision.sentences import Phrase, Sentence, fit, phrases_of, usual_words
from bot.decision.wording import around
from tests.unit.decision.strategies import facts

A_SCHEMA = Phrase("a schema", ((is_true("tried_rag"), "a schema for {eval_set_n} passages"),))


def _of(**known: object) -> Recommendation:
    return recommend(Facts.model_validate(known))


def _sentences() -> Iterator[Sentence]:
    for rule in RULES:
        yield from (rule.headline, rule.first_step, *rule.next_steps)
    for gate in GATES:
        yield from (gate.headline, gate.first_step)


def test_the_first_words_that_fit_are_said_else_the_usual_ones() -> None:
    sentence = ("Turn on ", A_SCHEMA, ".")
    assert fit(sentence, Facts()) == usual_words(sentence) == "Turn on a schema."
    known = Facts(tried_rag=True, eval_set_n=around(201))
    assert fit(sentence, known) == "Turn on a schema for 201 or so passages."


def test_a_number_that_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="eval_set_n is no number: None"):
        fit("{eval_set_n} cases", Facts())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1200, "1,200"),
        (Range(min=50), "50 or more"),
        (Range(min=1001), "1,000 or more"),
        (Range(min=200, max=500), "200 to 500"),
    ],
)
def test_a_number_stands_before_its_noun(value: int | Range, said: str) -> None:
    assert fit("your {examples_n} examples", Facts(examples_n=value)) == f"your {said} examples"


def test_a_share_is_told_in_percent() -> None:
    assert fit("the {target_score} that you need", Facts(target_score=1)) == "the 100% that you need"


def test_phrases_within_phrases_are_found() -> None:
    outer = Phrase("nothing", ((is_true("tried_models"), ("on ", A_SCHEMA)),))
    assert list(phrases_of(("Turn ", outer, "."))) == [outer, A_SCHEMA]


def test_of_several_reasons_the_first_that_fits_is_given() -> None:
    reasons = first_that_fits(
        Because("A.", "evals", fits=is_true("tried_rag")),
        Because("B.", "evals", fits=is_true("tried_models")),
        Because("C.", "evals"),
    )
    for known, expected in (
        ({"tried_rag": True, "tried_models": True}, ["A."]),
        ({"tried_models": True}, ["B."]),
        ({}, ["C."]),
    ):
        given_ = [one.text for one in reasons if one.fits.holds(Facts.model_validate(known))]
        assert given_ == expected


@given(facts())
def test_whatever_is_known_every_sentence_is_whole(known: Facts) -> None:
    for sentence in _sentences():
        assert not re.search(r"[{}]|  ", fit(sentence, known))


@given(facts())
def test_every_sentence_of_an_answer_begins_large_and_ends_with_a_full_stop(known: Facts) -> None:
    answer = recommend(known)
    for text in (answer.first_step, *answer.next_steps, *(one.text for one in answer.because)):
        assert text[0].isupper()
        assert text.endswith(".")
    assert answer.headline[0].isupper()
    assert not answer.headline.endswith(".")


def test_each_way_of_saying_it_is_another() -> None:
    for phrase in (phrase for sentence in _sentences() for phrase in phrases_of(sentence)):
        said = [phrase.usual, *(words for _, words in phrase.instead)]
        assert len(set(said)) == len(said), said


def test_a_number_is_named_only_where_the_condition_knows_it() -> None:
    named = [
        (condition, name)
        for sentence in _sentences()
        for phrase in phrases_of(sentence)
        for condition, words in phrase.instead
        for name in re.findall(r"{(\w+)}", usual_words(words))
    ]
    assert named
    assert [(one.words, name) for one, name in named if name not in one.reads] == []


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({"gap": "behaviour"}, "Write down 20 real inputs"),
        ({"gap": "behaviour", "eval_set_n": 140}, "on your 140 test cases"),
        ({"goal_kind": "classification", "examples_n": 1200}, "a fifth of your 1,200 labelled items"),
        ({"gap": "format", "hosting": "on_prem"}, "in the software that serves your model"),
        ({"gap": "capability", "hosting": "edge"}, "the strongest model that can run where yours must"),
        ({"gap": "knowledge", "eval_set_n": 60}, "answer your 60 test questions"),
        ({"goal_kind": "tool_use", "grader": "programmatic", "baseline_score": 0.35}, "now and then"),
    ],
)
def test_the_first_step_begins_with_what_is_there(known: dict[str, object], step: str) -> None:
    assert step in _of(**known).first_step


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({"gap": "knowledge", "access_control": True}, "Search only in what the person who asks may see."),
        ({"gap": "knowledge", "knowledge_change": "daily"}, "Index a document anew whenever it changes"),
    ],
)
def test_what_has_to_be_minded_is_added_to_the_next_steps(known: dict[str, object], step: str) -> None:
    assert any(one.startswith(step) for one in _of(**known).next_steps)
    assert not any(one.startswith(step) for one in _of(gap="knowledge").next_steps)


def test_who_has_thousands_of_labels_is_not_told_that_eight_go_far() -> None:
    sorts = {"goal_kind": "classification", "gap": "cost_latency"}
    few, plenty = _of(**sorts), _of(**sorts, examples_n=3000)
    assert few.rule.id == plenty.rule.id == "D8d"
    assert "8 per class" in few.because[1].text
    assert "8 per class" not in plenty.because[1].text
    assert len(plenty.because) == len(few.because) == 2


def test_who_has_a_score_is_not_told_that_nothing_was_measured() -> None:
    measured = _of(gap="behaviour", baseline_score=0.7)
    assert measured.rule.id == "D12g"
    assert "has not been measured" in _of(gap="behaviour").because[0].text
    assert "has not been measured" not in measured.because[0].text


def test_a_gate_says_what_is_missing_of_what_there_is() -> None:
    habit = {"gap": "behaviour", "tried_prompting": "systematic", "tried_few_shot": True}
    enough = _of(**habit, examples_n=500, eval_set_n=20)
    assert enough.first_step.startswith("Put 50 of your 500 examples aside")
    some = _of(**habit, examples_n=60, eval_set_n=20)
    assert some.headline == "Enlarge the test set first"
    assert some.first_step.startswith("Add real cases to your 20 until there are 50")
