"""What stands in a digest: decided first, then what waits for people, then what the week was about.

Written from records alone. Nothing is shown or counted in a channel that its people could not see today.
Memory is bounded: records are read one after another, and of each list only its first lines are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.deciding import last_change
from bot.decision.options import SHORT_NAMES, Option
from bot.ports import DecisionLog
from bot.query import Query
from bot.record import Change, DecisionRecord
from bot.replies import DigestLine, DigestList, DigestPost
from bot.visibility import Viewer, sights_of
from bot.weeks import in_words, week_after, week_bounds

MOST_LINES = 30
"""Of one list, thread included; how many there are stands behind it."""
MOST_READ = 5_000
"""Of what was said in the channel, newest first. What came before those is old news."""
MOST_TERMS = 5
_REVIEW_AHEAD = timedelta(days=6)
_EVAL_FACT = "eval_set_n"

Sees = Callable[[DecisionRecord], Awaitable[bool]]


@dataclass(frozen=True)
class Period:
    """The weeks that a digest covers, from the first to the last, where the channel's people are."""

    first_week: str
    last_week: str
    zone: ZoneInfo

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the first instant and the one after the last. Raises InputInvalid."""
        return week_bounds(self.first_week, self.zone)[0], week_bounds(self.last_week, self.zone)[1]

    @property
    def weeks(self) -> list[str]:
        """Return the weeks, oldest first. Raises InputInvalid."""
        weeks = [self.first_week]
        while weeks[-1] < self.last_week:
            weeks.append(week_after(weeks[-1]))
        return weeks

    @property
    def title(self) -> str:
        """Return the digest's title. Raises InputInvalid."""
        return f"Week in review: {in_words(self.first_week, self.last_week)}"


def whole_channel(channel_id: str) -> Viewer:
    """Return a viewer who sees what everyone in a channel sees, guests and other organisations among them."""
    return Viewer(user_id="", channel_id=channel_id, is_guest=True, is_outsider=True)


async def newest_of(log: DecisionLog, team_id: str, channel_id: str) -> AsyncGenerator[DecisionRecord, None]:
    """Yield what a digest is written from: what the whole channel may have seen, the last decided first.

    Other channels' records are not even read, so that a busy workspace pushes nothing out of a quiet channel.
    """
    left = MOST_READ
    sights = sights_of(whole_channel(channel_id))
    async with aclosing(log.matching(team_id, Query(), sights)) as records:
        async for record in records:
            if not left:
                return
            left -= 1
            yield record


async def build_digest(
    records: AsyncIterable[DecisionRecord],
    sees: Sees,
    period: Period,
    today: date,
    *,
    terms: Sequence[tuple[str, int]] = (),
    late: str = "",
) -> DigestPost:
    """Return the digest of a period, from records in any order. `today` is where the channel is."""
    since, until = period.bounds
    decided, open_, due = _First(), _First(), _First()
    recommended: Counter[Option] = Counter()
    without_test_set = 0
    async for record in records:
        if not await sees(record):
            continue
        decision = _decision(record)
        if decision is not None and since <= decision.at < until:
            decided.add(-decision.at.timestamp(), _decided_line(record, decision))
        if record.status == "proposed" and record.decided_at < until:
            open_.add(-record.decided_at.timestamp(), _line(record, record.current.headline))
        if decision is not None and record.review_on and record.review_on <= today + _REVIEW_AHEAD:
            due.add(record.review_on.toordinal(), _decided_line(record, decision))
        is_of_period = since <= record.decided_at < until and record.status != "withdrawn"
        if is_of_period and record.was_recommended:
            recommended[record.current.option] += 1
            without_test_set += not _names_a_test_set(record)
    return DigestPost(
        week=period.last_week,
        title=period.title,
        asked=recommended.total(),
        decided=decided.listed(),
        open=open_.listed(),
        due=due.listed(),
        recommended=tuple(sorted(recommended.items(), key=lambda item: (-item[1], item[0]))),
        terms=tuple(terms),
        learned=_one_thing_learned(recommended.total(), without_test_set),
        late=late,
    )


@dataclass
class _First:
    """The first lines by their key, of however many are added."""

    _kept: list[tuple[float, str, DigestLine]] = field(default_factory=list)
    _count: int = 0

    def add(self, key: float, line: DigestLine) -> None:
        self._count += 1
        self._kept.append((key, line.decision_id, line))
        if len(self._kept) > 2 * MOST_LINES:
            self._cut()

    def listed(self) -> DigestList:
        self._cut()
        return DigestList(lines=tuple(line for _, _, line in self._kept), count=self._count)

    def _cut(self) -> None:
        self._kept = sorted(self._kept, key=lambda kept: kept[:2])[:MOST_LINES]


def _decision(record: DecisionRecord) -> Change | None:
    """Return what people decided, while it stands."""
    return last_change(record) if record.status in ("accepted", "overridden") else None


def _decided_line(record: DecisionRecord, decision: Change) -> DigestLine:
    outcome = record.decided_option
    is_our_advice = record.was_recommended and outcome == record.current.option
    if outcome is None or is_our_advice:
        return _line(record, record.current.headline)
    name = SHORT_NAMES[outcome]
    return _line(record, f"{name[0].upper()}{name[1:]}", why=decision.why)


def _line(record: DecisionRecord, headline: str, why: str = "") -> DigestLine:
    return DigestLine(
        decision_id=record.id,
        question=record.context,
        headline=headline,
        status=record.status,
        owner=record.owner,
        link=record.link,
        is_provisional=record.current.is_provisional and record.status == "proposed",
        why=why,
        review_on=record.review_on,
    )


def _one_thing_learned(asked: int, without: int) -> str:
    if not without:
        return ""
    advice = "Twenty real cases with the right answer are enough to begin one."
    if asked == 1:
        return f"The one question had no test set. {advice}"
    if without == asked:
        return f"None of the {asked} questions came with a test set. {advice}"
    share = "Half of the" if 2 * without == asked else f"{without} of the"
    return f"{share} {asked} questions had no test set. {advice}"


def _names_a_test_set(record: DecisionRecord) -> bool:
    return any(s.fact == _EVAL_FACT and s.value not in (None, 0) for s in record.current.statements)
