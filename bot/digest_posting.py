"""Digests on their way into channels: due, late, posted once, paused. The time is always an argument.

Which weeks a channel has had is kept beside its due time, so a digest covers every week since the last one,
however long we were away and whatever its people changed meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import structlog

from bot.channel_settings import ChannelSettings, DigestPlan
from bot.digest import MOST_TERMS, Period, build_digest, newest_of, whole_channel
from bot.errors import BotError, ChannelArchived, NotInChannel, SlackRefused
from bot.house_rules import HouseRules
from bot.ports import DecisionLog, DigestChannel, DigestDue, DigestMarks, DigestTimes, TermCounts
from bot.replies import DigestPost
from bot.seeing import Look
from bot.weeks import WEEKDAYS, due_week, last_full_week, next_due, week_after, weeks_before

LATE_AFTER = timedelta(minutes=30)
MOST_WEEKS = 8
"""After a longer absence, the weeks before are left out; nobody reads them any more."""
POSTING_TIMEOUT_S = 600
"""Shorter than a claim lives."""
_MOST_DUE = 1_000
"""So many that those which keep failing leave room for the others."""

Outcome = Literal["posted", "posted_before", "being_posted", "nothing_due", "silent", "paused"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DigestStores:
    """What is kept about digests."""

    marks: DigestMarks
    times: DigestTimes
    terms: TermCounts


@dataclass(frozen=True)
class DigestPoster:
    """Posts the digests of one workspace, each once, whatever other replicas do. `by` names this one."""

    log: DecisionLog
    channel: DigestChannel
    stores: DigestStores
    house: HouseRules
    team_id: str
    by: str

    async def post_due(self, now: datetime) -> None:
        """Post what is due; a channel that fails is tried again later and keeps no other waiting.

        Raises StoreUnavailable when it cannot even say what is due.
        """
        for channel_id in self.house.digest_channels:
            try:
                await self._take_up(channel_id, now)
            except BotError as error:
                log.warning("digest_not_taken_up", channel_id=channel_id, reason=str(error))
        await self._set_right_what_is_ahead(now)
        for due in await self.stores.times.due(self.team_id, now, _MOST_DUE):
            try:
                outcome = await self._post_when_due(due, now)
            except BotError as error:
                log.warning("digest_failed", channel_id=due.channel_id, reason=str(error))
                continue
            late_s = (now - due.at).total_seconds() if due.at and outcome == "posted" else None
            log.info(
                "digest",
                channel_id=due.channel_id,
                from_week=due.from_week,
                outcome=outcome,
                late_s=late_s,
            )

    async def post_now(self, channel_id: str, now: datetime, usual: DigestPlan) -> Outcome:
        """Post a channel's next digest at once, about the weeks that are over. Raises what `post` does."""
        settings = await self.house.of_channel(self.team_id, channel_id)
        plan = settings.digest or usual
        known = await self.stores.times.of_channel(self.team_id, channel_id)
        zone = ZoneInfo(plan.zone)
        last_week = last_full_week(now, zone)
        if known and known.from_week > last_week:
            return "posted_before"
        first_week = max(known.from_week, _earliest(last_week)) if known and known.at else last_week
        outcome = await self.post(channel_id, Period(first_week, last_week, zone), now)
        if outcome in ("posted", "posted_before"):
            await self._pass_on(channel_id, settings, last_week, now)
        return outcome

    async def preview(self, channel_id: str, now: datetime, usual: DigestPlan) -> DigestPost:
        """Return what the channel's next digest would show if the rest of its week brought nothing.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        plan = (await self.house.of_channel(self.team_id, channel_id)).digest or usual
        known = await self.stores.times.of_channel(self.team_id, channel_id)
        from_week = known.from_week if known else ""
        at = next_due(now, plan.schedule, from_week)
        last_week = due_week(at, plan.schedule)
        first_week = max(from_week, _earliest(last_week)) if known and known.at else last_week
        return await self.build(channel_id, Period(first_week, last_week, ZoneInfo(plan.zone)), now)

    async def build(self, channel_id: str, period: Period, now: datetime, late: str = "") -> DigestPost:
        """Return a channel's digest without posting it. Raises InputInvalid and what the log raises."""
        sight = Look(whole_channel(channel_id), self.channel.audience_now)
        terms = await self.stores.terms.most_asked(self.team_id, channel_id, period.weeks, MOST_TERMS)
        today = now.astimezone(period.zone).date()
        async with aclosing(newest_of(self.log, self.team_id, channel_id)) as records:
            return await build_digest(records, sight.reaches, period, today, terms=terms, late=late)

    async def _take_up(self, channel_id: str, now: datetime) -> None:
        """Give a channel of the operator's its due time, once."""
        if await self.stores.times.of_channel(self.team_id, channel_id) is None:
            settings = await self.house.of_channel(self.team_id, channel_id)
            await self.house.keep_time(self.team_id, channel_id, settings, now)

    async def _set_right_what_is_ahead(self, now: datetime) -> None:
        """Bring back digests whose time a clock has set that was far ahead for a while."""
        for due in await self.stores.times.ahead(self.team_id, now, _MOST_DUE):
            try:
                settings = await self.house.of_channel(self.team_id, due.channel_id)
                at = await self.house.keep_time(self.team_id, due.channel_id, settings, now)
            except BotError as error:
                log.warning("digest_left_ahead", channel_id=due.channel_id, reason=str(error))
                continue
            log.warning("digest_was_ahead", channel_id=due.channel_id, was=str(due.at), at=str(at))

    async def _post_when_due(self, due: DigestDue, now: datetime) -> Outcome:
        settings = await self.house.of_channel(self.team_id, due.channel_id)
        plan = settings.digest
        if plan is None or plan.is_paused:
            await self.stores.times.move(self.team_id, due, DigestDue(due.channel_id, None, due.from_week))
            return "nothing_due"
        last_week = due_week(now, plan.schedule)
        if due.from_week > last_week:
            # Somebody moved it while it was being read.
            at = next_due(now, plan.schedule, due.from_week)
            await self.stores.times.move(self.team_id, due, DigestDue(due.channel_id, at, due.from_week))
            return "nothing_due"
        first_week = max(due.from_week, _earliest(last_week))
        period = Period(first_week, last_week, ZoneInfo(plan.zone))
        outcome = await self.post(
            due.channel_id,
            period,
            now,
            late=_late(due, plan, period, now),
            is_silent=settings.empty_week == "silence",
            if_closed=partial(self._pause, due.channel_id, settings, plan, now),
        )
        if outcome == "paused":
            return outcome
        if outcome != "being_posted":
            from_week = week_after(last_week)
            at = next_due(now, plan.schedule, from_week)
            await self.stores.times.move(self.team_id, due, DigestDue(due.channel_id, at, from_week))
        return outcome

    async def post(
        self,
        channel_id: str,
        period: Period,
        now: datetime,
        *,
        late: str = "",
        is_silent: bool = False,
        if_closed: Callable[[], Awaitable[None]] | None = None,
    ) -> Outcome:
        """Post unless it was posted. Raises what the stores and the channel raise.

        After a failure the claim is given back, so that it is tried again. `if_closed` is called instead of
        raising when we cannot write in the channel any more, while nobody else can claim it.
        """
        mark = (self.team_id, channel_id, period.last_week)
        digest = await self.build(channel_id, period, now, late)
        claim = await self.stores.marks.claim(*mark, self.by)
        if claim != "ours":
            return "posted_before" if claim == "posted" else "being_posted"
        outcome: Outcome = "silent" if is_silent and digest.is_quiet else "posted"
        try:
            if outcome == "posted":
                await self._hand_over(channel_id, digest, mark, now)
            await self.stores.marks.confirm(*mark)
        except (NotInChannel, ChannelArchived) as error:
            if if_closed is None:
                raise
            log.warning("digest_paused", channel_id=channel_id, reason=str(error))
            await if_closed()
            outcome = "paused"
        finally:
            # Nothing is given back once it is confirmed.
            await self.stores.marks.release(*mark)
        return outcome

    async def _hand_over(
        self, channel_id: str, digest: DigestPost, mark: tuple[str, str, str], now: datetime
    ) -> None:
        posting = await self.stores.marks.begin(*mark, now)
        try:
            async with asyncio.timeout(POSTING_TIMEOUT_S):
                await self.channel.post_digest(channel_id, digest, posting)
        except TimeoutError as error:
            raise SlackRefused("chat.postMessage", f"no answer in {POSTING_TIMEOUT_S} s") from error

    async def _pass_on(
        self, channel_id: str, settings: ChannelSettings, last_week: str, now: datetime
    ) -> None:
        """Remember what was covered; the next digest begins behind it."""
        from_week, plan = week_after(last_week), settings.digest
        is_on = plan is not None and not plan.is_paused
        at = next_due(now, plan.schedule, from_week) if plan is not None and is_on else None
        await self.stores.times.put(self.team_id, DigestDue(channel_id, at, from_week))

    async def _pause(
        self, channel_id: str, settings: ChannelSettings, plan: DigestPlan, now: datetime
    ) -> None:
        """Switch the digest off until somebody switches it on again, and tell whoever had, once."""
        paused = settings.model_copy(update={"digest": plan.model_copy(update={"is_paused": True})})
        before = await self.house.rules(self.team_id, channel_id)
        await self.house.change(self.team_id, channel_id, shown=settings, wanted=paused, by="", at=now)
        is_paused_before = before.settings.digest is not None and before.settings.digest.is_paused
        if is_paused_before or not plan.by:
            return
        try:
            await self.channel.tell_paused(plan.by, channel_id)
        except SlackRefused as error:
            log.warning("person_not_told", reason=str(error))


def _earliest(last_week: str) -> str:
    """Return the first week that a digest still covers."""
    return weeks_before(last_week, MOST_WEEKS - 1)


def _late(due: DigestDue, plan: DigestPlan, period: Period, now: datetime) -> str:
    if due.at is None or now - due.at <= LATE_AFTER:
        return ""
    local = due.at.astimezone(ZoneInfo(plan.zone))
    when = f"{WEEKDAYS[local.weekday()]}, {local.day} {local:%B}, at {local:%H:%M}"
    missed = len(period.weeks)
    covers = f" It covers the {missed} weeks since the last one." if missed > 1 else ""
    return f"This comes late: it was due on {when}, and I could not post it then.{covers}"
