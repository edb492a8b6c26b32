"""Cases that are kept apart to test on, and the reviewed part of what there is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.unit.understanding.test_reading import values


def told(said: str, question: str = "") -> dict[str, object]:
    read = values(said, question)
    return {fact: read.get(fact) for fact in ("examples_n", "eval_set_n") if fact in read}


@pytest.mark.parametrize(
    ("said", "cases"),
    [
        ("4,000 set aside for testing", 4000),
        ("150 of the pairs we never showed to anyone, kept back for testing", 150),
        ("a held-out set of 500", 500),
        ("we keep 200 out of training", 200),
        ("30 recorded runs we replay to check it", 30),
        ("120 reserved for the final test", 120),
    ],
)
@pytest.mark.parametrize("question", ["Q3", "Q5"])
def test_what_is_kept_apart_is_to_test_on_and_nothing_else(said: str, cases: int, question: str) -> None:
    assert told(said, question) == {"eval_set_n": cases}


@pytest.mark.parametrize(
    ("said", "examples", "cases"),
    [
        ("150,000 labelled comments, 4,000 set aside for testing", 150_000, 4000),
        ("We have 150k labels, 4,000 of them set aside", 150_000, 4000),
        ("We have 3,000 checked letters, we keep 200 out of training", 3000, 200),
        ("1,200 annotated scans and another 300 for evaluation", 1200, 300),
        ("900 labelled claims, of which 100 are reserved for evaluation", 900, 100),
        ("We never train on 80 of our 1,000 annotated contracts", 1000, 80),
        ("70k tagged products, 1,500 never used for training", 70_000, 1500),
        ("We keep 30 of our 500 checked translations for the test", 500, 30),
        ("5,000 labelled photos; 10% held out", 5000, 500),
        ("4,000 coded letters, of which we hold back 250", 4000, 250),
        ("2,000 labelled notes, 80% for training and 20% for testing", 2000, 400),
    ],
)
def test_what_is_kept_apart_leaves_the_labels(said: str, examples: int, cases: int) -> None:
    assert told(f"{said}. Should we fine-tune?") == {"examples_n": examples, "eval_set_n": cases}


@pytest.mark.parametrize(
    "said",
    [
        "We have 400 labelled mails, put 100 aside because they are junk",
        "We set aside two weeks for testing; 400 labelled mails",
        "We have 400 labelled mails. 2 engineers for testing",
        "We have 400 labelled mails; 50 testers for evaluation",
        "Should we hold out 200 of our 400 labelled mails before we train",
        "We have 400 labelled mails and would hold out 200",
        "400 labelled mails, some of them kept for testing",
        "400 labelled mails and we replay a few to check the bot",
        "We have 400 labelled mails and 300 set aside for labelling later",
        "We have 400 labelled mails and left out 100 that nobody understands",
        "We have 400 labelled mails, left out 100",
        "We have 400 labelled mails, left 100 out of training since they hold names",
        "We have 400 labelled mails, 100 kept back until legal agrees",
        "We have 400 labelled mails that the model has never seen",
        "We have 400 labelled requests for testing in our lab",
        "We have 400 labelled referrals for evaluation of knee pain",
        "We have 400 reviewed examples for evaluation and training",
        "We have 400 reviewed examples for test case generation",
    ],
)
def test_what_is_put_away_otherwise_is_no_test(said: str) -> None:
    assert told(f"{said}. Should we fine-tune?") == {"examples_n": 400}


@pytest.mark.parametrize("said", ["we have put 40 aside", "for each of the twelve they have put 25 aside"])
def test_what_is_put_aside_for_nothing_told_may_only_be_collected(said: str) -> None:
    assert "eval_set_n" not in values(said, "Q15")


def test_what_is_scored_every_day_is_no_test() -> None:
    assert "eval_set_n" not in values("We have 300 essays to score. Should we fine-tune a grader?")


def test_what_is_tested_on_and_labelled_at_once_stays_the_test_set() -> None:
    assert told("97 % on our 2,000 checked invoices. Should we fine-tune?") == {"eval_set_n": 2000}


@pytest.mark.parametrize(
    ("said", "question", "expected"),
    [
        ("700 runs, 120 of them checked. Should we fine-tune the agent?", "", {"examples_n": 120}),
        ("700 runs, 120 of them checked", "Q5", {"examples_n": 120}),
        ("8,000 product texts, 350 of them approved by legal. Fine-tune?", "", {"examples_n": 350}),
        ("2,000 transcripts, 90 of those annotated", "Q5", {"examples_n": 90}),
        ("8,000 labelled texts, 350 of them checked twice. Fine-tune?", "", {"examples_n": 8000}),
        ("200 test cases, 120 of them checked by legal", "Q3", {"eval_set_n": 200}),
        ("700 answers written by experts, 100 of them graded", "Q5", {"examples_n": 700}),
        ("30 codes, 6,000 labels, 500 of them checked", "Q15", {"examples_n": 6000}),
        ("Bot for 300 users, 40 of them approved it. Should we fine-tune?", "", {}),
        ("12 products, 4 of them validated, the bot confuses them. Should we fine-tune?", "", {}),
        ("600 reviewed, 400 of them by legal", "Q5", {"examples_n": 600}),
    ],
)
def test_only_the_checked_part_counts_where_the_rest_is_not(
    said: str, question: str, expected: Mapping[str, int]
) -> None:
    assert told(said, question) == expected


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("test set: 75%, need 90%", "Q3"),
        ("75% on the held-out set, need 90%", "Q3"),
        ("75% held-out accuracy on 300 cases, need 90%", "Q3"),
        ("75% for the test set, 90% needed", "Q3"),
        ("3,000 labelled, test set 75%", "Q5"),
        ("3,000 labelled mails, the model gets 75% for testing", "Q5"),
    ],
)
def test_a_score_on_the_test_set_is_no_part_of_it(said: str, question: str) -> None:
    assert values(said, question)["baseline_score"] == 0.75


@pytest.mark.parametrize(
    "said",
    [
        "900 reviewed pairs that the model has never seen",
        "900 good pairs we haven't trained on yet",
        "900 labelled requests for test results",
        "900 graded essays for tests in biology",
    ],
)
def test_what_is_not_trained_on_so_far_or_of_tests_is_no_test(said: str) -> None:
    assert told(said, "Q5") == {"examples_n": 900}
