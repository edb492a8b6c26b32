"""Looks at everything the bot stands on, one after another, and says of each what to do.

Each part looks at itself (`bot.slack.checkup`, `bot.stores.checkup`); this is where they are put in order. A
part that fails does not keep the others from being looked at.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime

from bot.app import KNOWLEDGE, open_index, open_stores
from bot.availability import STALE_AFTER_DAYS
from bot.errors import BotError
from bot.findings import Finding, bad, good, note
from bot.settings import Settings
from bot.stores.checkup import check_redis
from bot.stores.connection import open_redis
from knowledge.errors import IndexInUse, KnowledgeError
from knowledge.prices import load_prices
from knowledge.providers import load_providers

_PROBE = "should we fine-tune a model on our own examples?"
_LEAST_FREE_GIB = 1
_NAMED = 3


async def examine(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """Yield findings as they come."""
    async for finding in _slack(settings, now):
        yield finding
    async for finding in _redis(settings):
        yield finding
    for finding in await asyncio.to_thread(lambda: list(_knowledge(settings, now.date()))):
        yield finding
    async for finding in _model(settings):
        yield finding
    yield _disk(settings)


async def _slack(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    if settings.serves_many:
        async for finding in _workspaces(settings):
            yield finding
        return
    if settings.slack_bot_token is None:
        yield note(
            "Slack",
            "no tokens are set: only the terminal can be used",
            "README, “Connect Slack”, says how to get them",
        )
        return
    from bot.slack.checkup import check_slack  # noqa: PLC0415 - Bolt is slow to import

    app_token = settings.slack_app_token
    found = check_slack(
        settings.slack_bot_token.get_secret_value(),
        app_token.get_secret_value() if app_token else None,
        settings.slack_api_url,
        now,
    )
    async for finding in found:
        yield finding


async def _workspaces(settings: Settings) -> AsyncIterator[Finding]:
    wanted = {
        "SLACK_TOKEN_KEYS": settings.token_keys,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "HTTP_PUBLIC_URL": settings.http_public_url,
        "SLACK_INSTALL_TEAMS": settings.slack_install_teams,
    }
    if missing := [name for name, value in wanted.items() if not value]:
        # Workers need the keys alone.
        told = bad if "SLACK_TOKEN_KEYS" in missing else note
        yield told(
            "Slack, many workspaces",
            f"not set: {', '.join(missing)}",
            "set them for whatever takes in Slack's requests; a worker needs SLACK_TOKEN_KEYS alone",
        )
    else:
        yield good("Slack, many workspaces", f"people install it at {settings.http_public_url}/slack/install")
    from bot.slack.checkup import check_workspaces  # noqa: PLC0415 - Bolt is slow to import

    try:
        async with open_stores(settings) as stores:
            async for finding in check_workspaces(stores.installations, settings.slack_api_url):
                yield finding
    except BotError as error:
        yield bad("Slack, workspaces", str(error), "repair Redis, then run this again")


async def _redis(settings: Settings) -> AsyncIterator[Finding]:
    if settings.redis_url is None:
        yield note(
            "Redis",
            f"one of our own, under {settings.data_dir}/redis",
            "set REDIS_URL before more than one machine shall run the bot",
        )
    try:
        # Starts the one of our own, if nobody has.
        async with open_stores(settings) as stores, await open_redis(stores.redis_url) as clients:
            async for finding in check_redis(clients):
                yield finding
    except BotError as error:
        yield bad("Redis", str(error), "repair it, then run this again")


def _knowledge(settings: Settings, today: date) -> Iterator[Finding]:
    try:
        with open_index(settings, lambda _line: None) as index:
            stats = index.stats()
            nearest = index.retriever.search(_PROBE, 1)
    except IndexInUse:
        yield note("Index", "a running bot holds it", "stop the bot to have the index looked at, too")
    except (BotError, KnowledgeError) as error:
        yield bad("Index", str(error), "python -m bot index builds it anew; stop other processes first")
    else:
        added = f" and {len(stats.documents)} documents" if stats.documents else ""
        passages = stats.glossary_chunks + stats.document_chunks
        words = f"{passages} passages of {stats.terms} terms{added}, by {settings.embedding_model}"
        if nearest and nearest[0].slug == "fine-tuning":
            yield good("Index", f"{words}; a question about fine-tuning finds it")
        else:
            yield bad(
                "Index",
                f"{words}; a question about fine-tuning does not find it",
                "remove the folder index under DATA_DIR, then run python -m bot index",
            )
    yield _stale("Prices", [row.slug for row in load_prices(KNOWLEDGE / "prices.yaml").stale_rows(today)])
    providers = load_providers(KNOWLEDGE / "providers.yaml").stale_rows(today)
    yield _stale("Providers", [row.slug for row in providers])


def _stale(subject: str, slugs: list[str]) -> Finding:
    if not slugs:
        return good(subject, f"every row was read within the last {STALE_AFTER_DAYS} days")
    more = f" and {len(slugs) - _NAMED} more" if len(slugs) > _NAMED else ""
    return note(
        subject,
        f"{len(slugs)} rows are older than {STALE_AFTER_DAYS} days: {', '.join(slugs[:_NAMED])}{more}",
        f"answers say so; read their sources again and date them in knowledge/{subject.lower()}.yaml",
    )


async def _model(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.llm_model:
        yield good("Language model", "none is set; the rules answer alone, and nothing leaves")
        return
    where = settings.llm_base_url or "its vendor"
    yield good("Language model", f"{settings.llm_model} at {where}; nothing was sent to it just now")
    try:
        from bot.llm.prompts import prompt_version  # noqa: PLC0415 - for some only

        async with open_stores(settings) as stores:
            result = await stores.exams.load(settings.llm_model, prompt_version())
    except BotError as error:
        yield bad("Language model, exam", str(error), "repair Redis, then run this again")
        return
    if result is None:
        yield note("Language model, exam", "not taken, so it does not read", "run python -m bot exam once")
    elif result.trust.counts:
        yield good("Language model, exam", "passed, so it reads along")
    else:
        yield note(
            "Language model, exam", "not passed, so it does not read", "set a better model, or leave it"
        )


def _disk(settings: Settings) -> Finding:
    directory = settings.data_dir if settings.data_dir.exists() else settings.data_dir.resolve().parent
    free_gib = shutil.disk_usage(directory).free / 2**30
    if free_gib >= _LEAST_FREE_GIB:
        return good("Disk", f"{free_gib:.0f} GiB are free under {settings.data_dir}")
    return bad("Disk", f"less than {_LEAST_FREE_GIB} GiB is free under {settings.data_dir}", "make room")
