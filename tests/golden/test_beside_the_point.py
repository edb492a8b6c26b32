"""Replies that have nothing to do with what was asked, beside odd ones that do; none was ever trained on."""

from __future__ import annotations

from pathlib import Path

from bot.decision.questions import BY_ID
from bot.evaluation.cases import ReplyCase, load_cases
from bot.understanding.reading import read

CASES = [
    case
    for case in load_cases([Path(__file__).parent / "beside_the_point.jsonl"])
    if isinstance(case, ReplyCase)
]


def states(case: ReplyCase) -> set[str]:
    return {one.fact for one in read(case.reply, pending=BY_ID[case.question]).statements}


def test_most_of_what_answers_nothing_states_nothing() -> None:
    nothing = [case for case in CASES if case.unparseable]
    read_as_something = [case.reply for case in nothing if states(case)]
    assert len(nothing) == 110
    assert len(read_as_something) <= len(nothing) * 0.15, read_as_something


def test_most_odd_answers_are_still_heard() -> None:
    something = [case for case in CASES if case.expected]
    unheard = [case.reply for case in something if not states(case) & set(case.expected)]
    assert len(something) == 50
    assert len(unheard) <= len(something) * 0.2, unheard
