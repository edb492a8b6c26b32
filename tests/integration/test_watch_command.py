"""`decisions watch` names the decisions that rest on a closed model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import log
from bot.cli.parser import make_parser
from bot.record import DecisionRecord
from bot.settings import Settings
from bot.stores.connection import open_redis
from bot.stores.decisions import RedisDecisionLog
from tests.unit.test_watching import decided

AFTER_GPT_4O = datetime(2027, 1, 20, tzinfo=UTC)
"""Its tuned versions leave on 14 January 2027."""
Watch = Callable[..., str]


def keep(redis_url: str, *records: DecisionRecord) -> None:
    async def save_all() -> None:
        async with await open_redis(redis_url) as clients:
            for record in records:
                await RedisDecisionLog(clients.quick).save(record)

    asyncio.run(save_all())


@pytest.fixture
def watch(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Watch:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setattr(log, "now", lambda: AFTER_GPT_4O)

    def run(*arguments: str) -> str:
        options = make_parser().parse_args(["decisions", "watch", *arguments])
        options.run(options, Settings.model_validate({"redis_url": SecretStr(redis_url)}))
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


def test_each_decision_that_rests_on_a_closed_model_is_named(watch: Watch, redis_url: str) -> None:
    keep(redis_url, decided(1, base_model="openai-gpt-4o"), decided(2, base_model="llama"))
    printed = watch()
    assert "D-0000000001 rests on GPT-4o, which has been retired; today: " in printed
    assert "as of" in printed
    assert "https://" in printed
    assert "D-0000000002" not in printed
    assert printed.endswith("1 decision rests on a model that was closed since.\n")


def test_as_json_it_prints_a_list(watch: Watch, redis_url: str) -> None:
    assert json.loads(watch("--json")) == []
    keep(redis_url, decided(1, base_model="openai-gpt-4o"))
    (row,) = json.loads(watch("--json"))
    assert (row["decision_id"], row["row"], row["status"]) == ("D-0000000001", "openai-gpt-4o", "retired")
