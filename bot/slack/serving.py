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
from bot.errors import SettingsInvalid, SlackRefused, SlackUnavailable
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
from bot.slack.web import TIMEOUT_S, TOKEN_ERRORS, SlackWeb, open_client
from bot.slack.worker import Pace, Worker

API_URL = "https://slack.com/api/"
BOT_PREFIX = "xoxb-"
APP_PREFIX = "xapp-"

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
            me = await self._introduce(web)
            parts = self._parts(web, me)
            app = self._take_in_with(client, web, me, parts) if self._listens else None
            log.info("serving", team_id=me.team_id, bot_user_id=me.user_id)
            async with asyncio.TaskGroup() as group:
                if app is not None and self.app_token is not None:
                    group.create_task(Connection(app, self.app_token).hold(stop))
                if self.http is not None:
                    # Without a secret every signature could be forged.
                    signed = app if self.signing_secret else None
                    group.create_task(self.http.serve(signed, self.inbox.state, stop))
                if self.advisor_turn is not None:
                    answering = self._answering(self.advisor_turn, web, me, parts)
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
        return _Parts(
            audiences=audiences,
            viewers=viewers,
            access=Access(web, viewers, audiences),
            settings_access=SettingsAccess(web, viewers, me),
            publisher=Publisher(web, self.posted_replies),
            digests=digests,
            poster=DigestPoster(
                self.decision_log, digests, self.digest_stores, self.house, me.team_id, secrets.token_hex(8)
            ),
        )

    @property
    def _listens(self) -> bool:
        return self.app_token is not None or bool(self.signing_secret)

    async def _introduce(self, web: SlackWeb) -> Me:
        """Ask Slack whether our tokens are good, before anything is served."""
        me = await introduce_bot(web)
        if self.app_token is not None:
            try:
                await web.check_app_token(self.app_token)
            except SlackRefused as error:
                raise _refused("SLACK_APP_TOKEN", error) from error
        return me

    def _take_in_with(self, client: AsyncWebClient, web: SlackWeb, me: Me, parts: _Parts) -> AsyncApp:
        """Return the Bolt app whose one middleware takes everything in."""
        door = Door(
            web,
            self.inbox,
            self.conversations,
            me,
            self.clock,
            views=AskedViews(self.conversations, self.decision_log, parts.access),
            settings=SettingsForms(self.house, parts.settings_access, parts.viewers),
            house=self.house,
            concerns=Concerns(self.inbox, self.conversations, self.decision_log),
        )
        # Bolt checks signatures of HTTP requests only; Slack's socket is trusted by the app token.
        return AsyncApp(client=client, signing_secret=self.signing_secret, before_authorize=door.take_in)

    def _answering(self, advisor_turn: AdvisorTurn, web: SlackWeb, me: Me, parts: _Parts) -> Answering:
        publisher, viewers = parts.publisher, parts.viewers
        lookup = Lookup(self.decision_log, parts.audiences.now)
        standing = Standing(web, self.posted_replies, self.decision_log)
        log_answers = LogAnswers(lookup, self.decision_log, viewers, publisher, standing)
        digest_answers = DigestAnswers(
            web=web,
            house=self.house,
            poster=parts.poster,
            digests=parts.digests,
            access=parts.settings_access,
            viewers=viewers,
            publisher=publisher,
            me=me,
        )
        limiting = Limiting(self.limits, self.conversations, publisher, web)
        home = Home(web, self.first_contacts, Overviews(lookup, self.conversations), viewers, self.clock)
        on_words = self._on_words(
            advisor_turn, web, me, parts, lookup=lookup, standing=standing, limiting=limiting
        )
        on_decisions = self._on_decisions(advisor_turn, web, me, parts, lookup=lookup, standing=standing)
        return Answering(
            {**on_words, **on_decisions, **self._on_notices(web, parts, home)},
            Subcommands(log_answers, digest_answers).answer,
            gate=Gate(self.house, viewers, web, publisher),
            home=home,
            publisher=publisher,
            web=web,
        )

    def _on_words(
        self,
        advisor_turn: AdvisorTurn,
        web: SlackWeb,
        me: Me,
        parts: _Parts,
        *,
        lookup: Lookup,
        standing: Standing,
        limiting: Limiting,
    ) -> dict[type[Arrived], Handler]:
        """Return what answers questions, and what people do with the answers' messages."""
        editing = Editing(web, self.conversations, self.posted_replies)
        conversing = Conversing(
            Recalling(advisor_turn, lookup, self.conversations, parts.viewers.reader).turn,
            Turns(web, parts.audiences, self.conversations, me),
            parts.publisher,
            web,
            Collapsing(web, self.conversations, self.posted_replies),
            editing,
            standing,
            Opening(self.house, parts.publisher, self.posted_replies),
            limiting,
            AskedTerms(self.digest_stores.terms, self.house),
            shows_status=self.shows_status,
        )
        continuing = Continuing(
            web=web,
            audiences=parts.audiences,
            conversations=self.conversations,
            publisher=parts.publisher,
            posted=self.posted_replies,
            decision_log=self.decision_log,
            house=self.house,
            me=me,
        )
        asked_about = MessageQuestions(
            advisor_turn=advisor_turn,
            web=web,
            conversations=self.conversations,
            publisher=parts.publisher,
            posted=self.posted_replies,
            decision_log=self.decision_log,
            limiting=limiting,
            me=me,
        )
        return {
            CommandCalled: conversing.called,
            Mentioned: conversing.said,
            MessageSent: conversing.said,
            ReplyPicked: conversing.picked,
            WordsSubmitted: conversing.submitted,
            EvaluatePressed: conversing.evaluated,
            MessageEdited: _alone(editing.offer),
            MessageDeleted: _alone(Deleting(web, self.conversations, self.decision_log, me).forget),
            MessageAsked: asked_about.answer,
            ContinuePressed: continuing.press,
            SharePressed: continuing.press,
            KeepPressed: continuing.press,
        }

    def _on_decisions(
        self,
        advisor_turn: AdvisorTurn,
        web: SlackWeb,
        me: Me,
        parts: _Parts,
        *,
        lookup: Lookup,
        standing: Standing,
    ) -> dict[type[Arrived], Handler]:
        """Return what people do with recommendations and decisions."""
        decisions = Decisions(
            web,
            self.decision_log,
            self.conversations,
            parts.publisher,
            self.house,
            lookup=lookup,
            viewers=parts.viewers,
            access=parts.access,
            standing=standing,
        )
        corrections = Corrections(
            web,
            self.decision_log,
            self.conversations,
            parts.publisher,
            self.posted_replies,
            advisor_turn=advisor_turn,
            access=parts.access,
            standing=standing,
        )
        upkeep = Upkeep(web, self.decision_log, parts.publisher, me, access=parts.access, standing=standing)
        rating = Rating(self.feedback, parts.publisher)
        return {
            AcceptPressed: _alone(decisions.decide),
            KeepEarlierPressed: _alone(decisions.decide),
            OverrideSubmitted: _alone(decisions.decide),
            ConditionAnswered: corrections.correct,
            CorrectionSubmitted: corrections.correct,
            UpkeepSubmitted: _alone(upkeep.change),
            ReviewAnswered: _alone(
                Reviews(web, self.decision_log, self.house, parts.access, standing).answer
            ),
            RatePressed: _alone(rating.rate),
            ReasonSubmitted: _alone(rating.rate),
            DecisionSaved: _alone(
                SavedMessages(web, parts.audiences, self.decision_log, parts.publisher).save
            ),
        }

    def _on_notices(self, web: SlackWeb, parts: _Parts, home: Home) -> dict[type[Arrived], Handler]:
        """Return what answers things that nobody asked in words."""
        first_contact = FirstContact(web, self.first_contacts, self.posted_replies, parts.publisher)

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

    audiences: Audiences
    viewers: Viewers
    access: Access
    settings_access: SettingsAccess
    publisher: Publisher
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


def check_tokens(bot_token: str, app_token: str | None) -> None:
    """Raise SettingsInvalid for tokens of the wrong kind, in words that say which is which."""
    if bot_token.startswith(APP_PREFIX) and app_token is not None and app_token.startswith(BOT_PREFIX):
        raise SettingsInvalid("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange them")
    if not bot_token.startswith(BOT_PREFIX):
        raise SettingsInvalid(
            f"SLACK_BOT_TOKEN must begin with {BOT_PREFIX}: take the Bot User OAuth Token from the app's "
            "page “OAuth & Permissions”"
        )
    if app_token is not None and not app_token.startswith(APP_PREFIX):
        raise SettingsInvalid(
            f"SLACK_APP_TOKEN must begin with {APP_PREFIX}: make an app-level token with the scope "
            "connections:write on the app's page “Basic Information”"
        )


async def introduce_bot(web: SlackWeb) -> Me:
    """Ask Slack whom the bot's token is for. Raises SettingsInvalid, SlackRefused."""
    try:
        return await web.who_am_i()
    except SlackRefused as error:
        raise _refused("SLACK_BOT_TOKEN", error) from error


def _refused(setting: str, error: SlackRefused) -> Exception:
    if isinstance(error, SlackUnavailable) and error.error not in TOKEN_ERRORS:
        return error
    return SettingsInvalid(
        f"{setting} is not accepted by Slack ({error.error}): check it and the app's install"
    )
