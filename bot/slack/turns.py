"""From what Slack told us to a turn that the advisor can answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.conversation import Audience, Conversation, Place, ThreadMessage, Turn
from bot.errors import SlackRefused
from bot.ports import Conversations
from bot.replies import Reply
from bot.slack import reading
from bot.slack.audiences import Audiences
from bot.slack.incoming import (
    CommandCalled,
    EvaluatePressed,
    Mentioned,
    MessageSent,
    ReplyPicked,
    WordsSubmitted,
    is_direct,
)
from bot.slack.payloads import SUBTYPES, Me
from bot.slack.web import SlackWeb
from bot.slack.web_answers import Said

ABOUT_PREFIX = "about:"
PRIVATE_PREFIXES = ("command:", ABOUT_PREFIX)

AdvisorTurn = Callable[[Turn], Awaitable[Reply]]
Answerable = CommandCalled | Mentioned | MessageSent | ReplyPicked | EvaluatePressed | WordsSubmitted


def is_private(place: Place) -> bool:
    """Say whether a place is the private answer to a command or to a shortcut."""
    return place.thread.startswith(PRIVATE_PREFIXES)


def is_about_a_message(place: Place) -> bool:
    """Say whether a place is the private answer to a question about somebody's message."""
    return place.thread.startswith(ABOUT_PREFIX)


class Turns:
    """Adds what Slack knows and the message itself does not say: who may see it, and what was said before."""

    def __init__(self, web: SlackWeb, audiences: Audiences, conversations: Conversations, me: Me) -> None:
        self._web = web
        self._audiences = audiences
        self._conversations = conversations
        self._me = me

    async def turn(self, incoming: Answerable) -> Turn | None:
        """Return the turn, or None when it is people talking to each other. Raises StoreUnavailable."""
        match incoming:
            case CommandCalled() | WordsSubmitted():
                return self._turn(incoming, Audience(kind="person", user_id=incoming.user_id), incoming.text)
            case ReplyPicked():
                return self._turn(incoming, await self._audience(incoming), "")
            case EvaluatePressed():
                return await self._edited(incoming)
            case Mentioned() | MessageSent():
                return await self._written(incoming)

    async def is_waiting(self, submitted: WordsSubmitted) -> bool:
        """Say whether the question behind a form still waits, or was answered by just this form."""
        conversation = await self._conversations.load(submitted.place)
        return (
            conversation is not None
            and not conversation.audience.leaves_out(submitted.user_id)
            and (
                conversation.pending == submitted.waiting.question_id
                or conversation.last_message_id == submitted.message_id
            )
        )

    async def _edited(self, pressed: EvaluatePressed) -> Turn | None:
        """Return the turn that an edited message makes; None when it is gone, or its conversation is."""
        place = pressed.place
        if await self._conversations.load(place) is None:
            return None
        said = await self._web.said(place.channel_id, pressed.edited_ts, thread_ts=place.thread)
        if said is None or said.user != pressed.user_id:
            return None
        text = reading.words(said.text, self._me.user_id)
        return self._turn(pressed, await self._audience(pressed), text)

    async def _written(self, incoming: Mentioned | MessageSent) -> Turn | None:
        place = incoming.place
        conversation = await self._conversations.load(place)
        is_open_to_all = isinstance(incoming, Mentioned) or is_direct(place.channel_id)
        if not is_open_to_all and not _is_expected(conversation, incoming.message_id):
            return None
        earlier: Sequence[Said] = ()
        if conversation is None and incoming.thread_ts:
            thread = await self._web.thread(place.channel_id, incoming.thread_ts)
            earlier = [said for said in thread if float(said.ts) < float(incoming.ts)]
            if is_direct(place.channel_id) and earlier and self._is_ours(earlier[0]):
                # They answered under our message instead of below it: the conversation is the top level's.
                place = place.model_copy(update={"thread": ""})
                conversation = await self._conversations.load(place)
        if conversation is not None:
            return self._turn(incoming, await self._audience(incoming), incoming.text, place=place)
        return self._turn(
            incoming,
            await self._audience(incoming),
            incoming.text,
            place=place,
            thread=tuple(self._read(said) for said in earlier if self._counts(said)),
            link=await self._link(incoming),
        )

    async def _audience(self, incoming: Mentioned | MessageSent | ReplyPicked | EvaluatePressed) -> Audience:
        if is_private(incoming.place):
            return Audience(kind="person", user_id=incoming.user_id)
        return await self._audiences.of_channel(incoming.channel_id, incoming.user_id)

    async def _link(self, incoming: Mentioned | MessageSent) -> str:
        try:
            return await self._web.permalink(incoming.channel_id, incoming.ts)
        except SlackRefused:
            # The record is worth more with a link, but not less than an answer.
            return ""

    def _counts(self, said: Said) -> bool:
        return self._is_ours(said) or (bool(said.user) and not said.bot_id and said.subtype in SUBTYPES)

    def _is_ours(self, said: Said) -> bool:
        return said.user == self._me.user_id or (bool(said.bot_id) and said.bot_id == self._me.bot_id)

    def _read(self, said: Said) -> ThreadMessage:
        return ThreadMessage(
            author_id=said.user,
            message_id=said.ts,
            text=reading.words(said.text, self._me.user_id),
            is_ours=self._is_ours(said),
        )

    def _turn(
        self,
        incoming: Answerable,
        audience: Audience,
        text: str,
        *,
        place: Place | None = None,
        thread: tuple[ThreadMessage, ...] = (),
        link: str = "",
    ) -> Turn:
        question_id: str = ""
        picked: tuple[str, ...] = ()
        if isinstance(incoming, ReplyPicked):
            question_id, picked = incoming.question_id, incoming.picked
        return Turn(
            place=place or incoming.place,
            audience=audience,
            author_id=incoming.user_id,
            message_id=incoming.message_id,
            said_at=incoming.at,
            text=text,
            question_id=question_id,
            picked=picked,
            thread=thread,
            link=link,
            is_unaddressed=isinstance(incoming, MessageSent) and not is_direct(incoming.channel_id),
            replaces=incoming.edited_ts if isinstance(incoming, EvaluatePressed) else "",
        )


def _is_expected(conversation: Conversation | None, message_id: str) -> bool:
    """Say whether words without a mention are for us: we asked, or this is the answer that we have taken."""
    return conversation is not None and (
        conversation.is_waiting or conversation.last_message_id == message_id
    )
