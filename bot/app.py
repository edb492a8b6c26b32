"""The composition root: opens every part, wires them, and closes them in reverse. Decides nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import reminding, watching
from bot.advisor import Advisor
from bot.answer import Reference
from bot.assisting import Assistant
from bot.dialogue import Dialogue
from bot.digest import DigestPoster, Schedule
from bot.digest_clock import DigestClock
from bot.errors import SettingsInvalid
from bot.exam import ExamResult, examine
from bot.explaining import Writer
from bot.hearing import SecondReader
from bot.language_model import Budgets, LanguageModel, Spender
from bot.outreach import Outreach
from bot.outreach_clock import OutreachClock
from bot.passages import IndexedPassages
from bot.recipients import Recipients
from bot.reminding import ReviewReminders
from bot.settings import Settings
from bot.stores.connection import open_redis
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.exams import RedisExams
from bot.stores.feedback import RedisFeedback
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.ledger import RedisLedger
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.server import start_redis
from bot.understanding.witness import NO_TRUST, Trust
from bot.watching import AvailabilityWatch
from knowledge.index import KnowledgeIndex
from knowledge.prices import load_prices
from knowledge.providers import Providers, load_providers

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"

OPERATOR = Spender("operator", "command-line", "operator")
"""On whose account exams and evaluations go."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Stores:
    """Everything that lives in Redis."""

    conversations: RedisConversations
    log: RedisDecisionLog
    inbox: RedisInbox
    marks: RedisDigestMarks
    outreach: RedisOutreachMarks
    posted: RedisPostedReplies
    ledger: RedisLedger
    exams: RedisExams
    feedback: RedisFeedback
    first_contacts: RedisFirstContacts
    redis_url: str = field(repr=False)
    """Where it is; it may hold a password."""


def now() -> datetime:
    """Return the time; the only clock of the program."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """Connect to Redis, starting one under the data directory when none is set. Raises StoreUnavailable."""
    server = None
    if settings.redis_url:
        url = settings.redis_url.get_secret_value()
    else:
        server = await asyncio.to_thread(start_redis, settings.data_dir)
        url = server.url
    try:
        async with await open_redis(url) as clients:
            yield Stores(
                RedisConversations(clients.quick),
                RedisDecisionLog(clients.quick),
                RedisInbox(clients.quick, clients.blocking),
                RedisDigestMarks(clients.quick),
                RedisOutreachMarks(clients.quick),
                RedisPostedReplies(clients.quick),
                RedisLedger(clients.quick),
                RedisExams(clients.quick),
                RedisFeedback(clients.quick),
                RedisFirstContacts(clients.quick),
                redis_url=url,
            )
    finally:
        if server:
            await asyncio.to_thread(server.close)


@contextmanager
def open_index(settings: Settings, progress: Progress) -> Iterator[KnowledgeIndex]:
    """Open the glossary index, building what is missing. Raises KnowledgeError."""
    index = KnowledgeIndex.open(
        settings.data_dir / "index",
        KNOWLEDGE / "glossary",
        (),
        settings.embedding_model,
        chroma_url=settings.chroma_url,
        progress=progress,
    )
    try:
        yield index
    finally:
        index.close()


def open_reference_on(index: KnowledgeIndex) -> Reference:
    """Return what answers are checked against: the index, prices and providers. Raises KnowledgeError."""
    return Reference(
        IndexedPassages(index),
        load_prices(KNOWLEDGE / "prices.yaml"),
        open_providers(),
    )


def open_providers() -> Providers:
    """Read the table of models that can be tuned, and until when. Raises KnowledgeError."""
    return load_providers(KNOWLEDGE / "providers.yaml")


@contextmanager
def open_reference(settings: Settings, progress: Progress) -> Iterator[Reference]:
    """Open the index and what else answers are checked against. Raises KnowledgeError."""
    with open_index(settings, progress) as index:
        yield open_reference_on(index)


@asynccontextmanager
async def open_model(settings: Settings, stores: Stores) -> AsyncIterator[LanguageModel | None]:
    """Connect to the language model that is set; None without one. Raises SettingsInvalid, KnowledgeError."""
    if not settings.llm_model:
        yield None
        return
    from bot.llm.connection import ModelAddress, connect  # noqa: PLC0415 - slow, and for some only
    from bot.llm.model import LangChainModel  # noqa: PLC0415 - as above
    from bot.llm.redaction import warm_up  # noqa: PLC0415 - as above

    address = ModelAddress(
        settings.llm_model,
        settings.llm_base_url,
        settings.llm_api_key.get_secret_value() if settings.llm_api_key else None,
        settings.llm_timeout_s,
    )
    prices = load_prices(KNOWLEDGE / "prices.yaml")
    await asyncio.to_thread(warm_up)
    async with connect(address) as chat:
        yield LangChainModel(
            chat, address, ledger=stores.ledger, budgets=budgets_of(settings), prices=prices, clock=now
        )


@asynccontextmanager
async def open_assistant(
    settings: Settings, stores: Stores, progress: Progress
) -> AsyncIterator[Assistant | None]:
    """Open what a language model helps with; None without one.

    Raises SettingsInvalid, StoreUnavailable, and StoredDataInvalid.
    """
    async with open_model(settings, stores) as model:
        if model is None:
            yield None
            return
        trust = await _trust(model, stores, progress)
        yield Assistant(
            SecondReader(model, trust, settings.llm_send_thread, settings.llm_thread_tokens),
            Writer(model, knows_what_is_covered=trust.counts, may_be_told_facts=settings.llm_send_thread),
        )


async def _trust(model: LanguageModel, stores: Stores, progress: Progress) -> Trust:
    result = await stores.exams.load(model.name, model.prompt_version)
    if result is None:
        progress(
            f"{model.name} was not examined, so it writes but does not read: run `python -m bot exam` once"
        )
        return NO_TRUST
    if not result.trust.counts:
        progress(f"{model.name} read hardly better than chance in its exam, so it writes but does not read")
    return result.trust


async def take_exam(settings: Settings, progress: Progress) -> ExamResult:
    """Examine the language model that is set, and keep the result.

    Raises SettingsInvalid, StoreUnavailable, and ModelUnavailable when it never answers.
    """
    async with open_stores(settings) as stores, open_model(settings, stores) as model:
        if model is None:
            raise SettingsInvalid("LLM_MODEL is not set, so there is nothing to examine (README)")
        result = await examine(model, OPERATOR, now(), progress)
        await stores.exams.save(result)
        return result


@asynccontextmanager
async def open_dialogue(
    settings: Settings, reference: Reference, progress: Progress
) -> AsyncIterator[Dialogue]:
    """Open what answers single turns and keeps none. Redis is needed only where a model has a budget."""
    if not settings.llm_model:
        yield Dialogue(reference)
        return
    async with (
        open_stores(settings) as stores,
        open_assistant(settings, stores, progress) as assistant,
    ):
        yield Dialogue(reference, assistant)


@asynccontextmanager
async def open_advisor(settings: Settings, progress: Progress) -> AsyncIterator[tuple[Advisor, Stores]]:
    """Open everything that a conversation needs. Raises KnowledgeError and StoreUnavailable."""
    async with open_stores(settings) as stores:
        with open_reference(settings, progress) as reference:
            async with open_assistant(settings, stores, progress) as assistant:
                dialogue = Dialogue(reference, assistant)
                version = reference.passages.version
                yield Advisor(dialogue, stores.conversations, stores.log, version), stores


async def serve(settings: Settings, progress: Progress, stop: asyncio.Event) -> None:
    """Serve Slack until `stop` is set. Raises BotError and KnowledgeError before it begins."""
    from bot.slack.serving import SlackSurface  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    bot_token, app_token = settings.slack_bot_token, settings.slack_app_token
    if bot_token is None or app_token is None:
        raise SettingsInvalid(
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set; put them into .env (README, “Connect Slack”), "
            "or run `python -m bot chat` for the terminal"
        )
    async with open_advisor(settings, progress) as (advisor, stores):
        surface = SlackSurface(
            bot_token=bot_token.get_secret_value(),
            app_token=app_token.get_secret_value(),
            advisor_turn=advisor.turn,
            inbox=stores.inbox,
            conversations=stores.conversations,
            posted_replies=stores.posted,
            decision_log=stores.log,
            feedback=stores.feedback,
            first_contacts=stores.first_contacts,
            clock=now,
            api_url=settings.slack_api_url,
            shows_status=bool(settings.llm_model),
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(surface.run(stop))
            outreach = await outreach_clock(settings, stores)
            group.create_task(outreach.run(stop))
            if settings.digest_channels:
                poster = await digest_poster(settings, stores)
                clock = DigestClock(poster, schedule_of(settings), settings.digest_channels, now)
                group.create_task(clock.run(stop))


async def digest_poster(settings: Settings, stores: Stores) -> DigestPoster:
    """Return what posts the digests of the workspace of our token. Raises SettingsInvalid, SlackRefused."""
    from bot.slack.digests import SlackDigests  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    if settings.slack_bot_token is None:
        raise SettingsInvalid("SLACK_BOT_TOKEN is not set; a digest is posted with it (--dry-run shows it)")
    channel = SlackDigests(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    team_id = await channel.team_id()
    zone = ZoneInfo(settings.digest_zone)
    return DigestPoster(stores.log, channel, stores.marks, team_id, zone, by=secrets.token_hex(8))


async def outreach_clock(settings: Settings, stores: Stores) -> OutreachClock:
    """Return what writes to people unasked. Raises SettingsInvalid, SlackRefused, KnowledgeError."""
    from bot.slack.courier import SlackCourier  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    if settings.slack_bot_token is None:
        raise SettingsInvalid("SLACK_BOT_TOKEN is not set; reminders are sent with it")
    zone, by = ZoneInfo(settings.digest_zone), secrets.token_hex(8)
    token = settings.slack_bot_token.get_secret_value()
    courier = await SlackCourier.introduce(token, settings.slack_api_url, now, zone)
    recipients = Recipients(courier, zone)
    reviews = Outreach(stores.outreach, courier, courier.team_id, reminding.KIND, by)
    closings = Outreach(stores.outreach, courier, courier.team_id, watching.KIND, by)
    return OutreachClock(
        ReviewReminders(stores.log, reviews, recipients),
        AvailabilityWatch(stores.log, open_providers(), closings, recipients),
        now,
    )


def schedule_of(settings: Settings) -> Schedule:
    """Return when digests are due."""
    return Schedule(settings.digest_weekday, settings.digest_time, ZoneInfo(settings.digest_zone))


def budgets_of(settings: Settings) -> Budgets:
    """Return what may be spent on a day."""
    return Budgets(
        settings.llm_tokens_per_person_day,
        settings.llm_tokens_per_channel_day,
        settings.llm_tokens_per_workspace_day,
        settings.llm_usd_per_day,
    )
