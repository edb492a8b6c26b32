"""One thing from the inbox answered: made a turn, put to the advisor, and its reply posted."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator

import structlog

from bot.errors import BotError, SlackRefused
from bot.replies import Clarify, Recommend, Reply
from bot.slack import subcommands, words
from bot.slack.blocks import notice
from bot.slack.collapsing import Collapsing, OpenQuestion, line_above
from bot.slack.continuing import Continuing
from bot.slack.corrections import Corrections
from bot.slack.decisions import Decisions
from bot.slack.deleting import Deleting
from bot.slack.editing import Editing
from bot.slack.first_contact import FirstContact
from bot.slack.home import Home
from bot.slack.incoming import (
    AcceptPressed,
    ChannelJoined,
    CommandCalled,
    ConditionAnswered,
    ContinuePressed,
    CorrectionSubmitted,
    DecisionSaved,
    EvaluatePressed,
    HomeOpened,
    Incoming,
    KeepPressed,
    Mentioned,
    MessageAsked,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    MessagesOpened,
    OnAnswer,
    OnDecision,
    OverrideSubmitted,
    RatePressed,
    ReasonSubmitted,
    ReplyPicked,
    ReviewAnswered,
    SharePressed,
    UpkeepSubmitted,
    WordsSubmitted,
)
from bot.slack.log_answers import LogAnswers
from bot.slack.message_questions import MessageQuestions
from bot.slack.publisher import Delivery, Publisher
from bot.slack.rating import Rating
from bot.slack.reviews import Reviews
from bot.slack.saved_messages import SavedMessages
from bot.slack.standing import Standing
from bot.slack.turns import AdvisorTurn, Answerable, Turns
from bot.slack.upkeep import Upkeep
from bot.slack.web import SlackWeb

CHANGES_HOMES = frozenset({"recommend", "corrected", "accepted", "overridden", "withdraw", "saved", "erased"})
"""What a turn can come to that people see in their Home."""

log = structlog.get_logger(__name__)


class Answering:
    """Answers what people did. Raises whatever the advisor, Slack or a store raise."""

    def __init__(
        self,
        advisor_turn: AdvisorTurn,
        turns: Turns,
        publisher: Publisher,
        continuing: Continuing,
        web: SlackWeb,
        *,
        log_answers: LogAnswers,
        decisions: Decisions,
        deleting: Deleting,
        editing: Editing,
        rating: Rating,
        collapsing: Collapsing,
        first_contact: FirstContact,
        home: Home,
        message_questions: MessageQuestions,
        saved_messages: SavedMessages,
        upkeep: Upkeep,
        reviews: Reviews,
        standing: Standing,
        corrections: Corrections,
        shows_status: bool = False,
    ) -> None:
        self._advisor_turn = advisor_turn
        self._turns = turns
        self._publisher = publisher
        self._continuing = continuing
        self._log_answers = log_answers
        self._decisions = decisions
        self._deleting = deleting
        self._editing = editing
        self._rating = rating
        self._collapsing = collapsing
        self._first_contact = first_contact
        self._home = home
        self._message_questions = message_questions
        self._saved_messages = saved_messages
        self._upkeep = upkeep
        self._reviews = reviews
        self._standing = standing
        self._corrections = corrections
        self._web = web
        self._shows_status = shows_status

    async def answer(self, incoming: Incoming, delivery: Delivery) -> None:
        """Answer one thing, and log it in one line without a word of what was said."""
        started = time.perf_counter()
        kind = await self._answer(incoming, delivery)
        log.info(
            "turn",
            team_id=incoming.team_id,
            channel_id=incoming.channel_id,
            thread=incoming.place.thread,
            kind=incoming.kind,
            reply=kind,
            is_repeat=delivery.is_repeat,
            duration_ms=round((time.perf_counter() - started) * 1000),
        )
        if kind in CHANGES_HOMES:
            await self._home.refresh(incoming.team_id, *_concerned(incoming))

    async def _answer(self, incoming: Incoming, delivery: Delivery) -> str:
        match incoming:
            case OnDecision() | ReviewAnswered() | OnAnswer():
                kind = await self._judged(incoming, delivery)
            case ChannelJoined():
                kind = await self._first_contact.greet(incoming, delivery)
            case MessagesOpened():
                kind = await self._first_contact.suggest(incoming)
            case HomeOpened():
                kind = await self._home.open(incoming)
            case MessageAsked():
                kind = await self._message_questions.answer(incoming, delivery)
            case DecisionSaved():
                kind = await self._saved_messages.save(incoming)
            case ContinuePressed() | SharePressed() | KeepPressed():
                kind = await self._continuing.press(incoming, delivery)
            case MessageDeleted() | MessageEdited() | EvaluatePressed():
                kind = await self._changed(incoming, delivery)
            case _:
                kind = await self._said(incoming, delivery)
        return kind

    async def _judged(
        self,
        incoming: AcceptPressed
        | OverrideSubmitted
        | ConditionAnswered
        | CorrectionSubmitted
        | UpkeepSubmitted
        | ReviewAnswered
        | RatePressed
        | ReasonSubmitted,
        delivery: Delivery,
    ) -> str:
        match incoming:
            case AcceptPressed() | OverrideSubmitted():
                return await self._decisions.decide(incoming)
            case ConditionAnswered() | CorrectionSubmitted():
                return await self._corrections.correct(incoming, delivery)
            case UpkeepSubmitted():
                return await self._upkeep.change(incoming)
            case ReviewAnswered():
                return await self._reviews.answer(incoming)
            case RatePressed() | ReasonSubmitted():
                return await self._rating.rate(incoming)

    async def _said(self, incoming: Answerable, delivery: Delivery) -> str:
        if isinstance(incoming, ReplyPicked) and not incoming.picked:
            await self._publisher.tell(incoming, notice(words.PICK_ONE))
            return "pick_one"
        if isinstance(incoming, WordsSubmitted) and not await self._turns.is_waiting(incoming):
            await self._publisher.tell(incoming, notice(words.NOT_WAITING))
            return "not_waiting"
        if isinstance(incoming, CommandCalled) and (wanted := subcommands.parse(incoming.text)) is not None:
            return await self._log_answers.answer(incoming, wanted, delivery)
        return await self._turn(incoming, delivery)

    async def _changed(
        self, incoming: MessageDeleted | MessageEdited | EvaluatePressed, delivery: Delivery
    ) -> str:
        match incoming:
            case MessageDeleted():
                return await self._deleting.forget(incoming)
            case MessageEdited():
                return await self._editing.offer(incoming)
            case EvaluatePressed():
                became = await self._turn(incoming, delivery)
                told = words.NOT_THERE if became == "silence" else words.EVALUATED
                await self._editing.close(incoming, told)
                return became

    async def _turn(self, incoming: Answerable, delivery: Delivery) -> str:
        turn = await self._turns.turn(incoming)
        if turn is None:
            return "silence"
        asked = await self._collapsing.find(turn)
        async with self._status(incoming):
            reply = await self._advisor_turn(turn)
            if turn.is_unaddressed and asked and _only_waits(asked, reply):
                # They talk to each other; the question stands where it stands.
                return await self._say_nothing(incoming)
        if asked:
            await self._collapsing.close(asked, turn, reply)
        above = line_above(asked, incoming, reply)
        ts = await self._publisher.publish(incoming, reply, delivery, above=above)
        await self._collapsing.remember(turn.place, reply, ts)
        if isinstance(reply, Recommend) and reply.decision_id:
            await self._standing.redraw_superseded_by(incoming.team_id, reply.decision_id)
        return reply.reply

    async def _say_nothing(self, incoming: Answerable) -> str:
        where = _thread_of(incoming) if self._shows_status else ""
        if where:
            await self._show(incoming.channel_id, where, "")
        return "silence"

    @contextlib.asynccontextmanager
    async def _status(self, incoming: Answerable) -> AsyncIterator[None]:
        """Show that we are at work, where it takes long and Slack has a place for it."""
        where = _thread_of(incoming) if self._shows_status else ""
        if not where:
            yield
            return
        await self._show(incoming.channel_id, where, words.AT_WORK)
        try:
            yield
        except BaseException:
            # A reply ends the status; without one it would stand for two minutes.
            await self._show(incoming.channel_id, where, "")
            raise

    async def _show(self, channel_id: str, thread_ts: str, status: str) -> None:
        try:
            await self._web.show_status(channel_id, thread_ts, status)
        except SlackRefused as error:
            # The answer matters; that it is on its way does not.
            log.info("status_not_shown", channel_id=channel_id, reason=str(error))

    async def apologise(self, incoming: Incoming, reference: str) -> None:
        """Tell the person that we gave up, with a reference to find it by."""
        message = notice(words.apology(reference))
        if isinstance(incoming, ChannelJoined | HomeOpened | MessagesOpened):
            # Nobody asked for anything.
            return
        try:
            if isinstance(incoming, OnDecision):
                await self._publisher.tell_one(
                    incoming.shown.response_url, incoming.channel_id, incoming.user_id, message
                )
            elif isinstance(incoming, MessageEdited):
                # Nobody asked for anything.
                return
            elif isinstance(incoming, MessageDeleted):
                await self._web.post_to_one(
                    incoming.channel_id, incoming.user_id, notice(words.not_erased(reference))
                )
            elif isinstance(
                incoming,
                ContinuePressed
                | SharePressed
                | KeepPressed
                | OnAnswer
                | MessageAsked
                | DecisionSaved
                | ReviewAnswered,
            ):
                await self._publisher.tell_one(
                    incoming.response_url, incoming.channel_id, incoming.user_id, message
                )
            else:
                await self._publisher.tell(incoming, message)
        except BotError as error:
            log.warning("apology_not_delivered", reference=reference, reason=str(error))


def _only_waits(asked: OpenQuestion, reply: Reply) -> bool:
    """Say whether a reply is the same question once more, and nothing else."""
    return (
        isinstance(reply, Clarify)
        and reply.question.id == asked.id
        and not reply.notes
        and reply.definition is None
    )


def _concerned(incoming: Incoming) -> tuple[str, ...]:
    """Return whose Home has changed, as far as what they did says so."""
    return (incoming.user_id, incoming.owner) if isinstance(incoming, DecisionSaved) else (incoming.user_id,)


def _thread_of(incoming: Answerable) -> str:
    """Return the ts of the thread where the reply will stand; "" for a private reply, which is in none."""
    match incoming:
        case CommandCalled() | ReplyPicked(is_ephemeral=True) | WordsSubmitted():
            return ""
        case Mentioned() | MessageSent():
            return incoming.thread_ts or incoming.ts
        case ReplyPicked():
            return incoming.thread_ts
        case EvaluatePressed():
            return incoming.place.thread
