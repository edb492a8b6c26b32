"""What is said fits what is known: first steps, headlines and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bot.decision.conditions import is_true
from bot.decision.facts import Facts, Range
from bot.decision.gates import Gate
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.rules import Because, Rule, first_that_fits
from bot.decision.sentences import Phrase, Sentence, fit
from bot.decision.wording import around
from tests.unit.decision.phrases import phrases_of, usual_words
from tests.unit.decision.situations import GATE_CASES, RULE_CASES

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
        (Range(min=200, max=500), "200 to 500"),
    ],
)
def test_a_number_stands_before_its_noun(value: int | Range, said: str) -> None:
    assert fit("your {examples_n} examples", Facts(examples_n=value)) == f"your {said} examples"


def test_of_an_amount_that_is_open_above_nothing_is_said() -> None:
    assert fit("of your {examples_n} examples.", Facts(examples_n=Range(min=50))) == "of your examples."


@pytest.mark.parametrize(("share", "said"), [(1, "100%"), (0.975, "97.5%"), (0.9, "90%"), (0.6071, "60.7%")])
def test_a_share_is_told_in_percent(share: float, said: str) -> None:
    assert fit("the {target_score} that you need", Facts(target_score=share)) == f"the {said} that you need"


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


def _ways(sentence: Sentence) -> Iterator[str]:
    """Yield every text that a sentence can make, its numbers as numbers."""
    if isinstance(sentence, str):
        yield re.sub(r"{\w+}", "1,200", sentence)
    elif isinstance(sentence, Phrase):
        for words in (sentence.usual, *(words for _, words in sentence.instead)):
            yield from _ways(words)
    else:
        yield from map("".join, product(*(list(_ways(part)) for part in sentence)))


def _is_whole(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z“](?:(?!  )[^{}])*", text))


@pytest.mark.parametrize("one", [*RULES, *GATES], ids=lambda one: one.id)
def test_every_way_of_saying_it_is_a_whole_sentence(one: Rule | Gate) -> None:
    steps = [one.first_step, *(one.next_steps if isinstance(one, Rule) else ())]
    reasons = one.because if isinstance(one, Rule) else (one.because, *one.instead_because)
    told = [text for step in steps for text in _ways(step)]
    for text in (*filter(None, told), *(reason.text for reason in reasons)):
        assert _is_whole(text), text
        assert text.endswith("."), text
    for text in _ways(one.headline):
        assert _is_whole(text), text
        assert not text.endswith("."), text


MORE_KNOWN: tuple[dict[str, object], ...] = (
    {},
    {"examples_n": 60},
    {"examples_n": 400},
    {"examples_n": 5000, "eval_set_n": 200},
    {"eval_set_n": 140},
    {"eval_set_n": 20000, "baseline_score": 0.7, "target_score": 0.9},
    {"hosting": "on_prem"},
    {"hosting": "vpc"},
    {"labels_on_demand": True, "examples_n": 0},
    {"failure_mode": "too_slow"},
    {"failure_mode": "too_expensive", "teacher_ok": True},
    {"data_quality": "mixed", "examples_at_hand": True},
    {"grader": "programmatic", "baseline_score": 0.4},
)


@pytest.mark.parametrize("more", MORE_KNOWN, ids=str)
def test_whatever_else_is_known_there_are_two_to_four_reasons_in_whole_sentences(
    more: dict[str, object],
) -> None:
    for known in (*(case.known for case in RULE_CASES), *(case.known for case in GATE_CASES)):
        answer = _of(**{**more, **known})
        if answer.direction in (Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE):
            continue
        assert 2 <= len({one.text for one in answer.because}) == len(answer.because) <= 4, answer.rule.id
        for text in (answer.headline, answer.first_step, *answer.next_steps):
            assert _is_whole(text), text


def test_a_choice_of_reasons_needs_one_that_always_fits() -> None:
    with pytest.raises(ValueError, match="nothing is said"):
        first_that_fits(Because("A.", "evals"), Because("B.", "evals", fits=is_true("tried_rag")))


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
        ({"goal_kind": "classification", "examples_n": 400}, "a fifth of your 400 labelled items"),
        ({"goal_kind": "classification", "labels_on_demand": True}, "Label a hundred items by hand"),
        ({"gap": "behaviour", "eval_set_n": 35}, "on your 35 test cases"),
        ({"gap": "format", "hosting": "on_prem"}, "in the software that serves your model"),
        ({"gap": "capability", "hosting": "edge"}, "the strongest model that can run where yours must"),
        ({"gap": "knowledge", "eval_set_n": 60}, "try your 60 test cases with the passages"),
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


def test_who_says_what_fails_is_not_sent_to_find_out() -> None:
    robotic = _of(gap="behaviour", failure_mode="inconsistent_style", eval_set_n=0, tried_few_shot=True)
    assert robotic.headline == "Measure how often it fails before you change anything"
    assert "Read a hundred" not in robotic.first_step


def test_what_is_sorted_is_not_to_be_streamed() -> None:
    sorts = _of(goal_kind="extraction", failure_mode="too_slow", examples_n=20000, tried_small_model=False)
    assert sorts.rule.id == "D8i"
    assert sorts.next_steps == ("If it falls short, tune it on your 20,000 examples.",)
    assert "shorter answers" not in sorts.first_step


HABIT = {"gap": "behaviour", "tried_prompting": "systematic", "tried_few_shot": True}


@pytest.mark.parametrize(
    ("more", "step"),
    [
        ({"eval_set_n": 120}, "Keep your 120 test cases out of training, then"),
        ({"eval_set_n": 120, "data_quality": "mixed"}, "leave your 120 test cases out"),
        ({"examples_n": 0, "labels_on_demand": True}, "Have 100 examples made, hold back half of them"),
        ({"examples_n": 0, "labels_on_demand": True, "eval_set_n": 90}, "have 50 examples made"),
        ({"examples_n": 5000}, "Hold back 200 of your 5,000 examples"),
    ],
)
def test_the_pilot_begins_with_what_there_is(more: dict[str, object], step: str) -> None:
    answer = _of(**{**HABIT, "examples_n": 400, **more})
    assert answer.rule.id == "D12d"
    assert step in answer.first_step


def test_a_gate_says_what_is_missing_of_what_there_is() -> None:
    some = _of(**HABIT, examples_n=500, eval_set_n=20)
    assert some.headline == "Enlarge the test set first"
    assert some.first_step.startswith("Add real cases to your 20 until there are 50")
    none = _of(**HABIT, examples_n=500, eval_set_n=0)
    assert none.headline == "Build the test set first"
    assert none.first_step.startswith("Put 50 of your 500 examples aside")


@pytest.mark.parametrize(
    "out", [{"hosting": "on_prem"}, {"latency_budget_ms": 100}, {"failure_mode": "too_slow"}]
)
def test_no_large_model_is_to_be_asked_where_it_is_out_of_reach_or_slow(out: dict[str, Any]) -> None:
    sorts = {"goal_kind": "classification", "examples_n": 900}
    for known in ({}, {"gap": "cost_latency"}):
        usual, fitting = _of(**sorts, **known), _of(**sorts, **known, **out)
        assert any("model" in step for step in usual.next_steps)
        assert any("unsure of" in step for step in fitting.next_steps)
        assert any("a person" in step for step in fitting.next_steps) == ("hosting" in out)
        assert not any("model" in step for step in fitting.next_steps)


def test_who_has_few_labels_of_many_kinds_is_told_to_count_them() -> None:
    sorts = {"goal_kind": "classification", "examples_n": 600}
    counted = [
        any(step.startswith("Count the labels of each") for step in _of(**sorts, **kinds).next_steps)
        for kinds in ({}, {"label_count": 75}, {"label_count": 76})
    ]
    assert counted == [False, False, True]


@pytest.mark.parametrize("goal", ["generation", "translation", "extraction"])
def test_what_is_no_question_is_not_answered_from_documents(goal: str) -> None:
    answer = _of(goal_kind=goal, gap="knowledge")
    assert answer.rule.id == _of(goal_kind="knowledge_qa", gap="knowledge").rule.id
    said = " ".join((answer.first_step, *answer.next_steps))
    assert not re.search(r"documents|passage|Show the sources|question", said)


def test_what_passes_is_compared_as_such_work_is() -> None:
    small = {"gap": "cost_latency", "tried_small_model": True, "small_model_ok": True}
    assert "compare the scores" in _of(**small, goal_kind="extraction").first_step
    assert "blind" in _of(**small, goal_kind="style_tone").first_step
    assert "your 200 test cases" in _of(**small, goal_kind="style_tone", eval_set_n=200).first_step
