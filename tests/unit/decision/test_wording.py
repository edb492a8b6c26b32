from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision.facts import AMOUNT_FACTS, FactValue, Range, choices_of, parse_value, title_of
from bot.decision.wording import amount_in_words, fact_in_words
from tests.unit.decision.strategies import STATED_FACTS, values_of

WORDLESS = frozenset({"base_model", "languages"})
"""Facts whose value people wrote themselves; it stands behind the fact's title."""


def _closed() -> list[tuple[str, FactValue]]:
    closed: list[tuple[str, FactValue]] = []
    for fact in STATED_FACTS:
        values: tuple[FactValue, ...] = choices_of(fact) or (True, False)
        if fact not in AMOUNT_FACTS | WORDLESS | {"baseline_score", "target_score"}:
            closed += [(fact, value) for value in values]
    return closed


@pytest.mark.parametrize(("fact", "value"), _closed())
def test_every_choice_has_words_of_its_own(fact: str, value: FactValue) -> None:
    words = fact_in_words(fact, parse_value(fact, value))
    assert not words.startswith(f"{title_of(fact)}: ")
    assert "_" not in words
    assert not words.endswith(".")


@pytest.mark.parametrize("fact", sorted(AMOUNT_FACTS))
def test_every_amount_has_its_unit(fact: str) -> None:
    words = fact_in_words(fact, Range(min=1_200, max=5_000))
    assert words.startswith("1,200 to 5,000 ")
    assert fact_in_words(fact, 1_200).startswith("1,200 ")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (1_200, "1,200"),
        (Range(min=50, max=100), "50 to 100"),
        (Range(min=61_334, max=73_000), "61,300 to 73,000"),
        (Range(min=184, max=216), "about 200"),
        (Range(min=55_200, max=64_800), "about 60,000"),
        (Range(min=5_001), "more than 5,000"),
        (Range(min=50), "50 or more"),
        (Range(min=1), "1 or more"),
        (Range(min=0), "0 or more"),
        (Range(max=999), "at most 999"),
    ],
)
def test_an_amount_reads_as_people_write_it(amount: int | Range, words: str) -> None:
    assert amount_in_words(amount) == words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("baseline_score", 0.8, "it scores 80% today"),
        ("target_score", 1.0, "you need 100%"),
        ("languages", ("Danish", "Thai"), "languages: Danish, Thai"),
        ("languages", ("is", "fo", "en"), "languages: Icelandic, Faroese, English"),
        ("base_model", "openai-gpt-4o", "base model: openai-gpt-4o"),
        ("examples_n", 0, "0 reviewed examples"),
        ("conflicts", ("gap",), "statements that contradict each other: gap"),
    ],
)
def test_numbers_and_free_words_read_naturally(fact: str, value: FactValue, words: str) -> None:
    assert fact_in_words(fact, value) == words


@given(st.data())
def test_whatever_a_fact_says_has_words(data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(set(STATED_FACTS) - WORDLESS)))
    words = fact_in_words(fact, data.draw(values_of(fact)))
    assert words
    assert "None" not in words
    assert "min=" not in words
