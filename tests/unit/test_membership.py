"""Workspaces that leave while they come back."""

from __future__ import annotations

from datetime import timedelta

from bot.leaving import Leaving
from bot.membership import Membership
from tests.fakes.stores import FakeDepartures, FakeInstallations
from tests.integration.stores.examples import NOW, an_installation
from tests.unit.slack.many_surroundings import Nothing


async def test_who_installs_it_again_while_slack_is_asked_about_the_last_time_has_it() -> None:
    installations, departures = FakeInstallations(), FakeDepartures()
    last = an_installation("T1", installed_at=NOW)
    anew = an_installation("T1", installed_at=NOW + timedelta(minutes=1), token="xoxb-new")
    asked: list[str] = []

    async def works(team_id: str) -> bool:
        asked.append(team_id)
        if len(asked) == 1:
            # The answer is about the token of before.
            await installations.save(anew)
            return False
        return True

    await installations.save(last)
    leaving = Leaving(departures, Nothing(), Nothing(), keep_for=timedelta(hours=24), clock=lambda: NOW)
    membership = Membership(installations, departures, leaving, works)
    await membership.leave("T1", NOW - timedelta(minutes=1))
    assert await installations.load("T1") == anew
    assert departures.noted == {}
    assert len(asked) == 2
