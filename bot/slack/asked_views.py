"""The views behind the buttons that open one."""

from __future__ import annotations

from slack_sdk.models.views import View

from bot.ports import Conversations, DecisionLog
from bot.replies import Recommend
from bot.slack import override_form, save_form, sources_view
from bot.slack.button_keys import SOURCES
from bot.slack.incoming import SaveAsked, Shown, ViewAsked
from bot.slack.recommendation_blocks import all_citations
from bot.slack.saved_messages import saved_record_id


class AskedViews:
    """Draws a view from what was pressed and from what is kept. Changes nothing."""

    def __init__(self, conversations: Conversations, decision_log: DecisionLog) -> None:
        self._conversations = conversations
        self._log = decision_log

    async def view(self, asked: ViewAsked | SaveAsked) -> View:
        """Return the view. Raises StoreUnavailable and StoredDataInvalid; an empty form asks no store."""
        if isinstance(asked, SaveAsked):
            return await self._save_form(asked)
        if asked.action_id == SOURCES:
            return await self._sources(asked.shown, asked.user_id)
        return override_form.form(asked.shown)

    async def _save_form(self, asked: SaveAsked) -> View:
        """Return the form, or what the message was saved as: whoever sees the message may see that."""
        record = await self._log.load(asked.team_id, saved_record_id(asked))
        return save_form.form(asked) if record is None else save_form.saved_before(record)

    async def _sources(self, shown: Shown, user_id: str) -> View:
        """Return the sources to someone who sees the recommendation, as whoever sees the button should."""
        conversation = await self._conversations.load(shown.place)
        if conversation and conversation.audience.leaves_out(user_id):
            return sources_view.nothing()
        reply = conversation.last_reply if conversation else None
        if isinstance(reply, Recommend) and reply.decision_id == shown.decision_id:
            return sources_view.cited(all_citations(reply))
        record = await self._log.load(shown.place.team_id, shown.decision_id)
        if record is None or not shown.belongs_to(record.place) or record.audience.leaves_out(user_id):
            return sources_view.nothing()
        return sources_view.recorded(record.current.passages)
