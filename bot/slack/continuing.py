"""What becomes of a private answer: shared, continued in a thread, or kept, as the one who asked wishes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import structlog

from bot.amending import amend, amend_conversation
from bot.conversation import Conversation, Place
from bot.deciding import share
from bot.errors import NotInChannel, SlackRefused
from bot.house_rules import HouseRules
from bot.ports import Conversations, DecisionLog, PostedReplies, Spot
from bot.replies import Reply
from bot.slack import words
from bot.slack.audiences import Audiences
from bot.slack.blocks import Message, draw, notice, without_controls
from bot.slack.button_keys import HERE
from bot.slack.incoming import ContinuePressed, KeepPressed, Pressed, SharePressed, is_direct
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery, Publisher
from bot.slack.redrawing import question_of, shared_by
from bot.slack.standing import decided
from bot.slack.turns import is_about_a_message, is_private
from bot.slack.web import SlackWeb
from bot.slack.went_on import WentOn, under

log = structlog.get_logger(__name__)


class Continuing:
    """Moves a conversation from its private place to where everyone in the channel sees it, or does not."""

    def __init__(
        self,
        *,
        web: SlackWeb,
        audiences: Audiences,
        conversations: Conversations,
        publisher: Publisher,
        posted: PostedReplies,
        decision_log: DecisionLog,
        house: HouseRules,
        me: Me,
        went_on: WentOn,
    ) -> None:
        self._web = web
        self._audiences = audiences
        self._conversations = conversations
        self._publisher = publisher
        self._posted = posted
        self._log = decision_log
        self._house = house
        self._me = me
        self._went_on = went_on

    async def press(self, pressed: ContinuePressed | SharePressed | KeepPressed, delivery: Delivery) -> str:
        """Do what was wished; pressing twice does it once. Return what became of it, for the log line.

        Raises SlackRefused and StoreUnavailable.
        """
        # What is public already cannot be made so once more.
        conversation = await self._conversations.load(pressed.place) if is_private(pressed.place) else None
        reply = conversation.last_reply if conversation else None
        if conversation is None or reply is None or conversation.audience.leaves_out(pressed.user_id):
            await self._tell(pressed, words.NOTHING_TO_CONTINUE)
            return "forgotten"
        public = await self._went_on.conversation(pressed.place)
        if public is not None and _is_old(pressed, conversation, public):
            await self._went_on.lead_there(pressed, public)
            return "gone_on"
        match pressed:
            case KeepPressed():
                return await self._keep(pressed, conversation, reply)
            case SharePressed():
                above = shared_by(conversation)
                messages = draw(reply, _here(pressed), is_private=False, above=above)
                told = words.SHARED
            case ContinuePressed():
                asks = notice(_asks(pressed, conversation))
                drawn = draw(
                    reply,
                    _here(pressed),
                    is_private=False,
                    needs_mention=await self._needs_mention(pressed),
                )
                messages, told = [asks, *drawn], words.CONTINUED
        return await self._go_public(pressed, delivery, conversation, messages, told)

    async def _keep(self, pressed: KeepPressed, conversation: Conversation, reply: Reply) -> str:
        """Replace the buttons that would make it public by one line."""
        await amend_conversation(self._conversations, pressed.place, _kept_to_self)
        drawn = draw(reply, pressed.place, is_private=True, is_kept=True)
        # What came before the last message has no buttons and stays.
        *_, message = await self._with_decision(conversation, drawn)
        await self._publisher.tell_whoever_did(pressed, message, replace=True)
        return "kept"

    async def _go_public(
        self,
        pressed: ContinuePressed | SharePressed,
        delivery: Delivery,
        conversation: Conversation,
        messages: Sequence[Message],
        told: str,
    ) -> str:
        reply_id = await self._went_on.root_id(pressed.place)
        try:
            # Its buttons come later: until the record is shared, nobody else could use them.
            root_ts = await self._open_thread(pressed, without_controls(messages[0]), reply_id, delivery)
        except NotInChannel:
            label = "Share" if isinstance(pressed, SharePressed) else "Continue in thread"
            await self._tell(pressed, words.invite(self._me.name, label))
            return "not_in_channel"
        place = under(pressed.place, root_ts)
        audience = await self._audiences.of_channel(pressed.channel_id, pressed.user_id)
        moved = await self._conversations.move(conversation.model_copy(update={"audience": audience}), place)
        step = partial(share, by=pressed.user_id, at=pressed.at, place=place, audience=audience)
        await amend(self._log, pressed.team_id, moved.decision_id, step)
        root, *others = await self._with_decision(conversation, messages)
        if root != without_controls(root):
            await self._web.update(pressed.channel_id, root_ts, root)
            spot = Spot(pressed.channel_id, root_ts, "")
            await self._posted.mark_shown(pressed.team_id, moved.decision_id, spot)
        for number, message in enumerate(others, start=1):
            await self._publisher.post_once(
                pressed.team_id,
                pressed.channel_id,
                message,
                f"{reply_id}-{number}",
                thread_ts=root_ts,
                look_first=True,
            )
        try:
            await self._web.respond(pressed.response_url, notice(told), replace=True)
        except SlackRefused as error:
            # It stands in the channel; only the private answer keeps its old buttons.
            log.warning("private_answer_not_replaced", reason=str(error))
        return "shared" if isinstance(pressed, SharePressed) else "continued"

    async def _open_thread(
        self, pressed: ContinuePressed | SharePressed, root: Message, reply_id: str, delivery: Delivery
    ) -> str:
        known = await self._posted.posted_ts(pressed.team_id, reply_id)
        if known:
            return known
        return await self._publisher.post_once(
            pressed.team_id,
            pressed.channel_id,
            root,
            reply_id,
            thread_ts="",
            look_first=delivery.is_repeat,
        )

    async def _with_decision(self, conversation: Conversation, messages: Sequence[Message]) -> list[Message]:
        """Return the messages with what was decided about the recommendation, if anything was."""
        record = await self._log.load(conversation.place.team_id, conversation.decision_id)
        if record is None or record.status == "proposed":
            return list(messages)
        return [decided(message, record) for message in messages]

    async def _needs_mention(self, pressed: Pressed) -> bool:
        return not is_direct(pressed.channel_id) and await self._house.needs_mention(
            pressed.team_id, pressed.channel_id
        )

    async def _tell(self, pressed: Pressed, text: str) -> None:
        await self._publisher.tell_whoever_did(pressed, notice(text))


def _asks(pressed: Pressed, conversation: Conversation) -> str:
    question = question_of(conversation)
    if is_about_a_message(conversation.place):
        return words.asks_about(pressed.user_id, conversation.link, question)
    return words.asks(pressed.user_id, question)


def _here(pressed: Pressed) -> Place:
    """Return the place under a message that is not posted yet."""
    return pressed.place.model_copy(update={"thread": HERE})


def _is_old(pressed: Pressed, private: Conversation, public: Conversation) -> bool:
    """Say whether a press would undo what came after an answer was made public; the same again does not."""
    is_the_same = public.last_message_id == private.last_message_id
    return isinstance(pressed, KeepPressed) or not is_the_same


def _kept_to_self(conversation: Conversation) -> Conversation:
    return conversation.model_copy(update={"keeps_to_self": True})
