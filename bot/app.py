"""The composition root: opens every part, wires them, and closes them in reverse. Decides nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import reminding, watching
from bot.advisor import Advisor
from bot.answer import Reference
from bot.assisting import Assistant
from bot.channel_settings import DigestPlan
from bot.dialogue import Dialogue
from bot.digest_posting import DigestPoster, DigestStores
from bot.earned_trust import EarnedTrust
from bot.errors import InputInvalid, SettingsInvalid, WrongUsage
from bot.exam import ExamResult, examine
from bot.explaining import Writer
from bot.forgetting import Forgetting
from bot.hearing import SecondReader
from bot.house_rules import HouseRules
from bot.language_model import Budgets, LanguageModel, Spender
from bot.leaving import IsInstalled, Leaving
from bot.membership import Membership
from bot.outreach import Outreach
from bot.outreach_clock import OutreachClock
from bot.passages import IndexedPassages
from bot.recipients import Recipients
from bot.reminding import ReviewReminders
from bot.retention import Retention
from bot.settings import Settings
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import Durability, open_redis, read_durability
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.departures import RedisDepartures, RedisWorkspaces
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.exams import RedisExams
from bot.stores.feedback import RedisFeedback
from bot.stores.files import RedisFiles
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.installations import RedisInstallations, RedisInstallStates
from bot.stores.ledger import RedisLedger
from bot.stores.limits import HourlyLimits, RedisQuestionLimits
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.server import start_redis
from bot.stores.term_counts import RedisTermCounts
from bot.stores.token_safe import TokenSafe
from bot.understanding.witness import NO_TRUST
from bot.watching import AvailabilityWatch
from knowledge.chunking import chunk_glossary
from knowledge.evidence import Evidence, load_evidence
from knowledge.glossary import load_glossary
from knowledge.index import KnowledgeIndex
from knowledge.prices import load_prices
from knowledge.providers import Providers, load_providers

if TYPE_CHECKING:
    # Bolt is slow to import, and chat needs none.
    from bot.slack.payloads import Me
    from bot.slack.turns import AdvisorTurn
    from bot.slack.web import SlackWeb
    from bot.slack.workspace import Backing, Running

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
    outreach: RedisOutreachMarks
    digests: DigestStores
    channel_settings: RedisChannelSettings
    posted: RedisPostedReplies
    ledger: RedisLedger
    exams: RedisExams
    feedback: RedisFeedback
    first_contacts: RedisFirstContacts
    limits: RedisQuestionLimits
    departures: RedisDepartures
    workspaces: RedisWorkspaces
    installations: RedisInstallations
    install_states: RedisInstallStates
    files: RedisFiles
    redis_url: str = field(repr=False)
    """Where it is; it may hold a password."""
    durability: Callable[[], Awaitable[Durability]]
    """How this Redis keeps what it is given."""


def now() -> datetime:
    """Return the time; the only clock of the program."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """Connect to Redis, starting one under the data directory when none is set.

    Decisions from before there were lists of today's form are listed first. Raises StoreUnavailable, and
    StoredDataInvalid when one of those cannot be read.
    """
    server = None
    if settings.redis_url:
        url = settings.redis_url.get_secret_value()
    else:
        server = await asyncio.to_thread(start_redis, settings.data_dir)
        url = server.url
    try:
        async with await open_redis(url) as clients:
            log = RedisDecisionLog(clients.quick)
            await log.list_what_is_not()
            yield Stores(
                RedisConversations(clients.quick, expires_after_days=settings.keep_conversations_days),
                log,
                RedisInbox(
                    clients.quick,
                    clients.blocking,
                    dead_letters_for=timedelta(days=settings.keep_dead_letters_days),
                ),
                RedisOutreachMarks(clients.quick),
                DigestStores(
                    RedisDigestMarks(clients.quick),
                    RedisDigestTimes(clients.quick),
                    RedisTermCounts(clients.quick),
                ),
                RedisChannelSettings(clients.quick),
                RedisPostedReplies(clients.quick),
                RedisLedger(clients.quick),
                RedisExams(clients.quick),
                RedisFeedback(clients.quick),
                RedisFirstContacts(clients.quick),
                RedisQuestionLimits(clients.quick, hourly_limits_of(settings)),
                RedisDepartures(clients.quick),
                RedisWorkspaces(clients.quick),
                RedisInstallations(clients.quick, TokenSafe(settings.token_keys)),
                RedisInstallStates(clients.quick),
                RedisFiles(clients.quick),
                redis_url=url,
                durability=partial(read_durability, clients.quick),
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


def open_evidence() -> tuple[Evidence, ...]:
    """Read what of the glossary may stand beside an answer. Raises KnowledgeError."""
    passages = (chunk.passage for chunk in chunk_glossary(load_glossary(KNOWLEDGE / "glossary")))
    return load_evidence(KNOWLEDGE / "evidence.yaml", passages)


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
        settings.llm_turn_timeout_s,
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

    Raises SettingsInvalid, KnowledgeError, StoreUnavailable, and StoredDataInvalid.
    """
    async with open_model(settings, stores) as model:
        if model is None:
            yield None
            return
        load = partial(stores.exams.load, model.name, model.prompt_version)
        result = await load()
        _tell_of_exam(model, result, progress)
        earned = EarnedTrust(load, result)
        yield Assistant(
            SecondReader(model, NO_TRUST, settings.llm_send_thread, settings.llm_thread_tokens),
            Writer(model, open_evidence(), may_be_told_facts=settings.llm_send_thread),
            earned.now,
        )


def _tell_of_exam(model: LanguageModel, result: ExamResult | None, progress: Progress) -> None:
    if result is None:
        progress(
            f"{model.name} was not examined, so it arranges but does not read: run `python -m bot exam` once"
        )
    elif not result.trust.counts:
        progress(f"{model.name} read hardly better than chance in its exam, so it arranges but does not read")


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


def retention_of(settings: Settings, stores: Stores, leaving: Leaving) -> Retention:
    """Return what forgets in time, and what belongs to workspaces that removed the app."""
    return Retention(
        forgetting_of(stores),
        leaving,
        stores.log.team_ids,
        _is_installed(settings, stores),
        record_words_days=settings.keep_record_words_days,
        clock=now,
    )


def _is_installed(settings: Settings, stores: Stores) -> IsInstalled:
    from bot.slack.installed import Installed  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    if settings.serves_many:
        return membership_of(settings, stores).has
    if settings.slack_bot_token is None:
        raise SettingsInvalid("SLACK_BOT_TOKEN is not set; whether the app is installed is asked with it")
    return Installed(settings.slack_bot_token.get_secret_value(), settings.slack_api_url).is_in


@asynccontextmanager
async def open_digest_poster(
    settings: Settings, stores: Stores, team_id: str | None
) -> AsyncIterator[DigestPoster]:
    """Open what posts the digests of a workspace: that of our token, or this one of many.

    Raises SettingsInvalid, InputInvalid, StoredDataInvalid, SlackRefused.
    """
    from bot.slack.serving import open_workspace  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    token = await _token(settings, stores, team_id)
    backing = backing_of(settings, stores, None)
    async with open_workspace(token, settings.slack_api_url, backing) as workspace:
        yield workspace.poster


async def _token(settings: Settings, stores: Stores, team_id: str | None) -> str:
    if not settings.serves_many:
        if settings.slack_bot_token is None:
            raise SettingsInvalid(
                "SLACK_BOT_TOKEN is not set; a digest is posted with it (--dry-run shows it)"
            )
        return settings.slack_bot_token.get_secret_value()
    if team_id is None:
        raise WrongUsage("many workspaces are served: choose one with --team; `workspaces` lists them")
    installation = await stores.installations.load(team_id)
    if installation is None:
        raise InputInvalid(f"the app is not installed in {team_id!r}; `workspaces` lists where it is")
    return installation.token


def backing_of(settings: Settings, stores: Stores, advisor_turn: AdvisorTurn | None) -> Backing:
    """Return what answers rest on in every workspace, without what writes to people unasked."""
    from bot.slack.worker import FOR_MANY, Pace  # noqa: PLC0415 - Bolt is slow to import and chat needs none
    from bot.slack.workspace import Backing  # noqa: PLC0415 - as above

    leaving = leaving_of(settings, stores)

    async def note_removal(team_id: str, _at: datetime) -> None:
        await leaving.note(team_id)

    return Backing(
        advisor_turn=advisor_turn,
        inbox=stores.inbox,
        conversations=stores.conversations,
        posted_replies=stores.posted,
        decision_log=stores.log,
        feedback=stores.feedback,
        first_contacts=stores.first_contacts,
        house=house_rules(settings, stores),
        digest_stores=stores.digests,
        limits=stores.limits,
        note_removal=membership_of(settings, stores).leave if settings.serves_many else note_removal,
        clock=now,
        shows_status=bool(settings.llm_model),
        pace=FOR_MANY if settings.serves_many else Pace(),
    )


def membership_of(settings: Settings, stores: Stores) -> Membership:
    """Return what keeps who installed the app, where many may."""
    from bot.slack.installed import InstalledByMany  # noqa: PLC0415 - Bolt is slow to import

    return Membership(
        stores.installations,
        stores.departures,
        leaving_of(settings, stores),
        InstalledByMany(stores.installations, settings.slack_api_url).is_in,
    )


def outreach_of(settings: Settings, stores: Stores) -> Callable[[SlackWeb, Me], Running]:
    """Return what makes, for a workspace, what writes to its people unasked. Raises KnowledgeError."""
    from bot.slack.courier import SlackCourier  # noqa: PLC0415 - Bolt is slow to import and chat needs none

    zone, by, providers = ZoneInfo(settings.digest_zone), secrets.token_hex(8), open_providers()

    def outreach(web: SlackWeb, me: Me) -> Running:
        courier = SlackCourier(web, me, now, zone)
        recipients = Recipients(courier, zone)
        reviews = Outreach(stores.outreach, courier, courier.team_id, reminding.KIND, by)
        closings = Outreach(stores.outreach, courier, courier.team_id, watching.KIND, by)
        clock = OutreachClock(
            ReviewReminders(stores.log, reviews, recipients),
            AvailabilityWatch(stores.log, providers, closings, recipients),
            now,
        )
        return clock.run

    return outreach


def house_rules(settings: Settings, stores: Stores) -> HouseRules:
    """Return the settings of channels, over what the operator set for all."""
    usual = DigestPlan(weekday=settings.digest_weekday, at=settings.digest_time, zone=settings.digest_zone)
    return HouseRules(stores.channel_settings, stores.digests.times, usual, settings.digest_channels)


def forgetting_of(stores: Stores) -> Forgetting:
    """Return what erases words in every store that holds any; a new such store is named here."""
    from bot.slack.held import HeldWords  # noqa: PLC0415 - only what erases reads the inbox's entries

    return Forgetting(
        stores.log,
        stores.conversations,
        {
            "unanswered messages and dead letters": HeldWords(stores.inbox.drop),
            "conversations": stores.conversations,
            "accounts of model use": stores.ledger,
            "counts of questions": stores.limits,
            "Homes": stores.first_contacts,
            "reminders": stores.outreach,
            "settings of channels": stores.channel_settings,
            "feedback": stores.feedback,
            "installations": stores.installations,
            "decisions": stores.log,
        },
    )


def leaving_of(settings: Settings, stores: Stores) -> Leaving:
    """Return what deletes workspaces that removed the app."""
    from bot.slack.held import HeldWords  # noqa: PLC0415 - as above

    return Leaving(
        stores.departures,
        stores.workspaces,
        HeldWords(stores.inbox.drop),
        keep_for=timedelta(hours=settings.keep_removed_hours),
        clock=now,
    )


def hourly_limits_of(settings: Settings) -> HourlyLimits:
    """Return how many questions are taken within an hour."""
    return HourlyLimits(
        settings.limit_person_hour, settings.limit_channel_hour, settings.limit_workspace_hour
    )


def budgets_of(settings: Settings) -> Budgets:
    """Return what may be spent on a day."""
    return Budgets(
        settings.llm_tokens_per_person_day,
        settings.llm_tokens_per_channel_day,
        settings.llm_tokens_per_workspace_day,
        settings.llm_usd_per_day,
    )
