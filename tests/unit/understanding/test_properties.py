from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.decision.questions import BY_ID, QUESTIONS, Question
from bot.understanding.reading import read

VOCABULARY = """we have no not 40 2.5k examples reviewed rag prompt , . ? but json schema 71% of 60 cases
never should our model fine-tune a day tokens pages scratch that both
$5k llama 1.200 between and 80 to 100 😀 ы"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
SENTENCES = st.lists(WORDS, max_size=40).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), SENTENCES)
PENDING = st.sampled_from((None, *QUESTIONS))


@given(TEXTS, PENDING)
@example("İß’ﬁ 500 İexamples reviewed", BY_ID["Q5"])
@example("\x00\ud7ff 3½ ²  ٣٤٥ examples", BY_ID["Q5"])
def test_any_text_is_read_and_every_quote_stands_in_it(text: str, pending: Question | None) -> None:
    reading = read(text, pending=pending)
    for statement in reading.statements:
        assert statement.quote
        assert statement.quote in text
    assert reading.term_query in text


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(TEXTS, PENDING)
def test_unparseable_means_that_nothing_was_understood(text: str, pending: Question | None) -> None:
    reading = read(text, pending=pending)
    if reading.is_unparseable:
        assert pending is not None
        assert not reading.statements
        assert not reading.says_unknown


@pytest.mark.parametrize(
    "piece",
    ["a ", "1,", "no examples ", "the right passage is not ", "( ", "not ", "1.1 ", "we have ", "“", "\n> 3"],
)
def test_forty_thousand_characters_are_read_within_bounds(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    reading = read(text, pending=BY_ID["Q5"])
    assert len(reading.statements) < 200
    assert all(one.quote in text for one in reading.statements)


@pytest.mark.parametrize(
    "text", ["нам нужно дообучить модель", "我们应该微调吗", "هل نضبط النموذج", "🎉🎉🎉", "微调 500 例"]
)
def test_other_scripts_are_read_without_inventing_facts(text: str) -> None:
    assert {one.fact for one in read(text).statements} <= {"examples_n"}
