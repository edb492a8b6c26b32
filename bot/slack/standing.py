"""Messages that show a decision, kept true wherever they stand: also when it was changed from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.errors import SlackRefused
from bot.ports import DecisionLog, PostedReplies, Spot
from bot.record import DecisionRecord
from bot.slack import decision_words
from bot.slack.blocks import Message
from bot.slack.decision_blocks import (
    decision_in,
    is_outdone,
    outdone,
    shown_option,
    shown_status,
    status_line,
    with_status,
)
from bot.slack.incoming import Shown
from bot.slack.web import SlackWeb

MOST_REDRAWN = 5
"""A decision stands in a message for each of its revisions; nobody looks at older ones."""

MOST_SUCCESSORS = 20
"""How far a decision is followed to the one that stands in its place at last."""
LINK_TIMEOUT_S = 0.5
"""Some ask before a view can be opened, and Slack gives three seconds for all of that."""

log = structlog.get_logger(__name__)


def decided(message: Message, record: DecisionRecord, way_to_successor: str = "") -> Message:
    """Return the message with what people decided, in place of what it said of that before.

    One that shows no decision to act on, or another one, is returned as it is.
    """
    if decision_in(message.blocks) != record.id:
        return message
    text = message.text.removeprefix(f"{shown_status(message.blocks, record.id)}\n")
    line = status_line(record, way_to_successor)
    return Message(tuple(with_status(message.blocks, record, line)), f"{line}\n{text}")


@dataclass(frozen=True)
class Newer:
    """What came after a recommendation: a decision by its id, and the address of its message, or ""."""

    decision_id: str
    link: str


class Standing:
    """Redraws messages. Raises StoreUnavailable; a message that is gone or refused is logged and left."""

    def __init__(self, web: SlackWeb, posted: PostedReplies, decision_log: DecisionLog) -> None:
        self._web = web
        self._posted = posted
        self._log = decision_log

    async def newer_than(self, shown: Shown, record: DecisionRecord) -> Newer | None:
        """Return what came after a message with this decision in its conversation, if anything did."""
        latest, spots = record, list(await self._spots(record))
        for _ in range(MOST_SUCCESSORS):
            if not latest.superseded_by:
                break
            successor = await self._log.load(record.place.team_id, latest.superseded_by)
            if successor is None:
                break
            latest = successor
            spots += await self._spots(latest)
        here = (spot for spot in spots if spot.channel_id == shown.place.channel_id)
        newest = max(here, key=lambda spot: spot.ts, default=None)
        if newest is None or newest.ts <= shown.message_ts:
            return None
        return Newer(latest.id, await self._link(newest))

    async def redraw(self, record: DecisionRecord, *, except_ts: str = "") -> None:
        """Show what became of a decision in its newest message, which may show it already, and that above.

        Older messages with it say that they were outdone.
        """
        spots = (await self._spots(record))[:MOST_REDRAWN]
        for spot in spots:
            if spot.ts == except_ts:
                continue
            try:
                await self._redraw(spot, record, newest=spots[0])
            except SlackRefused as error:
                log.warning("decision_not_redrawn", decision_id=record.id, reason=str(error))

    async def redraw_before(self, team_id: str, decision_id: str) -> None:
        """Show in older messages of a conversation that a recommendation, just given, has outdone theirs."""
        record = await self._log.load(team_id, decision_id)
        if record is None:
            return
        await self.redraw(record)
        older = await self._log.load(team_id, record.supersedes) if record.supersedes else None
        if older is not None and older.status == "superseded":
            await self.redraw(older)

    async def _spots(self, record: DecisionRecord) -> Sequence[Spot]:
        return await self._posted.shown_at(record.place.team_id, record.id)

    async def _redraw(self, spot: Spot, record: DecisionRecord, newest: Spot) -> None:
        is_newest = spot == newest
        if is_newest and record.status == "proposed":
            return
        message = await self._web.message(spot.channel_id, spot.ts, thread_ts=spot.thread_ts)
        if message is None:
            log.info("decision_message_gone", decision_id=record.id)
            return
        if is_newest:
            is_another = shown_option(message.blocks, record.id) != record.current.option
            # What was decided is the newest recommendation; this message recommends something else.
            way = await self._way_to_successor(spot, record)
            now = message if is_another and record.is_in_force else decided(message, record, way)
        elif decision_in(message.blocks) != record.id or is_outdone(message.blocks, record.id):
            return
        else:
            now = await self._outdone(message, record, newest)
        if [block.to_dict() for block in now.blocks] != [block.to_dict() for block in message.blocks]:
            await self._web.update(spot.channel_id, spot.ts, now)

    async def _way_to_successor(self, spot: Spot, record: DecisionRecord) -> str:
        """Return the address of what stands in the place of a decision, if that is in the same channel."""
        if record.status != "superseded" or not record.superseded_by:
            return ""
        spots = await self._posted.shown_at(record.place.team_id, record.superseded_by)
        here = next((one for one in spots if one.channel_id == spot.channel_id), None)
        return await self._link(here) if here else ""

    async def _outdone(self, message: Message, record: DecisionRecord, newest: Spot) -> Message:
        line = decision_words.outdone(record.superseded_by or record.id, await self._link(newest))
        text = message.text.removeprefix(f"{shown_status(message.blocks, record.id)}\n")
        return Message(tuple(outdone(message.blocks, record.id, line)), f"{line}\n{text}")

    async def _link(self, spot: Spot) -> str:
        """Return the address of a message; "" where Slack does not give it soon: it is told without, then."""
        try:
            async with asyncio.timeout(LINK_TIMEOUT_S):
                return await self._web.permalink(spot.channel_id, spot.ts)
        except (SlackRefused, TimeoutError) as error:
            log.info("link_unknown", channel_id=spot.channel_id, reason=str(error))
            return ""
