from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import inbox as command
from bot.cli.parser import make_parser
from bot.errors import InputInvalid
from bot.settings import Settings
from bot.stores.connection import open_redis
from bot.stores.inbox import RedisInbox

Show = Callable[..., str]
REASON = "ValueError (reference 0badcafe)"


def prepare(redis_url: str, *, buried: int, waiting: int) -> None:
    async def fill() -> None:
        async with await open_redis(redis_url) as clients:
            inbox = RedisInbox(clients.quick, clients.blocking)
            for number in range(buried + waiting):
                await inbox.append("planted words", order_key=f"thread {number}", once=f"{number}")
            for entry in await inbox.take("w", buried, 0) if buried else ():
                await inbox.bury(entry, REASON)

    asyncio.run(fill())


@pytest.fixture
def show(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Show:
    """Run the command and return what it prints, without a word of what people wrote."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(redis_url=SecretStr(redis_url), data_dir=tmp_path)

    def run(*arguments: str) -> str:
        command.run(make_parser().parse_args(["inbox", *arguments]), settings)
        shown = capsys.readouterr().out
        assert "planted" not in shown
        return shown

    return run


def test_an_empty_inbox_says_so(show: Show) -> None:
    assert show() == "Nothing waits; 0 given up.\n"
    assert show("dead") == "Nothing was given up.\n"
    assert json.loads(show("dead", "--json")) == []


def test_backlog_and_its_age_are_shown(show: Show, redis_url: str) -> None:
    prepare(redis_url, buried=1, waiting=2)
    assert show().startswith("2 waiting or in work, the oldest for ")
    state = json.loads(show("show", "--json"))
    assert (state["backlog"], state["dead_letters"]) == (2, 1)


@pytest.mark.parametrize("by", ["id", "reference"])
def test_what_was_given_up_is_listed_with_its_reason_and_taken_back(
    show: Show, redis_url: str, by: str
) -> None:
    prepare(redis_url, buried=1, waiting=0)
    assert REASON in show("dead")
    (letter,) = json.loads(show("dead", "--json"))
    assert set(letter) == {"id", "reason", "attempts", "buried_at"}
    show("retry", letter["id"] if by == "id" else "0badcafe")
    assert show().endswith("; 0 given up.\n")
    with pytest.raises(InputInvalid, match="no dead letter"):
        show("retry", letter["id"])


@pytest.mark.parametrize("arguments", [("retry",), ("dead", "1-1"), ("show", "1-1")])
def test_wrong_usage_says_what_to_write(show: Show, arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputInvalid, match="inbox retry ID"):
        show(*arguments)
