"""What `doctor` finds, on a real Redis, a real index, and a fake Slack."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import open_index
from bot.cli import doctor as command
from bot.cli.parser import make_parser
from bot.doctor import examine
from bot.findings import Finding
from bot.ports import InboxState
from bot.settings import Settings
from bot.slack import checkup
from bot.slack.scopes import needed
from bot.stores.checkup import judge_inbox, judge_memory
from bot.stores.connection import RedisClients
from bot.stores.installations import RedisInstallations
from bot.stores.token_safe import TokenSafe
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.teams import NORTH, SOUTH, Teams
from tests.fake_slack.workspace import BOT_NAME
from tests.integration.stores.examples import TOKEN_KEY, an_installation


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(needed()) as fake:
        yield fake


@pytest.fixture
def settings(slack: FakeSlack, redis_url: str, data_dir: Path) -> Settings:
    return Settings(
        data_dir=data_dir,
        redis_url=SecretStr(redis_url),
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_url=slack.api_url,
        llm_model="",
    )


async def found(settings: Settings, *, at: datetime | None = None) -> dict[str, Finding]:
    findings = [finding async for finding in examine(settings, at or datetime.now(UTC))]
    return {finding.subject: finding for finding in findings}


def changed(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update=changes)


async def test_where_all_is_well_nothing_is_bad(settings: Settings) -> None:
    findings = await found(settings)
    assert [one for one in findings.values() if one.grade == "bad"] == []
    assert BOT_NAME in findings["Slack, bot token"].words
    for subject in ("Slack, scopes", "Slack, app token", "Clock", "Redis, persistence", "Index", "Inbox"):
        assert findings[subject].grade == "good", findings[subject]


async def test_what_is_not_good_has_a_remedy(settings: Settings) -> None:
    findings = await found(changed(settings, slack_bot_token=None, slack_app_token=None))
    assert findings["Slack"].grade == "note"
    assert all(finding.remedy for finding in findings.values() if finding.grade != "good")


async def test_a_missing_scope_is_named(settings: Settings, slack: FakeSlack) -> None:
    slack.api.scopes = needed() - {"chat:write"}
    finding = (await found(settings))["Slack, scopes"]
    assert (finding.grade, finding.words) == ("bad", "missing: chat:write")


async def test_a_scope_too_many_is_named(settings: Settings, slack: FakeSlack) -> None:
    slack.api.scopes = needed() | {"admin"}
    finding = (await found(settings))["Slack, scopes"]
    assert finding.grade == "note"
    assert "admin" in finding.words


@pytest.mark.parametrize(
    ("setting", "subject"),
    [("slack_bot_token", "Slack, bot token"), ("slack_app_token", "Slack, app token")],
)
async def test_a_token_that_slack_refuses_is_bad_and_not_shown(
    settings: Settings, setting: str, subject: str
) -> None:
    findings = await found(changed(settings, **{setting: SecretStr("xoxb-planted-secret")}))
    assert findings[subject].grade == "bad"
    assert "planted" not in repr(findings)
    assert findings["Redis"].grade == "good"


async def test_a_clock_that_is_wrong_is_bad(settings: Settings) -> None:
    finding = (await found(settings, at=datetime.now(UTC) + timedelta(minutes=7)))["Clock"]
    assert finding.grade == "bad"
    assert 400 < int(finding.words.split()[0]) <= 421


async def test_a_redis_that_forgets_or_evicts_is_bad(settings: Settings, redis_clients: RedisClients) -> None:
    redis = redis_clients.quick
    await redis.config_set("appendonly", "no")
    await redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        findings = await found(settings)
    finally:
        await redis.config_set("appendonly", "yes")
        await redis.config_set("maxmemory-policy", "noeviction")
    assert findings["Redis, persistence"].grade == "bad"
    assert findings["Redis, eviction"].grade == "bad"
    assert "allkeys-lru" in findings["Redis, eviction"].words


@pytest.mark.parametrize(
    ("used", "most", "grade"), [(79, 100, "good"), (81, 100, "bad"), (100, 100, "bad"), (81, 0, "good")]
)
def test_a_redis_that_is_nearly_full_is_bad(used: int, most: int, grade: str) -> None:
    assert judge_memory(used * 2**20, most * 2**20).grade == grade


@pytest.mark.parametrize(
    ("state", "grade", "says"),
    [
        (InboxState(0, 0.0, 0), "good", "nothing waits"),
        (InboxState(3, 5.0, 0), "good", "3 waiting"),
        (InboxState(101, 5.0, 0), "note", "101 waiting"),
        (InboxState(1, 61.0, 0), "note", "for 61 s"),
        (InboxState(0, 0.0, 2), "note", "2 were given up"),
    ],
)
def test_what_waits_too_long_or_was_given_up_is_worth_a_note(
    state: InboxState, grade: str, says: str
) -> None:
    finding = judge_inbox(state)
    assert finding.grade == grade
    assert says in finding.words


async def test_the_memory_of_a_redis_is_looked_at(settings: Settings, redis_clients: RedisClients) -> None:
    await redis_clients.quick.config_set("maxmemory", str(4 * 2**30))
    try:
        finding = (await found(settings))["Redis, memory"]
    finally:
        await redis_clients.quick.config_set("maxmemory", "0")
    assert finding.words.endswith("of 4096 MiB")


async def test_without_redis_the_rest_is_looked_at_all_the_same(settings: Settings) -> None:
    away = SecretStr("redis://user:planted-secret@127.0.0.1:1/0")
    findings = await found(changed(settings, redis_url=away))
    assert findings["Redis"].grade == "bad"
    assert findings["Index"].grade == "good"
    assert "planted" not in repr(findings)


async def test_an_index_that_a_running_bot_holds_is_no_fault(settings: Settings) -> None:
    with open_index(settings, lambda _line: None):
        finding = (await found(settings))["Index"]
    assert finding.grade == "note"


async def test_an_index_folder_that_is_none_is_bad(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    finding = (await found(changed(settings, data_dir=tmp_path)))["Index"]
    assert finding.grade == "bad"


async def test_old_prices_are_said_to_be_old(settings: Settings) -> None:
    finding = (await found(settings, at=datetime(2031, 1, 1, tzinfo=UTC)))["Prices"]
    assert finding.grade == "note"
    assert "rows are older than 60 days" in finding.words


async def test_a_model_without_an_exam_is_a_note_and_is_not_called(settings: Settings) -> None:
    model = {"llm_model": "openai:planted", "llm_base_url": "http://127.0.0.1:1/v1"}
    findings = await found(changed(settings, **model))
    assert findings["Language model"].grade == "good"
    assert findings["Language model, exam"].remedy == "run python -m bot exam once"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_prints_every_finding_and_fails_when_one_is_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    away = Settings(
        data_dir=tmp_path,
        redis_url=SecretStr("redis://127.0.0.1:1/0"),
        slack_bot_token=None,
        slack_app_token=None,
        llm_model="",
    )
    options = make_parser().parse_args(["doctor", *(["--json"] if as_json else [])])
    with pytest.raises(command.NeedsRepair, match="repair first: Redis"):
        options.run(options, away)
    printed = capsys.readouterr().out
    if as_json:
        grades = {row["subject"]: row["grade"] for row in json.loads(printed)}
        assert grades["Redis"] == "bad"
        assert grades["Index"] == "good"
    else:
        assert "BAD" in printed
        assert "→ repair it, then run this again" in printed


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    async with Teams(needed()) as fake:
        yield fake


@pytest.fixture
def of_many(settings: Settings, teams: Teams) -> Settings:
    return changed(
        settings,
        slack_bot_token=None,
        slack_app_token=None,
        slack_client_id="1.1",
        slack_client_secret=SecretStr("client"),
        slack_signing_secret=SecretStr("signing"),
        slack_token_keys=SecretStr(TOKEN_KEY),
        http_public_url="https://advisor.example",
        slack_install_teams=("any",),
        slack_api_url=teams.api_url,
    )


async def installed(clients: RedisClients, teams: Teams, *team_ids: str) -> None:
    kept = RedisInstallations(clients.quick, TokenSafe([TOKEN_KEY]))
    for team_id in team_ids:
        await kept.save(an_installation(team_id, token=teams.install(team_id)))


async def test_where_all_workspaces_are_well_that_is_said(
    of_many: Settings, teams: Teams, redis_clients: RedisClients
) -> None:
    await installed(redis_clients, teams, NORTH, SOUTH)
    findings = await found(of_many)
    assert findings["Slack, workspaces"].grade == "good"
    assert findings["Slack, workspaces"].words.startswith("2 looked at")
    assert "https://advisor.example/slack/install" in findings["Slack, many workspaces"].words
    assert not [one for one in findings.values() if one.grade == "bad"]


async def test_what_is_wrong_in_one_of_many_workspaces_is_named_without_its_token(
    of_many: Settings, teams: Teams, redis_clients: RedisClients
) -> None:
    await installed(redis_clients, teams, NORTH, SOUTH)
    teams.revoke(NORTH)
    teams.teams[SOUTH].api.scopes = needed() - {"users:read"}
    findings = await found(of_many)
    assert "token_revoked" in findings[f"Slack, workspace {NORTH}"].words
    assert "users:read" in findings[f"Slack, workspace {SOUTH}"].words
    other_key = changed(of_many, slack_token_keys=SecretStr(f"{'strange' * 6}A="))
    assert "SLACK_TOKEN_KEYS" in (await found(other_key))[f"Slack, workspace {NORTH}"].words
    assert "xoxb" not in repr(findings)


async def test_so_many_workspaces_are_asked_and_no_more(
    of_many: Settings, teams: Teams, redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "MOST_WORKSPACES", 1)
    await installed(redis_clients, teams, NORTH, SOUTH)
    assert (await found(of_many))["Slack, workspaces"].words.startswith("the latest 1 of 2")


async def test_what_is_not_set_for_many_workspaces_is_named(of_many: Settings) -> None:
    finding = (await found(changed(of_many, slack_token_keys=None)))["Slack, many workspaces"]
    assert (finding.grade, finding.words) == ("bad", "not set: SLACK_TOKEN_KEYS")
    worker = changed(of_many, slack_client_secret=None, slack_signing_secret=None, http_public_url="")
    assert (await found(worker))["Slack, many workspaces"].grade == "note"
