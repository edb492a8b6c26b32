from __future__ import annotations

import csv
from collections.abc import AsyncIterator

import pytest

from bot.cli import log
from bot.cli.parser import make_parser
from bot.record import DecisionRecord
from bot.replay import replay
from tests.integration.stores.examples import a_record
from tests.unit.test_saving import _record as a_saved_one


async def _given() -> AsyncIterator[DecisionRecord]:
    for record in (a_record(), a_saved_one()):
        yield record


async def test_replay_says_how_many_it_skipped_that_people_saved(capsys: pytest.CaptureFixture[str]) -> None:
    await log._replay(_given(), make_parser().parse_args(["decisions", "replay"]))
    *lines, count = capsys.readouterr().out.splitlines()
    assert count == (
        "1 recommendations: 0 same, 0 different, 1 of another policy version; "
        "1 skipped that people saved, because no policy made them"
    )
    assert not any("saved" in line for line in lines)
    assert [result.outcome for result in replay(a_saved_one())] == ["saved"]


async def test_a_saved_decision_is_exported_without_a_rule_or_a_confidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await log._show_csv(_given())
    _, row = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["origin"], row["rule"], row["confidence"], row["option"]) == ("saved", "", "", "DISTIL")


def test_the_table_does_not_call_a_saved_decision_recommended(capsys: pytest.CaptureFixture[str]) -> None:
    log._show_table([a_saved_one()], make_parser().parse_args(["decisions"]))
    assert "not recommended" in " ".join(capsys.readouterr().out.split())
