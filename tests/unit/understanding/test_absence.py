from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.understanding.absence import NOTHING_ABSENT, THERE_IS_NONE, find_noughts, hear_absences
from bot.understanding.message import prepare
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("Q3", "no test set of any kind, we just look at it", "eval_set_n"),
        ("Q3", "nothing of our own", "eval_set_n"),
        ("Q3", "we go by vibes only", "eval_set_n"),
        ("Q5", "all of them are still unreviewed", "examples_n"),
        ("Q5", "nobody has ever checked one", "examples_n"),
        ("Q6", "there are no documents involved", "corpus_tokens"),
        ("Q13", "there is no money for this", "budget_usd"),
    ],
)
def test_words_without_a_number_say_that_there_is_none(question: str, said: str, fact: str) -> None:
    assert values(said, question)[fact] == 0


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("Q3", "we have about 40, kept in a sheet", "eval_set_n"),
        ("Q5", "our lawyers wrote plenty of them", "examples_n"),
        ("Q6", "the wiki and the handbook", "corpus_tokens"),
        ("Q13", "the platform team has the money", "budget_usd"),
    ],
)
def test_what_is_there_is_not_called_nought(question: str, said: str, fact: str) -> None:
    assert values(said, question).get(fact) != 0


def test_a_number_says_better_than_words_how_many_there_are() -> None:
    absences = {"eval_set_n": {THERE_IS_NONE: 0.9}}
    message = prepare("only vibes")
    assert [one.value for one in find_noughts(message, absences, stated=(), unknown=())] == [0]
    assert not list(find_noughts(message, absences, stated={"eval_set_n"}, unknown=()))


def test_who_does_not_know_says_nought_only_when_that_is_plain() -> None:
    message, unsure = prepare("hm"), {"examples_n": {THERE_IS_NONE: 0.6}}
    assert not list(find_noughts(message, unsure, stated=(), unknown={"examples_n"}))


def test_a_score_is_never_nought_by_words_alone() -> None:
    shares = {"baseline_score": {THERE_IS_NONE: 0.99}}
    assert not list(find_noughts(prepare("nothing works"), shares, stated=(), unknown=()))


def test_only_amounts_that_were_asked_for_are_heard_of() -> None:
    assert set(hear_absences(prepare("none at all"), BY_ID["Q6"])) == {"corpus_tokens"}
    assert hear_absences(prepare("none at all"), BY_ID["Q8"]) == NOTHING_ABSENT


def test_a_bare_no_does_not_say_how_big_something_is() -> None:
    assert "corpus_tokens" not in values("no", "Q6")
    assert values("there are no documents involved", "Q6")["corpus_tokens"] == 0


def test_who_sorts_nothing_has_not_said_that_there_are_no_examples() -> None:
    assert "examples_n" not in values("it's not classification, it's free text", "Q15")
