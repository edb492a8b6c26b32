"""What is typed into a field is read as in messages; what says nothing there is said to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correcting import entry_in_words
from bot.decision.facts import AMOUNT_FACTS, FACT_NAMES, FactValue, Range, parse_value
from bot.understanding.entered import Unread, read_entered

AMOUNT, SCORE = Unread("amount"), Unread("score")


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("examples_n", "a couple hundred", Range(min=150, max=250)),
        ("examples_n", "3k", 3_000),
        ("examples_n", "about 400 of them", Range(min=368, max=432)),
        ("examples_n", "none", 0),
        ("examples_n", "80 or more", Range(min=80)),
        ("examples_n", "lots", AMOUNT),
        ("examples_n", "-5", AMOUNT),
        ("examples_n", "1.5", AMOUNT),
        ("examples_n", "50%", AMOUNT),
        ("examples_n", "12 and 14 of them", AMOUNT),
        ("examples_n", "  ", None),
        ("examples_n", "not sure", None),
        ("examples_n", "?", None),
        ("corpus_tokens", "2 pages", 800),
        ("latency_budget_ms", "2 seconds", 2_000),
        ("latency_budget_ms", "300", 300),
        ("requests_per_day", "3k a month", 100),
        ("requests_per_day", "3k", 3_000),
        ("base_retire_days", "90", 90),
        ("budget_usd", "$500", 500),
        ("budget_usd", "50", 50),
        ("target_score", "85%", 0.85),
        ("target_score", "8 of 10", 0.8),
        ("target_score", "85", 0.85),
        ("target_score", "high", SCORE),
        ("target_score", "150", SCORE),
        ("base_model", "  gpt  4.1 ", "gpt 4.1"),
        ("base_model", "x" * 81, Unread("words")),
        ("languages", "German, French", ("German", "French")),
        ("languages", ",", Unread("words")),
    ],
)
def test_an_entry_is_read(fact: str, text: str, value: FactValue | Unread | None) -> None:
    assert read_entered(fact, text) == value


@given(fact=st.sampled_from(sorted(AMOUNT_FACTS)), text=st.text(max_size=300))
def test_any_entry_is_read_as_what_the_fact_can_be_or_not_at_all(fact: str, text: str) -> None:
    value = read_entered(fact, text)
    assert value is None or isinstance(value, Unread) or parse_value(fact, value) == value


@given(fact=st.sampled_from(sorted(AMOUNT_FACTS)), value=st.integers(0, 10**9))
def test_an_amount_that_we_wrote_ourselves_is_read_back(fact: str, value: int) -> None:
    assert read_entered(fact, entry_in_words(fact, value)) == value


@pytest.mark.parametrize("fact", FACT_NAMES)
def test_every_fact_can_be_left_empty(fact: str) -> None:
    assert read_entered(fact, "") is None
