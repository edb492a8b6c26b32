from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims import Failure, Grounds, check
from bot.language_model import WrittenSentence

KNOWS = (
    "What is missing is knowledge, and in nearly every comparison retrieval has beaten tuning for facts. [1]"
)
SLOW = "Facts are learned slowly by tuning and raise made-up answers. [2]"
OWN = "Don't train on data that you may not use."
RAG = Grounds(
    template={1: KNOWS, 2: SLOW, 3: OWN},
    passages={
        1: "Mistral-7B scored 0.481 untouched and 0.875 with retrieval [PAP-05]. Is it slow? It adds a search.",
        2: '"Fine-tune on our docs and it stops." New facts are learned slowly in tuning.',
    },
    facts=("it gets facts wrong", "300 reviewed examples", "no retrieval yet"),
)
TERM = Grounds(template={}, passages=RAG.passages)


def failure(number: int, text: str, grounds: Grounds = RAG) -> Failure:
    return check([WrittenSentence(number, text)], grounds)[0].failure


@pytest.mark.parametrize(
    "text",
    [
        SLOW,
        "Facts are learned slowly by tuning, and raise made-up answers [2]."[:0] or SLOW,
        "The facts are learned slowly by tuning and raise made-up answers [2].",
        "Your bot gets facts wrong: facts are learned slowly by tuning and raise made-up answers [2].",
        "You said your model gets facts wrong; facts are learned slowly by tuning and raise made-up answers [2].",
        "Facts are learned slowly by tuning and raise made-up answers, as you said it gets facts wrong [2].",
        "It gets facts wrong. Facts are learned slowly by tuning and raise made-up answers [2].",
    ],
)
def test_our_words_pass_also_beside_what_the_person_said(text: str) -> None:
    assert failure(2, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Facts are learned by tuning [2].",
        "Facts are not learned slowly by tuning and raise made-up answers [2].",
        "Facts are learned slowly by tuning and raise no made-up answers [2].",
        "Made-up answers are learned slowly by tuning and raise facts [2].",
        "Keep away from tuning, facts are learned slowly by tuning and raise made-up answers [2].",
        "No retrieval yet facts are learned slowly by tuning and raise made-up answers [2].",
        "400 reviewed examples: facts are learned slowly by tuning and raise made-up answers [2].",
        "Facts are learned slowly, by tuning and raise made-up answers [2].",
        "You said nothing: facts are learned slowly by tuning and raise made-up answers [2].",
        "Facts are learned slowly by tuning and raise made-up answers, said the CEO [2].",
    ],
)
def test_a_word_more_or_less_or_elsewhere_fails(text: str) -> None:
    assert failure(2, text) == "wording"


def test_short_forms_are_the_long_ones() -> None:
    assert failure(3, "Do not train on the data that you may not use.") == ""
    assert failure(3, "Do train on data that you may not use.") == "wording"


@pytest.mark.parametrize(
    ("number", "text", "why"),
    [
        (9, SLOW, "unasked"),
        (2, "Facts are learned slowly by tuning and raise made-up answers.", "citation"),
        (2, "Facts are learned slowly by tuning and raise made-up answers [1].", "citation"),
        (2, "Facts are learned slowly by tuning and raise made-up answers [7].", "citation"),
        (2, "Facts are learned slowly by tuning and raise made-up answers [2] [OAI-99].", "citation"),
        (3, "Don't train on data that you may not use [1].", "citation"),
        (2, "Are facts learned slowly by tuning? [2]", "form"),
        (2, "", "form"),
        (2, f"{SLOW}\nAnd more.", "form"),
        (2, "word " * 400, "form"),
    ],
)
def test_what_fails_otherwise_says_why(number: int, text: str, why: Failure) -> None:
    assert failure(number, text) == why


def test_the_second_sentence_for_one_place_fails() -> None:
    sentences = [WrittenSentence(2, SLOW), WrittenSentence(2, SLOW)]
    assert [one.failure for one in check(sentences, RAG)] == ["", "repeated"]


@pytest.mark.parametrize(
    "text",
    [
        "Mistral-7B scored 0.481 untouched and 0.875 with retrieval [1].",
        "New facts are learned slowly in tuning [2].",
    ],
)
def test_a_definition_takes_sentences_of_the_passages_it_cites(text: str) -> None:
    assert failure(1, text, TERM) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Mistral-7B scored 0.875 untouched and 0.481 with retrieval [1].",
        "Mistral-7B scored 0.481 untouched and 0.875 with retrieval [2].",
        "Fine-tune on our docs and it stops [2].",
        "New facts are learned slowly in tuning, so tune [2].",
        "It gets facts wrong: new facts are learned slowly in tuning [2].",
    ],
)
def test_a_definition_takes_nothing_else(text: str) -> None:
    assert failure(1, text, TERM) == "wording"


@given(st.integers(0, 4), st.text())
def test_any_text_is_checked_without_an_error(number: int, text: str) -> None:
    for grounds in (RAG, TERM):
        assert check([WrittenSentence(number, text)], grounds)[0].number == number


SOUP = [
    *SLOW.lower().split(),
    *[
        "not",
        "no",
        "never",
        "don't",
        "yet",
        "retrieval",
        "it",
        "gets",
        "wrong",
        ",",
        ":",
        ";",
        ".",
        "the",
        "a",
        "you",
        "said",
    ],
]


@given(st.lists(st.sampled_from(SOUP), max_size=40).map(" ".join))
def test_of_any_soup_of_our_words_only_our_sentence_passes(text: str) -> None:
    sentence = f"{text} [2]."
    if failure(2, sentence) == "":
        kept = [word for word in text.replace(",", " ").replace(":", " ").split() if word not in ("a", "the")]
        assert " ".join(SLOW.lower().removesuffix(". [2]").split()) in " ".join(kept)
