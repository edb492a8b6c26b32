"""A reply drawn anew for the message that shows it, with what stood around it there."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.conversation import Conversation
from bot.replies import Recommend
from bot.slack import escape, words
from bot.slack.blocks import Message, draw
from bot.slack.fitting import shorten
from bot.slack.markup import sections
from bot.slack.turns import is_private

QUESTION_CHARS = 2_000


def drawn_again(reply: Recommend, conversation: Conversation, message_ts: str) -> Message:
    """Return a recommendation for the message of the conversation that shows it, or showed another one."""
    place = conversation.place
    # Nobody but who shares an answer lets it begin a thread.
    is_shared = message_ts == place.thread
    (message,) = draw(
        reply,
        place,
        is_private=is_private(place),
        is_kept=conversation.keeps_to_self,
        above=shared_by(conversation) if is_shared else (),
    )
    return message


def shared_by(conversation: Conversation) -> list[Block]:
    """Return what stands above a private answer that was shared by the one who had asked."""
    return sections(words.shares(conversation.opened_by, question_of(conversation)))


def question_of(conversation: Conversation) -> str:
    """Return the question that opened a conversation, escaped and shortened."""
    return shorten(escape.line(conversation.question), QUESTION_CHARS)
