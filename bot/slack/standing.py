"""Messages that show a decision, kept true wherever they stand: also when it was changed from elsewhere."""

from __future__ import annotations

import structlog

from bot.errors import SlackRefused
from bot.ports import DecisionLog, PostedReplies, Spot
from bot.record import DecisionRecord
from bot.slack.blocks import Message
from bot.slack.decision_blocks import decision_in, shown_option, shown_status, status_line, with_status
from bot.slack.web import SlackWeb

MOST_REDRAWN = 5
"""A decision stands in a message for each of its revisions; nobody looks at older ones."""

log = structlog.get_logger(__name__)


def decided(message: Message, record: DecisionRecord) -> Message:
    """Return the message with what people decided, in place of what it said of that before.

    One that shows no decision to act on, or another one, is returned as it is.
    """
    if decision_in(message.blocks) != record.id:
        return message
    text = message.text.removeprefix(f"{shown_status(message.blocks, record.id)}\n")
    return Message(tuple(with_status(message.blocks, record)), f"{status_line(record)}\n{text}")


class Standing:
    """Redraws messages. Raises StoreUnavailable; a message that is gone or refused is logged and left."""

    def __init__(self, web: SlackWeb, posted: PostedReplies, decision_log: DecisionLog) -> None:
        self._web = web
        self._posted = posted
        self._log = decision_log

    async def redraw(self, record: DecisionRecord, *, except_ts: str = "") -> None:
        """Show in every message with this decision what became of it; one may show it already."""
        spots = await self._posted.shown_at(record.place.team_id, record.id)
        for spot in spots[:MOST_REDRAWN]:
            if spot.ts == except_ts:
                continue
            try:
                await self._redraw(spot, record)
            except SlackRefused as error:
                log.warning("decision_not_redrawn", decision_id=record.id, reason=str(error))

    async def redraw_superseded_by(self, team_id: str, decision_id: str) -> None:
        """Show under an older recommendation that this one has taken its place, where it has."""
        record = await self._log.load(team_id, decision_id)
        if record is None or not record.supersedes:
            return
        older = await self._log.load(team_id, record.supersedes)
        if older is not None and older.status == "superseded":
            await self.redraw(older)

    async def _redraw(self, spot: Spot, record: DecisionRecord) -> None:
        message = await self._web.message(spot.channel_id, spot.ts, thread_ts=spot.thread_ts)
        if message is None:
            log.info("decision_message_gone", decision_id=record.id)
            return
        shown = shown_option(message.blocks, record.id)
        is_another = shown != record.current.option and record.is_in_force
        # What was decided is the newest recommendation; an older message recommends something else.
        if is_another or record.status == "proposed":
            return
        now = decided(message, record)
        if [block.to_dict() for block in now.blocks] != [block.to_dict() for block in message.blocks]:
            await self._web.update(spot.channel_id, spot.ts, now)
