"""What is taken off an amount, added to it, or concluded."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.decision.facts import Range
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("500 but 200 are duplicates", 300),
        ("1,500, minus the 300 nobody checked", 1200),
        ("900, only two thirds are usable", 600),
        ("1,200, half of it rubbish", 600),
        ("two sheets of 75", 150),
        ("600 reviewed, 400 of them by legal", 600),
        ("800 labelled mails, 40% are spam", 800),
        ("700 reviewed and 300 unreviewed", 700),
        ("300 emails and 150 chats, all reviewed", 450),
        ("about 400, but half of them are junk", Range(min=184, max=216)),
        ("300 reviewed and want 500", 300),
    ],
)
def test_what_is_worthless_counts_for_nothing(said: str, count: int | Range) -> None:
    assert values(said, "Q5")["examples_n"] == count


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("120 cases, accuracy dropped 12 percent", "Q3", "eval_set_n", 120),
        ("200 cases, bot rejected 20%", "Q3", "eval_set_n", 200),
        ("60 test cases. We dropped half of the prompts", "Q3", "eval_set_n", 60),
        ("1000 examples, annotation took 60% of the budget", "Q5", "examples_n", 1000),
        ("We have 400 examples. We removed a third of the fields", "Q5", "examples_n", 400),
        ("300 examples, took a 50 person team", "Q5", "examples_n", 300),
    ],
)
def test_what_drops_or_is_taken_elsewhere_leaves_the_count(
    said: str, question: str, fact: str, count: int
) -> None:
    assert values(said, question)[fact] == count


@pytest.mark.parametrize(
    ("said", "question", "expected"),
    [
        ("billing 120, tech 80, sales 40", "Q15", {"label_count": 3, "examples_n": 240}),
        ("billing (120), tech (80) and sales (40)", "Q15", {"label_count": 3, "examples_n": 240}),
        ("bugs, ideas, rants (350 / 120 / 90)", "Q15", {"label_count": 3, "examples_n": 560}),
        ("billing, outage, move, other. 80 of each", "Q15", {"label_count": 4, "examples_n": 320}),
        ("sales 120, support 80, me 30", "Q5", {"examples_n": 230}),
        ("100 each from sales, support and legal", "Q5", {"examples_n": 300}),
        ("reviewed 80, raw 500", "Q5", {"examples_n": 80}),
        ("three folders, 250 checked ones in each", "Q5", {"examples_n": 750}),
        ("each of our 12 producers did fifty", "Q5", {"examples_n": 600}),
        ("15 binders, 200 pages a pop", "Q6", {"corpus_tokens": 1_200_000}),
    ],
)
def test_counts_listed_with_what_they_count_are_added_up(
    said: str, question: str, expected: Mapping[str, object]
) -> None:
    read = values(said, question)
    assert {fact: read.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("said", "examples"),
    [
        ("600 but 85% is noise", 90),
        ("5% of 20k", 1000),
        ("1500 in total, one in three has been checked", 500),
        ("of 900, we threw out 320", 580),
        ("1,000 but we removed 250", 750),
        ("900 to begin with. Then compliance struck out a third", 600),
        ("1,200 but knock off 10 %", 1080),
    ],
)
def test_what_does_not_count_is_taken_off(said: str, examples: int) -> None:
    assert values(said, "Q5")["examples_n"] == examples


def test_money_for_two_things_is_one_budget() -> None:
    assert values("$5k for compute + $7k for labelling", "Q13")["budget_usd"] == 12_000


def test_a_bare_number_more_is_of_the_same_thing() -> None:
    assert values("the contract is 80 pages, the annexes another 35", "Q6")["corpus_tokens"] == 46_000


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("14 perils plus an 'other', so fifteen. 200 labelled of each", 15),
        ("14 genres, or 15 with 'other', which we do count", 15),
        ("14 genres, 15 labelled of each", 14),
    ],
)
def test_the_class_for_the_rest_counts(said: str, classes: int) -> None:
    assert values(said, "Q15")["label_count"] == classes


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        (
            "twenty-four, but the owner merged four of them into others, so it's 20",
            "Q15",
            "label_count",
            20,
        ),
        (
            "62 codes, nobody has used more than nineteen, so we'd go with the nineteen",
            "Q15",
            "label_count",
            19,
        ),
        (
            "180, but thirty were under our noses, so I'd count the other hundred and fifty",
            "Q3",
            "eval_set_n",
            150,
        ),
        ("20 folders with 30 each, so 600", "Q5", "examples_n", 600),
    ],
)
def test_the_number_that_is_concluded_counts(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count
