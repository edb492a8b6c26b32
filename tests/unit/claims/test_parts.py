"""What each part of the check refuses, beside something near to it that it lets pass."""

from __future__ import annotations

import pytest

from bot.claims import Grounds, check
from bot.claims.numbers import numbers_are_grounded
from bot.decision.options import Option
from bot.language_model import WrittenSentence

GROUNDS = Grounds(
    option=Option.RAG,
    direction=Option.RAG,
    template={
        1: "Retrieve the facts; don't train them in",
        2: "Facts are learned slowly by tuning and raise made-up answers. [1]",
        3: "Index the documents people ask about most and answer twenty real questions with the passages found.",
        4: "GPT-4.1 leaves the API on 14 January 2027 (as of 23 November 2026).",
        5: "A cached read costs $0.50 for a million tokens (as of 2026-11-23).",
    },
    passages={
        1: "New facts are learned slowly in tuning, and 1,200 of them were learned in 1 of 3 runs. [PAP-06]",
        2: "RAG lowers the risk of hallucination by about half in a study of 2024. [MS-03]",
    },
    facts=("it lacks your facts", "5,000 documents", "a budget of $300"),
    vendors=("OpenAI", "GPT-4.1", "gpt-4.1", "claude", "Azure"),
)
DEFINITION = Grounds(None, None, {}, GROUNDS.passages, ())

TUNING_IS_SLOW = "Facts are learned slowly by tuning"

PASSING = (
    (2, "Facts are learned slowly by tuning and raise made-up answers [1]."),
    (2, "Tuning raises made-up answers, and facts are learned slowly [1]."),
    (2, "Facts are learned slowly by tuning [1][2]."),
    (2, "Facts are learned slowly by tuning [1, 2]."),
    (
        3,
        "Index the documents people ask about most, and answer twenty real questions with the passages found.",
    ),
    (3, "Index the documents people ask about most and answer 20 real questions with the passages found."),
    (1, "I would retrieve the facts rather than train them in."),
    (4, "As of 23 November 2026, GPT-4.1 leaves the API on 14 January 2027."),
    (5, "A cached read costs $0.50 for a million tokens (as of 23 November 2026)."),
)

FAILING = (
    # citations
    (2, f"{TUNING_IS_SLOW}.", "citation"),
    (2, f"{TUNING_IS_SLOW} [3].", "citation"),
    (2, f"{TUNING_IS_SLOW} [1][9].", "citation"),
    (2, f"{TUNING_IS_SLOW} [one].", "citation"),
    (2, f"{TUNING_IS_SLOW} [PAP-06].", "citation"),
    (2, f"{TUNING_IS_SLOW} [1.", "citation"),
    (2, f"{TUNING_IS_SLOW} [1]¹.", "citation"),
    (2, f"{TUNING_IS_SLOW} [1] (2).", "citation"),
    (2, f"{TUNING_IS_SLOW} [1] (source 2).", "citation"),
    (2, f"{TUNING_IS_SLOW} [-1].", "citation"),
    # form
    (2, f"{TUNING_IS_SLOW} [1]", "form"),
    (2, f"{TUNING_IS_SLOW} [1]!", "form"),
    (2, f"*{TUNING_IS_SLOW}* [1].", "form"),
    (2, f"{TUNING_IS_SLOW} 🚀 [1].", "form"),
    (2, f"<@U123> {TUNING_IS_SLOW} [1].", "form"),
    (2, f"{TUNING_IS_SLOW}\nand raise made-up answers [1].", "form"),
    (2, f"{TUNING_IS_SLOW}, see www.example.com [1].", "form"),
    (2, f"{TUNING_IS_SLOW}, see https://example.com [1].", "form"),
    (2, f"{TUNING_IS_SLOW}, {{name}} [1].", "form"),
    (2, f"{TUNING_IS_SLOW}, EMAIL_1 [1].", "form"),
    (2, f"As an AI, {TUNING_IS_SLOW} [1].", "form"),
    (2, f"We know that {TUNING_IS_SLOW} [1].", "form"),
    (2, f"Please email your documents: {TUNING_IS_SLOW} [1].", "form"),
    (2, "Факты учатся медленно [1].", "form"),
    (2, f"{TUNING_IS_SLOW} and " * 12 + "so on [1].", "form"),
    (2, f"{TUNING_IS_SLOW} [1]. Facts raise. Answers raise. Tuning raises.", "form"),
    # numbers
    (2, "Facts are learned slowly by tuning, in 2 of 3 runs [1].", "number"),
    (2, "About 1,300 new facts were learned slowly in tuning [1].", "number"),
    (2, "Twelve new facts were learned slowly in tuning [1].", "number"),
    (2, "Hundreds of new facts were learned slowly in tuning [1].", "number"),
    (2, "Facts are learned twice as slowly by tuning [1].", "number"),
    (2, "Half of the facts are learned slowly by tuning [1].", "number"),
    (2, "Facts are learned slowly by tuning, as seen in 2024 [1].", "number"),
    (3, "Index the documents and answer thirty real questions with the passages found.", "number"),
    (3, "Index 500 documents and answer twenty real questions with the passages found.", "number"),
    (4, "GPT-4.1 leaves the API on 15 January 2027 (as of 23 November 2026).", "number"),
    (5, "A cached read costs $0.05 for a million tokens (as of 2026-11-23).", "number"),
    # vendors and prices
    (4, "GPT-4.1 leaves the API on 14 January 2027.", "vendor"),
    (2, "Facts are learned slowly by tuning at OpenAI [1].", "vendor"),
    (5, "A cached read costs $0.50 for a million tokens.", "vendor"),
    (4, "OpenAI plans to keep GPT-4.1 (as of 23 November 2026).", "vendor"),
    # names
    (2, "As Meta found, facts are learned slowly by tuning [1].", "name"),
    (3, "Index the documents with BM25 and answer twenty real questions.", "name"),
    # assertions
    (2, "Facts are definitely learned slowly by tuning [1].", "assertion"),
    (1, "The boss approved it: retrieve the facts.", "assertion"),
    (1, "The rules do not apply, so retrieve the facts.", "assertion"),
    (1, "It is guaranteed: retrieve the facts.", "assertion"),
    # verdict
    (1, "Train the facts in.", "verdict"),
    (3, "Skip the index and fine-tune the model.", "verdict"),
    (1, "Retrieval is not needed for the facts.", "verdict"),
    # flips
    (2, "Facts are not learned slowly by tuning [1].", "flipped"),
    (2, "Made-up answers are learned slowly by tuning and raise facts [1].", "flipped"),
    (2, "Facts are learned slowly by tuning and lower made-up answers [1].", "flipped"),
    # support
    (3, "Interview the people who ask most.", "unsupported"),
    # place
    (9, "Facts are learned slowly by tuning [1].", "unasked"),
)


@pytest.mark.parametrize(("number", "text"), PASSING)
def test_what_stands_in_the_grounds_passes(number: int, text: str) -> None:
    assert check([WrittenSentence(number, text)], GROUNDS)[0].failure == ""


@pytest.mark.parametrize(("number", "text", "failure"), FAILING)
def test_what_does_not_stand_in_the_grounds_fails_for_its_reason(
    number: int, text: str, failure: str
) -> None:
    assert check([WrittenSentence(number, text)], GROUNDS)[0].failure == failure


SAME = (
    ("1k examples", "1,000 examples"),
    ("twelve examples", "12 examples"),
    ("a dozen examples", "12 examples"),
    ("half of the examples", "50% of the examples"),
    ("a third of the runs", "1 of 3 runs"),
    ("twice the price", "2 times the price"),
    ("a hundred labels", "100 labels"),
    ("about $1,241 a month", "$1,241 a month"),
    ("50-100 examples", "50 examples, and 100 examples for comfort"),
    ("in November 2026 it ended", "it ended on 23 November 2026"),
    ("it ended in 2026", "it ended on 2026-11-23"),
    ("at least 50 cases", "50 cases"),
    ("GPT-4 and BM25", "nothing"),
)
OTHER = (
    ("1k examples", "100 examples"),
    ("two examples", "12 examples"),
    ("dozens of examples", "12 examples"),
    ("half of the examples", "a third of the examples"),
    ("twice the price", "3 times the price"),
    ("$1,241 a month", "1,241 rows a month"),
    ("on 24 November 2026", "on 23 November 2026"),
    ("on 23 November 2027", "on 23 November 2026"),
    ("fewer than 50 cases", "50 or more cases"),
    ("at least 50 cases", "at most 50 cases"),
    ("50 tokens", "50 labels"),
    ("100 for a pilot", "50 for a pilot, 100 for a usual start"),
    ("5% of cases", "5 cases"),
)


@pytest.mark.parametrize(("said", "ground"), SAME)
def test_a_number_is_the_same_in_words_and_digits(said: str, ground: str) -> None:
    assert numbers_are_grounded(said, [ground])


@pytest.mark.parametrize(("said", "ground"), OTHER)
def test_another_number_or_one_of_something_else_is_not_the_same(said: str, ground: str) -> None:
    assert not numbers_are_grounded(said, [ground])


def test_fewer_than_a_limit_may_be_said_when_a_smaller_amount_was_given() -> None:
    assert numbers_are_grounded("fewer than 50 examples", ["50 examples for a pilot", "12 examples"])
    assert not numbers_are_grounded("fewer than 50 examples", ["50 examples for a pilot", "60 examples"])


def test_a_definition_needs_a_citation_and_gives_no_advice() -> None:
    texts = (
        "New facts are learned slowly in tuning [1].",
        "In tuning new facts are learned slowly.",
        "You should tune, as new facts are learned in tuning [1].",
    )
    failures = [check([WrittenSentence(1, text)], DEFINITION)[0].failure for text in texts]
    assert failures == ["", "citation", "verdict"]


def test_a_sentence_said_before_is_not_said_again() -> None:
    texts = ("New facts are learned slowly in tuning [1].", "In tuning, new facts are slowly learned [1].")
    checked = check([WrittenSentence(number, text) for number, text in enumerate(texts)], DEFINITION)
    assert [one.failure for one in checked] == ["", "repeated"]
