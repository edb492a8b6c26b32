"""Takes things from the inbox and has them answered, many conversations at once.

The inbox hands out one thing of a conversation at a time, so each conversation is answered in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from bot import tracing
from bot.errors import BotError, KeptByNewer, SlackUnavailable, StoreUnavailable
from bot.ports import Inbox, InboxEntry, Share
from bot.slack.failures import told, where
from bot.slack.incoming import INCOMING, Incoming
from bot.slack.publisher import Delivery

MOST_FAILURES = 5
MOST_DEATHS = 20
"""How many workers may die over one entry. Many more than it may fail: most of them die of something else."""
ANSWER_TIMEOUT_S = 600
"""Slack may allow one page of a thread a minute; a language model may be slow."""

GIVE_UP_AFTER_S = 86_400
"""What could not even be tried for a day, because Slack or Redis was away, is given up."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Pace:
    """How long the worker waits for what, in seconds, and how much it does at once."""

    at_once: int = 8
    of_one: int = 8
    """… and for one workspace: Slack may hold one up for minutes, and the others shall not wait for it."""
    take_wait_s: float = 1.0
    keep_every_s: float = 3.0
    first_pause_s: float = 0.5
    longest_pause_s: float = 8.0
    away_patience_s: float = 60.0
    grace_s: float = 10.0
    told_after_s: float = 3.0
    """See `bot.slack.conversing`."""


FOR_MANY = Pace(at_once=32)
"""Where many workspaces are served: three of them may be held up, and a fourth is still answered."""


class Worker:
    """Works the inbox off until it is told to stop, then finishes what it has begun."""

    def __init__(
        self,
        inbox: Inbox,
        answer: Callable[[Incoming, Delivery], Awaitable[None]],
        apologise: Callable[[Incoming, str], Awaitable[None]],
        consumer: str,
        pace: Pace | None = None,
    ) -> None:
        self._inbox = inbox
        self._answer = answer
        self._apologise = apologise
        self._consumer = consumer
        self._pace = pace or Pace()
        self._in_hand: dict[asyncio.Task[None], InboxEntry] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, then for a short while on what is in hand; the rest stays in the inbox."""
        keeper = asyncio.create_task(self._keep_in_hand())
        try:
            while not stop.is_set():
                await self._take(stop)
        finally:
            if self._in_hand:
                await asyncio.wait(self._in_hand, timeout=self._pace.grace_s)
            unfinished = [keeper, *self._in_hand]
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _take(self, stop: asyncio.Event) -> None:
        room = self._pace.at_once - len(self._in_hand)
        if room <= 0:
            await asyncio.wait(
                self._in_hand, timeout=self._pace.take_wait_s, return_when=asyncio.FIRST_COMPLETED
            )
            return
        try:
            share = Share(self._pace.of_one, tuple(entry.whose for entry in self._in_hand.values()))
            wait_ms = round(self._pace.take_wait_s * 1000)
            entries = await self._inbox.take(self._consumer, room, wait_ms, share)
        except BotError as error:
            log.warning("inbox_unavailable", error=type(error).__name__, reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._pace.first_pause_s)
            return
        held = {entry.id for entry in self._in_hand.values()}
        for entry in entries:
            # What we kept too late comes back to ourselves.
            if entry.id not in held:
                task = asyncio.create_task(self._work(entry))
                self._in_hand[task] = entry
                task.add_done_callback(self._in_hand.pop)

    async def _work(self, entry: InboxEntry) -> None:
        try:
            incoming = INCOMING.validate_json(entry.body)
        except ValidationError:
            await self._leave_to_newer(entry, None, "cannot be read")
            return
        failures, tries, reason = 0, 0, "its workers died"
        away_since: float | None = None
        clock = asyncio.get_running_loop().time
        while failures < MOST_FAILURES and entry.attempts <= MOST_DEATHS:
            delivery = Delivery(entry.id, is_repeat=entry.attempts > 1 or tries > 0, waited_s=entry.age_s)
            tries += 1
            try:
                with tracing.begin("answer", entry.trace, kind=incoming.kind, attempts=entry.attempts):
                    async with asyncio.timeout(ANSWER_TIMEOUT_S):
                        await self._answer(incoming, delivery)
                    await self._inbox.finish(entry)
            except (StoreUnavailable, SlackUnavailable) as error:
                # Not the entry's fault, so it does not count; but one entry may not hold a place for ever.
                away_since = away_since or clock()
                log.warning("away", entry=entry.id, error=type(error).__name__, reason=str(error))
                if clock() - away_since > self._pace.away_patience_s:
                    if entry.age_s <= GIVE_UP_AFTER_S:
                        await self._put_back(entry)
                        return
                    reason = f"{type(error).__name__} for a day"
                    break
            except KeptByNewer as error:
                await self._leave_to_newer(entry, incoming, str(error))
                return
            except Exception as error:  # noqa: BLE001 - the edge: one bad entry may not end the worker
                failures += 1
                away_since = None
                reason = type(error).__name__
                log.warning(
                    "turn_failed",
                    entry=entry.id,
                    kind=incoming.kind,
                    error=type(error).__name__,
                    reason=told(error),
                    where=where(error),
                    failures=failures,
                )
            else:
                return
            if failures < MOST_FAILURES:
                await asyncio.sleep(self._pause_s(tries))
        await self._bury(entry, incoming, reason)

    async def _put_back(self, entry: InboxEntry) -> None:
        try:
            await self._inbox.put_back(self._consumer, entry)
        except StoreUnavailable as error:
            # Then it is taken for a dead worker's, and this attempt counts.
            log.warning("entry_not_put_back", entry=entry.id, reason=str(error))

    async def _leave_to_newer(self, entry: InboxEntry, incoming: Incoming | None, reason: str) -> None:
        """Let go of what we do not understand: after a silence it goes to whoever asks next.

        In an upgrade some workers are newer. When it comes back too often, none is.
        """
        log.warning("entry_not_understood", entry=entry.id, reason=reason, attempts=entry.attempts)
        if entry.attempts >= MOST_DEATHS:
            await self._bury(entry, incoming, reason)

    async def _bury(self, entry: InboxEntry, incoming: Incoming | None, reason: str) -> None:
        reference = hashlib.sha256(entry.id.encode()).hexdigest()[:8]
        log.error("entry_buried", entry=entry.id, reference=reference, reason=reason)
        if incoming is not None:
            # First, so that nobody is left without a word when we die in between.
            await self._apologise(incoming, reference)
        try:
            await self._inbox.bury(entry, f"{reason} (reference {reference})")
        except StoreUnavailable as error:
            # It will be taken again, found too often tried, and buried then.
            log.warning("entry_not_buried", entry=entry.id, reason=str(error))

    async def _keep_in_hand(self) -> None:
        while True:
            await asyncio.sleep(self._pace.keep_every_s)
            if not self._in_hand:
                continue
            try:
                await self._inbox.keep(self._consumer, list(self._in_hand.values()))
            except BotError as error:
                log.warning("entries_not_kept", reason=str(error))

    def _pause_s(self, tries: int) -> float:
        return min(self._pace.first_pause_s * 2.0 ** (tries - 1), self._pace.longest_pause_s)
