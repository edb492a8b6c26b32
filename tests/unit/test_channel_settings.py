from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channel_settings import (
    CHANGES_KEPT,
    WORKSPACE,
    ChannelSettings,
    DigestPlan,
    KeptSettings,
    SettingsChange,
    is_zone,
)
from bot.errors import SettingsMoved
from bot.house_rules import HouseRules
from tests.fakes.stores import FakeChannelSettings, FakeDigestTimes

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
USUAL = DigestPlan(weekday=0, at=time(9), zone="UTC")
OURS = ChannelSettings()

_PLANS = st.builds(
    DigestPlan,
    weekday=st.integers(0, 6),
    at=st.times(),
    zone=st.sampled_from(["UTC", "Europe/Berlin"]),
    by=st.sampled_from(["", "U1"]),
    is_paused=st.booleans(),
)
_SETTINGS = st.builds(
    ChannelSettings,
    who_may_ask=st.sampled_from(["everyone", "members", "nobody"]),
    command_answers=st.sampled_from(["private", "public"]),
    follows_up=st.booleans(),
    digest=st.none() | _PLANS,
    empty_week=st.sampled_from(["line", "silence"]),
    review_after_days=st.none() | st.integers(7, 730),
)


@pytest.fixture
def store() -> FakeChannelSettings:
    return FakeChannelSettings()


@pytest.fixture
def house(store: FakeChannelSettings) -> HouseRules:
    return HouseRules(store, FakeDigestTimes(), USUAL, ["C9"])


async def _choose(house: HouseRules, channel_id: str, by: str = "U1", **wanted: object) -> ChannelSettings:
    before = await house.of_channel("T1", channel_id)
    after = before.model_copy(update=wanted)
    return await house.change("T1", channel_id, shown=before, wanted=after, by=by, at=NOW)


async def test_a_channel_follows_the_workspace_until_it_chooses_otherwise(house: HouseRules) -> None:
    await _choose(house, "C1", follows_up=False)
    await _choose(house, WORKSPACE, command_answers="public", follows_up=True, review_after_days=90)
    assert await house.of_channel("T1", "C1") == OURS.model_copy(
        update={"follows_up": False, "command_answers": "public", "review_after_days": 90}
    )
    await _choose(house, "C1", follows_up=True)
    await _choose(house, WORKSPACE, follows_up=False)
    assert not (await house.of_channel("T1", "C1")).follows_up


async def test_no_workspace_sees_or_changes_anothers_settings(house: HouseRules) -> None:
    await _choose(house, WORKSPACE, who_may_ask="nobody")
    await _choose(house, "C1", follows_up=False)
    assert await house.of_channel("T2", "C1") == OURS


async def test_a_stale_form_takes_back_nothing_that_others_changed_meanwhile(house: HouseRules) -> None:
    shown = await house.of_channel("T1", "C1")
    await _choose(house, "C1", who_may_ask="members")
    stale = shown.model_copy(update={"follows_up": False})
    await house.change("T1", "C1", shown=shown, wanted=stale, by="U2", at=NOW)
    now = await house.of_channel("T1", "C1")
    assert (now.who_may_ask, now.follows_up) == ("members", False)


async def test_two_who_save_at_once_are_both_heard(house: HouseRules, store: FakeChannelSettings) -> None:
    await _choose(house, "C1", who_may_ask="members")
    overtaken = store.load

    async def load_before_the_other_saves(team_id: str, channel_id: str) -> KeptSettings:
        store.load = overtaken  # type: ignore[method-assign] # the other is quicker once
        kept = await overtaken(team_id, channel_id)
        await _choose(house, "C1", "U2", follows_up=False)
        return kept

    shown = await house.of_channel("T1", "C1")
    store.load = load_before_the_other_saves  # type: ignore[method-assign]
    wanted = shown.model_copy(update={"command_answers": "public"})
    await house.change("T1", "C1", shown=shown, wanted=wanted, by="U1", at=NOW)
    now = await house.of_channel("T1", "C1")
    assert (now.who_may_ask, now.follows_up, now.command_answers) == ("members", False, "public")


async def test_whoever_is_always_overtaken_is_told_so(
    house: HouseRules, store: FakeChannelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_team: str, _channel: str, _settings: KeptSettings) -> bool:
        return False

    monkeypatch.setattr(store, "save", never)
    with pytest.raises(SettingsMoved):
        await _choose(house, "C1", follows_up=False)


async def test_the_same_change_again_is_logged_once(house: HouseRules, store: FakeChannelSettings) -> None:
    for _ in range(2):
        await house.change(
            "T1", "C1", shown=OURS, wanted=OURS.model_copy(update={"follows_up": False}), by="U1", at=NOW
        )
    assert store.kept["T1", "C1"].changes == (SettingsChange(at=NOW, by="U1", what=("follows_up",)),)
    assert (await house.rules("T1", "C1")).last_change == SettingsChange(
        at=NOW, by="U1", what=("follows_up",)
    )


async def test_only_the_newest_changes_are_kept(house: HouseRules, store: FakeChannelSettings) -> None:
    for number in range(CHANGES_KEPT + 5):
        await _choose(house, "C1", f"U{number}", follows_up=bool(number % 2))
    changes = store.kept["T1", "C1"].changes
    assert len(changes) == CHANGES_KEPT
    assert changes[-1].by == f"U{CHANGES_KEPT + 4}"


async def test_an_operators_digest_can_be_switched_off_and_is_nobodys(house: HouseRules) -> None:
    assert (await house.of_channel("T1", "C9")).digest == USUAL
    assert (await house.of_channel("T1", "C1")).digest is None
    await _choose(house, "C9", digest=None)
    assert (await house.of_channel("T1", "C9")).digest is None


async def test_a_workspaces_default_switches_no_digest_on(house: HouseRules) -> None:
    await _choose(house, WORKSPACE, digest=USUAL)
    assert (await house.of_channel("T1", "C1")).digest is None


@given(below=_SETTINGS, shown=_SETTINGS, wanted=_SETTINGS)
def test_what_is_chosen_holds_and_comes_back_from_its_json(
    below: ChannelSettings, shown: ChannelSettings, wanted: ChannelSettings
) -> None:
    kept = KeptSettings().changed(below, shown=below, wanted=wanted, by="U1", at=NOW)
    assert kept.over(below) == wanted
    assert KeptSettings.model_validate_json(kept.model_dump_json()) == kept
    again = kept.changed(below, shown=shown, wanted=shown, by="U2", at=NOW)
    assert again is kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"who_may_ask": "admins"},
        {"review_after_days": 6},
        {"review_after_days": 731},
        {"digest": {"weekday": 7, "at": "09:00", "zone": "UTC"}},
        {"digest": {"weekday": 0, "at": "25:00", "zone": "UTC"}},
        {"digest": {"weekday": 0, "at": "09:00", "zone": "../etc/passwd"}},
        {"digest": {"weekday": 0, "at": "09:00", "zone": ""}},
        {"colour": "blue"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ChannelSettings.model_validate(wrong)


@pytest.mark.parametrize(
    ("name", "exists"),
    [
        ("Europe/Berlin", True),
        ("UTC", True),
        ("", False),
        ("Europe", False),
        ("Mars/Base", False),
        ("../x", False),
    ],
)
def test_a_zone_is_known_by_its_name(name: str, *, exists: bool) -> None:
    assert is_zone(name) is exists
