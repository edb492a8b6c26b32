"""A small advisor and everything around it, for tests of the Slack surface inside one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial

from bot.advisor import Advisor
from bot.amending import amend
from bot.answer import Reference
from bot.app import KNOWLEDGE
from bot.channel_settings import DigestPlan
from bot.conversation import JUST_TELL_ME, Conversation, Turn
from bot.deciding import supersede
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.dialogue import Dialogue
from bot.digest_posting import DigestStores
from bot.errors import PassagesUnavailable
from bot.house_rules import HouseRules
from bot.record import DecisionRecord
from bot.replies import (
    AskedQuestion,
    Citation,
    Clarify,
    Heard,
    Leading,
    QuickReplyChoice,
    Reason,
    Recommend,
    Reply,
)
from bot.slack.http_server import HttpServer
from bot.slack.scopes import needed
from bot.slack.serving import SlackSurface
from bot.slack.worker import Pace
from bot.slack.workspace import Backing
from knowledge.passage import Passage
from knowledge.prices import load_prices
from knowledge.providers import load_providers
from tests.fake_slack.requests import SIGNING_SECRET
from tests.fake_slack.server import FakeSlack
from tests.fakes.stores import (
    FakeChannelSettings,
    FakeConversations,
    FakeDecisionLog,
    FakeDigestMarks,
    FakeDigestTimes,
    FakeFeedback,
    FakeFirstContacts,
    FakeInbox,
    FakePostedReplies,
    FakeQuestionLimits,
    FakeRemovals,
    FakeTermCounts,
)
from tests.integration.stores.examples import a_record, a_revision

PACE = Pace(take_wait_s=0.05, keep_every_s=0.05, first_pause_s=0.01, grace_s=2.0, told_after_s=0.05)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
USUAL_DIGEST = DigestPlan(weekday=0, at=time(9), zone="UTC")
DECISION_ID = "D-0123456789"
LEADING = Leading(
    option=Option.FEW_SHOT, direction=Option.FEW_SHOT, headline="Show examples in the prompt", rule="R1"
)
QUESTIONS = (
    AskedQuestion(
        id="Q1",
        facts=("gap",),
        text="What goes wrong today?",
        quick_replies=(
            QuickReplyChoice(id="format", label="It breaks the format"),
            QuickReplyChoice(id="cost", label="Too slow or too costly"),
        ),
        several=False,
        number=1,
        of=3,
    ),
    AskedQuestion(
        id="Q2",
        facts=("tried_rag", "tried_few_shot"),
        text="What have you tried so far? Pick all that apply.",
        quick_replies=(
            QuickReplyChoice(id="examples", label="Examples in the prompt"),
            QuickReplyChoice(id="rag", label="Retrieval (RAG)"),
        ),
        several=True,
        number=2,
        of=3,
    ),
)


def clarify(question: AskedQuestion = QUESTIONS[0]) -> Clarify:
    return Clarify(question=question, leading=LEADING, heard=())


def recommend(**changes: object) -> Recommend:
    return Recommend(
        leading=LEADING,
        is_provisional=False,
        reasons=(Reason(text="Twenty examples cost less than a training run.", citations=(1,)),),
        heard=(
            Heard(
                fact="examples_n",
                value=20,
                words="reviewed examples: 20",
                quote="20 of them",
                source="stated",
            ),
        ),
        conditions=("you may send the examples to the provider",),
        flips=(),
        first_step="Put ten examples into the prompt.",
        next_steps=("Score it on your test cases.",),
        costs=("20 examples x 200 tokens = 4,000 tokens a request",),
        cautions=("Prices change.",),
        confidence="medium",
        citations=(
            Citation(
                number=1,
                slug="few-shot",
                term="Few-shot prompting",
                section="What it is",
                text="Examples in the prompt.",
            ),
        ),
        decision_id=DECISION_ID,
        policy_version="1",
    ).model_copy(update=changes)


@dataclass
class ScriptedAdvisor:
    """Asks both questions and then recommends; keeps conversations as the real one does."""

    conversations: FakeConversations
    log: FakeDecisionLog
    turns: list[Turn] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    """Raised one by one before anything is answered."""
    instead: list[Reply] = field(default_factory=list)
    """Given one by one in place of what would be said."""
    decision_id: str = DECISION_ID
    supersedes: str = ""
    """The decided record that the next recommendation takes the place of."""
    says: Reply | None = None
    """Answered to everything, and not kept, when it is set."""
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared, it holds every turn up."""

    def __post_init__(self) -> None:
        self.gate.set()

    async def turn(self, turn: Turn) -> Reply:
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop(0)
        if self.says is not None:
            return self.says
        if self.instead:
            return self.instead.pop(0)
        kept = await self.conversations.load(turn.place)
        if kept is not None and kept.last_message_id == turn.message_id and kept.last_reply is not None:
            return kept.last_reply
        self.turns.append(turn)
        asked = kept.asked if kept is not None else ()
        is_over = JUST_TELL_ME in turn.picked or len(asked) == len(QUESTIONS)
        statements = (*(kept.statements if kept is not None else ()), *_stated(turn))
        if turn.replaces:
            statements = tuple(one for one in statements if one.message_id != turn.replaces) + _stated(turn)
        heard = tuple(
            Heard(
                fact=one.fact,
                value="classification",
                words="it is for sorting",
                quote=one.quote,
                source="stated",
            )
            for one in statements
        )
        reply: Reply = (
            recommend(heard=heard, decision_id=self.decision_id)
            if is_over
            else clarify(QUESTIONS[len(asked)])
        )
        of_turn = turn.thread[-1].message_id if turn.about else turn.words_id
        opening_message_id = kept.opening_message_id if kept is not None else of_turn
        question = kept.question if kept is not None else turn.about or turn.text
        if is_over:
            made = _record(turn, statements, question, opening_message_id)
            given = {"id": self.decision_id, "supersedes": self.supersedes or None}
            await self.log.save(made.model_copy(update=given))
            if self.supersedes:
                step = partial(supersede, by=turn.author_id, at=turn.said_at, successor=self.decision_id)
                await amend(self.log, turn.place.team_id, self.supersedes, step)
        await self.conversations.save(
            Conversation(
                place=turn.place,
                audience=turn.audience,
                opened_by=kept.opened_by if kept is not None else turn.author_id,
                opened_at=kept.opened_at if kept is not None else turn.said_at,
                question=question,
                opening_message_id=opening_message_id,
                statements=statements,
                link=kept.link if kept is not None else turn.link,
                asked=asked if is_over else (*asked, QUESTIONS[len(asked)].id),
                pending="" if is_over else QUESTIONS[len(asked)].id,
                decision_id=self.decision_id,
                last_message_id=turn.message_id,
                last_reply=reply,
                revision=kept.revision + 1 if kept is not None else 1,
            )
        )
        return reply


class RealAdvisor(ScriptedAdvisor):
    """The advisor itself, without a glossary."""

    async def turn(self, turn: Turn) -> Reply:
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop(0)
        self.turns.append(turn)
        return await Advisor(_DIALOGUE, self.conversations, self.log, "none").turn(turn)


class _NoPassages:
    version = "none"

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        raise PassagesUnavailable(f"no {limit} passages for {query!r}")

    async def nearby(self, query: str) -> Sequence[str]:
        raise PassagesUnavailable(f"no terms near {query!r}")

    async def lacks_name(self, query: str) -> bool:
        raise PassagesUnavailable(f"no names for {query!r}")

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        raise PassagesUnavailable(f"nothing on {term} in {evidence} for {claim!r}")


_DIALOGUE = Dialogue(
    Reference(
        _NoPassages(),
        load_prices(KNOWLEDGE / "prices.yaml"),
        load_providers(KNOWLEDGE / "providers.yaml"),
    )
)


def _stated(turn: Turn) -> tuple[Statement, ...]:
    """Take every word for a fact, so that there is something to quote."""
    if not turn.text:
        return ()
    stated = Statement(
        fact="goal_kind",
        value="classification",
        quote=turn.text[:600],
        author_id=turn.author_id,
        message_id=turn.words_id,
    )
    return (stated,)


def _record(
    turn: Turn, statements: tuple[Statement, ...], question: str, question_message_id: str
) -> DecisionRecord:
    revision = a_revision(message_id=turn.message_id).model_copy(
        update={"option": LEADING.option, "direction": LEADING.direction, "statements": statements}
    )
    changes = {
        "id": DECISION_ID,
        "place": turn.place,
        "audience": turn.audience,
        "owner": turn.author_id,
        "context": question,
        "context_message_id": question_message_id,
    }
    return a_record().model_copy(update={**changes, "revisions": (revision,)})


@dataclass
class FakeDigests:
    """What is kept about digests, in memory."""

    marks: FakeDigestMarks = field(default_factory=FakeDigestMarks)
    times: FakeDigestTimes = field(default_factory=FakeDigestTimes)
    terms: FakeTermCounts = field(default_factory=FakeTermCounts)

    @property
    def stores(self) -> DigestStores:
        return DigestStores(self.marks, self.times, self.terms)


@dataclass
class Surroundings:
    """One running surface and everything that it talks to."""

    slack: FakeSlack
    inbox: FakeInbox
    conversations: FakeConversations
    posted: FakePostedReplies
    log: FakeDecisionLog
    feedback: FakeFeedback
    advisor: ScriptedAdvisor
    surface: SlackSurface
    contacts: FakeFirstContacts
    settings: FakeChannelSettings
    digests: FakeDigests
    limits: FakeQuestionLimits
    removals: list[str]
    """Workspaces that removed the app, once for each time that it was noted."""

    async def settled(self) -> None:
        """Wait until all that came in was worked off."""
        await self.slack.until(lambda: not self.inbox._kept, "the inbox was not worked off")

    def store_is_down(self, *, is_down: bool) -> None:
        digests = self.digests
        for store in (
            *(self.inbox, self.conversations, self.posted, self.log, self.feedback, self.contacts),
            *(self.settings, digests.marks, digests.times, digests.terms),
        ):
            store.is_down = is_down


@asynccontextmanager
async def serving(
    slack: FakeSlack | None = None,
    kind_of_advisor: type[ScriptedAdvisor] = ScriptedAdvisor,
    *,
    shows_status: bool = False,
) -> AsyncIterator[Surroundings]:
    """Run the surface against a fake Slack and stores in memory."""
    inbox, conversations, posted = FakeInbox(), FakeConversations(), FakePostedReplies()
    settings, digests = FakeChannelSettings(), FakeDigests()
    log, feedback, contacts = FakeDecisionLog(), FakeFeedback(), FakeFirstContacts()
    limits, removals = FakeQuestionLimits(), FakeRemovals()
    advisor = kind_of_advisor(conversations, log)
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(slack or FakeSlack(needed()))
        http = await stack.enter_async_context(HttpServer("127.0.0.1", 0)) if fake.requests else None
        backing = Backing(
            advisor_turn=advisor.turn,
            inbox=inbox,
            conversations=conversations,
            posted_replies=posted,
            decision_log=log,
            feedback=feedback,
            first_contacts=contacts,
            house=HouseRules(settings, digests.times, USUAL_DIGEST),
            digest_stores=digests.stores,
            limits=limits,
            note_removal=removals.note,
            clock=lambda: NOW,
            shows_status=shows_status,
            pace=PACE,
        )
        surface = SlackSurface(
            bot_token=fake.bot_token,
            app_token=None if http else fake.app_token,
            backing=backing,
            api_url=fake.api_url,
            http=http,
            signing_secret=SIGNING_SECRET if http else "",
        )
        stop = asyncio.Event()
        running = asyncio.create_task(surface.run(stop))
        try:
            await (fake.send_to(f"http://127.0.0.1:{http.port}") if http else fake.connected())
            yield Surroundings(
                fake,
                inbox,
                conversations,
                posted,
                log,
                feedback,
                advisor,
                surface,
                contacts,
                settings,
                digests,
                limits,
                removals.team_ids,
            )
        finally:
            stop.set()
            await running
