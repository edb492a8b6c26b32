from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import feedback as feedback_command
from bot.cli.parser import make_parser
from bot.feedback import Feedback
from bot.settings import Settings
from bot.stores.connection import open_redis
from bot.stores.feedback import RedisFeedback

NOW = datetime(2026, 11, 28, 1, tzinfo=UTC)
Show = Callable[..., str]
WRONG = Feedback(
    team_id="T1",
    channel_id="C1",
    about="D-0123456789",
    by="U1",
    at=NOW - timedelta(days=2),
    verdict="not_helpful",
    reason="it missed\nour \x1b[31mtests[/red]",
)
GOOD = Feedback(
    team_id="T2",
    channel_id="C2",
    about="term:lora",
    by="U2",
    at=NOW - timedelta(days=1),
    verdict="helpful",
)


def keep(redis_url: str, *given: Feedback) -> None:
    async def keep_all() -> None:
        async with await open_redis(redis_url) as clients:
            for one in given:
                await RedisFeedback(clients.quick).keep(one)

    asyncio.run(keep_all())


@pytest.fixture
def show(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Show:
    """Run the command on 28 November and return what it prints."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setattr(feedback_command, "now", lambda: NOW)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str) -> str:
        options = make_parser().parse_args(["feedback", *arguments])
        options.run(options, Settings.model_validate({"redis_url": SecretStr(redis_url)}))
        return capsys.readouterr().out

    return run


def test_feedback_is_listed_with_its_reasons_oldest_first(redis_url: str, show: Show) -> None:
    keep(redis_url, GOOD, WRONG)
    lines = show().splitlines()
    assert lines[1].split("  ")[0] == "2026-11-26 01:00"
    assert "not helpful" in lines[1]
    assert "it missed our [31mtests[/red]" in lines[1]
    assert "term:lora" in lines[2]
    assert lines[-1] == "2 in all: 1 helpful, 1 not."


def test_feedback_is_printed_as_json_of_one_workspace_and_of_some_days(redis_url: str, show: Show) -> None:
    keep(redis_url, GOOD, WRONG)
    assert [row["about"] for row in json.loads(show("--json"))] == ["D-0123456789", "term:lora"]
    (row,) = json.loads(show("--json", "--team", "T1"))
    assert Feedback.model_validate(row) == WRONG
    assert json.loads(show("--json", "--days", "1", "--team", "T1")) == []


def test_no_feedback_is_said_in_a_sentence(show: Show) -> None:
    assert show().startswith("No feedback in the last 30 days.")
    assert show("--json") == "[]\n"
