from __future__ import annotations

import csv

import pytest

from bot.cli import log
from bot.replay import replay
from tests.integration.stores.examples import a_record
from tests.unit.test_saving import _record as a_saved_one


def test_replay_says_how_many_it_skipped_that_people_saved(capsys: pytest.CaptureFixture[str]) -> None:
    log._replay([a_record(), a_saved_one()], as_json=False)
    *lines, count = capsys.readouterr().out.splitlines()
    assert count == (
        "1 recommendations: 0 same, 0 different, 1 of another policy version; "
        "1 skipped that people saved, because no policy made them"
    )
    assert not any("saved" in line for line in lines)
    assert [result.outcome for result in replay(a_saved_one())] == ["saved"]


def test_a_saved_decision_is_exported_without_a_rule_or_a_confidence() -> None:
    _, row = csv.DictReader(log._as_csv([a_record(), a_saved_one()]).splitlines())
    assert (row["origin"], row["rule"], row["confidence"], row["option"]) == ("saved", "", "", "DISTIL")


def test_the_table_does_not_call_a_saved_decision_recommended(capsys: pytest.CaptureFixture[str]) -> None:
    log._show_table([a_saved_one()])
    assert "not recommended" in " ".join(capsys.readouterr().out.split())
