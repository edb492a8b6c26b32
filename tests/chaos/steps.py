"""The steps at which a process can be told to die, marked from outside: the ports, wrapped.

The code of the bot knows nothing of this. A step asks whether a file with its name lies in a directory;
whoever removes it dies on the spot, with SIGKILL.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.conversation import Conversation
from bot.errors import StoreUnavailable
from bot.ports import InboxEntry, Share
from bot.record import DecisionRecord
from bot.slack.publisher import PRIVATELY
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.inbox import RedisInbox
from bot.stores.posted_replies import RedisPostedReplies

LISTENER_STEPS = ("event not kept yet", "event kept, not acknowledged")
WORKER_STEPS = (
    "event taken",
    "turn made, not kept",
    "turn kept",
    "decision kept",
    "about to post",
    "posted, not remembered",
    "shown privately, not remembered",
    "posted and remembered",
    "finished",
)
STEPS = (*LISTENER_STEPS, *WORKER_STEPS)

At = Callable[[str], None]


def die_when_told(orders: Path) -> At:
    """Return what a step calls: it does not return when an order lies there for it."""

    def at(step: str) -> None:
        assert step in STEPS, step
        try:
            (orders / step).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    return at


class MarkedInbox(RedisInbox):
    """Dies before and after each of its steps, when told."""

    def __init__(self, at: At, *clients: Any, idle_ms: int) -> None:
        super().__init__(*clients, idle_ms=idle_ms)
        self._at = at

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        self._at("event not kept yet")
        is_new = await super().append(body, order_key=order_key, once=once)
        self._at("event kept, not acknowledged")
        return is_new

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        entries = await super().take(consumer, limit, wait_ms, share)
        if entries:
            self._at("event taken")
        return entries

    async def finish(self, entry: InboxEntry) -> None:
        await super().finish(entry)
        self._at("finished")


class ForgetfulInbox(MarkedInbox):
    """What this project would be without its inbox: acknowledged at once, and gone with whoever took it."""

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        with suppress(StoreUnavailable):
            return await super().append(body, order_key=order_key, once=once)
        return True

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        entries = await RedisInbox.take(self, consumer, limit, wait_ms, share)
        for entry in entries:
            with suppress(StoreUnavailable):
                await RedisInbox.finish(self, entry)
        if entries:
            self._at("event taken")
        return entries


class CarelessInbox(MarkedInbox):
    """Never says that an entry was tried before, so that nobody looks before posting."""

    async def take(
        self, consumer: str, limit: int, wait_ms: int, share: Share | None = None
    ) -> Sequence[InboxEntry]:
        return [replace(entry, attempts=1) for entry in await super().take(consumer, limit, wait_ms, share)]


INBOXES: dict[str, type[MarkedInbox]] = {
    "": MarkedInbox,
    "inbox": ForgetfulInbox,
    "search": CarelessInbox,
}
"""By what is switched off."""


class MarkedConversations(RedisConversations):
    """Dies before and after it keeps a conversation, when told."""

    def __init__(self, at: At, *clients: Any) -> None:
        super().__init__(*clients)
        self._at = at

    async def save(self, conversation: Conversation) -> None:
        self._at("turn made, not kept")
        await super().save(conversation)
        self._at("turn kept")


class MarkedDecisionLog(RedisDecisionLog):
    """Dies after it kept a record, when told."""

    def __init__(self, at: At, *clients: Any) -> None:
        super().__init__(*clients)
        self._at = at

    async def save(self, record: DecisionRecord) -> None:
        await super().save(record)
        self._at("decision kept")


class MarkedPostedReplies(RedisPostedReplies):
    """Dies before and after something is posted, when told."""

    def __init__(self, at: At, *clients: Any) -> None:
        super().__init__(*clients)
        self._at = at

    async def reply_id(self, team_id: str, entry_id: str) -> str:
        reply_id = await super().reply_id(team_id, entry_id)
        self._at("about to post")
        return reply_id

    async def mark_posted(self, team_id: str, reply_id: str, ts: str) -> None:
        self._at("shown privately, not remembered" if ts == PRIVATELY else "posted, not remembered")
        await super().mark_posted(team_id, reply_id, ts)
        self._at("posted and remembered")
