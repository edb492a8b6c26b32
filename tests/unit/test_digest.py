from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.digest import (
    DigestPoster,
    Schedule,
    build_digest,
    may_be_shown_in,
    week_bounds,
)
from bot.digest_clock import DigestClock
from bot.errors import NotInChannel, StoreUnavailable
from bot.record import DecisionRecord, Status
from bot.replies import DigestPost
from bot.saving import Decided, saved_record
from tests.fakes.stores import FakeDecisionLog, FakeDigestMarks
from tests.integration.stores.examples import a_record

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_AT_NINE = Schedule(0, time(9), BERLIN)
IN_WEEK_47 = datetime(2026, 11, 18, 12, tzinfo=UTC)
CHANNEL = "C1"


class FakeDigestChannel:
    """Implements `bot.ports.DigestChannel`; we are no member of the channels in `refused`."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, DigestPost]] = []
        self.refused: set[str] = set()

    async def post_digest(self, channel_id: str, digest: DigestPost) -> None:
        if channel_id in self.refused:
            raise NotInChannel("chat.postMessage", "not_in_channel")
        self.posted.append((channel_id, digest))


def _record(
    number: int,
    *,
    audience: Audience | None = None,
    status: Status = "proposed",
    option: Option = Option.RAG,
    statements: tuple[Statement, ...] = (),
    decided_at: datetime = IN_WEEK_47,
    is_provisional: bool = False,
) -> DecisionRecord:
    record = a_record(number, decided_at=decided_at, context=f"Question {number}?")
    revision = record.current.model_copy(
        update={"option": option, "statements": statements, "is_provisional": is_provisional}
    )
    return record.model_copy(
        update={
            "status": status,
            "revisions": (revision,),
            "audience": audience or Audience(kind="conversation", channel_id=CHANNEL),
        }
    )


async def _digest(records: Sequence[DecisionRecord], channel_id: str = CHANNEL) -> DigestPost:
    async def stream() -> AsyncIterator[DecisionRecord]:
        for record in records:
            yield record

    return await build_digest(stream(), channel_id, "2026-W47")


@pytest.mark.parametrize(
    ("audience", "is_shown"),
    [
        (Audience(kind="workspace", channel_id="C9"), True),
        (Audience(kind="conversation", channel_id=CHANNEL), True),
        (Audience(kind="conversation", channel_id="C9"), False),
        (Audience(kind="conversation"), False),
        (Audience(kind="person", user_id="U1"), False),
        (Audience(kind="person", user_id="U1", channel_id=CHANNEL), False),
    ],
)
async def test_only_what_everyone_in_the_channel_could_see_is_shown_or_counted(
    audience: Audience, *, is_shown: bool
) -> None:
    record = _record(1, audience=audience)
    assert may_be_shown_in(record, CHANNEL) is is_shown
    digest = await _digest([record])
    assert [line.decision_id for line in digest.open] == ([record.id] if is_shown else [])
    assert ("one question" in digest.headline) is is_shown
    assert bool(digest.learned) is is_shown


async def test_a_quiet_week_says_so() -> None:
    assert await _digest([]) == DigestPost(
        week="2026-W47",
        headline="Week 2026-W47: nobody asked whether to fine-tune. A quiet week is a fine week.",
    )


async def test_a_digest_says_what_was_asked_decided_and_learned() -> None:
    cases = Statement(fact="eval_set_n", value=80, quote="80 cases")
    digest = await _digest(
        [
            _record(1, status="accepted"),
            _record(2, status="overridden", option=Option.FEW_SHOT, statements=(cases,)),
            _record(3, is_provisional=True),
            _record(4, status="withdrawn"),
        ]
    )
    assert digest.headline == "Week 2026-W47: 4 questions; most often I said: use retrieval (RAG) (3)."
    assert [line.question for line in digest.decided] == ["Question 1?", "Question 2?"]
    assert [(line.question, line.is_provisional) for line in digest.open] == [("Question 3?", True)]
    assert digest.learned == "3 of 4 came without a test set; that is the cheapest thing to fix first."


def _saved() -> DecisionRecord:
    decided = Decided(Option.DISTIL, "cheaper", IN_WEEK_47.date(), "U1", "the tagger", "U1", IN_WEEK_47)
    audience = Audience(kind="conversation", channel_id=CHANNEL)
    place = a_record().place
    return saved_record(
        decided, id_="D-SAVED00000", place=place, audience=audience, link="", message_id="1.2"
    )


async def test_what_people_decided_without_us_is_told_as_theirs() -> None:
    digest = await _digest([_record(1), _saved()])
    assert digest.headline == (
        "Week 2026-W47: one question; most often I said: use retrieval (RAG) (1). "
        "And one decision saved that you took without me."
    )
    assert [line.headline for line in digest.decided] == ["Decided: distil into a small model"]
    assert digest.learned.startswith("1 of 1 came without")


async def test_a_week_of_saved_decisions_only_says_so() -> None:
    digest = await _digest([_saved(), _saved()])
    assert digest.headline == "Week 2026-W47: 2 decisions saved that you took without me."
    assert digest.learned == ""


@pytest.mark.parametrize(("value", "learned"), [(80, False), (0, True), (None, True)])
async def test_no_test_set_is_what_they_said_is_none_or_did_not_say(
    value: int | None, *, learned: bool
) -> None:
    statement = Statement(fact="eval_set_n", value=value, quote="")
    assert bool((await _digest([_record(1, statements=(statement,))])).learned) is learned


async def test_a_long_week_is_cut_short_and_says_by_how_much() -> None:
    digest = await _digest([_record(number) for number in range(25)])
    assert (len(digest.open), digest.more) == (20, 5)


class _Office:
    """A poster with everything around it."""

    def __init__(self) -> None:
        self.log, self.channel, self.marks = FakeDecisionLog(), FakeDigestChannel(), FakeDigestMarks()
        self.poster = self.another_poster("one")

    def another_poster(self, by: str) -> DigestPoster:
        return DigestPoster(self.log, self.channel, self.marks, "T1", BERLIN, by)


@pytest.fixture
def office() -> _Office:
    return _Office()


async def test_a_digest_is_posted_once_whoever_tries(office: _Office) -> None:
    await office.log.save(_record(1))
    assert await office.poster.post(CHANNEL, "2026-W47")
    assert not await office.poster.post(CHANNEL, "2026-W47")
    assert not await office.another_poster("two").post(CHANNEL, "2026-W47")
    ((channel_id, digest),) = office.channel.posted
    assert (channel_id, [line.question for line in digest.open]) == (CHANNEL, ["Question 1?"])


async def test_only_decisions_of_that_week_and_workspace_stand_in_it(office: _Office) -> None:
    since, until = week_bounds("2026-W47", BERLIN)
    moments = {1: since, 2: until - timedelta(seconds=1), 3: since - timedelta(seconds=1), 4: until}
    for number, moment in moments.items():
        await office.log.save(_record(number, decided_at=moment))
    elsewhere = _record(5)
    place = elsewhere.place.model_copy(update={"team_id": "T2"})
    await office.log.save(elsewhere.model_copy(update={"place": place}))
    digest = await office.poster.build(CHANNEL, "2026-W47")
    assert [line.question for line in digest.open] == ["Question 1?", "Question 2?"]


async def test_a_digest_that_another_is_posting_is_left_to_them(office: _Office) -> None:
    await office.marks.claim("T1", CHANNEL, "2026-W47", "two")
    assert not await office.poster.post(CHANNEL, "2026-W47")
    assert office.channel.posted == []


async def test_after_a_failure_the_claim_is_given_back_and_it_is_posted_later(office: _Office) -> None:
    office.channel.refused.add(CHANNEL)
    with pytest.raises(NotInChannel):
        await office.poster.post(CHANNEL, "2026-W47")
    assert office.marks.claimed == {}
    office.channel.refused.clear()
    assert await office.another_poster("two").post(CHANNEL, "2026-W47")


async def test_a_digest_that_cannot_be_built_claims_nothing(office: _Office) -> None:
    office.log.is_down = True
    with pytest.raises(StoreUnavailable):
        await office.poster.post(CHANNEL, "2026-W47")
    assert office.marks.claimed == {}


async def test_one_channels_failure_keeps_no_other_waiting(office: _Office) -> None:
    office.channel.refused.add("C0")
    due = datetime(2026, 11, 23, 8, tzinfo=UTC)
    clock = DigestClock(office.poster, MONDAY_AT_NINE, ("C0", CHANNEL), lambda: due)
    await clock.post_due()
    await clock.post_due()
    assert [(channel_id, digest.week) for channel_id, digest in office.channel.posted] == [
        (CHANNEL, "2026-W47")
    ]
    office.channel.refused.clear()
    await clock.post_due()
    assert [channel_id for channel_id, _ in office.channel.posted] == [CHANNEL, "C0"]
