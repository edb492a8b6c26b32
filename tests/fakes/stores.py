"""Stores that remember in memory; the suites in tests/integration/stores run on them and on Redis alike.

Set `is_down` to make every method say StoreUnavailable, as when Redis is away.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import numpy as np

from bot import tracing
from bot.channel_settings import KeptSettings
from bot.conversation import Conversation, Place
from bot.deleted_message import quoted_messages
from bot.errors import ConversationMoved, StoreUnavailable
from bot.feedback import Feedback
from bot.language_model import Budgets, Spender, UsageRow
from bot.likeness import distances, mark_of
from bot.model_use import ModelUse
from bot.ports import (
    Admitted,
    Asking,
    Attempt,
    Claim,
    DigestDue,
    DigestPosting,
    InboxEntry,
    InboxState,
    Refused,
    Spot,
)
from bot.query import Query
from bot.record import DecisionRecord
from bot.stores import keys
from bot.stores.record_history import forgets
from bot.stores.term_counts import ranked
from bot.visibility import Sight, shelf_of


class _Store:
    def __init__(self) -> None:
        self.is_down = False

    def _answer(self) -> None:
        if self.is_down:
            raise StoreUnavailable("Redis did not answer: the test switched it off")


class FakeConversations(_Store):
    """Implements `bot.ports.Conversations`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[Place, Conversation] = {}
        self.turns: list[Place] = []
        """Where something was said, the latest last; a place that a conversation left is not among them."""

    async def load(self, place: Place) -> Conversation | None:
        self._answer()
        return self.kept.get(place)

    async def save(self, conversation: Conversation) -> None:
        self._answer()
        kept = self.kept.get(conversation.place)
        is_next = conversation.revision <= 1 if kept is None else conversation.revision == kept.revision + 1
        if not is_next:
            raise ConversationMoved("someone else changed the conversation meanwhile")
        self.kept[conversation.place] = conversation
        self.turns = [place for place in self.turns if place != conversation.place] + [conversation.place]

    async def move(self, conversation: Conversation, place: Place) -> Conversation:
        self._answer()
        if conversation.place in self.turns:
            self.turns.remove(conversation.place)
        if place not in self.kept:
            self.turns.append(place)
        return self.kept.setdefault(place, conversation.model_copy(update={"place": place}))

    async def waiting(self, team_id: str, user_id: str, most: int) -> Sequence[Conversation]:
        self._answer()
        kept = [self.kept[place] for place in reversed(self.turns) if place.team_id == team_id]
        return [one for one in kept if one.is_waiting and one.opened_by == user_id][:most]


class FakeDecisionLog(_Store):
    """Implements `bot.ports.DecisionLog`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], DecisionRecord] = {}
        self.quoted: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    async def load(self, team_id: str, decision_id: str) -> DecisionRecord | None:
        self._answer()
        return self.kept.get((team_id, decision_id))

    async def save(self, record: DecisionRecord) -> None:
        self._answer()
        key = (record.place.team_id, record.id)
        if key in self.kept and forgets(record, self.kept[key]):
            raise ConversationMoved(f"someone else changed decision {record.id} meanwhile")
        self.kept[key] = record
        for message_id in quoted_messages(record):
            self.quoted[(record.place.team_id, record.place.channel_id, message_id)].add(record.id)

    async def quoting(self, team_id: str, channel_id: str, message_id: str) -> Sequence[str]:
        self._answer()
        return sorted(self.quoted.get((team_id, channel_id, message_id), ()))

    async def between(self, team_id: str, since: datetime, until: datetime) -> AsyncIterator[DecisionRecord]:
        self._answer()
        for record in self._oldest_first(team_id):
            if since <= record.decided_at < until:
                yield record

    async def matching(
        self, team_id: str, query: Query, sights: Sequence[Sight] | None
    ) -> AsyncGenerator[DecisionRecord, None]:
        self._answer()
        records = self._oldest_first(team_id)
        for record in records if query.is_oldest_first else records[::-1]:
            if query.holds(record) and (sights is None or _is_in(record, sights)):
                yield record

    async def resembling(
        self, team_id: str, question: bytes, sights: Sequence[Sight], most: int
    ) -> list[tuple[float, DecisionRecord]]:
        self._answer()
        marked = [record for record in self._oldest_first(team_id) if mark_of(record)]
        far = [
            (float(distances(question, np.frombuffer(mark_of(record), np.int8)[None, :])[0]), record)
            for record in marked
            if _is_in(record, sights)
        ]
        return sorted(far, key=lambda one: one[0])[:most]

    async def to_review(self, team_id: str, until: date) -> AsyncIterator[DecisionRecord]:
        self._answer()
        due = [
            (record.review_on, record.id, record)
            for record in self._oldest_first(team_id)
            if record.is_in_force and record.review_on is not None and record.review_on <= until
        ]
        for _, _, record in sorted(due, key=lambda row: row[:2]):
            yield record

    def _oldest_first(self, team_id: str) -> list[DecisionRecord]:
        ours = [record for (team, _), record in self.kept.items() if team == team_id]
        return sorted(ours, key=lambda record: (record.decided_at, record.id))


def _is_in(record: DecisionRecord, sights: Sequence[Sight]) -> bool:
    return any(
        sight.shelf == shelf_of(record.audience)
        and (not sight.within or sight.within == record.audience.channel_id)
        for sight in sights
    )


class FakeFeedback(_Store):
    """Implements `bot.ports.FeedbackBox`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str, str], Feedback] = {}

    async def keep(self, feedback: Feedback) -> None:
        self._answer()
        key = (feedback.team_id, feedback.about, feedback.by)
        self.kept[key] = feedback.after(self.kept.get(key))

    async def since(self, since: datetime, team_id: str = "") -> Sequence[Feedback]:
        self._answer()
        found = [one for one in self.kept.values() if one.at >= since and team_id in ("", one.team_id)]
        return sorted(found, key=lambda one: one.at)


class FakeDigestMarks(_Store):
    """Implements `bot.ports.DigestMarks`."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed: dict[tuple[str, str, str], str] = {}
        self.posted: set[tuple[str, str, str]] = set()
        self.begun: dict[tuple[str, str, str], datetime] = {}

    async def claim(self, team_id: str, channel_id: str, week: str, by: str) -> Claim:
        self._answer()
        mark = (team_id, channel_id, week)
        if mark in self.posted:
            return "posted"
        if mark in self.claimed:
            return "theirs"
        self.claimed[mark] = by
        return "ours"

    async def begin(self, team_id: str, channel_id: str, week: str, now: datetime) -> DigestPosting:
        self._answer()
        mark = (team_id, channel_id, week)
        before = self.begun.get(mark)
        self.begun.setdefault(mark, now)
        return DigestPosting(f"digest-{list(self.begun).index(mark) + 1}", before)

    async def confirm(self, team_id: str, channel_id: str, week: str) -> None:
        self._answer()
        self.posted.add((team_id, channel_id, week))
        self.claimed.pop((team_id, channel_id, week), None)

    async def release(self, team_id: str, channel_id: str, week: str) -> None:
        self._answer()
        self.claimed.pop((team_id, channel_id, week), None)


class FakeDigestTimes(_Store):
    """Implements `bot.ports.DigestTimes`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], DigestDue] = {}

    async def of_channel(self, team_id: str, channel_id: str) -> DigestDue | None:
        self._answer()
        return self.kept.get((team_id, channel_id))

    async def due(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        self._answer()
        due = [(kept.at, kept) for (team, _), kept in self.kept.items() if team == team_id and kept.at]
        return [kept for at, kept in sorted(due, key=lambda one: one[0]) if at <= now][:most]

    async def ahead(self, team_id: str, now: datetime, most: int) -> Sequence[DigestDue]:
        self._answer()
        latest = now + timedelta(days=keys.FURTHEST_DIGEST_DAYS)
        due = [kept for (team, _), kept in self.kept.items() if team == team_id and kept.at]
        return [kept for kept in due if kept.at and kept.at > latest][:most]

    async def put(self, team_id: str, next_: DigestDue) -> None:
        self._answer()
        self.kept[team_id, next_.channel_id] = next_

    async def move(self, team_id: str, due: DigestDue, next_: DigestDue) -> bool:
        self._answer()
        kept = self.kept.get((team_id, due.channel_id))
        if kept is None or kept.at is None or kept.at != due.at:
            return False
        self.kept[team_id, due.channel_id] = next_
        return True


class FakeTermCounts(_Store):
    """Implements `bot.ports.TermCounts`."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[tuple[str, str, str, str]] = Counter()

    async def count(self, team_id: str, channel_id: str, week: str, term: str) -> None:
        self._answer()
        self.counted[team_id, channel_id, week, term] += 1

    async def most_asked(
        self, team_id: str, channel_id: str, weeks: Sequence[str], most: int
    ) -> Sequence[tuple[str, int]]:
        self._answer()
        counted: Counter[str] = Counter()
        for (team, channel, week, term), times in self.counted.items():
            if (team, channel) == (team_id, channel_id) and week in weeks:
                counted[term] += times
        return ranked(counted)[:most]


class FakeChannelSettings(_Store):
    """Implements `bot.ports.ChannelSettingsStore`."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], KeptSettings] = {}

    async def load(self, team_id: str, channel_id: str) -> KeptSettings:
        self._answer()
        return self.kept.get((team_id, channel_id), KeptSettings())

    async def save(self, team_id: str, channel_id: str, settings: KeptSettings) -> bool:
        self._answer()
        kept = self.kept.get((team_id, channel_id), KeptSettings())
        if settings.revision != kept.revision + 1:
            return False
        self.kept[team_id, channel_id] = settings
        return True


class FakePostedReplies(_Store):
    """Implements `bot.ports.PostedReplies`. Ids are counted, so that tests can name them."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[tuple[str, str], str] = {}
        self.posted: dict[tuple[str, str], str] = {}
        self.shown: dict[tuple[str, str], set[Spot]] = {}

    async def reply_id(self, team_id: str, entry_id: str) -> str:
        self._answer()
        return self.ids.setdefault((team_id, entry_id), f"reply-{len(self.ids) + 1}")

    async def posted_ts(self, team_id: str, reply_id: str) -> str | None:
        self._answer()
        return self.posted.get((team_id, reply_id))

    async def mark_posted(self, team_id: str, reply_id: str, ts: str) -> None:
        self._answer()
        self.posted[team_id, reply_id] = ts

    async def mark_shown(self, team_id: str, decision_id: str, spot: Spot) -> None:
        self._answer()
        self.shown.setdefault((team_id, decision_id), set()).add(spot)

    async def shown_at(self, team_id: str, decision_id: str) -> Sequence[Spot]:
        self._answer()
        spots = self.shown.get((team_id, decision_id), set())
        return sorted(spots, key=lambda spot: spot.ts, reverse=True)


@dataclass
class _Outreach:
    sent_at: datetime | None = None
    claimed_until: datetime | None = None
    by: str = ""
    attempt: Attempt | None = None
    begun_at: datetime | None = None


class FakeOutreachMarks(_Store):
    """Implements `bot.ports.OutreachMarks`."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, str, str], _Outreach] = {}
        self._told: dict[tuple[str, str], dict[str, datetime]] = {}
        self._ids = 0

    async def claim(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, quiet_since: datetime | None
    ) -> Attempt | None:
        self._answer()
        kept = self._kept.setdefault((team_id, kind, to), _Outreach())
        latest = now + timedelta(seconds=keys.CLOCKS_DIFFER_SECONDS)
        claim_lives = timedelta(minutes=keys.OUTREACH_CLAIM_MINUTES)
        if kept.sent_at is not None and kept.sent_at > latest:
            kept.sent_at = None
        if kept.claimed_until is not None and kept.claimed_until - claim_lives > latest:
            kept.by, kept.claimed_until = "", None
        if quiet_since is not None and kept.sent_at is not None and kept.sent_at >= quiet_since:
            return None
        if kept.claimed_until is not None and kept.claimed_until > now:
            return None
        if kept.attempt is None:
            self._ids += 1
            kept.attempt = Attempt(f"message-{self._ids}")
        kept.by, kept.claimed_until = by, now + claim_lives
        return kept.attempt

    async def intend(
        self, team_id: str, kind: str, to: str, *, by: str, now: datetime, items: Sequence[str]
    ) -> bool:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.by != by or kept.attempt is None:
            return False
        kept.attempt, kept.begun_at = replace(kept.attempt, earlier=tuple(items)), now
        return True

    async def confirm(self, team_id: str, kind: str, to: str, attempt: Attempt) -> None:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.attempt is None or kept.begun_at is None or kept.attempt.reply_id != attempt.reply_id:
            return
        told = self._told.setdefault((team_id, kind), {})
        told.update(dict.fromkeys(kept.attempt.earlier, kept.begun_at))
        self._kept[team_id, kind, to] = _Outreach(sent_at=kept.begun_at)

    async def release(self, team_id: str, kind: str, to: str, *, by: str) -> None:
        self._answer()
        kept = self._kept.get((team_id, kind, to), _Outreach())
        if kept.by == by:
            kept.by, kept.claimed_until = "", None

    async def told(self, team_id: str, kind: str, now: datetime) -> Mapping[str, datetime]:
        self._answer()
        latest = now + timedelta(seconds=keys.CLOCKS_DIFFER_SECONDS)
        told = self._told.get((team_id, kind), {})
        self._told[team_id, kind] = {item: at for item, at in told.items() if at <= latest}
        return dict(self._told[team_id, kind])

    async def note(self, team_id: str, kind: str, items: Sequence[str], now: datetime) -> None:
        self._answer()
        self._told.setdefault((team_id, kind), {}).update(dict.fromkeys(items, now))


class FakeFirstContacts(_Store):
    """Implements `bot.ports.FirstContacts`."""

    def __init__(self) -> None:
        super().__init__()
        self.greeted: set[tuple[str, str]] = set()
        self.homes: dict[tuple[str, str], int] = {}

    async def was_greeted(self, team_id: str, channel_id: str) -> bool:
        self._answer()
        return (team_id, channel_id) in self.greeted

    async def mark_greeted(self, team_id: str, channel_id: str) -> None:
        self._answer()
        self.greeted.add((team_id, channel_id))

    async def home_days(self, team_id: str, user_id: str) -> int | None:
        self._answer()
        return self.homes.get((team_id, user_id))

    async def keep_home(self, team_id: str, user_id: str, days: int) -> None:
        self._answer()
        self.homes[team_id, user_id] = days


class FakeQuestionLimits(_Store):
    """Implements `bot.ports.QuestionLimits`. It has no clock: `start_anew` stands for an hour gone by."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = {"person": 0, "channel": 0, "workspace": 0}
        """0: none."""
        self.again_at = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
        self._asked: dict[tuple[str, str, str], set[str]] = {}
        self._told: dict[tuple[str, str, str, str], str] = {}

    async def admit(self, asking: Asking) -> Admitted | Refused:
        self._answer()
        team_id = asking.team_id
        windows: dict[Literal["person", "channel", "workspace"], str] = {
            "person": asking.user_id,
            "channel": asking.channel_id,
            "workspace": team_id,
        }
        if asking.once in self._asked.get((team_id, "person", asking.user_id), set()):
            return Admitted()
        for whose, id_ in windows.items():
            if 0 < self.limits[whose] <= len(self._asked.get((team_id, whose, id_), set())):
                told = self._told.setdefault((team_id, asking.user_id, whose, id_), asking.once)
                return Refused(whose, self.again_at, is_news=told == asking.once)
        for whose, id_ in windows.items():
            self._asked.setdefault((team_id, whose, id_), set()).add(asking.once)
        return Admitted()

    def start_anew(self) -> None:
        """Let everything run out."""
        self._asked.clear()
        self._told.clear()


class FakeRemovals:
    """Hears of workspaces that removed the app."""

    def __init__(self) -> None:
        self.team_ids: list[str] = []

    async def note(self, team_id: str) -> None:
        self.team_ids.append(team_id)


@dataclass
class _Kept:
    entry: InboxEntry
    consumer: str | None = None
    is_silent: bool = False


class FakeInbox(_Store):
    """Implements `bot.ports.Inbox`. It has no clock: `let_go_silent` stands for a consumer that died."""

    def __init__(self) -> None:
        super().__init__()
        self.dead_letters: list[tuple[InboxEntry, str]] = []
        self._once: set[str] = set()
        self._kept: dict[str, _Kept] = {}
        self._appended = 0
        self._changed = asyncio.Event()

    async def append(self, body: str, *, order_key: str, once: str) -> bool:
        self._answer()
        if once in self._once:
            return False
        self._once.add(once)
        self._appended += 1
        id_ = f"{self._appended}-0"
        self._kept[id_] = _Kept(InboxEntry(id_, order_key, body, attempts=0, trace=tracing.carried()))
        self._changed.set()
        return True

    async def has_taken(self, once: str) -> bool:
        self._answer()
        return once in self._once

    async def take(self, consumer: str, limit: int, wait_ms: int) -> Sequence[InboxEntry]:
        try:
            async with asyncio.timeout(wait_ms / 1000):
                while True:
                    self._answer()
                    if taken := self._take(consumer, limit):
                        return taken
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return []

    async def keep(self, consumer: str, entries: Sequence[InboxEntry]) -> None:
        self._answer()
        for entry in entries:
            kept = self._kept.get(entry.id)
            if kept is not None and kept.consumer == consumer:
                kept.is_silent = False

    async def put_back(self, consumer: str, entry: InboxEntry) -> None:
        self._answer()
        kept = self._kept.get(entry.id)
        if kept is not None and kept.consumer == consumer:
            kept.entry = replace(kept.entry, attempts=max(1, kept.entry.attempts - 1))

    async def finish(self, entry: InboxEntry) -> None:
        self._answer()
        self._kept.pop(entry.id, None)
        self._changed.set()

    async def bury(self, entry: InboxEntry, reason: str) -> None:
        self._answer()
        if self._kept.pop(entry.id, None) is not None:
            self.dead_letters.append((entry, reason))
        self._changed.set()

    async def backlog(self) -> int:
        self._answer()
        return len(self._kept)

    async def state(self) -> InboxState:
        self._answer()
        return InboxState(len(self._kept), 0.0, len(self.dead_letters))

    def let_go_silent(self, entry: InboxEntry) -> None:
        """Make the entry's consumer look dead until it keeps the entry again."""
        self._kept[entry.id].is_silent = True
        self._changed.set()

    def _take(self, consumer: str, limit: int) -> list[InboxEntry]:
        taken: list[InboxEntry] = []
        lanes: set[str] = set()
        for kept in self._kept.values():
            is_first = kept.entry.order_key not in lanes
            lanes.add(kept.entry.order_key)
            if is_first and (kept.consumer is None or kept.is_silent) and len(taken) < limit:
                kept.entry = replace(kept.entry, attempts=kept.entry.attempts + 1)
                kept.consumer, kept.is_silent = consumer, False
                taken.append(kept.entry)
        return taken


_Account = tuple[str, str, Literal["workspace", "channel", "person"], str]


class FakeLedger(_Store):
    """Implements `bot.language_model.Ledger`. It has no clock: `forget_reservations` stands for a crash."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[_Account, UsageRow] = {}
        self.reserved: dict[_Account, list[tuple[int, float]]] = {}
        """Tokens and dollars of each call under way."""

    async def reserve(
        self, spender: Spender, day: str, tokens: int, budgets: Budgets, *, cost_usd: float = 0
    ) -> str:
        self._answer()
        person, channel, workspace = accounts = _accounts(spender, day)
        limits = {
            person: budgets.tokens_per_person,
            channel: budgets.tokens_per_channel,
            workspace: budgets.tokens_per_workspace,
        }
        for account, limit in limits.items():
            if limit <= 0 or self._taken(account) + tokens > limit:
                return account[2]
        cost = self._row(workspace).cost_usd + sum(usd for _, usd in self.reserved.get(workspace, []))
        if cost >= budgets.usd_per_workspace or cost + cost_usd > budgets.usd_per_workspace:
            return "workspace"
        for account in accounts:
            self.reserved.setdefault(account, []).append((tokens, cost_usd))
        return ""

    async def settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
        self._answer()
        for account in _accounts(spender, day):
            set_aside = self.reserved.get(account, [])
            ours = next((one for one in reversed(set_aside) if one[0] == reserved), None)
            if ours:
                set_aside.remove(ours)
            self.used[account] = _added(self._row(account), use)

    async def judge(self, spender: Spender, day: str, *, accepted: int, replaced: int) -> None:
        self._answer()
        for account in _accounts(spender, day):
            row = self._row(account)
            self.used[account] = replace(
                row, accepted=row.accepted + accepted, replaced=row.replaced + replaced
            )

    async def usage(self, days: Sequence[str]) -> Sequence[UsageRow]:
        self._answer()
        kinds = ["workspace", "channel", "person"]
        rows = [row for row in self.used.values() if row.day in days]
        return sorted(rows, key=lambda row: (row.day, row.team_id, kinds.index(row.kind), row.id))

    def forget_reservations(self) -> None:
        """Let everything that is set aside run out."""
        self.reserved.clear()

    def _row(self, account: _Account) -> UsageRow:
        return self.used.get(account, UsageRow(*account, 0, 0, 0, 0, 0, 0.0, 0, 0, 0))

    def _taken(self, account: _Account) -> int:
        row = self._row(account)
        return row.tokens_in + row.tokens_out + sum(tokens for tokens, _ in self.reserved.get(account, []))


def _accounts(spender: Spender, day: str) -> tuple[_Account, _Account, _Account]:
    team_id = spender.team_id
    return (
        (day, team_id, "person", spender.user_id),
        (day, team_id, "channel", spender.channel_id),
        (day, team_id, "workspace", team_id),
    )


def _added(row: UsageRow, use: ModelUse) -> UsageRow:
    return replace(
        row,
        calls=row.calls + 1,
        failures=row.failures + bool(use.failure),
        tokens_in=row.tokens_in + use.tokens_in,
        tokens_cached=row.tokens_cached + use.tokens_cached,
        tokens_out=row.tokens_out + use.tokens_out,
        cost_usd=round(row.cost_usd + (use.cost_usd or 0), 6),
        unpriced_calls=row.unpriced_calls + (use.cost_usd is None),
        accepted=row.accepted + use.accepted,
        replaced=row.replaced + use.replaced,
    )
