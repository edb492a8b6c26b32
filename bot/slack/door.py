"""Takes in everything that Slack sends: into the inbox first, acknowledged only then.

It stands before Bolt's authorization, which asks Slack who we are and acknowledges (with an error text) when
it gets no answer: an event would be lost there. Only status 200 acknowledges; after anything else, Slack
sends an event again.

What opens a view is not kept but answered at once: Slack gives three seconds for it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.models.views import View

from bot import tracing
from bot.conversation import Place
from bot.errors import SlackRefused, SlackUnavailable, StoredDataInvalid, StoreUnavailable
from bot.house_rules import HouseRules
from bot.ports import Conversations, Inbox
from bot.slack import (
    answer_form,
    correction_form,
    near_subcommands,
    override_form,
    payloads,
    reason_form,
    save_form,
    settings_form,
    subcommands,
    upkeep_form,
    words,
)
from bot.slack.asked_views import AskedViews
from bot.slack.blocks import notice
from bot.slack.concerns import Concerns
from bot.slack.failures import new_reference, told, where
from bot.slack.incoming import (
    CommandCalled,
    CorrectionFilled,
    CorrectionSubmitted,
    DecisionSaved,
    Filled,
    FormFilled,
    Incoming,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    OverrideSubmitted,
    PressedElsewhere,
    RatePressed,
    ReasonFilled,
    ReasonSubmitted,
    SaveFilled,
    SettingsFilled,
    SettingsSubmitted,
    Told,
    ToOpen,
    UpkeepFilled,
    UpkeepSubmitted,
    WordsFilled,
    WordsSubmitted,
    is_direct,
    order_key,
)
from bot.slack.payloads import Me
from bot.slack.settings_answers import SettingsForms
from bot.slack.web import SlackWeb

STORE_TIMEOUT_S = 1.0
TELL_TIMEOUT_S = 1.0
"""With the store's second this stays under the three that Slack gives us."""
OPEN_TIMEOUT_S = 1.0
"""A view is opened before anything is acknowledged, and its trigger lives for three seconds, too."""
ALREADY_OPEN = "exchanged_trigger_id"
"""Slack's error when the same press arrives again."""

Arrival = Incoming | ToOpen | Filled | PressedElsewhere

log = structlog.get_logger(__name__)


class Door:
    """The one middleware of our Bolt app; no listener ever runs."""

    def __init__(
        self,
        web: SlackWeb,
        inbox: Inbox,
        conversations: Conversations,
        me: Me,
        clock: Callable[[], datetime],
        *,
        views: AskedViews,
        settings: SettingsForms,
        house: HouseRules,
        concerns: Concerns,
    ) -> None:
        self._web = web
        self._inbox = inbox
        self._conversations = conversations
        self._me = me
        self._clock = clock
        self._views = views
        self._settings = settings
        self._house = house
        self._concerns = concerns

    async def take_in(
        self, request: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse | None]]
    ) -> BoltResponse | None:
        """Return what to answer Slack: 200 only for what is kept, answered at once, or not for us."""
        if payloads.is_handshake(request.body):
            return await next_()
        started = time.perf_counter()
        incoming = payloads.parse(
            request.body,
            me=self._me,
            team_id=request.context.team_id or self._me.team_id,
            now=self._clock(),
        )
        if incoming is None:
            return _acknowledged()
        # What opens or fills a form is not kept, so it has no name of its own.
        kind = getattr(incoming, "kind", "form")
        # What we stumble over is not acknowledged.
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR
        try:
            with tracing.begin("take in", kind=kind):
                answer = await self._answer(incoming)
            status = answer.status
            return answer
        finally:
            # For whoever counts lines: INFO has one line for each turn.
            took_ms = (time.perf_counter() - started) * 1000
            log.debug("taken_in", kind=kind, status=status, duration_ms=took_ms)

    async def _answer(self, incoming: Arrival) -> BoltResponse:
        try:
            return await self._admit(incoming)
        except Exception as error:
            # The edge: a person who waits for an answer is told, and an event comes again.
            reference = new_reference()
            log.error(  # noqa: TRY400 - a traceback would hold what people said
                "stumbled_at_the_door",
                reference=reference,
                error=type(error).__name__,
                arrived=type(incoming).__name__,
                team_id=incoming.team_id,
                reason=told(error),
                where=where(error),
            )
            answer = await self._refuse(incoming, words.apology(reference))
            if answer is None:
                raise
            return answer

    async def _admit(self, incoming: Arrival) -> BoltResponse:
        if isinstance(incoming, CommandCalled) and (answer := await self._answer_at_once(incoming)):
            return answer
        if isinstance(incoming, PressedElsewhere):
            return await self._turn_away(incoming)
        if isinstance(incoming, ToOpen):
            return await self._open_view(incoming)
        if isinstance(incoming, RatePressed) and not incoming.is_helpful:
            # The verdict is kept below, also when nobody gives a reason.
            await self._ask_for_reason(incoming)
        if isinstance(incoming, Filled):
            submitted = _checked(incoming)
            if isinstance(submitted, dict):
                return _form_errors(submitted)
            incoming = submitted
        try:
            async with asyncio.timeout(STORE_TIMEOUT_S):
                await self._keep(incoming)
        except (StoreUnavailable, TimeoutError):
            reference = new_reference()
            log.warning("not_taken_in", reference=reference, kind=incoming.kind, team_id=incoming.team_id)
            answer = await self._refuse(incoming, words.with_reference(words.CANNOT_REMEMBER, reference))
            return answer or BoltResponse(status=503)
        return _acknowledged()

    async def _answer_at_once(self, called: CommandCalled) -> BoltResponse | None:
        """Answer what needs nothing that could be lost; None for what is kept first."""
        wanted = subcommands.parse(called.text)
        if wanted == subcommands.Help():
            return private_text(words.HELP)
        if isinstance(wanted, subcommands.OpenSettings):
            return await self._open_settings(called, wanted)
        if slip := near_subcommands.nearest(called.text):
            return private_text(words.not_quite(slip.wrong, slip.closest))
        return None

    async def _keep(self, incoming: Incoming) -> None:
        if isinstance(incoming, MessageSent) and not await self._is_for_us(incoming):
            return
        if isinstance(incoming, MessageDeleted | MessageEdited) and not await self._concerns.has(incoming):
            return
        await self._inbox.append(
            incoming.model_dump_json(), order_key=order_key(incoming.place), once=incoming.once
        )

    async def _is_for_us(self, message: MessageSent) -> bool:
        if is_direct(message.channel_id):
            return True
        return (
            not message.is_to_others
            and await self._is_waiting(message.place)
            and await self._follows_up(message.place)
        )

    async def _follows_up(self, place: Place) -> bool:
        try:
            return (await self._house.of_channel(place.team_id, place.channel_id)).follows_up
        except StoredDataInvalid:
            # As below: somebody should hear of it.
            return True

    async def _is_waiting(self, place: Place) -> bool:
        try:
            conversation = await self._conversations.load(place)
        except StoredDataInvalid:
            # It is ours, so somebody should hear that it is broken: the worker fails on it and says so.
            return True
        return conversation is not None and conversation.is_waiting

    async def _refuse(self, incoming: Arrival, text: str) -> BoltResponse | None:
        """Tell the person in the way that is left; None for an event, which Slack sends again."""
        if field := _field_to_complain_at(incoming):
            # A form shows no markup.
            return _form_errors({field: text.replace("`", "")})
        match incoming:
            case CommandCalled():
                return private_text(text)
            case Told():
                return None
            case _:
                return await self._tell(incoming.response_url, text)

    async def _ask_for_reason(self, pressed: RatePressed) -> None:
        form = reason_form.form(pressed.rated)
        if reference := await self._open(pressed.trigger_id, form, pressed.team_id):
            await self._tell(pressed.response_url, words.with_reference(words.CANNOT_OPEN, reference))

    async def _turn_away(self, pressed: PressedElsewhere) -> BoltResponse:
        """Refuse a button on a copy of a message: what it is about is looked up nowhere, so nothing shows."""
        log.warning(
            "pressed_elsewhere",
            team_id=pressed.team_id,
            channel_id=pressed.channel_id,
            user_id=pressed.user_id,
        )
        if not pressed.response_url:
            return _acknowledged()
        return await self._tell(pressed.response_url, words.PRESSED_ELSEWHERE)

    async def _open_view(self, asked: ToOpen) -> BoltResponse:
        view = await self._drawn(self._views.view(asked), asked.team_id)
        if isinstance(view, str):
            return await self._tell(asked.response_url, view)
        if not (reference := await self._open(asked.trigger_id, view, asked.team_id)):
            return _acknowledged()
        return await self._tell(asked.response_url, words.with_reference(words.CANNOT_OPEN, reference))

    async def _open_settings(self, called: CommandCalled, wanted: subcommands.OpenSettings) -> BoltResponse:
        drawing = self._settings.form(called, is_defaults=wanted.is_defaults)
        view = await self._drawn(drawing, called.team_id)
        if isinstance(view, str):
            return private_text(view)
        if not (reference := await self._open(called.trigger_id, view, called.team_id)):
            return _acknowledged()
        return private_text(words.with_reference(words.CANNOT_OPEN_SETTINGS, reference))

    async def _drawn(self, drawing: Awaitable[View | str], team_id: str) -> View | str:
        """Return a view, or what the person is told instead."""
        try:
            async with asyncio.timeout(STORE_TIMEOUT_S):
                return await drawing
        except (StoreUnavailable, StoredDataInvalid, SlackUnavailable, TimeoutError) as error:
            reference = new_reference()
            log.warning("view_not_drawn", reference=reference, team_id=team_id, reason=str(error))
            return words.with_reference(words.CANNOT_LOOK_UP, reference)

    async def _open(self, trigger_id: str, view: View, team_id: str) -> str:
        """Put a view before a person; return "", or where the log says why it is not there."""
        try:
            async with asyncio.timeout(OPEN_TIMEOUT_S):
                await self._web.open_view(trigger_id, view)
        except (SlackRefused, TimeoutError) as error:
            if not (isinstance(error, SlackRefused) and error.error == ALREADY_OPEN):
                reference = new_reference()
                log.warning("view_not_opened", reference=reference, team_id=team_id, reason=str(error))
                return reference
        return ""

    async def _tell(self, response_url: str, text: str) -> BoltResponse:
        """Tell whoever pressed; where even that fails, leave it to Slack, which shows an error of its own."""
        try:
            async with asyncio.timeout(TELL_TIMEOUT_S):
                await self._web.respond(response_url, notice(text))
        except (SlackRefused, TimeoutError) as error:
            log.warning("person_not_told", reason=str(error))
            return BoltResponse(status=503)
        return _acknowledged()


def _field_to_complain_at(incoming: Arrival) -> str:
    """Return the field of a submitted form under which a refusal can stand; "" when it is no form."""
    match incoming:
        case FormFilled() | OverrideSubmitted():
            return override_form.REASON
        case CorrectionFilled(entries=about) | CorrectionSubmitted(corrections=about):
            return about[0].fact
        case SaveFilled() | DecisionSaved():
            return save_form.OUTCOME
        case UpkeepFilled() | UpkeepSubmitted():
            return upkeep_form.REVIEW
        case SettingsFilled() | SettingsSubmitted():
            return settings_form.WHO
        case WordsFilled() | WordsSubmitted():
            return answer_form.ANSWER
        case ReasonFilled() | ReasonSubmitted():
            return reason_form.REASON
        case _:
            return ""


def _checked(filled: Filled) -> Incoming | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    match filled:
        case FormFilled():
            return override_form.checked(filled)
        case CorrectionFilled():
            return correction_form.checked(filled)
        case SaveFilled():
            return save_form.checked(filled)
        case WordsFilled():
            return answer_form.checked(filled)
        case ReasonFilled():
            return reason_form.checked(filled)
        case UpkeepFilled():
            return upkeep_form.checked(filled)
        case SettingsFilled():
            return settings_form.checked(filled)


def _acknowledged() -> BoltResponse:
    return BoltResponse(status=200)


def _form_errors(errors: dict[str, str]) -> BoltResponse:
    """Leave the form open with what was entered, and say under its fields what is wrong."""
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})


def private_text(text: str) -> BoltResponse:
    """Acknowledge a command, and answer only whoever called it."""
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
