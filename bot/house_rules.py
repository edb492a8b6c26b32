"""The settings that hold in a channel: its own over the workspace's over ours; and how they are changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channel_settings import WORKSPACE, ChannelSettings, DigestPlan, SettingsChange, is_zone
from bot.errors import SettingsMoved
from bot.ports import ChannelSettingsStore, DigestDue, DigestTimes
from bot.weeks import due_week, next_due, week_after

_ATTEMPTS = 5


@dataclass(frozen=True)
class Rules:
    """What holds in a channel, or by default in a workspace, and who changed it last."""

    settings: ChannelSettings
    last_change: SettingsChange | None = None


class HouseRules:
    """Settings and, in step with them, when digests are due.

    Every method raises StoreUnavailable and StoredDataInvalid. `usual_digest` says when digests come where
    nobody said when; `digest_channels` get one unless their people switch it off.
    """

    def __init__(
        self,
        store: ChannelSettingsStore,
        times: DigestTimes,
        usual_digest: DigestPlan,
        digest_channels: Collection[str] = (),
    ) -> None:
        self._store = store
        self._times = times
        self.usual_digest = usual_digest
        self.digest_channels = tuple(digest_channels)

    async def of_channel(self, team_id: str, channel_id: str) -> ChannelSettings:
        """Return what holds in a channel; for WORKSPACE, the workspace's defaults."""
        return (await self.rules(team_id, channel_id)).settings

    async def needs_mention(self, team_id: str, channel_id: str) -> bool:
        """Say whether a reply to a question in a channel's thread is read only if it mentions us."""
        return not (await self.of_channel(team_id, channel_id)).follows_up

    async def zone_of(self, team_id: str, channel_id: str) -> ZoneInfo:
        """Return the time zone in which a channel counts its weeks."""
        settings = await self.of_channel(team_id, channel_id)
        return ZoneInfo((settings.digest or self.usual_digest).zone)

    async def rules(self, team_id: str, channel_id: str) -> Rules:
        """Return the same, with who changed it last."""
        kept = await self._store.load(team_id, channel_id)
        last = kept.changes[-1] if kept.changes else None
        return Rules(kept.over(await self._below(team_id, channel_id)), last)

    async def change(
        self,
        team_id: str,
        channel_id: str,
        *,
        shown: ChannelSettings,
        wanted: ChannelSettings,
        by: str,
        at: datetime,
    ) -> ChannelSettings:
        """Keep what somebody changed of what they were shown, and return what holds now.

        The same change again changes nothing. Raises SettingsMoved.
        """
        for _ in range(_ATTEMPTS):
            below = await self._below(team_id, channel_id)
            kept = await self._store.load(team_id, channel_id)
            new = kept.changed(below, shown=shown, wanted=wanted, by=by, at=at)
            if new is kept or await self._store.save(team_id, channel_id, new):
                holds = new.over(below)
                await self.keep_time(team_id, channel_id, holds, at)
                return holds
        raise SettingsMoved("others keep changing the settings of this channel; try again")

    async def keep_time(
        self, team_id: str, channel_id: str, settings: ChannelSettings, now: datetime
    ) -> datetime | None:
        """Set when the channel's next digest is due by its settings; return that, or None without one.

        Whatever day and zone it moves to, no week is covered twice, and none is left out while it is on.
        Raises SettingsMoved when others keep setting it.
        """
        for _ in range(_ATTEMPTS):
            known = await self._times.of_channel(team_id, channel_id)
            next_ = _next(known, channel_id, settings, now)
            if next_ is None or next_ == known:
                return known.at if known else None
            if known is None or known.at is None:
                await self._times.put(team_id, next_)
                return next_.at
            # Whoever posted one meanwhile has set the next, and which weeks are covered.
            if await self._times.move(team_id, known, next_):
                return next_.at
        raise SettingsMoved("others keep setting when this channel's digest is due; try again")

    def usual_in(self, zone: str) -> DigestPlan:
        """Return when digests come where nobody said when, for someone of this zone ("" if unknown)."""
        return self.usual_digest.model_copy(update={"zone": zone}) if is_zone(zone) else self.usual_digest

    async def next_digest(self, team_id: str, channel_id: str) -> DigestDue | None:
        """Return a channel's next digest; None while there is none to come."""
        known = await self._times.of_channel(team_id, channel_id)
        return known if known and known.at else None

    async def _below(self, team_id: str, channel_id: str) -> ChannelSettings:
        if channel_id == WORKSPACE:
            return ChannelSettings()
        defaults = (await self._store.load(team_id, WORKSPACE)).over(ChannelSettings())
        digest = self.usual_digest if channel_id in self.digest_channels else None
        return defaults.model_copy(update={"digest": digest})


def _next(
    known: DigestDue | None, channel_id: str, settings: ChannelSettings, now: datetime
) -> DigestDue | None:
    """Return when the next digest is due by these settings; None when nothing is to be set."""
    plan = settings.digest
    if plan is None or plan.is_paused:
        return DigestDue(channel_id, None, known.from_week) if known and known.at else None
    if known and known.at and known.at <= now:
        # It is being posted, or will be in a moment.
        return None
    schedule = plan.schedule
    coming = due_week(next_due(now, schedule), schedule)
    from_week = known.from_week if known else ""
    if from_week > week_after(coming):
        # A clock that was far ahead for a while has counted weeks as covered that are still to come.
        from_week = coming
    if known is None or known.at is None:
        # Nobody missed the weeks in which it was off.
        from_week = max(from_week, coming)
    return DigestDue(channel_id, next_due(now, schedule, from_week), from_week)
