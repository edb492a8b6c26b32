"""One call of a language model: redacted, within its budget, in time or not at all, and on the books."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from circuitbreaker import CircuitBreaker
from pydantic import BaseModel, ValidationError

from bot import tracing
from bot.errors import ModelUnavailable, StoredDataInvalid, StoreUnavailable
from bot.language_model import (
    Budgets,
    Ledger,
    NumberedText,
    ProposedReading,
    ReadingRequest,
    Spender,
    Writing,
    WritingRequest,
)
from bot.llm import prompts
from bot.llm.connection import MOST_TOKENS_OUT, RETRIES, ModelAddress, answering_in
from bot.llm.redaction import Redaction
from bot.llm.schemas import ReadFacts, WriteSentences
from bot.model_costs import cost_usd
from bot.model_use import ModelUse, Purpose
from knowledge.prices import Prices

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

FAILURES_BEFORE_REST = 3
REST_S = 60
"""After this long one call is tried; when it succeeds, all are."""
_EXPECTED_TOKENS_OUT = 400
"""Set aside of the budget beside the prompt; what was really used takes its place."""
_MOST_UNDER_ESTIMATE = 3
_WRITTEN_IN_VAIN = {"late": _EXPECTED_TOKENS_OUT, "unusable": MOST_TOKENS_OUT}
"""What is booked for an answer that nobody counted: vendors bill it whether we waited for it or not."""
_MOST_OVER_ESTIMATE = 4
"""A prompt is at most so many times our estimate: a server that counts absurdly may not use up a budget."""
_MOST_TOKENS_OUT = 20_000
"""Hidden reasoning counts as written, so this is more than the limit of what we read."""
_HIDDEN_WITHIN_S = 5.0
_MOST_RECENT = 32

log = structlog.get_logger(__name__)
Shape = TypeVar("Shape", bound=BaseModel)
Proposal = TypeVar("Proposal", ProposedReading, Writing)


@dataclass(frozen=True)
class _Answer:
    """What came back: the raw message, and what was made of it."""

    raw: Any
    parsed: Any


class LangChainModel:
    """Implements `bot.language_model.LanguageModel` on a connected chat model."""

    def __init__(
        self,
        chat: BaseChatModel,
        address: ModelAddress,
        *,
        ledger: Ledger,
        budgets: Budgets,
        prices: Prices,
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._chat = chat
        self._ledger = ledger
        self._budgets = budgets
        self._prices = prices
        self._clock = clock
        # A turn is redone when someone else changed the conversation meanwhile: it is not paid for twice.
        self._recent: OrderedDict[object, tuple[Any, ModelUse]] = OrderedDict()
        self._breaker = CircuitBreaker(FAILURES_BEFORE_REST, REST_S, ModelUnavailable, name=address.name)

    @property
    def name(self) -> str:
        """Return the model as it is set."""
        return self._address.name

    @property
    def prompt_version(self) -> str:
        """Return a fingerprint of the prompts and schemas."""
        return prompts.prompt_version()

    async def read(self, request: ReadingRequest, spender: Spender) -> tuple[ProposedReading, ModelUse]:
        """Return what the messages say. Raises ModelUnavailable."""
        return await self._once((request, spender), lambda: self._read(request, spender))

    async def _read(self, request: ReadingRequest, spender: Spender) -> tuple[ProposedReading, ModelUse]:
        redaction = Redaction()
        hidden = await _hidden(redaction, [one.text for one in request.texts])
        texts = tuple(replace(one, text=text) for one, text in zip(request.texts, hidden, strict=True))
        material = prompts.reading_material(replace(request, texts=texts))
        answer, use = await self._ask(
            request.purpose, prompts.reading_instructions(), material, ReadFacts, spender
        )
        proposal = answer.proposal()
        facts = tuple(
            replace(one, value=redaction.restore(one.value), quote=redaction.restore(one.quote))
            for one in proposal.facts
        )
        return ProposedReading(proposal.intent, facts), use

    async def write(self, request: WritingRequest, spender: Spender) -> tuple[Writing, ModelUse]:
        """Return sentences for the request. Raises ModelUnavailable."""
        return await self._once((request, spender), lambda: self._write(request, spender))

    async def _write(self, request: WritingRequest, spender: Spender) -> tuple[Writing, ModelUse]:
        redaction = Redaction()
        told = [request.question, request.outcome, *request.facts]
        numbered = [*request.sentences, *request.passages]
        hidden = await _hidden(redaction, [*told, *(one.text for one in numbered)])
        texts = [
            NumberedText(one.number, text) for one, text in zip(numbered, hidden[len(told) :], strict=True)
        ]
        material = prompts.writing_material(
            replace(
                request,
                question=hidden[0],
                outcome=hidden[1],
                facts=tuple(hidden[2 : len(told)]),
                sentences=tuple(texts[: len(request.sentences)]),
                passages=tuple(texts[len(request.sentences) :]),
            )
        )
        answer, use = await self._ask(
            "writing", prompts.writing_instructions(), material, WriteSentences, spender
        )
        proposal = answer.proposal()
        sentences = tuple(replace(one, text=redaction.restore(one.text)) for one in proposal.sentences)
        return replace(proposal, sentences=sentences), use

    async def _once(
        self, key: object, ask: Callable[[], Awaitable[tuple[Proposal, ModelUse]]]
    ) -> tuple[Proposal, ModelUse]:
        if key not in self._recent:
            self._recent[key] = await ask()
            while len(self._recent) > _MOST_RECENT:
                self._recent.popitem(last=False)
        return self._recent[key]

    async def judged(self, spender: Spender, *, accepted: int, replaced: int) -> None:
        """Put on the books how many of its proposals were taken; without the books, the answer goes on."""
        try:
            await self._ledger.judge(spender, self._today(), accepted=accepted, replaced=replaced)
        except (StoreUnavailable, StoredDataInvalid) as error:
            log.warning("model_not_judged", reason=str(error))
        # The turn has its line; this one is for whoever counts lines.
        log.debug("model_judged", team_id=spender.team_id, accepted=accepted, replaced=replaced)

    async def _ask(
        self, purpose: Purpose, instructions: str, material: str, shape: type[Shape], spender: Spender
    ) -> tuple[Shape, ModelUse]:
        # An exam is the operator's wish: it has no budget, and the failures that it counts do not end it.
        may_rest = purpose != "exam"
        if may_rest and self._breaker.opened:
            raise ModelUnavailable("resting", f"{self.name} failed {FAILURES_BEFORE_REST} times in a row")
        messages = self._messages(instructions, material)
        prompt_tokens = _estimate(messages)
        reserved = prompt_tokens + _EXPECTED_TOKENS_OUT
        day = self._today()
        if purpose == "exam":
            reserved = 0
        else:
            await self._reserve(spender, day, prompt_tokens)
        started = time.perf_counter()
        use = ModelUse(
            purpose=purpose,
            model=self.name,
            prompt_version=self.prompt_version,
            tokens_in=prompt_tokens,
            tokens_out=0,
            latency_ms=0,
            failure="cancelled",
        )
        try:
            with self._breaker if may_rest else nullcontext():
                answer = await self._answer(messages, shape, purpose)
                use = self._counted(use, answer.raw)
                parsed = _parse(answer, shape)
        except ModelUnavailable as error:
            written = use.tokens_out or _WRITTEN_IN_VAIN.get(error.why, 0)
            use = use.model_copy(update={"failure": error.why, "tokens_out": written})
            error.use = use
            log.warning("model_failed", model=self.name, purpose=purpose, error=error.why, reason=str(error))
            raise
        else:
            return parsed, use
        finally:
            use = use.model_copy(update={"latency_ms": round((time.perf_counter() - started) * 1000)})
            await self._settle(spender, day, reserved, use)

    def _messages(self, instructions: str, material: str) -> Sequence[BaseMessage]:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - slow to import

        stable: str | list[str | dict[Any, Any]] = instructions
        if self._address.provider == "anthropic":
            # The others cache what begins alike by themselves.
            stable = [{"type": "text", "text": instructions, "cache_control": {"type": "ephemeral"}}]
        return (SystemMessage(stable), HumanMessage(material))

    async def _reserve(self, spender: Spender, day: str, prompt_tokens: int) -> None:
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

    async def _answer(self, messages: Sequence[BaseMessage], shape: type[BaseModel], purpose: str) -> _Answer:
        schema = {"description": (shape.__doc__ or "").strip(), **shape.model_json_schema()}
        chain = answering_in(schema, self._chat, self._address)
        try:
            async with asyncio.timeout(self._address.timeout_s * (RETRIES + 1) + 1):
                with tracing.step("ask the language model", model=self.name, purpose=purpose):
                    answer: Any = await chain.ainvoke(
                        list(messages),
                        config={"run_name": purpose, "metadata": {"prompt_version": self.prompt_version}},
                    )
        except Exception as error:  # noqa: BLE001 - each vendor's client raises errors of its own
            # Without its cause: some of them quote the prompt or the key.
            raise ModelUnavailable(
                _why(error), f"{self.name} did not answer: {type(error).__name__}"
            ) from None
        return _Answer(answer.get("raw"), answer.get("parsed"))

    def _counted(self, use: ModelUse, raw: Any) -> ModelUse:
        """Return the use with the vendor's own counts, where it gave any that can be."""
        counts = getattr(raw, "usage_metadata", None) or {}
        most_in = use.tokens_in * _MOST_OVER_ESTIMATE
        told_out = _whole(counts.get("output_tokens"), _MOST_TOKENS_OUT)
        # Nor may it count hardly anything, and so let more through than the budget allows.
        tokens_in = max(_whole(counts.get("input_tokens"), most_in), use.tokens_in // _MOST_UNDER_ESTIMATE)
        tokens_out = max(told_out, _estimate([raw]) // _MOST_UNDER_ESTIMATE if raw is not None else 0)
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
            self.name, tokens_in, cached, tokens_out, self._prices, base_url=self._address.base_url
        )

    async def _settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
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

    def _today(self) -> str:
        return self._clock().date().isoformat()


async def _hidden(redaction: Redaction, texts: Sequence[str]) -> list[str]:
    """Return the texts without what is private. Raises ModelUnavailable when that takes too long."""

    def hide_all() -> list[str]:
        # Twice: what gives a key away may stand in the last of them.
        for text in texts:
            redaction.hide(text)
        return [redaction.hide(text) for text in texts]

    try:
        # In a thread, for the longest texts take a second.
        return await asyncio.wait_for(asyncio.to_thread(hide_all), _HIDDEN_WITHIN_S)
    except TimeoutError:
        raise ModelUnavailable("refused", "it took too long to find what may not leave") from None


def _parse(answer: _Answer, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(answer.parsed)
    except ValidationError:
        raise ModelUnavailable(
            "unusable", "the model's answer has not the shape that was asked for"
        ) from None


def _why(error: Exception) -> Any:
    name = type(error).__name__
    if "Timeout" in name:
        return "late"
    return "unusable" if "Length" in name or "Parser" in name else "refused"


def _whole(count: Any, most: int) -> int:
    """Return a count that a server gave, within reason; 0 for what is none."""
    if not isinstance(count, int | float) or not math.isfinite(count):
        return 0
    return max(0, min(int(count), most))


def _estimate(messages: Sequence[Any]) -> int:
    from langchain_core.messages.utils import count_tokens_approximately  # noqa: PLC0415 - slow to import

    return int(count_tokens_approximately(messages))
