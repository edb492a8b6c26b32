"""Who is reminded of which reviews, when, and that nothing is lost or said twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.letters import ReviewReminder
from bot.outreach import Outreach
from bot.recipients import Recipients, is_humane
from bot.record import Change, DecisionRecord
from bot.reminding import AGAIN_AFTER, KIND, MOST_IN_ONE, ReviewReminders
from tests.fakes.courier import FakeCourier
from tests.fakes.stores import FakeDecisionLog, FakeOutreachMarks
from tests.integration.stores.examples import PLACE, a_record, changed

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
DUE = MONDAY.date()
ANA, BEN = "U1", "U2"
WORKSPACE = Audience(kind="workspace", channel_id="C1")


def decided(number: int = 1, *, review_on: date = DUE, owner: str = ANA, by: str = BEN) -> DecisionRecord:
    accepted = Change(at=MONDAY - timedelta(days=90), by=by, what="accepted", outcome=Option.RAG)
    update = {"status": "accepted", "review_on": review_on, "owner": owner, "audience": WORKSPACE}
    return changed(a_record(number), accepted).model_copy(update=update)


@dataclass
class _Desk:
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)
    marks: FakeOutreachMarks = field(default_factory=FakeOutreachMarks)
    courier: FakeCourier = field(
        default_factory=lambda: FakeCourier({ANA: "Europe/Berlin", BEN: "America/New_York"})
    )

    def replica(self, by: str = "one") -> ReviewReminders:
        outreach = Outreach(self.marks, self.courier, "T1", KIND, by)
        return ReviewReminders(self.log, outreach, Recipients(self.courier, ZoneInfo("Asia/Tokyo")))

    async def keep(self, *records: DecisionRecord) -> None:
        for record in records:
            await self.log.save(record)

    async def look(self, now: datetime = MONDAY, by: str = "one") -> list[tuple[str, list[str]]]:
        """Look once, and return what was told by that."""
        before = len(self.courier.sent)
        await self.replica(by).send_due(now)
        return self.courier.told[before:]


@pytest.fixture
def desk() -> _Desk:
    return _Desk()


async def test_what_is_due_is_gathered_for_its_owner_the_longest_due_first(desk: _Desk) -> None:
    await desk.keep(
        decided(1), decided(2, review_on=DUE - timedelta(days=3)), decided(3, owner=BEN), decided(4, by=ANA)
    )
    told = await desk.look(MONDAY + timedelta(hours=6))
    assert sorted(told) == [
        (ANA, ["D-0000000002", "D-0000000001", "D-0000000004"]),
        (BEN, ["D-0000000003"]),
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"review_on": DUE + timedelta(days=1)}, "not due yet"),
        ({"review_on": None}, "no review is set"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"status": "superseded"}, "superseded"),
        ({"status": "proposed"}, "not decided"),
    ],
)
async def test_what_is_not_due_is_not_brought_up(desk: _Desk, changes: dict[str, object], why: str) -> None:
    await desk.keep(decided().model_copy(update=changes))
    assert await desk.look() == [], why


async def test_nobody_is_written_to_at_night_or_on_a_weekend(desk: _Desk) -> None:
    await desk.keep(decided(review_on=DUE - timedelta(days=7)))
    for hours in (-2, -1, 8, 12):
        assert await desk.look(MONDAY + timedelta(hours=hours)) == []
    for days in (-2, -1):
        assert await desk.look(MONDAY + timedelta(days=days, hours=2)) == []
    assert len(await desk.look()) == 1


async def test_hours_are_those_of_the_person(desk: _Desk) -> None:
    await desk.keep(decided(owner=BEN))
    assert await desk.look(MONDAY + timedelta(hours=5)) == []
    assert await desk.look(MONDAY + timedelta(hours=6)) == [(BEN, ["D-0000000001"])]


async def test_a_review_is_due_when_the_day_has_begun_where_the_person_is(desk: _Desk) -> None:
    desk.courier.zones = {ANA: "Pacific/Auckland"}
    await desk.keep(decided())
    assert await desk.look(datetime(2026, 11, 22, 21, 0, tzinfo=UTC)) == [(ANA, ["D-0000000001"])]


@pytest.mark.parametrize(
    ("at", "zone", "is_so"),
    [
        ("2026-10-23T07:00Z", "Europe/Berlin", True),
        ("2026-10-26T07:59Z", "Europe/Berlin", False),
        ("2026-10-26T08:00Z", "Europe/Berlin", True),
        ("2027-03-26T07:59Z", "Europe/Berlin", False),
        ("2027-03-29T07:00Z", "Europe/Berlin", True),
    ],
)
def test_working_hours_follow_daylight_saving(at: str, zone: str, *, is_so: bool) -> None:
    assert is_humane(datetime.fromisoformat(at), ZoneInfo(zone)) is is_so


async def test_nobody_is_reminded_twice_within_a_week(desk: _Desk) -> None:
    await desk.keep(decided(1))
    assert len(await desk.look()) == 1
    await desk.keep(decided(2))
    for days in range(7):
        assert await desk.look(MONDAY + timedelta(days=days, hours=7)) == []
    assert await desk.look(MONDAY + timedelta(days=7)) == [(ANA, ["D-0000000002"])]


async def test_a_week_with_a_change_of_clocks_is_a_week(desk: _Desk) -> None:
    before = datetime(2027, 3, 22, 9, 0, tzinfo=BERLIN)
    await desk.keep(decided(1, review_on=before.date()))
    assert len(await desk.look(before)) == 1
    await desk.keep(decided(2, review_on=before.date()))
    # 167 hours later.
    assert len(await desk.look(datetime(2027, 3, 29, 9, 0, tzinfo=BERLIN))) == 1


async def test_what_was_not_answered_is_brought_up_again_after_four_weeks(desk: _Desk) -> None:
    await desk.keep(decided())
    assert len(await desk.look()) == 1
    for days in (7, 14, 21):
        assert await desk.look(MONDAY + timedelta(days=days)) == []
    assert len(await desk.look(MONDAY + AGAIN_AFTER)) == 1


@pytest.mark.parametrize(
    "change",
    [
        Change(at=MONDAY, by=ANA, what="owner_changed", owner=BEN),
        Change(at=MONDAY, by=ANA, what="review_moved", review_on=DUE + timedelta(days=1)),
    ],
    ids=["owner", "day"],
)
async def test_a_new_owner_and_a_new_day_are_reminded_of_anew(desk: _Desk, change: Change) -> None:
    await desk.keep(decided())
    assert len(await desk.look()) == 1
    given = {"owner": change.owner or ANA, "review_on": change.review_on or DUE}
    await desk.keep(changed(decided(), change).model_copy(update=given))
    assert len(await desk.look(MONDAY + timedelta(days=7, hours=6))) == 1


async def test_what_is_kept_of_reminders_names_nobody(desk: _Desk) -> None:
    given = Change(at=MONDAY, by=BEN, what="owner_changed", owner=ANA)
    await desk.keep(decided(1), changed(decided(2), given))
    assert len(await desk.look()) == 1
    told = await desk.marks.told("T1", KIND, MONDAY)
    assert set(told) == {f"D-0000000001|{DUE}|0", f"D-0000000002|{DUE}|1"}


async def test_what_does_not_fit_waits_for_the_next_reminder_and_is_counted(desk: _Desk) -> None:
    await desk.keep(*(decided(number) for number in range(1, MOST_IN_ONE + 3)))
    ((_, first),) = await desk.look()
    ((_, letter),) = desk.courier.sent
    assert isinstance(letter, ReviewReminder)
    assert (len(first), letter.more) == (MOST_IN_ONE, 2)
    ((_, second),) = await desk.look(MONDAY + timedelta(days=7))
    assert len(second) == 2
    assert not set(first) & set(second)


async def test_without_its_owner_whoever_decided_it_is_asked(desk: _Desk) -> None:
    del desk.courier.zones[ANA]
    await desk.keep(decided())
    assert await desk.look(MONDAY + timedelta(hours=6)) == [(BEN, ["D-0000000001"])]


async def test_what_the_owner_may_see_no_more_is_left_out_of_their_reminder(desk: _Desk) -> None:
    desk.courier.hidden = {(ANA, "D-0000000001")}
    await desk.keep(decided(1), decided(2))
    told = await desk.look(MONDAY + timedelta(hours=6))
    assert sorted(told) == [(ANA, ["D-0000000002"]), (BEN, ["D-0000000001"])]


async def test_without_both_the_thread_is_asked_in_the_hours_of_the_workspace(desk: _Desk) -> None:
    desk.courier.zones.clear()
    await desk.keep(decided())
    assert await desk.look(MONDAY) == []
    in_tokyo = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert await desk.look(in_tokyo) == [(f"C1:{PLACE.thread}", ["D-0000000001"])]


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": Audience(kind="person", user_id=ANA)},
        {"place": PLACE.model_copy(update={"thread": ""})},
        {"place": PLACE.model_copy(update={"thread": "command:1.2"})},
    ],
)
async def test_what_belongs_to_one_who_is_gone_is_told_to_nobody_else(
    desk: _Desk, changes: dict[str, object]
) -> None:
    desk.courier.zones.clear()
    await desk.keep(decided().model_copy(update=changes))
    for hours in range(48):
        assert await desk.look(MONDAY + timedelta(hours=hours)) == []


async def test_of_two_replicas_one_reminds(desk: _Desk) -> None:
    await desk.keep(decided())
    assert len(await desk.look(by="one") + await desk.look(by="two")) == 1


async def test_what_slack_refuses_is_tried_again_and_keeps_nobody_waiting(desk: _Desk) -> None:
    await desk.keep(decided(1), decided(2, owner=BEN))
    desk.courier.troubles = ["refused"]
    afternoon = MONDAY + timedelta(hours=6)
    assert await desk.look(afternoon) == [(BEN, ["D-0000000002"])]
    assert await desk.look(afternoon + timedelta(minutes=5)) == [(ANA, ["D-0000000001"])]


async def test_what_was_sent_with_its_answer_lost_is_not_sent_again(desk: _Desk) -> None:
    await desk.keep(decided())
    desk.courier.troubles = ["lost"]
    assert len(await desk.look()) == 1
    for minutes in (5, 10, 60):
        assert await desk.look(MONDAY + timedelta(minutes=minutes), by="two") == []


async def test_a_decision_that_came_due_meanwhile_is_not_taken_for_sent(desk: _Desk) -> None:
    await desk.keep(decided(1))
    desk.courier.troubles = ["lost"]
    await desk.look()
    await desk.keep(decided(2))
    assert await desk.look(MONDAY + timedelta(hours=1)) == []
    assert await desk.look(MONDAY + timedelta(days=7)) == [(ANA, ["D-0000000002"])]


async def test_nobody_else_is_asked_while_slack_does_not_say_who_the_owner_is(desk: _Desk) -> None:
    desk.courier.does_not_say = {ANA}
    await desk.keep(decided(1), decided(2, owner=BEN))
    assert await desk.look(MONDAY + timedelta(hours=6)) == [(BEN, ["D-0000000002"])]
