"""The bot in one Slack workspace: put together here, from plain values and ports."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
from bot.settling import AudienceSettling
from bot.slack.access import Access
from bot.slack.answering import Answering, Handler
from bot.slack.asked_views import AskedViews
from bot.slack.audiences import Audiences
from bot.slack.collapsing import Collapsing
from bot.slack.concerns import Concerns
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
from bot.slack.web import SlackWeb
from bot.slack.went_on import WentOn
from bot.slack.worker import Pace

Running = Callable[[asyncio.Event], Coroutine[None, None, None]]
"""Runs until what it is given is set."""


@dataclass(frozen=True)
class Backing:
    """What the answers rest on in every workspace: the advisor, and everything that is kept."""

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
    note_removal: Callable[[str, datetime], Awaitable[None]]
    """Takes the id of a workspace that removed the app, and when it did."""
    clock: Callable[[], datetime]
    outreach: Callable[[SlackWeb, Me], Running] | None = None
    """Returns what writes to people of a workspace unasked; None where nothing does."""
    shows_status: bool = False
    """Whether answers take long enough to say that one is on its way."""
    pace: Pace = field(default_factory=Pace)


class Workspace:
    """One workspace's parts. Nothing in them knows another workspace's client."""

    def __init__(self, client: AsyncWebClient, me: Me, backing: Backing) -> None:
        self.me = me
        self._backing = backing
        web, clock = SlackWeb(client), backing.clock
        self._web = web
        self._audiences, self._viewers = Audiences(web, clock), Viewers(web, clock, me)
        self._access = Access(web, self._viewers, self._audiences)
        self._settings_access = SettingsAccess(web, self._viewers, me)
        self._publisher = Publisher(web, backing.posted_replies)
        self._gate = Gate(backing.house, self._viewers, web, self._publisher)
        self._lookup = Lookup(backing.decision_log, self._audiences.now)
        self._standing = Standing(web, backing.posted_replies, backing.decision_log)
        self._digests = SlackDigests(web, self._audiences, self._viewers, me)
        self.poster = DigestPoster(
            backing.decision_log,
            self._digests,
            backing.digest_stores,
            backing.house,
            me.team_id,
            secrets.token_hex(8),
        )

    def door(self) -> Door:
        """Return what takes in what Slack sends."""
        backing = self._backing
        return Door(
            self._web,
            backing.inbox,
            backing.conversations,
            self.me,
            backing.clock,
            views=AskedViews(
                backing.conversations,
                backing.decision_log,
                access=self._access,
                gate=self._gate,
                standing=self._standing,
            ),
            settings=SettingsForms(backing.house, self._settings_access, self._viewers),
            house=backing.house,
            concerns=Concerns(backing.inbox, backing.conversations, backing.decision_log),
        )

    def clocks(self) -> list[Running]:
        """Return what looks again and again for what is due."""
        outreach = self._backing.outreach
        unasked = [outreach(self._web, self.me)] if outreach else []
        settling = AudienceSettling(self._backing.decision_log, self.me.team_id, self._audiences.at)
        return [DigestClock(self.poster, self._backing.clock).run, settling.run, *unasked]

    def answering(self, advisor_turn: AdvisorTurn) -> Answering:
        """Return what answers what was taken in."""
        log_answers = LogAnswers(
            self._lookup, self._backing.decision_log, self._viewers, self._publisher, self._standing
        )
        digest_answers = DigestAnswers(
            web=self._web,
            house=self._backing.house,
            poster=self.poster,
            digests=self._digests,
            access=self._settings_access,
            viewers=self._viewers,
            publisher=self._publisher,
            me=self.me,
        )
        overviews = Overviews(self._lookup, self._backing.conversations)
        home = Home(self._web, self._backing.first_contacts, overviews, self._viewers, self._backing.clock)
        on_words = self._on_words(advisor_turn)
        on_decisions = self._on_decisions(advisor_turn)
        return Answering(
            {**on_words, **on_decisions, **self._on_notices(home)},
            Subcommands(log_answers, digest_answers).answer,
            gate=self._gate,
            home=home,
            publisher=self._publisher,
            web=self._web,
        )

    def _on_words(self, advisor_turn: AdvisorTurn) -> dict[type[Arrived], Handler]:
        """Return what answers questions, and what people do with the answers' messages."""
        limiting = Limiting(self._backing.limits, self._backing.conversations, self._publisher, self._web)
        went_on = WentOn(
            self._web, self._backing.conversations, self._publisher, self._backing.posted_replies
        )
        editing = Editing(self._web, self._backing.conversations, self._backing.posted_replies)
        conversing = Conversing(
            Recalling(advisor_turn, self._lookup, self._backing.conversations, self._viewers.reader).turn,
            Turns(self._web, self._audiences, self._backing.conversations, self.me),
            self._publisher,
            self._web,
            Collapsing(self._web, self._backing.conversations, self._backing.posted_replies),
            editing,
            self._standing,
            Opening(self._backing.house, self._publisher, self._backing.posted_replies),
            limiting,
            AskedTerms(self._backing.digest_stores.terms, self._backing.house),
            went_on,
            shows_status=self._backing.shows_status,
            told_after_s=self._backing.pace.told_after_s,
        )
        continuing = Continuing(
            web=self._web,
            audiences=self._audiences,
            conversations=self._backing.conversations,
            publisher=self._publisher,
            posted=self._backing.posted_replies,
            decision_log=self._backing.decision_log,
            house=self._backing.house,
            me=self.me,
            went_on=went_on,
        )
        asked_about = MessageQuestions(
            advisor_turn=advisor_turn,
            web=self._web,
            conversations=self._backing.conversations,
            publisher=self._publisher,
            posted=self._backing.posted_replies,
            decision_log=self._backing.decision_log,
            limiting=limiting,
            me=self.me,
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
                Deleting(self._web, self._backing.conversations, self._backing.decision_log, self.me).forget
            ),
            MessageAsked: asked_about.answer,
            ContinuePressed: continuing.press,
            SharePressed: continuing.press,
            KeepPressed: continuing.press,
        }

    def _on_decisions(self, advisor_turn: AdvisorTurn) -> dict[type[Arrived], Handler]:
        """Return what people do with recommendations and decisions."""
        decisions = Decisions(
            self._web,
            self._backing.decision_log,
            self._backing.conversations,
            self._publisher,
            self._backing.house,
            lookup=self._lookup,
            viewers=self._viewers,
            access=self._access,
            standing=self._standing,
        )
        corrections = Corrections(
            self._web,
            self._backing.decision_log,
            self._backing.conversations,
            self._publisher,
            self._backing.posted_replies,
            advisor_turn=advisor_turn,
            access=self._access,
            standing=self._standing,
        )
        upkeep = Upkeep(
            self._web,
            self._backing.decision_log,
            self._publisher,
            self.me,
            access=self._access,
            standing=self._standing,
        )
        rating = Rating(self._backing.feedback, self._publisher)
        return {
            AcceptPressed: _alone(decisions.decide),
            KeepEarlierPressed: _alone(decisions.decide),
            OverrideSubmitted: _alone(decisions.decide),
            ConditionAnswered: corrections.correct,
            CorrectionSubmitted: corrections.correct,
            UpkeepSubmitted: _alone(upkeep.change),
            ReviewAnswered: _alone(
                Reviews(
                    self._web,
                    self._backing.decision_log,
                    self._backing.house,
                    access=self._access,
                    standing=self._standing,
                    publisher=self._publisher,
                ).answer
            ),
            RatePressed: _alone(rating.rate),
            ReasonSubmitted: _alone(rating.rate),
            DecisionSaved: _alone(
                SavedMessages(self._web, self._audiences, self._backing.decision_log, self._publisher).save
            ),
        }

    def _on_notices(self, home: Home) -> dict[type[Arrived], Handler]:
        """Return what answers things that nobody asked in words."""
        first_contact = FirstContact(
            self._web,
            self._backing.first_contacts,
            self._backing.posted_replies,
            self._publisher,
            self._settings_access,
        )

        async def note_removal(incoming: AppRemoved) -> str:
            await self._backing.note_removal(incoming.team_id, incoming.at)
            return "removal_noted"

        return {
            ChannelJoined: first_contact.greet,
            MessagesOpened: _alone(first_contact.suggest),
            HomeOpened: _alone(home.open),
            SettingsSubmitted: _alone(
                SettingsAnswers(self._backing.house, self._settings_access, self._publisher).keep
            ),
            AppRemoved: _alone(note_removal),
        }


def _alone(answer: Callable[[Any], Awaitable[str]]) -> Handler:
    """Return a handler that needs to know nothing of the delivery."""

    async def handle(incoming: Arrived, _delivery: Delivery) -> str:
        return await answer(incoming)

    return handle
