from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims import Grounds, check
from bot.decision.options import Option
from bot.language_model import WrittenSentence

RAG = Grounds(
    option=Option.RAG,
    direction=Option.RAG,
    template={
        1: "Retrieve the facts; don't train them in",
        2: "Facts are learned slowly by tuning and raise made-up answers. [1]",
        3: "Index the documents people ask about most and answer twenty real questions with the passages found.",
    },
    passages={
        1: "New facts are learned slowly in tuning, and the more are learned, the more the model hallucinates. [PAP-06]",
        2: "RAG lowers the risk; a missing passage can still produce a wrong answer. [MS-03]",
    },
    facts=("it lacks your facts", "the material changes every week or so"),
)


def failure(number: int, text: str, grounds: Grounds = RAG) -> str:
    return check([WrittenSentence(number, text)], grounds)[0].failure


@pytest.mark.parametrize("number", RAG.template)
def test_the_templates_own_sentences_pass(number: int) -> None:
    assert failure(number, RAG.template[number]) == ""


@given(st.integers(0, 4), st.text())
def test_any_text_is_checked_without_an_error(number: int, text: str) -> None:
    assert check([WrittenSentence(number, text)], RAG)[0].number == number


def test_a_sentence_for_no_sentence_of_the_template_fails() -> None:
    assert failure(9, "Facts are learned slowly by tuning [1].") == "unasked"


def test_the_second_sentence_for_one_place_fails() -> None:
    sentences = [
        WrittenSentence(2, "Facts are learned slowly by tuning and raise made-up answers [1]."),
        WrittenSentence(2, "Tuning is a slow way to learn facts [1]."),
    ]
    assert [checked.failure for checked in check(sentences, RAG)] == ["", "repeated"]


def test_marks_are_put_in_one_form() -> None:
    checked = check([WrittenSentence(2, "Facts are learned slowly by tuning [1, 2].")], RAG)[0]
    assert (checked.text, checked.failure) == ("Facts are learned slowly by tuning [1][2].", "")


SOUP = [
    "fine-tune",
    "don't",
    "not",
    "retrieval",
    "[1]",
    "[2]",
    "50",
    "twice",
    "a",
    "hundred",
    ",",
    ".",
    ":",
    ";",
    "without",
    "before",
    "the",
    "model",
    "%",
    "$5",
    "GPT-4",
    "“",
    "”",
    "is",
]


@given(st.lists(st.sampled_from(SOUP), max_size=60).map(" ".join))
def test_any_soup_of_our_own_words_is_checked_without_an_error(text: str) -> None:
    for grounds in (RAG, Grounds(None, None, {}, RAG.passages, ())):
        assert check([WrittenSentence(2, text)], grounds)[0].number == 2


@given(st.sampled_from(("not", "no longer", "never", "hardly")))
def test_a_negation_more_makes_a_true_sentence_fail(negation: str) -> None:
    assert failure(2, f"Facts are {negation} learned slowly by tuning [1].") != ""
