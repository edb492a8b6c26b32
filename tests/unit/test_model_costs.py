from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model_costs import cost_usd
from knowledge.prices import Price, Prices, load_prices

REAL = load_prices(Path(__file__).parents[2] / "knowledge" / "prices.yaml")
MILLION = 1_000_000
counts = st.integers(0, 10 * MILLION)


def _row(slug: str, **columns: Any) -> Price:
    return Price.model_validate(
        {
            "slug": slug,
            "item": slug,
            "kind": "inference",
            "unit": "usd_per_1m_tokens",
            "as_of": date(2026, 11, 23),
            "source": "https://example.com",
            "checked": "read",
            **columns,
        }
    )


ROWS = (
    _row("acme-5.5", input=2.0, cache_read=0.5, output=10.0),
    _row("acme-5.5-mini", input=1.0, output=4.0),
    _row("acme-5.5-mini-long", input=3.0, output=8.0, prompts_over_tokens=1_000),
    _row("acme-5.5-tuned", kind="training", amount=9.0),
    _row("acme-6-long", input=7.0, output=8.0),
    _row("acme-by-the-hour", unit="usd_per_hour", input=1.0, output=1.0),
    _row("openai-long-prompt-rule", unit="times_list_price", input=2.0, prompts_over_tokens=5 * MILLION),
)
PRICES = Prices({row.slug: row for row in ROWS})


def _cost(model: str, tokens_in: int = 1_000, tokens_cached: int = 0, tokens_out: int = 100) -> float | None:
    return cost_usd(model, tokens_in, tokens_cached, tokens_out, PRICES)


def test_plain_cached_and_written_tokens_have_their_own_prices() -> None:
    assert _cost("openai:acme-5.5", MILLION, 400_000, 100_000) == pytest.approx(1.2 + 0.2 + 1.0)


def test_a_call_without_tokens_costs_nothing() -> None:
    assert _cost("openai:acme-5.5", 0, 0, 0) == 0


@pytest.mark.parametrize(
    "model",
    [
        "openai:acme-5.5",
        "anthropic:acme-5.5",
        "google_genai:acme-5.5",
        "OpenAI:ACME-5.5",
        "openai:acme-5-5",
        "anthropic:acme-5.5-20261001",
        "anthropic:acme-5-5-20261001",
        "openai:acme-5.5-2026-10-01",
        "openai:acme-5.5-latest",
    ],
)
def test_a_model_is_found_however_its_vendor_writes_it(model: str) -> None:
    assert _cost(model) == pytest.approx(0.003)


@pytest.mark.parametrize(
    "model",
    [
        "openai:acme-5.6",
        "openai:acme-5",
        "openai:acme-5.5-maxi",
        "openai:acme-5.5-1",
        "openai:acme-5.5-20261001-preview",
        "openai:acme-5.5-123",
        "openai:ft:acme-5.5:org::id",
        "openai:acme-5.5-tuned",
        "openai:acme-5.5-mini-long",
        "openai:acme-by-the-hour",
        "openai:openai-long-prompt-rule",
        "ollama:acme-5.5",
        "mistral:acme-5.5",
        "acme-5.5",
        "openai:",
        "",
    ],
)
def test_a_model_without_a_sure_price_costs_an_unknown_sum_never_nothing(model: str) -> None:
    assert _cost(model) is None


def test_behind_a_base_url_the_price_is_unknown() -> None:
    assert cost_usd("openai:acme-5.5", 1, 0, 1, PRICES, base_url="http://localhost:11434/v1") is None


def test_a_price_that_is_missing_matters_only_where_it_is_needed() -> None:
    assert _cost("openai:acme-5.5-mini", 1_000, 0) == pytest.approx(0.0014)
    assert _cost("openai:acme-5.5-mini", 1_000, 1) is None


def test_a_long_prompt_has_the_price_of_long_ones_for_the_whole_request() -> None:
    assert _cost("openai:acme-5.5-mini", 1_000, 0, 0) == pytest.approx(0.001)
    assert _cost("openai:acme-5.5-mini", 1_001, 0, 0) == pytest.approx(0.003003)


def test_a_row_is_for_long_prompts_only_where_it_says_so() -> None:
    assert _cost("openai:acme-6") is None
    assert _cost("openai:acme-6-long") is not None


def test_a_prompt_so_long_that_a_rule_multiplies_its_price_has_none() -> None:
    assert _cost("openai:acme-5.5", 5 * MILLION) is not None
    assert _cost("openai:acme-5.5", 5 * MILLION + 1) is None
    assert _cost("anthropic:acme-5.5", 5 * MILLION + 1) is not None


def test_more_cached_tokens_than_tokens_count_as_all_cached() -> None:
    assert _cost("openai:acme-5.5", 100, 900, 0) == _cost("openai:acme-5.5", 100, 100, 0)


@given(tokens_in=counts, cached=counts, out=counts)
def test_a_cost_is_never_negative_and_caching_never_dearer(tokens_in: int, cached: int, out: int) -> None:
    with_cache = cost_usd("anthropic:acme-5.5", tokens_in, cached, out, PRICES)
    without = cost_usd("anthropic:acme-5.5", tokens_in, 0, out, PRICES)

    assert with_cache is not None
    assert without is not None
    assert 0 <= with_cache <= without


@pytest.mark.parametrize(
    ("model", "tokens_in", "usd"),
    [
        ("openai:gpt-6.1-sol", 100_000, 0.3),
        ("openai:gpt-6-luna-2026-09-22", 100_000, 0.015),
        ("anthropic:claude-haiku-5.5-20261001", 100_000, 0.015),
        ("anthropic:claude-haiku-5-5", 100_001, 0.0750005),
        ("anthropic:claude-opus-5", 100_000, 0.75),
        ("openai:gpt-6.1-sol", 272_001, None),
        ("google_genai:gemini-2.5-flash", 100_000, None),
    ],
)
def test_the_price_list_prices_the_models_it_names(model: str, tokens_in: int, usd: float | None) -> None:
    cost = cost_usd(model, tokens_in, 0, 10_000, REAL)

    assert cost == (None if usd is None else pytest.approx(usd))
