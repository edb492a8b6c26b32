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


def failure(number: int, text: str, grounds: Grounds = RAG) -> Failure:
    return check([WrittenSentence(number, text)], grounds)[0].failure


AS_WRITTEN = "Facts are learned slowly by tuning and raise made-up answers [2]."
CORE = "facts are learned slowly by tuning and raise made-up answers [2]."


@pytest.mark.parametrize(
    "text",
    [
        SLOW,
        AS_WRITTEN,
        f"You said it gets facts wrong: {CORE}",
        f"You said that your bot gets facts wrong: {CORE}",
        f"You told me it gets facts wrong and no retrieval yet: {CORE}",
        f"You said 300 reviewed examples, and that it gets facts wrong: {AS_WRITTEN}",
    ],
)
def test_our_words_pass_also_behind_what_the_person_said(text: str) -> None:
    assert failure(2, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Facts are learned by tuning [2].",
        "The facts are learned slowly by tuning and raise made-up answers [2].",
        "Facts are not learned slowly by tuning and raise made-up answers [2].",
        "Made-up answers are learned slowly by tuning and raise facts [2].",
        "FACTS ARE LEARNED SLOWLY BY TUNING AND RAISE MADE-UP ANSWERS [2].",
        f"Keep away from tuning, {CORE}",
        f"It gets facts wrong: {CORE}",
        f"Because it gets facts wrong: {CORE}",
        f"You said 400 reviewed examples: {CORE}",
        f"You said nothing: {CORE}",
        f"You said it gets facts wrong, so tune: {CORE}",
        f"You said it gets facts wrong, {CORE}",
        f"You said : {CORE}",
        f"You said it gets facts wrong: you said it gets facts wrong: {CORE}",
        "Facts are learned slowly by tuning and raise made-up answers, and it gets facts wrong [2].",
        "Facts are learned slowly, by tuning and raise made-up answers [2].",
        "Facts аre learned slowly by tuning and raise made-up answers [2].",
    ],
)
def test_a_word_more_or_less_or_elsewhere_fails(text: str) -> None:
    assert failure(2, text) == "wording"


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


@given(st.integers(0, 4), st.text())
def test_any_text_is_checked_without_an_error(number: int, text: str) -> None:
    assert check([WrittenSentence(number, text)], RAG)[0].number == number


SOUP = [
    *CORE.removesuffix(" [2].").split(),
    *[
        "not",
        "no",
        "never",
        "don't",
        "yet",
        "it",
        "gets",
        "wrong",
        ",",
        ":",
        ";",
        ".",
        "the",
        "a",
        "You",
        "said",
    ],
]


@given(st.lists(st.sampled_from(SOUP), max_size=40).map(" ".join))
def test_of_any_soup_of_our_words_only_our_sentence_passes(text: str) -> None:
    if failure(2, f"{text} [2].") == "":
        assert CORE.removesuffix(" [2].") in text
