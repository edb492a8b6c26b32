"""What a call of a language model cost, from the dated price list; unknown where that is not sure."""

from __future__ import annotations

import re

from knowledge.prices import Price, Prices

_BILLED = ("openai", "anthropic", "google_genai")
"""The providers that bill by the token. Whoever runs a model themselves pays otherwise, but not nothing."""
_UNIT = "usd_per_1m_tokens"
_LONG = "-long"
_SNAPSHOT = re.compile(r"-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$")


def cost_usd(
    model: str,
    tokens_in: int,
    tokens_cached: int,
    tokens_out: int,
    prices: Prices,
    *,
    base_url: str | None = None,
) -> float | None:
    """Return US dollars for one call of `model` ("openai:gpt-6.1-sol"), or None where the price is not sure.

    `tokens_cached` are those of `tokens_in` that were read from the vendor's cache; writing to it, which some
    vendors bill a quarter higher, counts as plain input. Behind a `base_url` anyone's price may hold. Where
    long prompts are billed by a rule that multiplies, the price of a long one is not sure.
    """
    provider, _, name = model.partition(":")
    if base_url or provider.casefold() not in _BILLED or _is_multiplied(provider, tokens_in, prices):
        return None
    row = _row(name, tokens_in, prices)
    if row is None:
        return None
    cached = min(tokens_cached, tokens_in)
    total = 0.0
    for tokens, price in (
        (tokens_in - cached, row.input),
        (cached, row.cache_read),
        (tokens_out, row.output),
    ):
        if tokens and price is None:
            return None
        total += tokens * (price or 0)
    return total / 1_000_000


def _row(name: str, tokens_in: int, prices: Prices) -> Price | None:
    """Return the row of a model for a prompt of this length."""
    wanted = _plain(name)
    fitting = [
        row
        for row in prices.rows.values()
        if row.kind == "inference"
        and row.unit == _UNIT
        and _plain(_without_length(row)) == wanted
        and tokens_in > (row.prompts_over_tokens or -1)
    ]
    return max(fitting, key=lambda row: row.prompts_over_tokens or 0, default=None)


def _without_length(row: Price) -> str:
    return row.slug if row.prompts_over_tokens is None else row.slug.removesuffix(_LONG)


def _plain(name: str) -> str:
    """Return a model's name without case and day; vendors write 5.5 also as 5-5."""
    return _SNAPSHOT.sub("", name.casefold()).replace(".", "-")


def _is_multiplied(provider: str, tokens_in: int, prices: Prices) -> bool:
    rule = prices.get(f"{provider.casefold()}-long-prompt-rule")
    return bool(rule and rule.prompts_over_tokens and tokens_in > rule.prompts_over_tokens)
