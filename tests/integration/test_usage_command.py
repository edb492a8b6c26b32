from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import usage
from bot.cli.parser import make_parser
from bot.language_model import Spender
from bot.model_use import ModelUse
from bot.settings import Settings
from bot.stores.connection import open_redis
from bot.stores.ledger import RedisLedger

ANA = Spender("T024BE7LD", "C024BE91L", "U0G9QF9C6")
BEN = Spender("T024BE7LD", "C024BE91L", "U0G9QF9C7")
Show = Callable[..., str]


def a_use(tokens_in: int, cost_usd: float | None, failure: str = "") -> ModelUse:
    return ModelUse(
        purpose="reading",
        model="openai:gpt-6.1-sol",
        prompt_version="p1",
        tokens_in=tokens_in,
        tokens_cached=tokens_in // 2,
        tokens_out=tokens_in // 10,
        latency_ms=900,
        cost_usd=cost_usd,
        accepted=3,
        replaced=1,
        failure=failure,
    )


def keep(redis_url: str, day: str, *uses: tuple[Spender, ModelUse]) -> None:
    async def settle_all() -> None:
        async with await open_redis(redis_url) as clients:
            for spender, use in uses:
                await RedisLedger(clients.quick).settle(spender, day, 0, use)

    asyncio.run(settle_all())


@pytest.fixture
def show(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Show:
    """Run the command on 28 November, with no settings but those given, and return what it prints."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setattr(usage, "now", lambda: datetime(2026, 11, 28, 1, tzinfo=UTC))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str, **settings: object) -> str:
        options = make_parser().parse_args(["usage", *arguments])
        given = {
            "redis_url": SecretStr(redis_url),
            "llm_api_key": SecretStr("planted"),
            "llm_usd_per_day": 2.5,
            **settings,
        }
        options.run(options, Settings.model_validate(given))
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


def test_without_any_use_it_says_so_and_names_the_budgets(show: Show) -> None:
    assert show() == (
        "No language model was used in the last 7 days.\n"
        "Budgets of a day (UTC): 100,000 tokens a person, 300,000 a channel,\n"
        "2,000,000 a workspace, and $2.50 a workspace where the price is known.\n"
        "No language model is set (LLM_MODEL).\n"
    )
    assert show("--days", "1", llm_model="openai:gpt-6.1-sol").startswith(
        "No language model was used today (UTC)."
    )


def test_every_account_stands_under_its_day_and_workspace_in_80_columns(show: Show, redis_url: str) -> None:
    keep(redis_url, "2026-11-27", (ANA, a_use(9_600_000, 21.3)))
    keep(redis_url, "2026-11-28", (ANA, a_use(12_800, 0.0284)), (BEN, a_use(500, None, "late")))

    lines = [line.split() for line in show(llm_model="openai:gpt-6.1-sol").splitlines()]

    assert lines[:2] == [
        ["tokens", "in", "tokens"],
        ["account", "calls", "failed", "(cached)", "out", "dollars", "accepted", "replaced"],
    ]
    counts = ["1", "0", "9.6M", "(4.8M)", "960k", "21.30", "3", "1"]
    assert lines[2:7] == [
        ["2026-11-27"],
        ["workspace", "T024BE7LD", *counts],
        ["channel", "C024BE91L", *counts],
        ["person", "U0G9QF9C6", *counts],
        [],
    ]
    both = ["2", "1", "13k", "(6.7k)", "1.3k", "≥0.0284", "6", "2"]
    assert lines[7:12] == [
        ["2026-11-28"],
        ["workspace", "T024BE7LD", *both],
        ["channel", "C024BE91L", *both],
        ["person", "U0G9QF9C6", "1", "0", "13k", "(6.4k)", "1.3k", "0.0284", "3", "1"],
        ["person", "U0G9QF9C7", "1", "1", "500", "(250)", "50", "–", "3", "1"],
    ]
    assert lines[-1] == ["The", "model", "is", "openai:gpt-6.1-sol."]


def test_only_the_last_days_are_shown(show: Show, redis_url: str) -> None:
    for day in ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"):
        keep(redis_url, day, (ANA, a_use(10, 0.1)))

    printed = show("--days", "2")

    assert [day for day in range(26, 30) if f"2026-11-{day}" in printed] == [27, 28]


def test_json_holds_every_digit_and_nothing_else(show: Show, redis_url: str) -> None:
    assert json.loads(show("--json"))["rows"] == []
    keep(redis_url, "2026-11-28", (ANA, a_use(12_345, 0.028412)))

    content = json.loads(show("--json"))

    assert content["budgets"] == {
        "tokens_per_person": 100_000,
        "tokens_per_channel": 300_000,
        "tokens_per_workspace": 2_000_000,
        "usd_per_workspace": 2.5,
    }
    assert [row["kind"] for row in content["rows"]] == ["workspace", "channel", "person"]
    assert content["rows"][0] == {
        "day": "2026-11-28",
        "team_id": "T024BE7LD",
        "kind": "workspace",
        "id": "T024BE7LD",
        "calls": 1,
        "failures": 0,
        "tokens_in": 12_345,
        "tokens_cached": 6_172,
        "tokens_out": 1_234,
        "cost_usd": 0.028412,
        "unpriced_calls": 0,
        "accepted": 3,
        "replaced": 1,
    }


@pytest.mark.parametrize("days", ["0", "-1", "101", "1.5", "²", "week", ""])
def test_a_number_of_days_that_makes_no_sense_is_wrong_usage(
    days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        make_parser().parse_args(["usage", "--days", days])

    assert left.value.code == 2
    assert "--days" in capsys.readouterr().err
