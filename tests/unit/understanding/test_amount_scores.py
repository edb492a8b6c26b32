"""Scores, and the cases that they are counted out of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_amounts import value
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("41 of 60 pass", {"eval_set_n": 60, "baseline_score": 0.6833}),
        ("120 reports, threw out twenty as duplicates", {"eval_set_n": 100}),
        ("8 of 10 are fine", {"baseline_score": 0.8}),
        ("8 of our 10 cases are fine", {"eval_set_n": 10, "baseline_score": 0.8}),
        ("3 points short of the 85 we promised", {"baseline_score": 0.82, "target_score": 0.85}),
        ("5 points below the 90 we need", {"baseline_score": 0.85, "target_score": 0.9}),
        ("no idea about the score, 40 test cases though", {"eval_set_n": 40, "baseline_score": None}),
    ],
)
def test_the_numbers_of_an_answer_about_tests_each_state_their_own(
    said: str, expected: Mapping[str, object]
) -> None:
    assert values(said, "Q3") == expected


@pytest.mark.parametrize(
    "said", ["200 cases, score 70, 90 is good", "200 cases, ok is 90", "200 cases, 90 is fine"]
)
def test_a_number_that_is_called_good_enough_is_a_score(said: str) -> None:
    assert value(said, "90", "target_score") == 0.9


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "30 cases, 21 pass, we need 27",
            {"eval_set_n": 30, "baseline_score": 0.7, "target_score": 0.9},
        ),
        (
            "of 50 prompts 31 come out right, we want 45",
            {"eval_set_n": 50, "baseline_score": 0.62, "target_score": 0.9},
        ),
        ("28 of 40 pass, needs 36", {"eval_set_n": 40, "baseline_score": 0.7, "target_score": 0.9}),
        (
            "200 cases, 150 pass, we need 95",
            {"eval_set_n": 200, "baseline_score": 0.75, "target_score": 0.95},
        ),
        ("60 cases in March, 41 pass", {"eval_set_n": 60, "baseline_score": 0.6833}),
        ("80 cases, 60 now, we need 90", {"eval_set_n": 80, "baseline_score": 0.6, "target_score": 0.9}),
        ("rated 1 to 5, mean 3.5, we need 4.5", {"baseline_score": 0.7, "target_score": 0.9}),
        ("on a scale of ten it gets 6, needs 8", {"baseline_score": 0.6, "target_score": 0.8}),
        ("all but 3 of 45 pass", {"eval_set_n": 45, "baseline_score": 0.9333}),
        ("target 90, current 75", {"baseline_score": 0.75, "target_score": 0.9}),
        ("v1 64%, v2 71%, v3 79%", {"baseline_score": 0.79}),
        ("None pass", {"baseline_score": 0.0}),
        ("the old prompt had 61%, the one in production now 74%", {"baseline_score": 0.74}),
        (
            "30 checks, 21 pass today. All 30 have to",
            {"eval_set_n": 30, "baseline_score": 0.7, "target_score": 1.0},
        ),
    ],
)
def test_scores_are_counted_out_of_what_the_others_are(said: str, expected: Mapping[str, object]) -> None:
    assert values(said, "Q3") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("40 pass, 10 fail", {"eval_set_n": 50, "baseline_score": 0.8}),
        ("30 right and 10 wrong", {"eval_set_n": 40, "baseline_score": 0.75}),
        ("a sheet of 200 questions, 130 of them pass", {"eval_set_n": 200, "baseline_score": 0.65}),
        ("0 pass, 0 fail", {"eval_set_n": None}),
        ("88% and we need 2% more", {"baseline_score": 0.88, "target_score": 0.9}),
        ("88%, 2 points more would do", {"baseline_score": 0.88, "target_score": 0.9}),
    ],
)
def test_scores_are_told_by_both_sides_and_by_what_is_missing(
    said: str, expected: Mapping[str, object]
) -> None:
    read = values(said, "Q3")
    assert {fact: read.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("61% error rate on 300", 0.39),
        ("two thirds get thrown out", 0.3333),
        ("writers reject 70%", 0.3),
        ("rejection rate is 12%", 0.88),
        ("40% get corrected by doctors", 0.6),
        ("40% of the summaries have to be redone", 0.6),
        ("62% of drafts get approved unchanged", 0.62),
    ],
)
def test_a_share_that_is_no_good_is_turned_round(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score
    opening = f"We draft texts with GPT-4o. {said}. Should we fine-tune?"
    assert values(opening)["baseline_score"] == score


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("52 old claims. It gets 39 of them. Boss wants nine in ten", (52, 0.75, 0.9)),
        (
            "120 reports, then threw out twenty as dupes. Of what's left 88 come out fine. needs 95%",
            (100, 0.88, 0.95),
        ),
        ("80% of our 200 cases pass, needs 90", (200, 0.8, 0.9)),
    ],
)
def test_cases_are_counted_where_they_are_told(said: str, expected: tuple[int, float, float]) -> None:
    facts = ("eval_set_n", "baseline_score", "target_score")
    assert values(said, "Q3") == dict(zip(facts, expected, strict=True))


def test_a_share_that_is_held_back_is_the_test_set() -> None:
    assert values("we hold back one in twenty of our 3,000 orders for that", "Q3") == {"eval_set_n": 150}


def test_scores_held_against_each_other_count_nothing_and_set_no_target() -> None:
    read = values("the 8B does as well as the flagship, 93 against 94", "Q12")
    assert not {"eval_set_n", "target_score"} & read.keys()


@pytest.mark.parametrize("said", ["limit 6, minimum score 0.32", "temperature 0.2 all along", "top_p = 0.9"])
def test_what_somebody_sets_is_no_score(said: str) -> None:
    assert "baseline_score" not in values(said, "Q3")


@pytest.mark.parametrize("said", ["F1 at the default threshold is 64%", "the beta: 64%"])
def test_a_score_at_a_setting_is_a_score(said: str) -> None:
    assert values(said, "Q3")["baseline_score"] == 0.64


def test_how_far_people_agree_scores_no_model() -> None:
    assert "baseline_score" not in values("two moderators agree on only 87%", "Q3")
    labelled = values("Our moderators agree on only 70% of the 4,000 labelled tickets. Fine-tune?")
    assert labelled["examples_n"] == 4000


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("our lawyers agree with the model in 80% of 60 cases", 0.8),
        ("Doctors agree with the summary in 82% of cases.", 0.82),
        ("The reviewers agreed that 74% of the outputs are fine", 0.74),
    ],
)
def test_how_far_people_agree_with_what_it_makes_is_a_score(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score


@pytest.mark.parametrize(
    "said", ["MRR 0.4", "ROUGE 0.41", "WER 12%", "perplexity 8", "a CER of 4%", "12% WER"]
)
def test_a_measure_that_is_no_share_of_right_answers_is_no_score(said: str) -> None:
    assert "baseline_score" not in values(said, "Q3")
    assert "baseline_score" not in values(f"Our model has {said}. Should we fine-tune?")


@pytest.mark.parametrize("said", ["hearing loss 150 cases, 74% right", "stop loss 150 cases, 74%"])
def test_a_loss_of_the_trade_is_no_measure(said: str) -> None:
    assert values(said, "Q3") == {"eval_set_n": 150, "baseline_score": 0.74}


def test_the_loss_in_training_is_no_score() -> None:
    assert values("eval loss 0.4 on 200 cases", "Q3") == {"eval_set_n": 200}


def test_perplexity_counts_no_cases() -> None:
    assert values("perplexity of 8 on 500 texts", "Q3") == {"eval_set_n": 500}


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("accuracy 80%", 0.8),
        ("F1 0.72", 0.72),
        ("exact match 61%", 0.61),
        ("precision is 90%", 0.9),
        ("pass rate 66%", 0.66),
        ("accuracy 0.8, ROUGE 0.41", 0.8),
    ],
)
def test_a_share_of_right_answers_is_a_score(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score


def test_a_measure_beside_what_is_needed_tells_how_far_it_is_off() -> None:
    read = values("ROUGE-L 0.41 and we need 0.5", "Q3")
    assert (read["baseline_score"], read["target_score"]) == (0.41, 0.5)
