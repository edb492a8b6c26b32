"""The cost sketch: arithmetic on numbers that people gave, with dated list prices, and nothing invented.

Where a number is missing, the formula and the price stand there instead of a total.
"""

from __future__ import annotations

from bot.decision.facts import OWN_MACHINES, Facts
from bot.decision.options import TRAINING, Option
from knowledge.prices import Price, Prices

DAYS_A_MONTH = 30
HOURS_A_MONTH = 730
_PROMPT_PRICES = ("gpt-6.1-sol", "claude-haiku-5.5")
"""A dear and a cheap row, so that people see the span."""
_TRAINING_PRICE = "fireworks-lora-16b"
_NO_CENTS_FROM_USD = 100
_TOKENS_TOLD = 1_000
"""Of one example: nobody tells how long theirs are, and this is multiplied in the head."""
_HOSTING_PRICE = "azure-tuned-hosting"


def sketch_costs(facts: Facts, direction: Option, prices: Prices) -> tuple[str, ...]:
    """Return lines of arithmetic; empty when no number was given that a price can be applied to, or no base.

    Nothing is priced where it must run on machines of their own: no vendor's list price holds there.
    """
    if facts.hosting in OWN_MACHINES:
        return ()
    lines = list(_prompt_lines(facts, prices))
    if direction in TRAINING and facts.base_model and isinstance(facts.examples_n, int) and facts.examples_n:
        lines += _training_lines(facts.examples_n, prices)
    return tuple(lines)


def prices_as_of(direction: Option, prices: Prices) -> str:
    """Return the day of the oldest price that the sketch for a direction may use."""
    of_training = (_TRAINING_PRICE, _HOSTING_PRICE) if direction in TRAINING else ()
    rows = map(prices.get, (*_PROMPT_PRICES, *of_training))
    return min((str(row.as_of) for row in rows if row), default="an unknown day")


def _prompt_lines(facts: Facts, prices: Prices) -> list[str]:
    requests, tokens = facts.requests_per_day, facts.prompt_tokens
    if not isinstance(requests, int) or not isinstance(tokens, int) or not requests or not tokens:
        return []
    millions = requests * DAYS_A_MONTH * tokens / 1_000_000
    lines = [
        (
            f"Fixed prompt: {requests:,} requests a day × {DAYS_A_MONTH} days × {tokens:,} tokens"
            f" = {millions:,.0f} million tokens a month."
        )
    ]
    for row in filter(None, map(prices.get, _PROMPT_PRICES)):
        if row.input is None:
            continue
        line = f"{row.item}: {_usd(millions * row.input)} a month at {_usd(row.input)} per million"
        if row.cache_read is not None:
            line += f"; {_usd(millions * row.cache_read)} if every request is read from the cache"
        lines.append(f"{line} ({_as_of(row)}).")
    return lines


def _training_lines(examples: int, prices: Prices) -> list[str]:
    lines = []
    if (row := prices.get(_TRAINING_PRICE)) and row.amount is not None:
        millions = examples * _TOKENS_TOLD / 1_000_000
        lines.append(
            f"Training: {examples:,} examples × {_TOKENS_TOLD:,} tokens = {millions:,g} million tokens a pass"
            f", {_usd(millions * row.amount)} at {_usd(row.amount)} per million ({row.item}; {_as_of(row)})."
            " Longer examples and more passes cost as many times more."
        )
    if (row := prices.get(_HOSTING_PRICE)) and row.amount is not None:
        lines.append(
            f"Hosting a tuned model all month: {HOURS_A_MONTH} hours × {_usd(row.amount)}"
            f" = {_usd(HOURS_A_MONTH * row.amount)} ({row.item}; {_as_of(row)})."
        )
    return lines


def _usd(amount: float) -> str:
    return f"${amount:,.0f}" if amount >= _NO_CENTS_FROM_USD else f"${amount:,.2f}"


def _as_of(row: Price) -> str:
    return f"as of {row.as_of}"
