"""Takes no more questions within an hour than was set, and says when the next one is taken: once, privately.

Only what opens a question counts. Answers to our own questions, buttons and sub-commands never do.
"""

from __future__ import annotations

import structlog

from bot.conversation import Place
from bot.errors import SlackRefused, StoreUnavailable
from bot.ports import Asking, Conversations, QuestionLimits, Refused
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.incoming import (
    CommandCalled,
    EvaluatePressed,
    Mentioned,
    MessageAsked,
    MessageSent,
    ReplyPicked,
    WordsSubmitted,
    is_direct,
)
from bot.slack.publisher import Publisher
from bot.slack.turns import Answerable
from bot.slack.web import SlackWeb

_ANSWERS = (EvaluatePressed, ReplyPicked, WordsSubmitted)
"""What people press, or say to our own questions."""

log = structlog.get_logger(__name__)


class Limiting:
    """Stands before each turn."""

    def __init__(
        self, limits: QuestionLimits, conversations: Conversations, publisher: Publisher, web: SlackWeb
    ) -> None:
        self._limits = limits
        self._conversations = conversations
        self._publisher = publisher
        self._web = web

    async def admits(self, incoming: Answerable | MessageAsked) -> bool:
        """Say whether to answer. A question that was admitted is admitted again when it is delivered again.

        While Redis takes no count there is no limit: whatever follows says for itself that Redis is away.
        Raises StoreUnavailable and StoredDataInvalid where the conversation cannot be read.
        """
        if isinstance(incoming, _ANSWERS) or not await self._asks(incoming):
            return True
        asking = Asking(incoming.team_id, incoming.channel_id, incoming.user_id, incoming.once)
        try:
            outcome = await self._limits.admit(asking)
        except StoreUnavailable as error:
            log.warning("question_not_counted", team_id=incoming.team_id, reason=str(error))
            return True
        if not isinstance(outcome, Refused):
            return True
        log.info("question_refused", team_id=incoming.team_id, whose=outcome.whose, is_news=outcome.is_news)
        if outcome.is_news:
            await self._tell(incoming, outcome)
        return False

    async def _asks(self, incoming: CommandCalled | MessageAsked | Mentioned | MessageSent) -> bool:
        match incoming:
            case CommandCalled() | MessageAsked():
                return True
            case Mentioned():
                return not await self._is_waiting(incoming.place)
            case MessageSent() if is_direct(incoming.channel_id):
                # Under our message or below it: the question that waits may be the top level's.
                top = incoming.place.model_copy(update={"thread": ""})
                return not (await self._is_waiting(incoming.place) or await self._is_waiting(top))
            case MessageSent():
                # Words without a mention are taken only while we wait for them.
                return False

    async def _is_waiting(self, place: Place) -> bool:
        conversation = await self._conversations.load(place)
        return conversation is not None and conversation.is_waiting

    async def _tell(
        self, incoming: CommandCalled | MessageAsked | Mentioned | MessageSent, refused: Refused
    ) -> None:
        message = notice(words.limited(refused))
        try:
            if isinstance(incoming, CommandCalled | MessageAsked):
                await self._publisher.tell_whoever_did(incoming, message)
            else:
                await self._web.post_to_one(
                    incoming.channel_id, incoming.user_id, message, thread_ts=incoming.thread_ts
                )
        except SlackRefused as error:
            log.warning("limit_not_told", team_id=incoming.team_id, reason=str(error))
