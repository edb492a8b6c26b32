"""The short version of `make chaos`, and the proof that it can fail."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.run import SHORT, Outcome, Plan, run
from tests.e2e.processes import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

NEVER_S = 10_000.0
CALM = replace(SHORT, conversations=10, random_kill_every_s=NEVER_S, redis_kill_every_s=NEVER_S, faults=0.0)
"""Nothing happens but the deaths that are ordered."""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # The processes are forked from a server that knows of pytest's own paths nothing.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    # Not tmp_path: a socket's path may have 107 bytes at most.
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as made:
        yield Path(made)


async def _without(what: str, step: str, folder: Path) -> Outcome:
    plan: Plan = replace(CALM, without=what, steps=(step,), kills_a_step=3, patience_s=5.0)
    return await run(plan, folder)


async def test_whatever_dies_nothing_acknowledged_is_lost_and_nothing_is_answered_twice(folder: Path) -> None:
    outcome = await run(SHORT, folder)
    assert (outcome.crowd.lost, outcome.lost, outcome.twice, outcome.given_up) == ([], 0, 0, 0)
    assert outcome.ended_in_order
    assert set(outcome.kills.values()) == {SHORT.kills_a_step}
    assert sum(tally.acknowledged for tally in outcome.tallies.values()) >= SHORT.conversations


async def test_without_the_inbox_the_same_run_shows_losses(folder: Path) -> None:
    outcome = await _without("inbox", "event taken", folder)
    assert outcome.lost > 0
    assert not outcome.is_clean


async def test_without_looking_first_the_same_run_shows_repeats(folder: Path) -> None:
    outcome = await _without("search", "posted, not remembered", folder)
    assert outcome.twice > 0
    assert not outcome.is_clean
