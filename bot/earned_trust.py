"""What a language model's word counts for, as its newest exam says: also one that was taken meanwhile."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import StoredDataInvalid, StoreUnavailable
from bot.exam import ExamResult
from bot.understanding.witness import NO_TRUST, Trust

REREAD_AFTER_S = 60.0
"""One look-up a minute at most, and only while people ask."""

LoadExam = Callable[[], Awaitable[ExamResult | None]]

log = structlog.get_logger(__name__)


class EarnedTrust:
    """Looks the exam up again now and then; while the store is away, what was known goes on to hold."""

    def __init__(
        self, load: LoadExam, known: ExamResult | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._load = load
        self._trust = _trust_of(known)
        self._clock = clock
        self._read_at = clock()

    async def now(self) -> Trust:
        """Return what the model's word counts for."""
        if self._clock() - self._read_at >= REREAD_AFTER_S:
            self._read_at = self._clock()
            try:
                self._trust = _trust_of(await self._load())
            except (StoreUnavailable, StoredDataInvalid) as error:
                log.warning("exam_not_read", reason=str(error))
        return self._trust


def _trust_of(result: ExamResult | None) -> Trust:
    return result.trust if result else NO_TRUST
