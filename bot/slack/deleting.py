"""A message was deleted: its words go from what we keep and from what we posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import structlog

from bot.amending import amend, amend_conversation
from bot.conversation import Conversation, Place
from bot.deciding import NotKept, Refusal
from bot.deleted_message import erase_message, erase_message_from, rests_on
from bot.errors import SlackRefused, SlackUnavailable
from bot.ports import Conversations, DecisionLog
from bot.record import DecisionRecord
from bot.slack.blocks import Message
from bot.slack.incoming import MessageDeleted
from bot.slack.payloads import Me
from bot.slack.publisher import RECENT
from bot.slack.quoted_words import without_words
from bot.slack.standing import decided
from bot.slack.turns import is_private
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class Deleting:
    """Forgets what deleted messages said. Raises what the stores raise; the same again changes nothing."""

    def __init__(
        self, web: SlackWeb, conversations: Conversations, decision_log: DecisionLog, me: Me
    ) -> None:
        self._web = web
        self._conversations = conversations
        self._log = decision_log
        self._me = me

    async def forget(self, deleted: MessageDeleted) -> str:
        """Erase the words of one message everywhere, and return what became of it, for the log line."""
        records = await self._quoting(deleted)
        conversations = await self._resting_on(deleted, [record.place for record in records])
        if not conversations and not records:
            return "nothing_to_erase"
        # What we posted comes first: once the words are gone from the stores, nobody could find them there.
        await self._redraw(deleted, conversations, records)
        for conversation in conversations:
            step = partial(erase_message_from, message_id=deleted.ts)
            await amend_conversation(self._conversations, conversation.place, step)
        for record in records:
            await amend(self._log, deleted.team_id, record.id, partial(_erased, deleted=deleted))
        return "erased"

    async def _resting_on(self, deleted: MessageDeleted, more: Sequence[Place]) -> list[Conversation]:
        """Return the conversations that rest on it: where it stood, or where somebody asked about it."""
        places = dict.fromkeys((*deleted.places, *more))
        loaded = [await self._conversations.load(place) for place in places]
        return [one for one in loaded if one is not None and rests_on(one, deleted.ts)]

    async def _quoting(self, deleted: MessageDeleted) -> list[DecisionRecord]:
        ids = await self._log.quoting(deleted.team_id, deleted.channel_id, deleted.ts)
        loaded = [await self._log.load(deleted.team_id, id_) for id_ in ids]
        return [record for record in loaded if record is not None]

    async def _redraw(
        self,
        deleted: MessageDeleted,
        conversations: Sequence[Conversation],
        records: Sequence[DecisionRecord],
    ) -> None:
        """Take the words out of our messages, and say under a recommendation that it is withdrawn."""
        quotes = {
            *(one.quote for kept in conversations for one in kept.statements if one.message_id == deleted.ts),
            *(
                one.quote
                for record in records
                for revision in record.revisions
                for one in revision.statements
                if one.message_id == deleted.ts
            ),
            # It stands whole above an answer that was shared or continued in a thread.
            *(kept.question for kept in conversations if kept.opening_message_id == deleted.ts),
            *(record.context for record in records if record.context_message_id == deleted.ts),
        }
        taken_back = [
            after
            for after, before in zip(map(partial(_erased, deleted=deleted), records), records, strict=True)
            if isinstance(after, DecisionRecord) and after.status != before.status
        ]
        places = [*(kept.place for kept in conversations), *(record.place for record in records)]
        for place in dict.fromkeys(places):
            if is_private(place):
                # What only one person saw cannot be changed, and goes when they start Slack again.
                continue
            try:
                await self._redraw_in(place, deleted.ts, quotes, taken_back)
            except SlackUnavailable:
                raise  # it is tried again until the words are gone
            except SlackRefused as error:
                # Our stores forget all the same. The ids say where somebody could look.
                log.warning(
                    "posted_words_not_erased",
                    channel_id=place.channel_id,
                    thread=place.thread,
                    message_ts=deleted.ts,
                    reason=str(error),
                )

    async def _redraw_in(
        self, place: Place, message_id: str, quotes: Iterable[str], records: Iterable[DecisionRecord]
    ) -> None:
        posted = await self._web.posted_in(place.channel_id, place.thread, self._me.bot_id, RECENT)
        for ts, message in posted.items():
            redrawn = without_words(message, message_id, tuple(quotes))
            for record in records:
                redrawn = decided(redrawn, record)
            if _shown(redrawn) != _shown(message):
                await self._web.update(place.channel_id, ts, redrawn)


def _shown(message: Message) -> tuple[str, list[dict[str, Any]]]:
    return message.text, [block.to_dict() for block in message.blocks]


def _erased(record: DecisionRecord, *, deleted: MessageDeleted) -> DecisionRecord | Refusal:
    if record.place.channel_id != deleted.channel_id:
        return NotKept()
    return erase_message(record, message_id=deleted.ts, by=deleted.user_id, at=deleted.at)
