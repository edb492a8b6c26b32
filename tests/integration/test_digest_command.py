"""`python -m bot digest` against a real Redis and a fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app
from bot.cli import digest
from bot.cli.parser import make_parser
from bot.conversation import Audience
from bot.errors import InputInvalid, NotInChannel, SettingsInvalid, WrongUsage
from bot.settings import Settings
from bot.slack.scopes import needed
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from bot.stores.installations import RedisInstallations
from bot.stores.token_safe import TokenSafe
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.teams import NORTH, SOUTH, Teams
from tests.fake_slack.workspace import TEAM_ID
from tests.integration.stores.examples import TOKEN_KEY, a_record, an_installation

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Run = Callable[..., Awaitable[str]]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(needed()) as fake:
        yield fake


@pytest.fixture
def run(
    redis_url: str,
    slack: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Run:
    """Run the command on 23 November, and return everything that it prints."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for module in (app, digest):
        monkeypatch.setattr(module, "now", lambda: NOW)
    tokens = {"slack_bot_token": SecretStr(slack.bot_token), "slack_app_token": SecretStr(slack.app_token)}

    async def run_(*arguments: str, with_slack: bool = True, **more: object) -> str:
        options = make_parser().parse_args(["digest", *arguments])
        given = {
            "redis_url": SecretStr(redis_url),
            "slack_api_url": slack.api_url,
            **(tokens if with_slack else {}),
            **more,
        }
        await asyncio.to_thread(options.run, options, Settings.model_validate(given))
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run_


async def _keep(clients: RedisClients, number: int, audience: Audience) -> None:
    record = a_record(number, team_id=TEAM_ID, context=f"Question {number}?")
    await RedisDecisionLog(clients.quick).save(record.model_copy(update={"audience": audience}))


async def test_a_digest_is_posted_once(run: Run, slack: FakeSlack, redis_clients: RedisClients) -> None:
    general = slack.add_channel("general", set())
    await _keep(redis_clients, 1, Audience(kind="conversation", channel_id=general.id))
    assert f"Digest of 2026-W47 posted to {general.id}." in await run("--channel", general.id)
    assert f"Digest of 2026-W47 was posted before in {general.id}." in await run("--channel", general.id)
    (message,) = slack.workspace.ours(general.id)
    assert "Question 1?" in message.shown
    await run("--channel", general.id, "--week", "2026-W46")
    assert "9–15 November 2026" in slack.workspace.ours(general.id)[1].shown


async def test_a_dry_run_asks_slack_what_is_private_by_now_and_posts_nothing(
    run: Run, slack: FakeSlack, redis_clients: RedisClients
) -> None:
    general = slack.add_channel("general", set())
    turned = slack.add_channel("turned", set(), "private")
    await _keep(redis_clients, 1, Audience(kind="workspace", channel_id=general.id))
    await _keep(redis_clients, 2, Audience(kind="workspace", channel_id=turned.id))
    printed = await run("--channel", general.id, "--dry-run")
    assert "Question 1?" in printed
    assert "Question 2?" not in printed
    assert general.messages == []


async def test_without_slack_a_dry_run_shows_what_was_recorded_and_says_so(
    run: Run, redis_clients: RedisClients
) -> None:
    await _keep(redis_clients, 1, Audience(kind="workspace", channel_id="C1"))
    await _keep(redis_clients, 2, Audience(kind="person", user_id="U1"))
    printed = await run("--channel", "C1", "--dry-run", with_slack=False)
    assert "Without SLACK_BOT_TOKEN" in printed
    assert "Question 1?" in printed
    assert "Question 2?" not in printed


async def test_without_slack_nobody_guesses_whose_log_is_meant(run: Run, redis_clients: RedisClients) -> None:
    assert "Nobody asked" in await run("--channel", "C1", "--dry-run", with_slack=False)
    for team_id in ("T1", "T2"):
        await RedisDecisionLog(redis_clients.quick).save(a_record(1, team_id=team_id))
    with pytest.raises(WrongUsage, match="choose the workspace with --team; there are 2: T1, T2"):
        await run("--channel", "C1", "--dry-run", with_slack=False)


async def test_what_cannot_be_done_is_one_line(run: Run, slack: FakeSlack) -> None:
    with pytest.raises(InputInvalid, match="2026-W99"):
        await run("--channel", "C1", "--week", "2026-W99")
    with pytest.raises(SettingsInvalid, match="SLACK_BOT_TOKEN is not set"):
        await run("--channel", "C1", with_slack=False)
    elsewhere = slack.add_channel("elsewhere", set(), with_bot=False)
    with pytest.raises(NotInChannel):
        await run("--channel", elsewhere.id)


async def test_of_many_workspaces_the_named_one_gets_its_digest_with_its_own_token(
    run: Run, redis_clients: RedisClients
) -> None:
    async with Teams(needed()) as teams:
        kept = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
        channels = {}
        for team_id in (NORTH, SOUTH):
            await kept.save(an_installation(team_id, token=teams.install(team_id)))
            channels[team_id] = teams.teams[team_id].add_channel("general", set()).id
        assert channels[NORTH] == channels[SOUTH]
        given = {
            "with_slack": False,
            "slack_client_id": "1.1",
            "slack_token_keys": SecretStr(TOKEN_KEY),
            "slack_api_url": teams.api_url,
        }
        with pytest.raises(WrongUsage, match="--team"):
            await run("--channel", channels[SOUTH], **given)
        with pytest.raises(InputInvalid, match="not installed in 'T0OTHER'"):
            await run("--channel", channels[SOUTH], "--team", "T0OTHER", **given)
        assert "posted to" in await run("--channel", channels[SOUTH], "--team", SOUTH, **given)
        assert len(teams.teams[SOUTH].workspace.ours(channels[SOUTH])) == 1
        assert teams.teams[NORTH].workspace.ours(channels[NORTH]) == []
