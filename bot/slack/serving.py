"""Slack as a surface of the advisor: put together here, from plain values and ports."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp

from bot.errors import SettingsInvalid, SlackRefused
from bot.lookup import Lookup
from bot.overview import Overviews
from bot.ports import Conversations, DecisionLog, FeedbackBox, FirstContacts, Inbox, PostedReplies
from bot.slack.access import Access
from bot.slack.answering import Answering
from bot.slack.asked_views import AskedViews
from bot.slack.audiences import Audiences
from bot.slack.collapsing import Collapsing
from bot.slack.concerns import Concerns
from bot.slack.connection import Connection
from bot.slack.continuing import Continuing
from bot.slack.corrections import Corrections
from bot.slack.decisions import Decisions
from bot.slack.deleting import Deleting
from bot.slack.door import Door
from bot.slack.editing import Editing
from bot.slack.first_contact import FirstContact
from bot.slack.home import Home
from bot.slack.log_answers import LogAnswers
from bot.slack.message_questions import MessageQuestions
from bot.slack.payloads import Me
from bot.slack.publisher import Publisher
from bot.slack.rating import Rating
from bot.slack.reviews import Reviews
from bot.slack.saved_messages import SavedMessages
from bot.slack.standing import Standing
from bot.slack.turns import AdvisorTurn, Turns
from bot.slack.upkeep import Upkeep
from bot.slack.viewers import Viewers
from bot.slack.web import TIMEOUT_S, SlackWeb, open_client
from bot.slack.worker import Pace, Worker

API_URL = "https://slack.com/api/"
BOT_PREFIX = "xoxb-"
APP_PREFIX = "xapp-"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SlackSurface:
    """The bot in one Slack workspace."""

    bot_token: str
    app_token: str
    advisor_turn: AdvisorTurn
    inbox: Inbox
    conversations: Conversations
    posted_replies: PostedReplies
    decision_log: DecisionLog
    feedback: FeedbackBox
    first_contacts: FirstContacts
    clock: Callable[[], datetime]
    api_url: str = API_URL
    shows_status: bool = False
    """Whether answers take long enough to say that one is on its way."""
    pace: Pace = field(default_factory=Pace)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is in hand. Raises SettingsInvalid, SlackRefused."""
        check_tokens(self.bot_token, self.app_token)
        client = open_client(self.bot_token, self.api_url)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            client.session = session
            web = SlackWeb(client)
            me = await _introduce(web, self.app_token)
            audiences, viewers = Audiences(web, self.clock), Viewers(web, self.clock, me)
            access = Access(web, viewers, audiences)
            views = AskedViews(self.conversations, self.decision_log, access)
            concerns = Concerns(self.inbox, self.conversations, self.decision_log)
            door = Door(web, self.inbox, self.conversations, me, self.clock, views=views, concerns=concerns)
            # The signing secret is for HTTP mode; Slack's socket is trusted by the app token.
            app = AsyncApp(client=client, signing_secret="", before_authorize=door.take_in)
            answering = self._answering(web, me, audiences, viewers, access)
            worker = Worker(
                self.inbox, answering.answer, answering.apologise, secrets.token_hex(8), self.pace
            )
            log.info("serving", team_id=me.team_id, bot_user_id=me.user_id)
            async with asyncio.TaskGroup() as group:
                group.create_task(Connection(app, self.app_token).hold(stop))
                group.create_task(worker.run(stop))
            log.info("stopped", team_id=me.team_id)

    def _answering(
        self, web: SlackWeb, me: Me, audiences: Audiences, viewers: Viewers, access: Access
    ) -> Answering:
        publisher = Publisher(web, self.posted_replies)
        lookup = Lookup(self.decision_log, audiences.now)
        standing = Standing(web, self.posted_replies, self.decision_log)
        return Answering(
            self.advisor_turn,
            Turns(web, audiences, self.conversations, me),
            publisher,
            Continuing(
                web=web,
                audiences=audiences,
                conversations=self.conversations,
                publisher=publisher,
                posted=self.posted_replies,
                decision_log=self.decision_log,
                me=me,
            ),
            web,
            log_answers=LogAnswers(
                lookup,
                self.decision_log,
                viewers,
                publisher,
                standing,
            ),
            deleting=Deleting(web, self.conversations, self.decision_log, me),
            editing=Editing(web, self.conversations, self.posted_replies),
            collapsing=Collapsing(web, self.conversations, self.posted_replies),
            rating=Rating(self.feedback, publisher),
            first_contact=FirstContact(web, self.first_contacts, self.posted_replies, publisher),
            home=Home(web, self.first_contacts, Overviews(lookup, self.conversations), viewers, self.clock),
            message_questions=MessageQuestions(
                advisor_turn=self.advisor_turn,
                web=web,
                conversations=self.conversations,
                publisher=publisher,
                posted=self.posted_replies,
                decision_log=self.decision_log,
                me=me,
            ),
            saved_messages=SavedMessages(web, audiences, self.decision_log, publisher),
            decisions=Decisions(
                web, self.decision_log, self.conversations, publisher, access=access, standing=standing
            ),
            corrections=Corrections(
                web,
                self.decision_log,
                self.conversations,
                publisher,
                self.posted_replies,
                advisor_turn=self.advisor_turn,
                access=access,
                standing=standing,
            ),
            upkeep=Upkeep(web, self.decision_log, publisher, me, access=access, standing=standing),
            reviews=Reviews(web, self.decision_log, access, standing),
            standing=standing,
            shows_status=self.shows_status,
        )


def check_tokens(bot_token: str, app_token: str) -> None:
    """Raise SettingsInvalid for tokens of the wrong kind, in words that say which is which."""
    if bot_token.startswith(APP_PREFIX) and app_token.startswith(BOT_PREFIX):
        raise SettingsInvalid("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange them")
    if not bot_token.startswith(BOT_PREFIX):
        raise SettingsInvalid(
            f"SLACK_BOT_TOKEN must begin with {BOT_PREFIX}: take the Bot User OAuth Token from the app's "
            "page “OAuth & Permissions”"
        )
    if not app_token.startswith(APP_PREFIX):
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


async def _introduce(web: SlackWeb, app_token: str) -> Me:
    """Ask Slack whether both tokens are good, before anything is served."""
    me = await introduce_bot(web)
    try:
        await web.check_app_token(app_token)
    except SlackRefused as error:
        raise _refused("SLACK_APP_TOKEN", error) from error
    return me


def _refused(setting: str, error: SlackRefused) -> Exception:
    if error.error.startswith(("no answer", "HTTP", "ratelimited")):
        return error
    return SettingsInvalid(
        f"{setting} is not accepted by Slack ({error.error}): check it and the app's install"
    )
