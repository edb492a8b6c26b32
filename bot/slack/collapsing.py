"""A question that was answered in words becomes one line, as one that was answered by a press does."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from slack_sdk.models.blocks import SectionBlock

from bot.conversation import Place, Turn
from bot.errors import SlackRefused
from bot.ports import Conversations, PostedReplies
from bot.replies import Clarify, Recommend, Reply
from bot.slack import escape, words
from bot.slack.blocks import Message, notice
from bot.slack.button_keys import ANSWERED, ButtonKey
from bot.slack.fitting import shorten
from bot.slack.incoming import ReplyPicked, WordsSubmitted
from bot.slack.markup import mrkdwn
from bot.slack.turns import Answerable, is_private
from bot.slack.web import SlackWeb

ANSWER_CHARS = 150

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits, and the ts of the message that asks it; "" when only one person sees it."""

    id: str
    text: str
    ts: str


class Collapsing:
    """Knows which message asks what. Raises StoreUnavailable and StoredDataInvalid."""

    def __init__(self, web: SlackWeb, conversations: Conversations, posted: PostedReplies) -> None:
        self._web = web
        self._conversations = conversations
        self._posted = posted

    async def find(self, turn: Turn) -> OpenQuestion | None:
        """Return the question that a turn may answer; a press in public has its own way to collapse it."""
        if turn.picked and not is_private(turn.place):
            return None
        conversation = await self._conversations.load(turn.place)
        reply = conversation.last_reply if conversation is not None else None
        # After a crash the next question may wait already.
        if conversation is None or conversation.last_message_id == turn.message_id:
            return None
        if not conversation.is_waiting or not isinstance(reply, Clarify):
            return None
        if is_private(turn.place):
            return OpenQuestion(reply.question.id, reply.question.text, "")
        ts = await self._posted.posted_ts(turn.place.team_id, _name(turn.place, reply.question.id))
        return OpenQuestion(reply.question.id, reply.question.text, ts or "")

    async def remember(self, place: Place, reply: Reply, ts: str) -> None:
        """Remember which message asks a question."""
        if isinstance(reply, Clarify) and ts and not is_private(place):
            await self._posted.mark_posted(place.team_id, _name(place, reply.question.id), ts)

    async def close(self, asked: OpenQuestion, turn: Turn, reply: Reply) -> None:
        """Turn the question into one line, if the reply shows that it was answered or is asked again."""
        line = _line(asked, turn, reply)
        if line is None or not asked.ts:
            return
        try:
            await self._web.update(turn.place.channel_id, asked.ts, line)
        except SlackRefused as error:
            # The question may be deleted by now; the reply matters more.
            log.warning("question_not_collapsed", channel_id=turn.place.channel_id, reason=str(error))


def line_above(asked: OpenQuestion | None, incoming: Answerable, reply: Reply) -> str:
    """Return what stands above a private reply, which takes the place of the question that was answered."""
    if asked is None or not _moves_on(asked, reply):
        return ""
    match incoming:
        case ReplyPicked():
            answer = ", ".join(map(escape.line, incoming.labels or incoming.picked))
        case WordsSubmitted():
            answer = f"“{shorten(escape.line(incoming.text), ANSWER_CHARS)}”"
        case _:
            return ""
    return words.you_answered(escape.line(asked.text), answer)


def _line(asked: OpenQuestion, turn: Turn, reply: Reply) -> Message | None:
    question = escape.line(asked.text)
    if _moves_on(asked, reply):
        answer = f"“{shorten(escape.line(turn.text), ANSWER_CHARS)}”"
        text = words.collapsed(question, answer, turn.author_id)
        # By its key the words are found again, should they be deleted.
        key = ButtonKey(turn.place, turn.words_id, ANSWERED).encode()
        return Message((SectionBlock(text=mrkdwn(text), block_id=key),), text)
    return notice(words.asked_again(question)) if isinstance(reply, Clarify) else None


def _moves_on(asked: OpenQuestion, reply: Reply) -> bool:
    """Say whether a reply goes on from the question, because it was answered."""
    return isinstance(reply, Recommend) or (isinstance(reply, Clarify) and reply.question.id != asked.id)


def _name(place: Place, question_id: str) -> str:
    return f"question:{place.channel_id}:{place.thread}:{question_id}"
