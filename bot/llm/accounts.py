"""The books of one model: what may still be spent, what a call took, and what of it was of use."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.errors import ModelUnavailable, StoredDataInvalid, StoreUnavailable
from bot.language_model import Budgets, Ledger, Spender
from bot.llm.connection import MOST_TOKENS_OUT, ModelAddress
from bot.model_costs import cost_usd
from bot.model_use import ModelUse
from knowledge.prices import Prices

_EXPECTED_TOKENS_OUT = 400
"""Set aside of the budget beside the prompt; what was really used takes its place."""
_MOST_UNDER_ESTIMATE = 3
_WRITTEN_IN_VAIN = {"late": _EXPECTED_TOKENS_OUT, "unusable": MOST_TOKENS_OUT}
"""What is booked for an answer that nobody counted: vendors bill it whether we waited for it or not."""
_MOST_OVER_ESTIMATE = 4
"""A prompt is at most so many times our estimate: a server that counts absurdly may not use up a budget."""
_MOST_TOKENS_OUT = 20_000
"""Hidden reasoning counts as written, so this is more than the limit of what we read."""

log = structlog.get_logger(__name__)


class Accounts:
    """Reserves before a call and settles after it; without the store no call is made."""

    def __init__(
        self,
        address: ModelAddress,
        ledger: Ledger,
        budgets: Budgets,
        prices: Prices,
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._ledger = ledger
        self._budgets = budgets
        self._prices = prices
        self._clock = clock

    def today(self) -> str:
        """Return the day on which a call is booked."""
        return self._clock().date().isoformat()

    async def reserve(self, spender: Spender, day: str, prompt_tokens: int) -> int:
        """Set aside what a call may take, and return it in tokens. Raises ModelUnavailable."""
        cost = self._cost_usd(prompt_tokens, 0, _EXPECTED_TOKENS_OUT) or 0
        tokens = prompt_tokens + _EXPECTED_TOKENS_OUT
        try:
            used_up = await self._ledger.reserve(spender, day, tokens, self._budgets, cost_usd=cost)
        except (StoreUnavailable, StoredDataInvalid) as error:
            raise ModelUnavailable("refused", "what may be spent cannot be looked up now") from error
        if used_up:
            log.warning(
                "model_over_budget", account=used_up, team_id=spender.team_id, channel_id=spender.channel_id
            )
            raise ModelUnavailable("over_budget", f"today's budget of the {used_up} is used up")
        return tokens

    async def settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
        """Book what a call took in the place of what was set aside."""
        try:
            await self._ledger.settle(spender, day, reserved, use)
        except (StoreUnavailable, StoredDataInvalid) as error:
            log.warning("model_use_not_kept", reason=str(error))
        log.info(
            "model_call",
            team_id=spender.team_id,
            channel_id=spender.channel_id,
            **use.model_dump(exclude={"accepted", "replaced"}),
        )

    async def judge(self, spender: Spender, *, accepted: int, replaced: int) -> None:
        """Book how many proposals were taken; without the books, the answer goes on."""
        try:
            await self._ledger.judge(spender, self.today(), accepted=accepted, replaced=replaced)
        except (StoreUnavailable, StoredDataInvalid) as error:
            log.warning("model_not_judged", reason=str(error))
        # The turn has its line; this one is for whoever counts lines.
        log.debug("model_judged", team_id=spender.team_id, accepted=accepted, replaced=replaced)

    def counted(self, use: ModelUse, raw: Any) -> ModelUse:
        """Return the use with the vendor's own counts, where it gave any that can be."""
        counts = getattr(raw, "usage_metadata", None) or {}
        most_in = use.tokens_in * _MOST_OVER_ESTIMATE
        told_out = _whole(counts.get("output_tokens"), _MOST_TOKENS_OUT)
        # Nor may it count hardly anything, and so let more through than the budget allows.
        tokens_in = max(_whole(counts.get("input_tokens"), most_in), use.tokens_in // _MOST_UNDER_ESTIMATE)
        tokens_out = max(told_out, estimate([raw]) // _MOST_UNDER_ESTIMATE if raw is not None else 0)
        cached = _whole((counts.get("input_token_details") or {}).get("cache_read"), tokens_in)
        return use.model_copy(
            update={
                "tokens_in": tokens_in,
                "tokens_cached": cached,
                "tokens_out": tokens_out,
                "cost_usd": self._cost_usd(tokens_in, cached, tokens_out),
                "failure": "",
            }
        )

    def _cost_usd(self, tokens_in: int, cached: int, tokens_out: int) -> float | None:
        return cost_usd(
            self._address.name, tokens_in, cached, tokens_out, self._prices, base_url=self._address.base_url
        )


def failed(use: ModelUse, why: str) -> ModelUse:
    """Return the use of a call that came to nothing, with what it will be billed for."""
    written = use.tokens_out or _WRITTEN_IN_VAIN.get(why, 0)
    return use.model_copy(update={"failure": why, "tokens_out": written})


def estimate(messages: Sequence[Any]) -> int:
    """Return about how many tokens messages have."""
    from langchain_core.messages.utils import count_tokens_approximately  # noqa: PLC0415 - slow to import

    return int(count_tokens_approximately(messages))


def _whole(count: Any, most: int) -> int:
    """Return a count that a server gave, within reason; 0 for what is none."""
    if not isinstance(count, int | float) or not math.isfinite(count):
        return 0
    return max(0, min(int(count), most))
