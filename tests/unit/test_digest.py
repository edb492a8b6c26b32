from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.digest import MOST_LINES, Period, build_digest, whole_channel
from bot.record import Change, DecisionRecord, Status
from bot.replies import DigestPost
from bot.saving import Decided, saved_record
from bot.seeing import Look
from tests.integration.stores.examples import a_record

BERLIN = ZoneInfo("Europe/Berlin")
IN_WEEK_47 = datetime(2026, 11, 18, 12, tzinfo=UTC)
WEEK_47 = Period("2026-W47", "2026-W47", BERLIN)
MONDAY = date(2026, 11, 23)
CHANNEL = "C1"
HERE = Audience(kind="conversation", channel_id=CHANNEL)


def a_decision(
    number: int,
    *,
    audience: Audience = HERE,
    status: Status = "proposed",
    option: Option = Option.RAG,
    outcome: Option | None = None,
    why: str = "",
    asked_at: datetime = IN_WEEK_47,
    decided_at: datetime | None = None,
    review_on: date | None = None,
    statements: tuple[Statement, ...] = (),
) -> DecisionRecord:
    record = a_record(number, decided_at=asked_at, context=f"Question {number}?")
    revision = record.current.model_copy(
        update={"option": option, "headline": f"Advice {number}", "statements": statements}
    )
    history = record.history
    if status in ("accepted", "overridden", "withdrawn"):
        change = Change(
            at=decided_at or asked_at,
            by="U2",
            what=status,
            why=why,
            outcome=None if status == "withdrawn" else outcome or option,
        )
        history = (*history, change)
    changes = {
        "status": status,
        "revisions": (revision,),
        "audience": audience,
        "history": history,
        "review_on": review_on,
    }
    return record.model_copy(update=changes)


async def _as_then(audience: Audience) -> Audience:
    return audience


async def digest_of(records: Sequence[DecisionRecord], *, period: Period = WEEK_47) -> DigestPost:
    async def stream() -> AsyncIterator[DecisionRecord]:
        for record in records:
            yield record

    sight = Look(whole_channel(CHANNEL), _as_then)
    return await build_digest(stream(), sight.reaches, period, MONDAY)


@pytest.mark.parametrize(
    ("audience", "is_shown"),
    [
        (Audience(kind="workspace", channel_id=CHANNEL), True),
        (Audience(kind="workspace", channel_id="C9"), False),
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
    record = a_decision(1, audience=audience)
    digest = await digest_of([record])
    assert [line.decision_id for line in digest.open.lines] == ([record.id] if is_shown else [])
    assert (digest.asked, digest.open.count) == ((1, 1) if is_shown else (0, 0))
    assert bool(digest.learned) is is_shown
    assert digest.is_quiet is not is_shown


async def test_a_quiet_week_has_nothing_to_tell() -> None:
    digest = await digest_of([])
    assert digest == DigestPost(week="2026-W47", title="Week in review: 16–22 November 2026")
    assert digest.is_quiet


async def test_what_waits_from_earlier_makes_no_week_busy() -> None:
    digest = await digest_of([a_decision(1, asked_at=IN_WEEK_47 - timedelta(days=30))])
    assert (digest.open.count, digest.is_quiet) == (1, True)


async def test_it_says_what_people_decided_and_not_what_was_recommended() -> None:
    digest = await digest_of(
        [
            a_decision(1, status="accepted"),
            a_decision(2, status="overridden", outcome=Option.FINE_TUNE_SFT, why="the licence forbids it"),
        ]
    )
    shown = {(line.headline, line.why) for line in digest.decided.lines}
    assert shown == {("Advice 1", ""), ("Fine-tune", "the licence forbids it")}


async def test_what_was_asked_earlier_and_decided_this_week_stands_in_it() -> None:
    asked_at = IN_WEEK_47 - timedelta(days=40)
    decided = a_decision(1, status="accepted", asked_at=asked_at, decided_at=IN_WEEK_47)
    earlier = a_decision(2, status="accepted", asked_at=asked_at, decided_at=asked_at)
    digest = await digest_of([decided, earlier])
    assert [line.decision_id for line in digest.decided.lines] == [decided.id]
    assert digest.asked == 0


async def test_what_is_taken_back_counts_for_nothing() -> None:
    digest = await digest_of([a_decision(1, status="withdrawn")])
    assert digest.is_quiet


async def test_what_is_due_for_review_this_week_or_overdue_is_named_soonest_first() -> None:
    days = (MONDAY + timedelta(days=6), MONDAY - timedelta(days=20), MONDAY + timedelta(days=7), None)
    asked_at = IN_WEEK_47 - timedelta(days=100)
    records = [
        a_decision(number, status="accepted", asked_at=asked_at, review_on=day)
        for number, day in enumerate(days)
    ]
    open_one = a_decision(9, asked_at=asked_at, review_on=MONDAY)
    digest = await digest_of([*records, open_one])
    assert [line.question for line in digest.due.lines] == ["Question 1?", "Question 0?"]


async def test_weeks_begin_and_end_at_midnight_where_they_are() -> None:
    since, until = WEEK_47.bounds
    second = timedelta(seconds=1)
    moments = {1: since, 2: until - second, 3: since - second, 4: until}
    decided = [a_decision(n, status="accepted", asked_at=since, decided_at=at) for n, at in moments.items()]
    assert {line.question for line in (await digest_of(decided)).decided.lines} == {
        "Question 1?",
        "Question 2?",
    }
    asked = await digest_of([a_decision(number, asked_at=at) for number, at in moments.items()])
    assert (asked.asked, asked.open.count) == (2, 3)


async def test_several_weeks_are_covered_at_once() -> None:
    three = Period("2026-W45", "2026-W47", BERLIN)
    digest = await digest_of(
        [a_decision(n, asked_at=IN_WEEK_47 - timedelta(weeks=n)) for n in range(4)], period=three
    )
    assert (digest.asked, digest.title) == (3, "Week in review: 2–22 November 2026")
    assert three.weeks == ["2026-W45", "2026-W46", "2026-W47"]


def _with_test_set(value: int | None) -> tuple[Statement, ...]:
    return (Statement(fact="eval_set_n", value=value, quote=""),)


@pytest.mark.parametrize(
    ("test_sets", "learned"),
    [
        ([80], ""),
        ([None], "The one question had no test set."),
        ([0, 80], "Half of the 2 questions had no test set."),
        ([0, 0, 80], "2 of the 3 questions had no test set."),
        ([0, None], "None of the 2 questions came with a test set."),
    ],
)
async def test_one_thing_is_learned_from_the_weeks_facts(test_sets: list[int | None], learned: str) -> None:
    records = [a_decision(n, statements=_with_test_set(value)) for n, value in enumerate(test_sets)]
    digest = await digest_of(records)
    assert digest.learned.startswith(learned)
    assert bool(digest.learned) is bool(learned)


async def test_recommendations_are_counted_the_most_frequent_first() -> None:
    options = [Option.RAG, Option.FEW_SHOT, Option.RAG]
    digest = await digest_of([a_decision(n, option=option) for n, option in enumerate(options)])
    assert digest.recommended == ((Option.RAG, 2), (Option.FEW_SHOT, 1))


async def test_of_five_thousand_decisions_the_newest_lines_are_kept_and_all_are_counted() -> None:
    records = [a_decision(n, asked_at=IN_WEEK_47 + timedelta(seconds=n)) for n in range(5_000)]
    digest = await digest_of(records)
    assert (digest.open.count, len(digest.open.lines)) == (5_000, MOST_LINES)
    assert digest.open.lines[0].question == "Question 4999?"


def _saved() -> DecisionRecord:
    decided = Decided(Option.DISTIL, "cheaper", IN_WEEK_47.date(), "U1", "the tagger", "U1", IN_WEEK_47)
    place = a_record().place
    return saved_record(decided, id_="D-SAVED00000", place=place, audience=HERE, link="", message_id="1.2")


async def test_what_people_decided_without_us_is_told_as_theirs_and_never_counted_as_advice() -> None:
    digest = await digest_of([a_decision(1), _saved()])
    assert [(line.headline, line.why) for line in digest.decided.lines] == [
        ("Distil into a small model", "cheaper")
    ]
    assert (digest.asked, digest.recommended) == (1, ((Option.RAG, 1),))
    assert digest.learned.startswith("The one question had no test set.")


async def test_a_week_of_saved_decisions_only_is_not_quiet() -> None:
    digest = await digest_of([_saved()])
    assert (digest.asked, digest.is_quiet, digest.learned) == (0, False, "")
