"""Facts that people set right under a recommendation: put to the advisor, and shown where it stands."""

from __future__ import annotations

import structlog

from bot.conversation import Conversation, Correction, Turn
from bot.deciding import last_change
from bot.decision.readiness import confirmation_of
from bot.errors import SlackRefused, SlackUnavailable
from bot.ports import Conversations, DecisionLog, PostedReplies, Spot
from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.slack import decision_words, words
from bot.slack.access import Access
from bot.slack.blocks import Message, draw, notice
from bot.slack.incoming import ConditionAnswered, CorrectionSubmitted, is_direct
from bot.slack.publisher import Delivery, Publisher
from bot.slack.redrawing import drawn_again
from bot.slack.standing import Standing, decided
from bot.slack.turns import AdvisorTurn, is_private
from bot.slack.web import SlackWeb

Corrected = CorrectionSubmitted | ConditionAnswered

log = structlog.get_logger(__name__)


class Corrections:
    """Carries out what was set right. Raises what the advisor, the log and Slack raise."""

    def __init__(
        self,
        web: SlackWeb,
        decision_log: DecisionLog,
        conversations: Conversations,
        publisher: Publisher,
        posted: PostedReplies,
        *,
        advisor_turn: AdvisorTurn,
        access: Access,
        standing: Standing,
    ) -> None:
        self._web = web
        self._log = decision_log
        self._conversations = conversations
        self._publisher = publisher
        self._posted = posted
        self._advisor_turn = advisor_turn
        self._access = access
        self._standing = standing

    async def correct(self, incoming: Corrected, delivery: Delivery) -> str:
        """Revise the recommendation, show it in place, and say in its thread who set what right.

        The same submission again changes nothing and shows the same. Returns what became of it.
        """
        shown = incoming.shown
        record = await self._log.load(incoming.team_id, shown.decision_id)
        if record is None or not shown.belongs_to(record.place):
            return await self._refuse(incoming, words.NOT_KEPT)
        permit = await self._access.permit(record, incoming.user_id, incoming.channel_id)
        if not permit.allows("correct", record):
            return await self._refuse(incoming, words.CANNOT_TELL if permit.is_in_doubt else words.NOT_KEPT)
        if record.status == "withdrawn":
            # The form or the button is older than that.
            told = decision_words.already_decided(last_change(record), incoming.user_id)
            return await self._refuse(incoming, told)
        turn = _turn(incoming, record)
        if not turn.corrections:
            return await self._refuse(incoming, words.NO_SUCH_CONDITION)
        conversation = await self._conversations.load(record.place)
        if conversation is None:
            return await self._refuse(incoming, words.NOTHING_TO_CORRECT)
        newer = await self._standing.newer_than(shown, record)
        # What was taken before, and comes again, may itself have made the newer message.
        if newer is not None and conversation.last_message_id != incoming.message_id:
            await self._standing.redraw(record)
            return await self._refuse(incoming, decision_words.newer_answer(newer.decision_id, newer.link))
        reply = await self._advisor_turn(turn)
        if not isinstance(reply, Recommend):
            await self._publisher.tell_whoever_did(
                incoming, draw(reply, record.place, is_private=is_private(record.place))[-1]
            )
            return "not_corrected"
        message = await self._drawn(incoming, conversation, reply)
        await self._show(incoming, reply, message, delivery)
        await self._standing.redraw_before(incoming.team_id, reply.decision_id)
        if reply.overtaken:
            await self._publisher.tell_whoever_did(
                incoming, notice(words.overtaken(reply.overtaken, incoming.user_id))
            )
        return "corrected" if reply.corrected else "not_corrected"

    async def _show(
        self, incoming: Corrected, reply: Recommend, message: Message, delivery: Delivery
    ) -> None:
        shown = incoming.shown
        if shown.is_ephemeral:
            await self._publisher.tell_whoever_did(incoming, message, replace=True)
            return
        reply_id = await self._posted.reply_id(incoming.team_id, delivery.entry_id)
        try:
            await self._web.update(incoming.channel_id, shown.message_ts, message)
            spot = Spot(incoming.channel_id, shown.message_ts, shown.thread_ts)
            await self._posted.mark_shown(incoming.team_id, reply.decision_id, spot)
        except SlackUnavailable:
            raise  # it is tried again until the message says so
        except SlackRefused as error:
            # It may have been deleted; what was set right is worth a message of its own.
            log.warning("recommendation_not_updated", decision_id=shown.decision_id, reason=str(error))
            await self._publisher.post_once(
                incoming.team_id,
                incoming.channel_id,
                message,
                f"{reply_id}-again",
                thread_ts=shown.thread_ts,
                look_first=delivery.is_repeat,
            )
        if reply.corrected and not is_direct(incoming.channel_id):
            await self._publisher.post_once(
                incoming.team_id,
                incoming.channel_id,
                notice(words.corrected(incoming.user_id, reply, shown.decision_id, shown.option)),
                reply_id,
                thread_ts=shown.thread_ts or shown.message_ts,
                look_first=delivery.is_repeat,
            )

    async def _drawn(self, incoming: Corrected, conversation: Conversation, reply: Recommend) -> Message:
        """Return the recommendation, with what people decided about it unless something new was set right."""
        message = drawn_again(reply, conversation, incoming.shown.message_ts)
        kept = await self._log.load(incoming.team_id, reply.decision_id)
        return decided(message, kept) if kept is not None and kept.status != "proposed" else message

    async def _refuse(self, incoming: Corrected, text: str) -> str:
        await self._publisher.tell_whoever_did(incoming, notice(text))
        return "not_corrected"


def _turn(incoming: Corrected, record: DecisionRecord) -> Turn:
    return Turn(
        place=record.place,
        audience=record.audience,
        author_id=incoming.user_id,
        message_id=incoming.message_id,
        said_at=incoming.at,
        corrections=_corrections(incoming),
        decision_id=incoming.shown.decision_id,
    )


def _corrections(incoming: Corrected) -> tuple[Correction, ...]:
    """Return what a form or a tap under a condition says; nothing when the policy asks that no more."""
    if isinstance(incoming, CorrectionSubmitted):
        return incoming.corrections
    tap = confirmation_of(incoming.requirement)
    if tap is None:
        return ()
    value, label = (tap.yes, tap.yes_label) if incoming.is_so else (tap.no, tap.no_label)
    return (Correction(fact=tap.fact, value=value, quote=label, source="button"),)
