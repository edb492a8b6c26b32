"""Digests over months and years, by two replicas on one real Redis. The time is simulated."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot import digest as digests
from bot.channel_settings import DigestPlan, EmptyWeek
from bot.conversation import Audience
from bot.digest_posting import DigestPoster, DigestStores
from bot.errors import BotError, ChannelArchived, NotInChannel, SlackRefused
from bot.house_rules import HouseRules
from bot.ports import DigestDue, DigestPosting
from bot.replies import DigestPost
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients
from bot.stores.decisions import RedisDecisionLog
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.term_counts import RedisTermCounts
from bot.weeks import week_after, week_of
from tests.integration.stores.examples import a_record

TEAM, CHANNEL, ANA = "T1", "C1", "U1"
BERLIN = "Europe/Berlin"
MONDAY_AT_NINE = DigestPlan(weekday=0, at=time(9), zone=BERLIN, by=ANA)
START = datetime(2026, 11, 16, 12, tzinfo=UTC)  # a Monday, after nine


class FakeChannel:
    """Implements `bot.ports.DigestChannel` as Slack behaves: what was posted can be found by its id."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, DigestPost]] = []
        self.standing: set[str] = set()
        self.told: list[tuple[str, str]] = []
        self.fails: list[BotError] = []
        """Raised one by one instead of posting."""
        self.loses: list[BotError] = []
        """Raised one by one after posting, as when the answer is lost."""
        self.closed: dict[str, BotError] = {}

    @property
    def weeks(self) -> list[str]:
        return [digest.week for _, digest in self.posted]

    async def audience_now(self, audience: Audience) -> Audience:
        return audience

    async def post_digest(self, channel_id: str, digest: DigestPost, posting: DigestPosting) -> None:
        await asyncio.sleep(0)
        if channel_id in self.closed:
            raise self.closed[channel_id]
        if self.fails:
            raise self.fails.pop(0)
        is_found = posting.tried_since is not None and posting.post_id in self.standing
        if not is_found:
            self.posted.append((channel_id, digest))
            self.standing.add(posting.post_id)
        if self.loses:
            raise self.loses.pop(0)

    async def tell_paused(self, user_id: str, channel_id: str) -> None:
        self.told.append((user_id, channel_id))


class Office:
    """Two replicas, and a clock that tests move."""

    def __init__(self, clients: RedisClients) -> None:
        self.now = START
        self.channel = FakeChannel()
        self.clients = clients
        self.log = RedisDecisionLog(clients.quick)
        self.replicas = [self.replica("one"), self.replica("two")]

    def replica(self, by: str, digest_channels: tuple[str, ...] = ()) -> DigestPoster:
        redis = self.clients.quick
        times = RedisDigestTimes(redis)
        house = HouseRules(RedisChannelSettings(redis), times, MONDAY_AT_NINE, digest_channels)
        stores = DigestStores(RedisDigestMarks(redis), times, RedisTermCounts(redis))
        return DigestPoster(self.log, self.channel, stores, house, TEAM, by)

    @property
    def house(self) -> HouseRules:
        return self.replicas[0].house

    async def plan(
        self, plan: DigestPlan | None, *, empty_week: EmptyWeek = "line", channel: str = CHANNEL
    ) -> None:
        before = await self.house.of_channel(TEAM, channel)
        wanted = before.model_copy(update={"digest": plan, "empty_week": empty_week})
        await self.house.change(TEAM, channel, shown=before, wanted=wanted, by=ANA, at=self.now)

    async def next_at(self) -> datetime | None:
        next_ = await self.house.next_digest(TEAM, CHANNEL)
        return next_.at if next_ else None

    async def look(self) -> None:
        """Let both replicas look at once."""
        await asyncio.gather(*(replica.post_due(self.now) for replica in self.replicas))

    async def live(self, days: float, step: timedelta = timedelta(minutes=30)) -> None:
        end = self.now + timedelta(days=days)
        while self.now < end:
            self.now += step
            await self.look()


@pytest.fixture
def office(redis_clients: RedisClients) -> Office:
    return Office(redis_clients)


def _weeks(first: str, many: int) -> list[str]:
    weeks = [first]
    while len(weeks) < many:
        weeks.append(week_after(weeks[-1]))
    return weeks


async def test_in_a_year_each_week_has_one_digest_on_time_through_both_changes_of_the_clock(
    office: Office,
) -> None:
    await office.plan(MONDAY_AT_NINE)
    posted_at: list[datetime] = []
    for _ in range(54):
        due = await office.next_at()
        assert due is not None
        for moment in (due - timedelta(seconds=1), due, due + timedelta(minutes=1)):
            office.now, before = moment, len(office.channel.posted)
            await office.look()
            posted_at += [moment] * (len(office.channel.posted) - before)
    # 2026 has 53 weeks.
    assert office.channel.weeks == _weeks("2026-W47", 54)
    assert "2026-W53" in office.channel.weeks
    local = [at.astimezone(ZoneInfo(BERLIN)) for at in posted_at]
    assert {(at.weekday(), at.hour, at.minute, at.second) for at in local} == {(0, 9, 0, 0)}
    assert len({at.astimezone(UTC).hour for at in posted_at}) == 2
    assert {digest.late for _, digest in office.channel.posted} == {""}


@pytest.mark.parametrize(
    ("away", "weeks", "says"),
    [
        (timedelta(minutes=20), ["2026-W47"], ""),
        (timedelta(hours=1), ["2026-W47"], "it was due on Monday, 23 November, at 09:00"),
        (timedelta(days=1), ["2026-W47"], "it was due on Monday, 23 November, at 09:00"),
        (timedelta(weeks=3), ["2026-W50"], "It covers the 4 weeks since the last one."),
    ],
)
async def test_after_an_absence_one_late_digest_says_so_and_then_all_goes_on(
    office: Office, away: timedelta, weeks: list[str], says: str
) -> None:
    await office.plan(MONDAY_AT_NINE)
    due = await office.next_at()
    assert due is not None
    office.now = due + away
    with capture_logs() as lines:
        await office.look()
        await office.look()
    # Of several replicas that look, one counts it.
    late_s = [line["late_s"] for line in lines if line["event"] == "digest"]
    assert [one for one in late_s if one is not None] == [away.total_seconds()]
    assert office.channel.weeks == weeks
    ((_, digest),) = office.channel.posted
    assert says in digest.late
    assert bool(digest.late) is bool(says)
    await office.live(7, timedelta(hours=1))
    assert office.channel.weeks == [*weeks, week_after(weeks[-1])]


async def test_a_late_digest_shows_what_was_decided_in_the_weeks_between(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    for number, week in enumerate((-1, 0, 1, 2)):
        await office.log.save(a_record(number, decided_at=START + timedelta(weeks=week, hours=1)))
    office.now = START + timedelta(weeks=3)
    await office.look()
    ((_, digest),) = office.channel.posted
    assert (digest.asked, digest.title) == (3, "Week in review: 16 November – 6 December 2026")


@pytest.mark.parametrize(
    "plans",
    [
        [(1, time(9), BERLIN), (0, time(9), BERLIN)],
        [(4, time(16), BERLIN), (0, time(9), "Pacific/Kiritimati")],
        [(0, time(0), "Pacific/Kiritimati"), (6, time(23, 59), "Pacific/Pago_Pago")],
        [(6, time(2, 30), BERLIN), (3, time(12), "America/New_York"), (1, time(0), "Asia/Kolkata")],
    ],
)
async def test_whatever_day_and_zone_it_is_moved_to_no_week_is_covered_twice_or_left_out(
    office: Office, plans: list[tuple[int, time, str]]
) -> None:
    await office.plan(MONDAY_AT_NINE)
    covered: Counter[str] = Counter()
    for round_ in range(9):
        await office.live(4.3, timedelta(hours=3))
        weekday, at, zone = plans[round_ % len(plans)]
        await office.plan(DigestPlan(weekday=weekday, at=at, zone=zone, by=ANA))
    await office.live(14, timedelta(hours=3))
    for _, digest in office.channel.posted:
        covered.update([digest.week])
    assert set(covered.values()) == {1}
    assert all(
        digest.week < later.week
        for (_, digest), (_, later) in zip(office.channel.posted, office.channel.posted[1:], strict=False)
    )
    known = await office.house.next_digest(TEAM, CHANNEL)
    assert known is not None
    assert known.from_week == week_after(office.channel.weeks[-1])


async def test_switching_it_off_and_on_in_one_week_posts_once(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    await office.live(7.5)
    assert office.channel.weeks == ["2026-W47"]
    await office.plan(None)
    await office.plan(DigestPlan(weekday=2, at=time(9), zone=BERLIN, by=ANA))
    await office.live(3)
    assert office.channel.weeks == ["2026-W47"]
    await office.live(7)
    assert office.channel.weeks == ["2026-W47", "2026-W48"]


async def test_weeks_in_which_it_was_off_are_not_caught_up_on(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    await office.live(7.5)
    await office.plan(None)
    await office.live(30, timedelta(hours=6))
    assert office.channel.weeks == ["2026-W47"]
    await office.plan(MONDAY_AT_NINE)
    await office.live(7, timedelta(hours=1))
    assert office.channel.weeks == ["2026-W47", week_of((office.now - timedelta(weeks=1)).date())]
    assert office.channel.posted[-1][1].late == ""


async def test_what_slack_refuses_is_tried_again_and_posted_once(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.channel.fails = [SlackRefused("chat.postMessage", "fatal_error") for _ in range(3)]
    await office.live(7.5)
    assert office.channel.weeks == ["2026-W47"]


async def test_a_digest_whose_answer_was_lost_is_found_and_not_posted_again(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.channel.loses = [SlackRefused("chat.postMessage", "no answer (TimeoutError)") for _ in range(3)]
    await office.live(7.5)
    assert office.channel.loses == []
    assert office.channel.weeks == ["2026-W47"]


async def test_one_channels_failure_keeps_no_other_waiting(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE, channel="C0")
    await office.plan(MONDAY_AT_NINE)
    office.channel.fails = [SlackRefused("chat.postMessage", "fatal_error")]
    office.now = START + timedelta(days=7)
    await office.replicas[0].post_due(office.now)
    assert [channel for channel, _ in office.channel.posted] == [CHANNEL]
    await office.replicas[0].post_due(office.now)
    assert [channel for channel, _ in office.channel.posted] == [CHANNEL, "C0"]


@pytest.mark.parametrize(
    "closed",
    [NotInChannel("chat.postMessage", "not_in_channel"), ChannelArchived("chat.postMessage", "is_archived")],
)
async def test_where_it_cannot_be_posted_any_more_it_is_paused_and_who_wanted_it_told_once(
    office: Office, closed: BotError
) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.channel.closed[CHANNEL] = closed
    await office.live(21, timedelta(hours=1))
    assert office.channel.told == [(ANA, CHANNEL)]
    assert await office.next_at() is None
    plan = (await office.house.of_channel(TEAM, CHANNEL)).digest
    assert plan is not None
    assert plan.is_paused
    office.channel.closed.clear()
    await office.live(14, timedelta(hours=1))
    assert office.channel.posted == []
    await office.plan(MONDAY_AT_NINE)
    await office.live(7, timedelta(hours=1))
    assert len(office.channel.posted) == 1
    assert office.channel.told == [(ANA, CHANNEL)]


async def test_a_replica_that_died_while_posting_is_followed_by_another(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.now = START + timedelta(days=7)
    marks = office.replicas[0].stores.marks
    await marks.claim(TEAM, CHANNEL, "2026-W47", "one")
    await office.look()
    assert office.channel.posted == []
    await marks.release(TEAM, CHANNEL, "2026-W47")  # as after its time ran out
    await office.look()
    assert office.channel.weeks == ["2026-W47"]


async def test_after_a_quiet_week_comes_a_kind_line_or_nothing(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE, empty_week="silence")
    await office.live(14.5, timedelta(hours=1))
    assert office.channel.posted == []
    await office.log.save(a_record(decided_at=office.now + timedelta(hours=1)))
    await office.live(7, timedelta(hours=1))
    assert [digest.asked for _, digest in office.channel.posted] == [1]
    await office.plan(MONDAY_AT_NINE, empty_week="line")
    await office.live(7, timedelta(hours=1))
    assert office.channel.posted[-1][1].is_quiet


async def test_the_operators_channels_get_one_unless_their_people_switch_it_off(office: Office) -> None:
    office.replicas = [office.replica(by, (CHANNEL, "C2")) for by in ("one", "two")]
    await office.live(1)
    await office.plan(None, channel="C2")
    await office.live(14)
    assert [channel for channel, _ in office.channel.posted] == [CHANNEL, CHANNEL]
    assert office.channel.told == []


async def test_posted_now_it_does_not_come_again_when_it_is_due(office: Office) -> None:
    await office.plan(DigestPlan(weekday=2, at=time(9), zone=BERLIN, by=ANA))
    one, two = office.replicas
    outcomes = await asyncio.gather(
        *(each.post_now(CHANNEL, office.now, MONDAY_AT_NINE) for each in (one, two))
    )
    assert "posted" in outcomes
    assert set(outcomes) <= {"posted", "being_posted", "posted_before"}
    assert await one.post_now(CHANNEL, office.now, MONDAY_AT_NINE) == "posted_before"
    await office.live(7)
    assert office.channel.weeks == ["2026-W46"]
    await office.live(3)
    assert office.channel.weeks == ["2026-W46", "2026-W47"]


async def test_a_preview_shows_the_week_so_far_and_posts_nothing(office: Office) -> None:
    await office.log.save(a_record(decided_at=office.now))
    await office.log.save(a_record(2, decided_at=office.now - timedelta(weeks=1)))
    office.now += timedelta(hours=1)
    off = await office.replicas[0].preview(CHANNEL, office.now, MONDAY_AT_NINE)
    await office.plan(MONDAY_AT_NINE)
    on = await office.replicas[0].preview(CHANNEL, office.now, MONDAY_AT_NINE)
    assert off == on
    assert (on.week, on.asked, on.open.count) == ("2026-W47", 1, 2)
    assert office.channel.posted == []


async def test_a_change_that_meets_a_digest_being_posted_covers_no_week_twice(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    due = await office.next_at()
    assert due is not None
    times = office.house._times
    read = times.of_channel

    async def read_before_it_was_posted(team_id: str, channel_id: str) -> DigestDue | None:
        known = await read(team_id, channel_id)
        if not office.channel.posted:
            await office.replicas[1].post_due(due)
        return known

    times.of_channel = read_before_it_was_posted  # type: ignore[method-assign]
    office.now = due - timedelta(seconds=1)
    await office.plan(MONDAY_AT_NINE.model_copy(update={"at": time(8)}))
    office.now = due
    await office.live(15)
    assert office.channel.weeks == ["2026-W47", "2026-W48", "2026-W49"]
    assert [shown.title for _, shown in office.channel.posted[1:]] == [
        "Week in review: 23–29 November 2026",
        "Week in review: 30 November – 6 December 2026",
    ]


async def test_after_a_clock_was_far_ahead_switching_it_on_again_brings_it_back(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.now = START + timedelta(days=400)
    await office.look()
    office.now = START + timedelta(days=1)
    await office.plan(None)
    await office.plan(MONDAY_AT_NINE)
    at = await office.next_at()
    assert at is not None
    assert at - office.now < timedelta(days=14)


async def test_after_a_clock_was_far_ahead_it_comes_back_by_itself(office: Office) -> None:
    await office.plan(MONDAY_AT_NINE)
    office.now = datetime(2099, 1, 1, tzinfo=UTC)
    await office.look()
    assert len(office.channel.posted) == 1
    office.now = START

    with capture_logs() as lines:
        await office.look()

    assert {line["channel_id"] for line in lines if line["event"] == "digest_was_ahead"} == {CHANNEL}
    assert await office.next_at() == datetime(2026, 11, 23, 8, tzinfo=UTC)
    await office.live(15)
    assert office.channel.weeks[1:] == ["2026-W47", "2026-W48"]


async def test_what_other_channels_decide_pushes_nothing_out_of_a_digest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_READ", 2)
    ours, theirs = (Audience(kind="workspace", channel_id=channel) for channel in (CHANNEL, "C9"))
    await office.log.save(a_record(1, decided_at=START).model_copy(update={"audience": ours}))
    for number in (2, 3, 4):
        at = START + timedelta(minutes=number)
        await office.log.save(a_record(number, decided_at=at).model_copy(update={"audience": theirs}))
    await office.plan(MONDAY_AT_NINE)
    shown = await office.replicas[0].preview(CHANNEL, START + timedelta(days=1), MONDAY_AT_NINE)
    assert [line.decision_id for line in shown.open.lines] == ["D-0000000001"]


async def test_settings_that_cannot_be_read_keep_no_other_channel_waiting(
    office: Office, redis_clients: RedisClients
) -> None:
    office.replicas = [office.replica(by, ("C0", CHANNEL)) for by in ("one", "two")]
    await redis_clients.quick.hset(keys.channel_settings(TEAM, "C0"), "json", "{}")
    await office.live(8, timedelta(hours=1))
    assert [channel for channel, _ in office.channel.posted] == [CHANNEL]
