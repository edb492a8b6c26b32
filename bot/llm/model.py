"""One call of a language model: redacted, within its budget, in time or not at all, and on the books."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from circuitbreaker import CircuitBreaker
from pydantic import BaseModel

from bot.errors import ModelUnavailable
from bot.language_model import (
    ArrangingRequest,
    Budgets,
    ChoosingRequest,
    Ledger,
    ProposedReading,
    ReadingRequest,
    Spender,
    Writing,
    WritingRequest,
)
from bot.llm import prompts
from bot.llm.accounts import Accounts, estimate, failed
from bot.llm.asking import ask, messages_of
from bot.llm.connection import ModelAddress
from bot.llm.redaction import Redaction, hide_all
from bot.llm.schemas import ChoosePoints, ReadFacts
from bot.model_use import ModelUse, Purpose
from knowledge.prices import Prices

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

FAILURES_BEFORE_REST = 3
REST_S = 60
"""After this long one call is tried; when it succeeds, all are."""
_LEAST_S = 0.1
"""With less time left, nothing is asked."""
_MOST_RECENT = 32

log = structlog.get_logger(__name__)
Shape = TypeVar("Shape", bound=BaseModel)
Proposal = TypeVar("Proposal", ProposedReading, Writing)


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
        self._accounts = Accounts(address, ledger, budgets, prices, clock)
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
        hidden = await hide_all(redaction, [one.text for one in request.texts])
        texts = tuple(replace(one, text=text) for one, text in zip(request.texts, hidden, strict=True))
        material = prompts.reading_material(replace(request, texts=texts))
        instructions = prompts.reading_instructions()
        answer, use = await self._ask(request.purpose, instructions, material, ReadFacts, spender)
        proposal = answer.proposal()
        facts = tuple(
            replace(one, value=redaction.restore(one.value), quote=redaction.restore(one.quote))
            for one in proposal.facts
        )
        return ProposedReading(proposal.intent, facts), use

    async def write(
        self, request: WritingRequest, spender: Spender, *, spent_s: float = 0
    ) -> tuple[Writing, ModelUse]:
        """Return what it chose. Raises ModelUnavailable."""
        return await self._once((request, spender), lambda: self._write(request, spender, spent_s))

    async def _write(
        self, request: WritingRequest, spender: Spender, spent_s: float
    ) -> tuple[Writing, ModelUse]:
        material = prompts.writing_material(await _redacted(request))
        instructions = prompts.writing_instructions()
        answer, use = await self._ask(
            "writing", instructions, material, ChoosePoints, spender, spent_s=spent_s
        )
        return answer.proposal(), use

    async def _once(
        self, key: object, ask_now: Callable[[], Awaitable[tuple[Proposal, ModelUse]]]
    ) -> tuple[Proposal, ModelUse]:
        if key not in self._recent:
            self._recent[key] = await ask_now()
            while len(self._recent) > _MOST_RECENT:
                self._recent.popitem(last=False)
        return self._recent[key]

    async def judged(self, spender: Spender, *, accepted: int, replaced: int) -> None:
        """Put on the books how many of its proposals were taken."""
        await self._accounts.judge(spender, accepted=accepted, replaced=replaced)

    async def _ask(
        self,
        purpose: Purpose,
        instructions: str,
        material: str,
        shape: type[Shape],
        spender: Spender,
        *,
        spent_s: float = 0,
    ) -> tuple[Shape, ModelUse]:
        left_s = self._address.turn_s - spent_s
        if left_s < _LEAST_S:
            raise ModelUnavailable("late", f"{self.name} has taken this turn's time already")
        # An exam is the operator's wish: it has no budget, and the failures that it counts do not end it.
        is_exam = purpose == "exam"
        if not is_exam and self._breaker.opened:
            raise ModelUnavailable("resting", f"{self.name} failed {FAILURES_BEFORE_REST} times in a row")
        messages = messages_of(instructions, material, self._address)
        prompt_tokens = estimate(messages)
        day = self._accounts.today()
        reserved = 0 if is_exam else await self._accounts.reserve(spender, day, prompt_tokens)
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
            with nullcontext() if is_exam else self._breaker:
                answer = await ask(
                    self._chat, self._address, messages, shape, purpose=purpose, within_s=left_s
                )
                use = self._accounts.counted(use, answer.raw)
                parsed = answer.as_shape(shape)
        except ModelUnavailable as error:
            use = failed(_timed(use, started), error.why)
            error.use = use
            log.warning("model_failed", model=self.name, purpose=purpose, error=error.why, reason=str(error))
            raise
        else:
            use = _timed(use, started)
            return parsed, use
        finally:
            await self._accounts.settle(spender, day, reserved, _timed(use, started))


def _timed(use: ModelUse, started: float) -> ModelUse:
    return use.model_copy(update={"latency_ms": round((time.perf_counter() - started) * 1000)})


async def _redacted(request: WritingRequest) -> WritingRequest:
    """Return the request without what is private. What comes back is numbers: nothing has to be restored."""
    match request:
        case ArrangingRequest():
            # Our own sentences and facts in our words: there is nothing of theirs in it.
            return request
        case ChoosingRequest(question=question, passages=passages):
            question, *texts = await hide_all(Redaction(), [question, *(one.text for one in passages)])
            numbered = tuple(replace(one, text=text) for one, text in zip(passages, texts, strict=True))
            return ChoosingRequest(question, numbered)
