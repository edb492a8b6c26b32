from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.costs import sketch_costs
from bot.decision.facts import Facts, Range
from bot.decision.options import TRAINING, Option
from knowledge.prices import Price, Prices, load_prices

PRICES_FILE = Path(__file__).parents[2] / "knowledge" / "prices.yaml"


def _price(slug: str, item: str, **amounts: float) -> Price:
    return Price.model_validate(
        {
            "slug": slug,
            "item": item,
            "kind": "inference",
            "unit": "usd",
            "as_of": date(2026, 11, 23),
            "source": "https://example.com",
            "checked": "read",
            **amounts,
        }
    )


DEAR = _price("gpt-6.1-sol", "Dear model", input=5.0, cache_read=0.5)
CHEAP = _price("claude-haiku-5.5", "Cheap model", input=0.1)
TRAINING_PRICE = _price("fireworks-lora-16b", "LoRA training", amount=0.5)
HOSTING_PRICE = _price("h100-runpod-secure", "Tuned hosting", amount=1.7)
ALL = (DEAR, CHEAP, TRAINING_PRICE, HOSTING_PRICE)
ASKED = {"requests_per_day": 1_000, "prompt_tokens": 2_000}


def _sketch(
    known: dict[str, Any], direction: Option, rows: tuple[Price, ...] = ALL, vendor: str = ""
) -> tuple[str, ...]:
    prices = Prices({row.slug: row for row in rows})
    return sketch_costs(Facts.model_validate(known), direction, prices, vendor)


def test_the_fixed_prompt_is_multiplied_out_and_priced() -> None:
    assert _sketch(ASKED, Option.RAG) == (
        "Fixed prompt: 1,000 requests a day × 30 days × 2,000 tokens = 60 million tokens a month.",
        (
            "Dear model: $300 a month at $5.00 per million; $30.00 if every request is read from the cache"
            " (as of 2026-11-23)."
        ),
        "Cheap model: $6.00 a month at $0.10 per million (as of 2026-11-23).",
    )


def test_training_shows_the_formula_until_the_tokens_are_known() -> None:
    assert _sketch({"examples_n": 1_200, "base_model": "gpt-4o"}, Option.FINE_TUNE_SFT) == (
        (
            "Training: 1,200 examples × 1,000 tokens = 1.2 million tokens a pass, $0.60 at $0.50 per million"
            " (LoRA training; as of 2026-11-23). Longer examples and more passes cost as many times more."
        ),
        "Hosting a tuned model all month: 730 hours × $1.70 = $1,241 (Tuned hosting; as of 2026-11-23).",
    )


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"requests_per_day": 1_000},
        {"prompt_tokens": 2_000},
        {**ASKED, "requests_per_day": 0},
        {**ASKED, "prompt_tokens": 0},
        {**ASKED, "requests_per_day": Range(min=1_000, max=7_000)},
        {**ASKED, "prompt_tokens": Range(min=1_000)},
        {"examples_n": 0, "base_model": "gpt-4o"},
        {"examples_n": 1_200},
        {**ASKED, "examples_n": 1_200, "hosting": "on_prem"},
        {**ASKED, "examples_n": 1_200, "hosting": "edge"},
        {"examples_n": Range(min=50, max=100)},
        {"volume": "high", "cost_pressure": "high"},
    ],
)
def test_nothing_is_made_up_where_a_number_is_missing(known: dict[str, Any]) -> None:
    assert _sketch(known, Option.FINE_TUNE_SFT) == ()


@pytest.mark.parametrize("direction", Option)
def test_training_is_priced_only_where_training_is_the_direction(direction: Option) -> None:
    assert bool(_sketch({"examples_n": 500, "base_model": "gpt-4o"}, direction)) == (direction in TRAINING)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ((), 1),
        ((CHEAP,), 2),
        ((_price("gpt-6.1-sol", "No price yet"),), 1),
        ((_price("fireworks-lora-16b", "No price yet"), _price("h100-runpod-secure", "None")), 1),
        ((TRAINING_PRICE,), 2),
        ((HOSTING_PRICE,), 2),
    ],
)
def test_a_price_that_is_missing_leaves_its_line_out(rows: tuple[Price, ...], lines: int) -> None:
    assert len(_sketch({**ASKED, "examples_n": 500, "base_model": "gpt-4o"}, Option.DISTIL, rows)) == lines


@pytest.mark.parametrize(("vendor", "count"), [("", 5), ("OpenAI", 5), ("Anthropic", 5), ("Google", 4)])
def test_the_price_list_has_every_row_that_a_sketch_needs(vendor: str, count: int) -> None:
    known = Facts.model_validate({**ASKED, "examples_n": 500, "base_model": "gpt-4o"})
    lines = sketch_costs(known, Option.FINE_TUNE_SFT, load_prices(PRICES_FILE), vendor)
    assert len(lines) == count
    assert all("as of" in line for line in lines[1:])


def test_the_prices_are_those_of_the_vendor_in_use() -> None:
    known, prices = (
        Facts.model_validate({**ASKED, "examples_n": 500, "base_model": "x"}),
        load_prices(PRICES_FILE),
    )
    lines = {
        vendor: " ".join(sketch_costs(known, Option.FINE_TUNE_SFT, prices, vendor))
        for vendor in ("OpenAI", "Anthropic", "Google", "Meta")
    }
    assert "Claude" not in lines["OpenAI"]
    assert "GPT" not in lines["Anthropic"]
    assert "Gemini 2.5 Flash supervised tuning" in lines["Google"]
    assert "Hosting" not in lines["Google"]
    assert [vendor for vendor, said in lines.items() if "Azure" in said] == ["OpenAI"]


def test_what_a_prompt_costs_is_told_by_the_thousand_tokens_where_cost_is_the_trouble() -> None:
    dear = {"requests_per_day": 1_000, "gap": "cost_latency"}
    first, *_ = _sketch(dear, Option.SWITCH_MODEL, vendor="Anthropic")
    assert first.startswith(
        "For each 1,000 tokens of prompt: 1,000 requests a day × 30 days × 1,000 tokens = 30"
    )
    assert _sketch({**dear, "failure_mode": "too_slow"}, Option.SWITCH_MODEL, vendor="Anthropic") == ()
    assert _sketch({**dear, "gap": "behaviour"}, Option.SWITCH_MODEL, vendor="Anthropic") == ()
    assert _sketch(dear, Option.SWITCH_MODEL, vendor="Meta") == ()
    assert _sketch({**dear, "prompt_tokens": Range(min=500)}, Option.SWITCH_MODEL, vendor="Anthropic") == ()


def test_little_is_told_as_little() -> None:
    first, *_ = _sketch({"requests_per_day": 1, "prompt_tokens": 2_000}, Option.RAG)
    assert first.endswith("= 0.06 million tokens a month.")
