from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.cli.parser import make_parser
from bot.conversation import Place
from bot.errors import InputInvalid, SettingsInvalid, WrongUsage
from bot.ports import Installation
from bot.settings import Settings
from bot.slack.scopes import needed
from bot.stores.connection import open_redis
from bot.stores.conversations import RedisConversations
from bot.stores.installations import RedisInstallations
from bot.stores.token_safe import TokenSafe
from tests.integration.stores.examples import TOKEN_KEY, a_conversation, an_installation

Show = Callable[..., str]
NEW_KEY = Fernet.generate_key().decode()


def install(redis_url: str, *installations: Installation) -> None:
    async def fill() -> None:
        async with await open_redis(redis_url) as clients:
            kept = RedisInstallations(clients.quick, TokenSafe([TOKEN_KEY]))
            for installation in installations:
                await kept.save(installation)
                place = Place(team_id=installation.team_id, channel_id="C1", thread="1.2")
                await RedisConversations(clients.quick).save(a_conversation(place))

    asyncio.run(fill())


def keys_of(redis_url: str, team_id: str) -> list[str]:
    async def look() -> list[str]:
        async with await open_redis(redis_url) as clients:
            return [str(key) for key in await clients.quick.keys(f"*{{{team_id}}}*")]

    return asyncio.run(look())


@pytest.fixture
def show(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Show:
    """Run the command with these keys and return what it prints: never a token."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, keys: str = TOKEN_KEY, name: str = "workspaces") -> str:
        settings = Settings(
            redis_url=SecretStr(redis_url),
            data_dir=tmp_path,
            slack_client_id="1.1",
            slack_token_keys=SecretStr(keys) if keys else None,
        )
        try:
            options = make_parser().parse_args([name, *arguments])
            options.run(options, settings)
        finally:
            printed = capsys.readouterr()
            assert "xoxb" not in printed.out + printed.err
        return printed.out

    return run


def test_where_nobody_installed_it_that_is_said(show: Show) -> None:
    assert show() == "No workspace has installed the app.\n"
    assert json.loads(show("--json")) == []


def test_workspaces_are_listed_with_what_they_miss(show: Show, redis_url: str) -> None:
    later = datetime(2026, 11, 20, tzinfo=UTC)
    install(
        redis_url,
        an_installation("T1", scopes=needed()),
        an_installation("T2", scopes=needed() - {"users:read"}, installed_at=later, installed_by="U7"),
    )
    first, second = json.loads(show("--json"))
    assert (first["team_id"], first["name"], first["missing_scopes"]) == ("T1", "Team T1", [])
    assert (second["installed_by"], second["missing_scopes"]) == ("U7", ["users:read"])
    table = show()
    assert "users:read" in table
    assert "Team T2" in table


@pytest.mark.parametrize("keys", ["", NEW_KEY])
def test_without_its_key_a_workspace_is_listed_with_its_problem(
    show: Show, redis_url: str, keys: str
) -> None:
    install(redis_url, an_installation("T1"))
    (row,) = json.loads(show("--json", keys=keys))
    assert row["name"] == "Team T1"
    assert "SLACK_TOKEN_KEYS" in row["problem"]


def test_who_is_removed_leaves_nothing_and_others_stay(show: Show, redis_url: str) -> None:
    install(redis_url, an_installation("T1"), an_installation("T2"))
    before = keys_of(redis_url, "T2")
    assert "its token first" in show("remove", "T1")
    assert keys_of(redis_url, "T1") == []
    assert keys_of(redis_url, "T2") == before
    assert [row["team_id"] for row in json.loads(show("--json"))] == ["T2"]


def test_who_is_purged_leaves_no_token_either(show: Show, redis_url: str) -> None:
    install(redis_url, an_installation("T1"), an_installation("T2"))
    assert "of workspace T1" in show("--team", "T1", name="purge")
    assert keys_of(redis_url, "T1") == []
    assert [row["team_id"] for row in json.loads(show("--json"))] == ["T2"]


def test_who_is_not_there_cannot_be_removed(show: Show) -> None:
    with pytest.raises(InputInvalid, match="not installed"):
        show("remove", "T1")


@pytest.mark.parametrize("arguments", [("remove",), ("list", "T1"), ("rotate-keys", "T1")])
def test_a_command_that_makes_no_sense_is_refused(show: Show, arguments: tuple[str, ...]) -> None:
    with pytest.raises(WrongUsage, match="workspaces remove T"):
        show(*arguments)


def test_after_a_rotation_the_old_key_is_not_needed(show: Show, redis_url: str) -> None:
    install(redis_url, an_installation("T1"), an_installation("T2"))
    assert show("rotate-keys", keys=f"{NEW_KEY}, {TOKEN_KEY}").startswith("2 tokens")
    rows = json.loads(show("--json", keys=NEW_KEY))
    assert [row["problem"] for row in rows] == ["", ""]


def test_one_token_that_cannot_be_read_keeps_no_other_from_rotation(show: Show, redis_url: str) -> None:
    install(redis_url, an_installation("T1"))
    show("rotate-keys", keys=f"{NEW_KEY},{TOKEN_KEY}")
    install(redis_url, replace(an_installation("T2"), installed_at=datetime.now(UTC) + timedelta(hours=1)))
    with pytest.raises(InputInvalid, match="keep the old keys: 1 tokens"):
        show("rotate-keys", keys=NEW_KEY)


def test_without_keys_nothing_is_rotated(show: Show) -> None:
    with pytest.raises(SettingsInvalid, match="SLACK_TOKEN_KEYS"):
        show("rotate-keys", keys="")
