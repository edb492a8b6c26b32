"""A message that we answered was edited: its author is offered, once and privately, that we look again."""

from __future__ import annotations

import structlog
from slack_sdk.models.blocks import Block

from bot.conversation import Conversation, Place
from bot.deleted_message import rests_on
from bot.errors import SlackRefused
from bot.ports import Conversations, PostedReplies
from bot.slack import words
from bot.slack.blocks import Message, notice
from bot.slack.button_keys import EDITED, EVALUATE, ButtonKey
from bot.slack.incoming import EvaluatePressed, MessageEdited
from bot.slack.markup import actions, button, sections
from bot.slack.publisher import PRIVATELY
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class Editing:
    """Offers to evaluate again. Raises SlackRefused and what the stores raise."""

    def __init__(self, web: SlackWeb, conversations: Conversations, posted: PostedReplies) -> None:
        self._web = web
        self._conversations = conversations
        self._posted = posted

    async def offer(self, edited: MessageEdited) -> str:
        """Offer it if anything rests on the message and no offer stands; return what was done."""
        conversation = await self._resting_on(edited)
        if conversation is None:
            return "silence"
        offer_id = await self._offer_id(edited.team_id, edited.channel_id, edited.ts)
        if await self._posted.posted_ts(edited.team_id, offer_id):
            return "offered_before"
        message = _offer(
            conversation.place, edited.ts, is_question=edited.ts == conversation.opening_message_id
        )
        thread_ts = edited.thread_ts or conversation.place.thread
        await self._web.post_to_one(edited.channel_id, edited.user_id, message, thread_ts=thread_ts)
        await self._posted.mark_posted(edited.team_id, offer_id, PRIVATELY)
        return "offered"

    async def is_closed(self, pressed: EvaluatePressed) -> bool:
        """Say whether it was evaluated, and nothing edited since; the offer may still be shown."""
        offer_id = await self._offer_id(pressed.team_id, pressed.channel_id, pressed.edited_ts)
        stands_at = await self._posted.posted_ts(pressed.team_id, offer_id)
        return stands_at is not None and not stands_at

    async def close(self, pressed: EvaluatePressed, text: str = words.EVALUATED) -> None:
        """Turn the offer into one line; what is edited after this is offered again."""
        offer_id = await self._offer_id(pressed.team_id, pressed.channel_id, pressed.edited_ts)
        await self._posted.mark_posted(pressed.team_id, offer_id, "")
        try:
            await self._web.respond(pressed.response_url, notice(text), replace=True)
        except SlackRefused as error:
            # It was evaluated; only the offer keeps its button.
            log.warning("offer_not_closed", channel_id=pressed.channel_id, reason=str(error))

    async def _resting_on(self, edited: MessageEdited) -> Conversation | None:
        for place in edited.places:
            conversation = await self._conversations.load(place)
            if conversation is not None and rests_on(conversation, edited.ts):
                return conversation
        return None

    async def _offer_id(self, team_id: str, channel_id: str, ts: str) -> str:
        return await self._posted.reply_id(team_id, f"edited:{channel_id}:{ts}")


def _offer(place: Place, edited_ts: str, *, is_question: bool) -> Message:
    text = words.EDITED if is_question else words.EDITED_FACTS
    row: list[Block] = actions(
        [button("Evaluate again", EVALUATE)], [ButtonKey(place, edited_ts, EDITED).encode()]
    )
    return Message((*sections(text), *row), text)
