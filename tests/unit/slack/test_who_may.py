"""Everybody may do what the table says, and nothing else: each cell is tried."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from bot.channel_settings import WORKSPACE, ChannelSettings, KeptSettings
from bot.conversation import Audience
from bot.digest import Period, build_digest, whole_channel
from bot.query import Query
from bot.seeing import Look
from bot.slack import settings_form
from bot.slack.blocks import draw_digest
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import TEAM_ID, Channel
from tests.unit.slack.permission_table import (
    AFTER_ACCEPTANCE,
    CHANGES_DEFAULTS,
    CHANGES_SETTINGS,
    DIGESTS,
    EVERYBODY,
    MAY,
    NOBODY,
    OWNER,
    PARTIAL,
    WITHIN,
    Action,
    People,
    Place,
    Where,
)
from tests.unit.slack.permission_tries import (
    SECRET,
    TRIES,
    Stage,
    Try,
)
from tests.unit.slack.surroundings import NOW, RealAdvisor, Surroundings, serving
from tests.unit.slack.test_settings import keep


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


CELLS = [(place, where) for place in WITHIN for where in ("within", "elsewhere")]


def test_the_table_is_whole() -> None:
    assert set(TRIES) == set(MAY)
    for action, cells in MAY.items():
        assert action in PARTIAL or set(cells) == set(CELLS)
        for (place, where), people in cells.items():
            assert people <= (WITHIN[place] if where == "within" else EVERYBODY)
    for table in (DIGESTS, CHANGES_SETTINGS, CHANGES_DEFAULTS):
        assert set(table) == set(CELLS)


@pytest.mark.parametrize("is_accepted", [False, True], ids=["recommended", "accepted"])
@pytest.mark.parametrize(("place", "where"), CELLS)
async def test_each_kind_of_person_may_do_what_the_table_says_and_nothing_else(
    around: Surroundings, place: Place, where: Where, *, is_accepted: bool
) -> None:
    stage = Stage(around, place)
    await stage.decide(is_accepted=is_accepted)
    channel = stage.here if where == "within" else stage.there
    trying = WITHIN[place] if where == "within" else EVERYBODY
    expected = {
        action: people
        for action in TRIES
        if (action in AFTER_ACCEPTANCE) == is_accepted
        and (people := MAY[action].get((place, where))) is not None
    }
    did = {action: await stage.who(TRIES[action], trying, channel) for action in expected}
    assert did == expected


@pytest.mark.parametrize(("place", "where"), CELLS)
async def test_settings_are_changed_by_whom_the_table_names_and_nobody_else(
    around: Surroundings, place: Place, where: Where
) -> None:
    stage = Stage(around, place)
    await stage.decide()
    channel = stage.here if where == "within" else stage.there
    trying = WITHIN[place] if where == "within" else EVERYBODY

    def saving(text: str, scope: str) -> Try:
        async def tried(stage: Stage, user: str, channel: Channel) -> bool:
            await stage.slack.command(user, channel, f"/finetune {text}")
            if (modal := stage.modal()) is None:
                return False
            await stage.slack.submit(modal, **{settings_form.WHO: "Nobody: switched off here"})
            await stage.settled()
            kept = stage.around.settings.kept.get((TEAM_ID, scope), KeptSettings())
            return kept.over(ChannelSettings()).who_may_ask == "nobody"

        return tried

    assert await stage.who(saving("settings", channel.id), trying, channel) == CHANGES_SETTINGS[place, where]
    changed = await stage.who(saving("settings defaults", WORKSPACE), trying, channel)
    assert changed == CHANGES_DEFAULTS[place, where]


FULL_MEMBERS: People = frozenset({"owner", "member"})
LET_IN: dict[Literal["everyone", "members", "nobody"], People] = {
    "everyone": WITHIN["public"],
    "members": FULL_MEMBERS,
    "nobody": NOBODY,
}
ASKS: frozenset[Action] = frozenset({"accept", "override", "correct", "condition", "ask about", "save"})
LOOKS: frozenset[Action] = frozenset({"log", "show", "sources", "rate"})
"""What a channel's settings keep nobody from."""


@pytest.mark.parametrize("who", LET_IN)
async def test_whom_a_channel_lets_in(
    around: Surroundings, who: Literal["everyone", "members", "nobody"]
) -> None:
    stage = Stage(around, "public")
    await stage.decide()
    keep(around, stage.here.id, who_may_ask=who)
    stage.remember()
    actions = sorted(ASKS | LOOKS)
    did = {action: await stage.who(TRIES[action], WITHIN["public"], stage.here) for action in actions}
    assert did == {action: LET_IN[who] if action in ASKS else WITHIN["public"] for action in actions}


@pytest.mark.parametrize("place", ["private", "group", "shared"])
async def test_nothing_is_done_while_slack_refuses_to_say_who_is_in_a_channel(
    around: Surroundings, place: Place
) -> None:
    stage = Stage(around, place)
    await stage.decide()
    refused = Refused("missing_scope")
    around.slack.stumbles = lambda method: refused if method == "conversations.members" else None
    # Who calls a command is there; a button may be older than its reader's place in the channel.
    acts = {"accept", "override", "correct", "condition"}
    did = {action: await stage.who(TRIES[action], OWNER, stage.here) for action in TRIES if action in acts}
    assert did == dict.fromkeys(did, NOBODY)
    assert set(did) == acts


async def test_what_slack_gives_no_answer_to_is_done_once_it_does(around: Surroundings) -> None:
    stage = Stage(around, "private")
    await stage.decide()
    owner = stage.people["owner"]
    around.slack.stumbles = lambda method: Broken(503) if method == "conversations.members" else None
    await stage.slack.press(owner, stage.message, "Override…", stage.here)
    modal = await stage.slack.modal_of(owner)
    await stage.slack.submit(modal, outcome=modal.choices[0], reason="so")

    def times_asked() -> int:
        return [method for method, _ in around.slack.calls].count("conversations.members")

    before = times_asked()
    await stage.slack.until(lambda: times_asked() > before, "it was not tried again")
    assert stage.record.status == "proposed"
    around.slack.stumbles = lambda _: None
    await stage.settled()
    assert stage.did(owner, "overridden")


async def as_it_was(audience: Audience) -> Audience:
    return audience


@pytest.mark.parametrize(("place", "where"), DIGESTS)
async def test_what_a_digest_shows(around: Surroundings, place: Place, where: Where) -> None:
    stage = Stage(around, place)
    await stage.decide()
    stage.restore()
    channel = stage.here if where == "within" else stage.there
    period = Period("2026-W47", "2026-W48", ZoneInfo("UTC"))
    sees = Look(whole_channel(channel.id), as_it_was).reaches
    digest = await build_digest(around.log.matching(TEAM_ID, Query(), None), sees, period, NOW.date())
    said = str([block.to_dict() for message in draw_digest(digest, {}) for block in message.blocks])
    assert (SECRET in said) is DIGESTS[place, where]
