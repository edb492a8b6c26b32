"""*Save as decision*: what people decided in a message without us, kept once for each message."""

from __future__ import annotations

import structlog

from bot.conversation import Audience
from bot.errors import ConversationMoved, SlackRefused
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.saving import Decided, saved_id, saved_record
from bot.slack import decision_words
from bot.slack.audiences import Audiences
from bot.slack.blocks import notice
from bot.slack.incoming import DecisionSaved, OnMessage, is_direct
from bot.slack.publisher import Publisher
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class SavedMessages:
    """Keeps such decisions. Raises what the log raises."""

    def __init__(
        self, web: SlackWeb, audiences: Audiences, decision_log: DecisionLog, publisher: Publisher
    ) -> None:
        self._web = web
        self._audiences = audiences
        self._log = decision_log
        self._publisher = publisher

    async def save(self, filled: DecisionSaved) -> str:
        """Keep the decision unless its message was saved before, and tell the person either way.

        Returns what became of it, for the log line.
        """
        id_ = saved_record_id(filled)
        kept = await self._log.load(filled.team_id, id_)
        if kept is None:
            record = await self._record(filled, id_)
            try:
                await self._log.save(record)
            except ConversationMoved:
                # Somebody else saved the same message meanwhile.
                kept = await self._log.load(filled.team_id, id_)
            else:
                kept = record
        return await self._told(filled, kept)

    async def _record(self, filled: DecisionSaved, id_: str) -> DecisionRecord:
        return saved_record(
            Decided(
                outcome=filled.outcome,
                why=filled.why,
                on=filled.on,
                owner=filled.owner,
                context=filled.context,
                by=filled.user_id,
                at=filled.at,
            ),
            id_=id_,
            place=filled.place,
            audience=await self._audience(filled),
            link=await self._link(filled),
            message_id=filled.about.ts,
            author_id=filled.about.author_id,
        )

    async def _audience(self, filled: DecisionSaved) -> Audience:
        return await self._audiences.of_channel(filled.channel_id, filled.user_id)

    async def _link(self, filled: DecisionSaved) -> str:
        try:
            return await self._web.permalink(filled.channel_id, filled.about.ts)
        except SlackRefused:
            # Where we are not, there is none for us.
            return ""

    async def _told(self, filled: DecisionSaved, kept: DecisionRecord | None) -> str:
        if kept is None:
            raise ConversationMoved("the decision that stood in the way is gone; save it again")
        first = kept.history[0]
        is_this = (first.by, first.at) == (filled.user_id, filled.at)
        text = (
            decision_words.saved(kept.id, filled.outcome)
            if is_this
            else decision_words.saved_by_another(first, kept.id)
        )
        try:
            await self._publisher.tell_whoever_did(filled, notice(text))
        except SlackRefused as error:
            # It is kept; only the person does not hear so.
            log.warning("saving_not_told", decision_id=kept.id, reason=str(error))
        return "saved" if is_this else "saved_before"


def saved_record_id(used: OnMessage) -> str:
    """Return the id of the decision that is saved from a message.

    In a direct message, which can be one between others, each keeps their own.
    """
    return saved_id(used.place, used.about.ts, used.user_id if is_direct(used.channel_id) else "")
