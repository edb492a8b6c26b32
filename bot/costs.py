"""The cost sketch: arithmetic on numbers that people gave, with dated list prices, and nothing invented.

Where a number is missing, the formula and the price stand there instead of a total.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.decision.facts import OWN_MACHINES, Facts
from bot.decision.options import TRAINING, Option
from knowledge.prices import Price, Prices

DAYS_A_MONTH = 30
HOURS_A_MONTH = 730


@dataclass(frozen=True)
class _Rows:
    """Which rows of the price list concern whoever uses a vendor's model; None is none."""

    prompt: tuple[str, str] = ("gpt-6.1-sol", "claude-haiku-5.5")
    """A dear and a cheap one, so that people see the span."""
    training: str = "fireworks-lora-16b"
    hosting: str | None = "h100-runpod-secure"
    has_own_prices: bool = True
    """Whether those of `prompt` are the vendor's own."""


_ROWS_OF_VENDOR = {
    "OpenAI": _Rows(("gpt-6.1-sol", "gpt-6-luna"), hosting="azure-tuned-hosting"),
    "Microsoft": _Rows(("gpt-6.1-sol", "gpt-6-luna"), hosting="azure-tuned-hosting"),
    "Anthropic": _Rows(("claude-sonnet-5.5", "claude-haiku-5.5")),
    "Google": _Rows(training="gemini-2.5-flash-sft", hosting=None, has_own_prices=False),
}
_ROWS_OF_OTHERS = _Rows(has_own_prices=False)
_FIXED = "Fixed prompt"
_NO_CENTS_FROM_USD = 100
_TOKENS_TOLD = 1_000
"""Of one example, or of a prompt that nobody measured: this is multiplied in the head."""


def sketch_costs(facts: Facts, direction: Option, prices: Prices, vendor: str = "") -> tuple[str, ...]:
    """Return lines of arithmetic; empty when no number was given that a price can be applied to, or no base.

    Nothing is priced where it must run on machines of their own: no vendor's list price holds there. Of
    `vendor`, whose model is in use, come the prices that the list has of it.
    """
    if facts.hosting in OWN_MACHINES:
        return ()
    rows = _ROWS_OF_VENDOR.get(vendor, _ROWS_OF_OTHERS)
    lines = list(_prompt_lines(facts, prices, rows))
    if direction in TRAINING and facts.base_model and isinstance(facts.examples_n, int) and facts.examples_n:
        lines += _training_lines(facts.examples_n, prices, rows)
    return tuple(lines)


def prices_as_of(direction: Option, prices: Prices, vendor: str = "") -> str:
    """Return the day of the oldest price that the sketch for a direction may use."""
    of_vendor = _ROWS_OF_VENDOR.get(vendor, _ROWS_OF_OTHERS)
    of_training = (of_vendor.training, of_vendor.hosting or "") if direction in TRAINING else ()
    rows = map(prices.get, (*of_vendor.prompt, *of_training))
    return min((str(row.as_of) for row in rows if row), default="an unknown day")


def _prompt_lines(facts: Facts, prices: Prices, rows: _Rows) -> list[str]:
    requests, tokens, what = facts.requests_per_day, facts.prompt_tokens, _FIXED
    is_dear = facts.gap == "cost_latency" and facts.failure_mode != "too_slow"
    if tokens is None and is_dear and rows.has_own_prices:
        tokens, what = _TOKENS_TOLD, "For each 1,000 tokens of prompt"
    if not isinstance(requests, int) or not isinstance(tokens, int) or not requests or not tokens:
        return []
    millions = requests * DAYS_A_MONTH * tokens / 1_000_000
    lines = [
        (
            f"{what}: {requests:,} requests a day × {DAYS_A_MONTH} days × {tokens:,} tokens"
            f" = {_millions(millions)} million tokens a month."
        )
    ]
    for row in filter(None, map(prices.get, rows.prompt)):
        if row.input is None:
            continue
        line = f"{row.item}: {_usd(millions * row.input)} a month at {_usd(row.input)} per million"
        if row.cache_read is not None and what == _FIXED:
            line += f"; {_usd(millions * row.cache_read)} if every request is read from the cache"
        lines.append(f"{line} ({_as_of(row)}).")
    return lines


def _training_lines(examples: int, prices: Prices, rows: _Rows) -> list[str]:
    lines = []
    if (row := prices.get(rows.training)) and row.amount is not None:
        millions = examples * _TOKENS_TOLD / 1_000_000
        lines.append(
            f"Training: {examples:,} examples × {_TOKENS_TOLD:,} tokens = {millions:,g} million tokens a pass"
            f", {_usd(millions * row.amount)} at {_usd(row.amount)} per million ({row.item}; {_as_of(row)})."
            " Longer examples and more passes cost as many times more."
        )
    if rows.hosting and (row := prices.get(rows.hosting)) and row.amount is not None:
        lines.append(
            f"Hosting a tuned model all month: {HOURS_A_MONTH} hours × {_usd(row.amount)}"
            f" = {_usd(HOURS_A_MONTH * row.amount)} ({row.item}; {_as_of(row)})."
        )
    return lines


def _millions(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 1 else f"{amount:g}"


def _usd(amount: float) -> str:
    return f"${amount:,.0f}" if amount >= _NO_CENTS_FROM_USD else f"${amount:,.2f}"


def _as_of(row: Price) -> str:
    return f"as of {row.as_of}"
