"""The views behind the buttons that open one."""

from __future__ import annotations

from slack_sdk.models.views import View

from bot import phrases
from bot.contradictions import understanding_of
from bot.conversation import Conversation
from bot.correcting import fields_of
from bot.deciding import NotTheOwner, last_change
from bot.ports import Conversations, DecisionLog
from bot.record import DecisionRecord
from bot.replies import Clarify, Recommend
from bot.slack import (
    answer_form,
    correction_form,
    decision_words,
    details_view,
    history_view,
    override_form,
    save_form,
    sources_view,
    upkeep_form,
    words,
)
from bot.slack.access import Access
from bot.slack.button_keys import CHANGE, CORRECT, DETAILS, HISTORY, OVERRIDE, SOURCES
from bot.slack.gate import Gate
from bot.slack.incoming import SaveAsked, Shown, ToOpen, ViewAsked, WordsAsked
from bot.slack.saved_messages import saved_record_id
from bot.slack.standing import Standing


class AskedViews:
    """Draws a view from what was pressed and from what is kept. Changes nothing."""

    def __init__(
        self,
        conversations: Conversations,
        decision_log: DecisionLog,
        *,
        access: Access,
        gate: Gate,
        standing: Standing,
    ) -> None:
        self._conversations = conversations
        self._log = decision_log
        self._access = access
        self._gate = gate
        self._standing = standing

    async def view(self, asked: ToOpen) -> View | str:
        """Return the view, or why this person does not get it. Raises StoreUnavailable and StoredDataInvalid.

        Everyone who sees the button sees the view; where it does not belong, it is empty.
        """
        is_form = not (isinstance(asked, ViewAsked) and asked.action_id in (SOURCES, DETAILS, HISTORY))
        if is_form and (refusal := await self._gate.refusal(asked)):
            return refusal
        if isinstance(asked, SaveAsked):
            return await self._save_form(asked)
        if isinstance(asked, WordsAsked):
            return await self._answer(asked)
        if asked.action_id in (CORRECT, OVERRIDE) and (outdone := await self._outdone(asked)):
            return outdone
        draws = {
            SOURCES: self._sources,
            DETAILS: self._details,
            CORRECT: self._correction,
            CHANGE: self._upkeep,
            HISTORY: self._history,
        }
        draw = draws.get(asked.action_id)
        return await draw(asked) if draw else override_form.form(asked.shown)

    async def _save_form(self, asked: SaveAsked) -> View:
        """Return the form, or what the message was saved as: whoever sees the message may see that."""
        record = await self._log.load(asked.team_id, saved_record_id(asked))
        return save_form.form(asked) if record is None else save_form.saved_before(record)

    async def _answer(self, asked: WordsAsked) -> View:
        """Return the form for the question that waits, to the one whom it was put to."""
        waiting = asked.waiting
        conversation = await self._conversations.load(waiting.place)
        if conversation is None or conversation.audience.leaves_out(asked.user_id):
            return answer_form.not_waiting()
        reply = conversation.last_reply
        if conversation.pending != waiting.question_id or not isinstance(reply, Clarify):
            return answer_form.not_waiting()
        return answer_form.form(waiting, reply.question.text)

    async def _sources(self, asked: ViewAsked) -> View:
        conversation = await self._conversation(asked)
        if reply := _recommendation(conversation, asked.shown):
            return sources_view.cited(reply.all_citations)
        record = await self._record(asked)
        return sources_view.recorded(record.current.passages) if record else sources_view.nothing()

    async def _details(self, asked: ViewAsked) -> View:
        conversation = await self._conversation(asked)
        if reply := _recommendation(conversation, asked.shown):
            return details_view.given(reply)
        record = await self._record(asked)
        return details_view.recorded(record) if record else details_view.nothing()

    async def _correction(self, asked: ViewAsked) -> View:
        """Return the form to whoever may use it. Submitted, it is looked at again: it may grow old."""
        record = await self._record(asked)
        if record is None:
            return correction_form.nothing(words.NOTHING_TO_CORRECT)
        permit = await self._access.permit(record, asked.user_id, asked.channel_id)
        if permit.is_in_doubt:
            return correction_form.nothing(words.CANNOT_TELL)
        conversation = await self._conversations.load(record.place)
        if conversation is None or not permit.allows("correct", record):
            return correction_form.nothing(words.NOTHING_TO_CORRECT)
        if record.status == "withdrawn":
            return correction_form.nothing(decision_words.already_decided(last_change(record), asked.user_id))
        if record.id not in (conversation.decision_id, conversation.supersedes):
            return correction_form.nothing(phrases.ANOTHER_DECISION)
        fields = fields_of(understanding_of(conversation))
        return correction_form.form(asked.shown, fields)

    async def _outdone(self, asked: ViewAsked) -> str:
        """Return that a newer recommendation came after the one that they want to change, or ""."""
        record = await self._record(asked)
        newer = await self._standing.newer_than(asked.shown, record) if record else None
        return decision_words.newer_answer(newer.decision_id, newer.link) if newer else ""

    async def _conversation(self, asked: ViewAsked) -> Conversation | None:
        conversation = await self._conversations.load(asked.shown.place)
        return None if conversation and conversation.audience.leaves_out(asked.user_id) else conversation

    async def _record(self, asked: ViewAsked) -> DecisionRecord | None:
        record = await self._log.load(asked.team_id, asked.shown.decision_id)
        is_here = record is not None and asked.shown.belongs_to(record.place)
        return record if record and is_here and not record.audience.leaves_out(asked.user_id) else None

    async def _history(self, asked: ViewAsked) -> View:
        record = await self._log.load(asked.team_id, asked.shown.decision_id)
        if record is None:
            return history_view.nothing()
        permit = await self._access.permit(record, asked.user_id, asked.channel_id)
        return history_view.history(record) if permit.allows("see", record) else history_view.nothing()

    async def _upkeep(self, asked: ViewAsked) -> View:
        """Return the form to whoever may use it. Submitted, it is looked at again: it may grow old."""
        record = await self._log.load(asked.team_id, asked.shown.decision_id)
        if record is None:
            return upkeep_form.refused(words.NOT_KEPT)
        permit = await self._access.permit(record, asked.user_id, asked.channel_id)
        if permit.is_in_doubt:
            return upkeep_form.refused(words.CANNOT_TELL)
        if not permit.allows("see", record):
            return upkeep_form.refused(words.NOT_KEPT)
        if not record.is_in_force:
            return upkeep_form.refused(words.CANNOT_BE_DECIDED)
        if not permit.allows("change owner", record):
            return upkeep_form.refused(decision_words.told(NotTheOwner(record.owner), asked.user_id))
        return upkeep_form.form(asked.shown, record)


def _recommendation(conversation: Conversation | None, shown: Shown) -> Recommend | None:
    reply = conversation.last_reply if conversation else None
    return reply if isinstance(reply, Recommend) and reply.decision_id == shown.decision_id else None
