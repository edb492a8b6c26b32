"""A language model that says what a test wants; implements `bot.language_model.LanguageModel`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.errors import ModelFailure, ModelUnavailable
from bot.language_model import (
    ChosenPoint,
    ProposedFact,
    ProposedReading,
    ReadingRequest,
    Spender,
    Writing,
    WritingRequest,
)
from bot.model_use import ModelUse, Purpose


def use(purpose: Purpose = "reading") -> ModelUse:
    return ModelUse(
        purpose=purpose,
        model="fake:model",
        prompt_version="v1",
        tokens_in=900,
        tokens_out=100,
        latency_ms=400,
    )


@dataclass
class FakeLanguageModel:
    """`fails` makes every call fail that way."""

    reads: Callable[[ReadingRequest], Sequence[ProposedFact]] = lambda _: ()
    writes: Callable[[WritingRequest], Sequence[ChosenPoint]] = lambda _: ()
    intent: str = "decision"
    is_covered: bool = True
    fails: ModelFailure | None = None
    name: str = "fake:model"
    prompt_version: str = "v1"
    asked: list[ReadingRequest | WritingRequest] = field(default_factory=list)
    spent_s: list[float] = field(default_factory=list)
    """How long each turn had waited for a model before it was asked to write."""
    judgements: list[tuple[int, int]] = field(default_factory=list)
    """How many proposals were taken, and how many were not, call by call."""

    async def read(self, request: ReadingRequest, spender: Spender) -> tuple[ProposedReading, ModelUse]:
        self._take(request, spender)
        return ProposedReading(self.intent, tuple(self.reads(request))), use()

    async def write(
        self, request: WritingRequest, spender: Spender, *, spent_s: float = 0
    ) -> tuple[Writing, ModelUse]:
        self._take(request, spender)
        self.spent_s.append(spent_s)
        return Writing(tuple(self.writes(request)), self.is_covered), use("writing")

    async def judged(self, spender: Spender, *, accepted: int, replaced: int) -> None:
        assert spender.user_id
        self.judgements.append((accepted, replaced))

    def _take(self, request: ReadingRequest | WritingRequest, spender: Spender) -> None:
        assert spender.user_id
        self.asked.append(request)
        if self.fails:
            raise ModelUnavailable(self.fails, "the test made it fail")
