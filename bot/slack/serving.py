"""Slack as a surface of the advisor: put together here, from plain values and ports."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.asked_terms import AskedTerms
from bot.digest_clock import DigestClock
from bot.digest_posting import DigestPoster, DigestStores
from bot.house_rules import HouseRules
from bot.lookup import Lookup
from bot.overview import Overviews
from bot.ports import (
    Conversations,
    DecisionLog,
    FeedbackBox,
    FirstContacts,
    Inbox,
    PostedReplies,
    QuestionLimits,
)
from bot.recalling import Recalling
from bot.slack.access import Access
from bot.slack.answering import Answering, Handler
from bot.slack.asked_views import AskedViews
from bot.slack.audiences import Audiences
from bot.slack.collapsing import Collapsing
from bot.slack.concerns import Concerns
from bot.slack.connection import Connection
from bot.slack.continuing import Continuing
from bot.slack.conversing import Conversing
from bot.slack.corrections import Corrections
from bot.slack.decisions import Decisions
from bot.slack.deleting import Deleting
from bot.slack.digest_answers import DigestAnswers
from bot.slack.digests import SlackDigests
from bot.slack.door import Door
from bot.slack.editing import Editing
from bot.slack.first_contact import FirstContact
from bot.slack.gate import Gate
from bot.slack.home import Home
from bot.slack.http_server import HttpServer
from bot.slack.incoming import (
    AcceptPressed,
    AppRemoved,
    Arrived,
    ChannelJoined,
    CommandCalled,
    ConditionAnswered,
    ContinuePressed,
    CorrectionSubmitted,
    DecisionSaved,
    EvaluatePressed,
    HomeOpened,
    KeepEarlierPressed,
    KeepPressed,
    Mentioned,
    MessageAsked,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    MessagesOpened,
    OverrideSubmitted,
    RatePressed,
    ReasonSubmitted,
    ReplyPicked,
    ReviewAnswered,
    SettingsSubmitted,
    SharePressed,
    UpkeepSubmitted,
    WordsSubmitted,
)
from bot.slack.introducing import check_tokens, introduce, introduce_bot
from bot.slack.limiting import Limiting
from bot.slack.log_answers import LogAnswers
from bot.slack.message_questions import MessageQuestions
from bot.slack.opening import Opening
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery, Publisher
from bot.slack.rating import Rating
from bot.slack.reviews import Reviews
from bot.slack.saved_messages import SavedMessages
from bot.slack.settings_access import SettingsAccess
from bot.slack.settings_answers import SettingsAnswers, SettingsForms
from bot.slack.standing import Standing
from bot.slack.subcommand_answers import Subcommands
from bot.slack.turns import AdvisorTurn, Turns
from bot.slack.upkeep import Upkeep
from bot.slack.viewers import Viewers
from bot.slack.web import TIMEOUT_S, SlackWeb, open_client
from bot.slack.went_on import WentOn
from bot.slack.worker import Pace, Worker

API_URL = "https://slack.com/api/"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SlackSurface:
    """The bot in one Slack workspace."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    """For the socket; None where requests come by HTTP, or none come."""
    advisor_turn: AdvisorTurn | None
    """None: this process only takes in what Slack sends, and others answer it."""
    inbox: Inbox
    conversations: Conversations
    posted_replies: PostedReplies
    decision_log: DecisionLog
    feedback: FeedbackBox
    first_contacts: FirstContacts
    house: HouseRules
    digest_stores: DigestStores
    limits: QuestionLimits
    note_removal: Callable[[str], Awaitable[None]]
    """Takes the id of a workspace that removed the app."""
    clock: Callable[[], datetime]
    api_url: str = API_URL
    shows_status: bool = False
    """Whether answers take long enough to say that one is on its way."""
    pace: Pace = field(default_factory=Pace)
    http: HttpServer | None = None
    signing_secret: str = field(default="", repr=False)
    """For requests by HTTP; "" where they come over the socket, or none come."""

    async def run(
        self,
        stop: asyncio.Event,
        beside: Sequence[Callable[[asyncio.Event], Coroutine[None, None, None]]] = (),
    ) -> None:
        """Serve until `stop` is set, then finish what is in hand; what runs `beside` it does so as long.

        Raises SettingsInvalid, SlackRefused, both before anything is served.
        """
        check_tokens(self.bot_token, self.app_token)
        client = open_client(self.bot_token, self.api_url)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            client.session = session
            web = SlackWeb(client)
            me = await introduce(web, self.app_token)
            parts = self._parts(web, me)
            app = self._take_in_with(client, parts) if self._listens else None
            log.info("serving", team_id=me.team_id, bot_user_id=me.user_id)
            async with asyncio.TaskGroup() as group:
                if app is not None and self.app_token is not None:
                    group.create_task(Connection(app, self.app_token).hold(stop))
                if self.http is not None:
                    # Without a secret every signature could be forged.
                    signed = app if self.signing_secret else None
                    group.create_task(self.http.serve(signed, self.inbox.state, stop))
                if self.advisor_turn is not None:
                    answering = self._answering(self.advisor_turn, parts)
                    worker = Worker(
                        self.inbox, answering.answer, answering.apologise, secrets.token_hex(8), self.pace
                    )
                    group.create_task(worker.run(stop))
                    group.create_task(DigestClock(parts.poster, self.clock).run(stop))
                for running in beside:
                    group.create_task(running(stop))
            log.info("stopped", team_id=me.team_id)

    def _parts(self, web: SlackWeb, me: Me) -> _Parts:
        audiences, viewers = Audiences(web, self.clock), Viewers(web, self.clock, me)
        digests = SlackDigests(web, audiences, viewers, me)
        publisher = Publisher(web, self.posted_replies)
        return _Parts(
            web=web,
            me=me,
            audiences=audiences,
            viewers=viewers,
            access=Access(web, viewers, audiences),
            settings_access=SettingsAccess(web, viewers, me),
            publisher=publisher,
            gate=Gate(self.house, viewers, web, publisher),
            lookup=Lookup(self.decision_log, audiences.now),
            standing=Standing(web, self.posted_replies, self.decision_log),
            digests=digests,
            poster=DigestPoster(
                self.decision_log, digests, self.digest_stores, self.house, me.team_id, secrets.token_hex(8)
            ),
        )

    @property
    def _listens(self) -> bool:
        return self.app_token is not None or bool(self.signing_secret)

    def _take_in_with(self, client: AsyncWebClient, parts: _Parts) -> AsyncApp:
        """Return the Bolt app whose one middleware takes everything in."""
        door = Door(
            parts.web,
            self.inbox,
            self.conversations,
            parts.me,
            self.clock,
            views=AskedViews(
                self.conversations,
                self.decision_log,
                access=parts.access,
                gate=parts.gate,
                standing=parts.standing,
            ),
            settings=SettingsForms(self.house, parts.settings_access, parts.viewers),
            house=self.house,
            concerns=Concerns(self.inbox, self.conversations, self.decision_log),
        )
        # Bolt checks signatures of HTTP requests only; Slack's socket is trusted by the app token.
        return AsyncApp(client=client, signing_secret=self.signing_secret, before_authorize=door.take_in)

    def _answering(self, advisor_turn: AdvisorTurn, parts: _Parts) -> Answering:
        log_answers = LogAnswers(
            parts.lookup, self.decision_log, parts.viewers, parts.publisher, parts.standing
        )
        digest_answers = DigestAnswers(
            web=parts.web,
            house=self.house,
            poster=parts.poster,
            digests=parts.digests,
            access=parts.settings_access,
            viewers=parts.viewers,
            publisher=parts.publisher,
            me=parts.me,
        )
        overviews = Overviews(parts.lookup, self.conversations)
        home = Home(parts.web, self.first_contacts, overviews, parts.viewers, self.clock)
        on_words = self._on_words(advisor_turn, parts)
        on_decisions = self._on_decisions(advisor_turn, parts)
        return Answering(
            {**on_words, **on_decisions, **self._on_notices(parts, home)},
            Subcommands(log_answers, digest_answers).answer,
            gate=parts.gate,
            home=home,
            publisher=parts.publisher,
            web=parts.web,
        )

    def _on_words(self, advisor_turn: AdvisorTurn, parts: _Parts) -> dict[type[Arrived], Handler]:
        """Return what answers questions, and what people do with the answers' messages."""
        limiting = Limiting(self.limits, self.conversations, parts.publisher, parts.web)
        went_on = WentOn(parts.web, self.conversations, parts.publisher, self.posted_replies)
        editing = Editing(parts.web, self.conversations, self.posted_replies)
        conversing = Conversing(
            Recalling(advisor_turn, parts.lookup, self.conversations, parts.viewers.reader).turn,
            Turns(parts.web, parts.audiences, self.conversations, parts.me),
            parts.publisher,
            parts.web,
            Collapsing(parts.web, self.conversations, self.posted_replies),
            editing,
            parts.standing,
            Opening(self.house, parts.publisher, self.posted_replies),
            limiting,
            AskedTerms(self.digest_stores.terms, self.house),
            went_on,
            shows_status=self.shows_status,
            told_after_s=self.pace.told_after_s,
        )
        continuing = Continuing(
            web=parts.web,
            audiences=parts.audiences,
            conversations=self.conversations,
            publisher=parts.publisher,
            posted=self.posted_replies,
            decision_log=self.decision_log,
            house=self.house,
            me=parts.me,
            went_on=went_on,
        )
        asked_about = MessageQuestions(
            advisor_turn=advisor_turn,
            web=parts.web,
            conversations=self.conversations,
            publisher=parts.publisher,
            posted=self.posted_replies,
            decision_log=self.decision_log,
            limiting=limiting,
            me=parts.me,
        )
        return {
            CommandCalled: conversing.called,
            Mentioned: conversing.said,
            MessageSent: conversing.said,
            ReplyPicked: conversing.picked,
            WordsSubmitted: conversing.submitted,
            EvaluatePressed: conversing.evaluated,
            MessageEdited: _alone(editing.offer),
            MessageDeleted: _alone(
                Deleting(parts.web, self.conversations, self.decision_log, parts.me).forget
            ),
            MessageAsked: asked_about.answer,
            ContinuePressed: continuing.press,
            SharePressed: continuing.press,
            KeepPressed: continuing.press,
        }

    def _on_decisions(self, advisor_turn: AdvisorTurn, parts: _Parts) -> dict[type[Arrived], Handler]:
        """Return what people do with recommendations and decisions."""
        decisions = Decisions(
            parts.web,
            self.decision_log,
            self.conversations,
            parts.publisher,
            self.house,
            lookup=parts.lookup,
            viewers=parts.viewers,
            access=parts.access,
            standing=parts.standing,
        )
        corrections = Corrections(
            parts.web,
            self.decision_log,
            self.conversations,
            parts.publisher,
            self.posted_replies,
            advisor_turn=advisor_turn,
            access=parts.access,
            standing=parts.standing,
        )
        upkeep = Upkeep(
            parts.web,
            self.decision_log,
            parts.publisher,
            parts.me,
            access=parts.access,
            standing=parts.standing,
        )
        rating = Rating(self.feedback, parts.publisher)
        return {
            AcceptPressed: _alone(decisions.decide),
            KeepEarlierPressed: _alone(decisions.decide),
            OverrideSubmitted: _alone(decisions.decide),
            ConditionAnswered: corrections.correct,
            CorrectionSubmitted: corrections.correct,
            UpkeepSubmitted: _alone(upkeep.change),
            ReviewAnswered: _alone(
                Reviews(
                    parts.web,
                    self.decision_log,
                    self.house,
                    access=parts.access,
                    standing=parts.standing,
                    publisher=parts.publisher,
                ).answer
            ),
            RatePressed: _alone(rating.rate),
            ReasonSubmitted: _alone(rating.rate),
            DecisionSaved: _alone(
                SavedMessages(parts.web, parts.audiences, self.decision_log, parts.publisher).save
            ),
        }

    def _on_notices(self, parts: _Parts, home: Home) -> dict[type[Arrived], Handler]:
        """Return what answers things that nobody asked in words."""
        first_contact = FirstContact(
            parts.web, self.first_contacts, self.posted_replies, parts.publisher, parts.settings_access
        )

        async def note_removal(incoming: AppRemoved) -> str:
            await self.note_removal(incoming.team_id)
            return "removal_noted"

        return {
            ChannelJoined: first_contact.greet,
            MessagesOpened: _alone(first_contact.suggest),
            HomeOpened: _alone(home.open),
            SettingsSubmitted: _alone(
                SettingsAnswers(self.house, parts.settings_access, parts.publisher).keep
            ),
            AppRemoved: _alone(note_removal),
        }


def _alone(answer: Callable[[Any], Awaitable[str]]) -> Handler:
    """Return a handler that needs to know nothing of the delivery."""

    async def handle(incoming: Arrived, _delivery: Delivery) -> str:
        return await answer(incoming)

    return handle


@dataclass(frozen=True)
class _Parts:
    """What several of our listeners use."""

    web: SlackWeb
    me: Me
    audiences: Audiences
    viewers: Viewers
    access: Access
    settings_access: SettingsAccess
    publisher: Publisher
    gate: Gate
    lookup: Lookup
    standing: Standing
    digests: SlackDigests
    poster: DigestPoster


@asynccontextmanager
async def open_poster(
    bot_token: str,
    api_url: str,
    *,
    decision_log: DecisionLog,
    house: HouseRules,
    stores: DigestStores,
    clock: Callable[[], datetime],
) -> AsyncIterator[DigestPoster]:
    """Open what posts digests without serving. Raises SettingsInvalid, SlackRefused."""
    client = open_client(bot_token, api_url)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S)) as session:
        client.session = session
        web = SlackWeb(client)
        me = await introduce_bot(web)
        digests = SlackDigests(web, Audiences(web, clock), Viewers(web, clock, me), me)
        yield DigestPoster(decision_log, digests, stores, house, me.team_id, secrets.token_hex(8))
