from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.aliases import NameFound
from knowledge.coverage import Coverage

TEXTS = ["The model writes an answer from tokens."] * 6 + ["Temperature makes answers vary."]
NEAR, FAR = 0.7, 0.1


@pytest.fixture
def coverage() -> Iterator[Coverage]:
    opened = Coverage(TEXTS)
    yield opened
    opened.close()


def name(slug: str, text: str, position: int) -> tuple[NameFound, float]:
    return NameFound(slug, text, position, position + 1, 0), 3.0


def test_a_name_alone_is_covered(coverage: Coverage) -> None:
    assert coverage.weigh("what is temperature", [name("t", "temperature", 2)], NEAR, FAR).score > 0


def test_the_same_name_among_everyday_words_is_not(coverage: Coverage) -> None:
    signs = coverage.weigh("temperature in the city tomorrow", [name("t", "temperature", 0)], 0.45, 0.45)

    assert signs.everyday_words > 0.5
    assert signs.score < 0


def test_a_name_of_its_own_counts_more_than_one_with_an_everyday_meaning(coverage: Coverage) -> None:
    own = coverage.weigh("hnsw settings", [name("v", "hnsw", 0)], FAR, FAR)
    everyday = coverage.weigh("agent settings", [name("a", "agent", 0)], FAR, FAR)

    assert own.score > everyday.score


def test_a_language_model_beside_a_name_shows_that_our_meaning_is_meant(coverage: Coverage) -> None:
    ours = coverage.weigh("agent ai", [name("a", "agent", 0)], FAR, FAR)
    anyones = coverage.weigh("agent xy", [name("a", "agent", 0)], FAR, FAR)

    assert (ours.mentions_model, anyones.mentions_model) == (True, False)
    assert ours.score > anyones.score


def test_a_term_that_fits_best_counts_more_when_it_is_named(coverage: Coverage) -> None:
    named = coverage.weigh("agent settings", [name("a", "agent", 0)], FAR, FAR, best_term="a")
    another = coverage.weigh("agent settings", [name("a", "agent", 0)], FAR, FAR, best_term="b")

    assert named.score > another.score


def test_other_meanings_of_our_names_speak_against(coverage: Coverage) -> None:
    assert coverage.weigh("oauth bearer token", [], NEAR, FAR).neighbours_words > 0.5


def test_words_of_the_glossary_speak_for_it_in_any_form(coverage: Coverage) -> None:
    known = coverage.weigh("modelling answered", [], NEAR, FAR)
    unknown = coverage.weigh("weaving sang", [], NEAR, FAR)

    assert known.known_words > 0.8
    assert unknown.known_words < 0.2


def test_amounts_are_neither_known_nor_unknown(coverage: Coverage) -> None:
    assert coverage.weigh("model 800 175b", [], NEAR, FAR) == coverage.weigh("model", [], NEAR, FAR)


def test_numbers_alone_are_not_a_question_about_anything(coverage: Coverage) -> None:
    assert coverage.weigh("17 23", [], NEAR, FAR).known_words == 0.0
