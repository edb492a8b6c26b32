from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims import Failure, Grounds, Point, arrange, check
from bot.language_model import ChosenPoint

KNOWS = "What is missing is knowledge."
SLOW = "Facts are learned slowly by tuning."
MEASURED = "Mistral-7B scored 0.504 after fine-tuning and 0.875 with retrieval."
EDITS = "Training on documents teaches facts slowly."
RARE = "For rare facts RAG is well ahead of tuning."
WRONG, WEEKLY, EXAMPLES = 1, 2, 3
GROUNDS = Grounds(
    points={
        1: Point(KNOWS, frozenset({WRONG, EXAMPLES})),
        2: Point(SLOW, frozenset({WRONG})),
        3: Point(MEASURED, is_ours=False),
        4: Point(EDITS, frozenset({WEEKLY}), is_ours=False),
        5: Point(RARE, is_ours=False),
    },
    facts={1: "it gets facts wrong", 2: "the material changes daily", 3: "there are 300 reviewed examples"},
)


def failures(*chosen: tuple[int, tuple[int, ...]], grounds: Grounds = GROUNDS) -> list[Failure]:
    return [one.failure for one in check([ChosenPoint(*one) for one in chosen], grounds)]


def lines(*chosen: tuple[int, tuple[int, ...]], grounds: Grounds = GROUNDS) -> list[str]:
    checked = check([ChosenPoint(*one) for one in chosen], grounds)
    return [line.text for line in arrange(checked, grounds)]


def test_without_a_choice_our_reasons_stand_as_they_are() -> None:
    assert lines() == [KNOWS, SLOW]


def test_what_was_said_leads_a_reason_in_the_order_that_was_chosen() -> None:
    assert lines((1, (EXAMPLES, WRONG))) == [
        "You said there are 300 reviewed examples, and it gets facts wrong: what is missing is knowledge.",
        SLOW,
    ]


def test_our_reasons_come_first_and_in_our_order_whatever_is_chosen() -> None:
    assert lines((5, ()), (2, (WRONG,)), (3, ())) == [
        KNOWS,
        "You said it gets facts wrong: facts are learned slowly by tuning.",
        RARE,
        MEASURED,
    ]


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ([(9, ())], "unasked"),
        ([(0, ())], "unasked"),
        ([(-1, ())], "unasked"),
        ([(10**30, ())], "unasked"),
        ([(1, ()), (1, (WRONG,))], "repeated"),
        ([(1, (WRONG, WRONG))], "repeated"),
        ([(1, (WRONG,)), (2, (WRONG,))], "repeated"),
        ([(3, ()), (4, ()), (5, ())], "too many"),
        ([(1, (WRONG, EXAMPLES, WEEKLY))], "too many"),
        ([(1, (7,))], "unsaid"),
        ([(1, (WEEKLY,))], "beside the point"),
        ([(3, (WRONG,))], "beside the point"),
        ([(2, (EXAMPLES,))], "beside the point"),
    ],
)
def test_what_fails_says_why(chosen: list[tuple[int, tuple[int, ...]]], why: Failure) -> None:
    assert failures(*chosen)[-1] == why


def test_a_choice_that_failed_leaves_room_for_one_that_holds() -> None:
    assert lines((1, (WEEKLY,)), (1, (WRONG,)), (4, (EXAMPLES,)), (4, ())) == [
        "You said it gets facts wrong: what is missing is knowledge.",
        SLOW,
        EDITS,
    ]


def test_where_our_reasons_fill_the_lines_nothing_is_added() -> None:
    four = {number: Point(f"Reason {number}.") for number in range(1, 5)}
    full = Grounds({**four, 5: Point(RARE, is_ours=False)})
    assert failures((5, ()), grounds=full) == ["too many"]


numbers = st.integers(-2, 9) | st.integers()
choices = st.lists(st.tuples(numbers, st.lists(numbers, max_size=4).map(tuple)), max_size=12)


@given(choices)
def test_whatever_is_chosen_our_reasons_are_said_and_every_line_is_one_that_was_offered(
    chosen: list[tuple[int, tuple[int, ...]]],
) -> None:
    said = lines(*chosen)
    for line, reason in zip(said, (KNOWS, SLOW), strict=False):
        assert line == reason or (
            line.startswith("You said ") and line.endswith(f": {reason[0].lower()}{reason[1:]}")
        )
    assert 2 <= len(said) <= 4
    assert len(set(said)) == len(said)
    leads = [line.partition(": ")[0] for line in said if line.startswith("You said ")]
    assert sum(lead.count(fact) for lead in leads for fact in GROUNDS.facts.values()) <= len(GROUNDS.facts)
