"""What the people of a channel have settled about the bot there, and what a workspace settles for the rest.

A channel keeps only what it has chosen itself; everything else follows the workspace's defaults, and those
follow ours. Switching a digest on is for channels alone: no default posts anywhere.
"""

from __future__ import annotations

from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from bot.weeks import Schedule

WhoMayAsk = Literal["everyone", "members", "nobody"]
CommandAnswers = Literal["private", "public"]
EmptyWeek = Literal["line", "silence"]
SHORTEST_REVIEW_DAYS = 7
LONGEST_REVIEW_DAYS = 730
CHANGES_KEPT = 20
SOMEONE = "someone"
"""Stands where the id of a person was erased."""
WORKSPACE = ""
"""Stands where a channel's id would, for the defaults of a workspace."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DigestPlan(_Part):
    """When a channel's digest comes, and who switched it on: a user id, "" for whoever runs the bot."""

    weekday: int = Field(ge=0, le=6)
    """Monday is 0."""
    at: time
    zone: str
    by: str = ""
    is_paused: bool = False
    """It could not be posted, so it waits to be switched on again."""

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        if not is_zone(zone):
            raise ValueError("there is no such time zone")
        return zone

    @property
    def schedule(self) -> Schedule:
        """Return when it is due."""
        return Schedule(self.weekday, self.at, ZoneInfo(self.zone))


class ChannelSettings(_Part):
    """How the bot behaves in one channel."""

    who_may_ask: WhoMayAsk = "everyone"
    """Who may ask, answer and decide there. "members" leaves guests and people of other organisations out."""
    command_answers: CommandAnswers = "private"
    follows_up: bool = True
    """While it is asking, replies in the thread need no mention."""
    digest: DigestPlan | None = None
    empty_week: EmptyWeek = "line"
    review_after_days: int | None = Field(default=None, ge=SHORTEST_REVIEW_DAYS, le=LONGEST_REVIEW_DAYS)
    """When what was decided comes up for review; None for what is usual."""


class SettingsChange(_Part):
    """Who changed which fields, and when. `by` is a user id, "" for the bot itself."""

    at: AwareDatetime
    by: str
    what: tuple[str, ...]


class KeptSettings(_Part):
    """What a channel, or a workspace, has chosen, and how it came to that."""

    schema_version: Literal[1] = 1
    settings: ChannelSettings = ChannelSettings()
    chosen: tuple[str, ...] = ()
    """The fields of `settings` that count; the others follow what lies below."""
    changes: tuple[SettingsChange, ...] = ()
    """The newest, oldest first."""
    revision: int = 0
    """Grows by one with each change; saving on a stale one is refused."""

    def over(self, below: ChannelSettings) -> ChannelSettings:
        """Return what holds when this lies over other settings."""
        return below.model_copy(update={name: getattr(self.settings, name) for name in self.chosen})

    def without(self, user_id: str) -> KeptSettings:
        """Return this with nothing that names a person; the same when they are not named."""
        changes = tuple(
            change.model_copy(update={"by": SOMEONE}) if change.by == user_id else change
            for change in self.changes
        )
        settings, digest = self.settings, self.settings.digest
        if digest is not None and digest.by == user_id:
            settings = settings.model_copy(update={"digest": digest.model_copy(update={"by": ""})})
        if (settings, changes) == (self.settings, self.changes):
            return self
        return self.model_copy(
            update={"settings": settings, "changes": changes, "revision": self.revision + 1}
        )

    def changed(
        self,
        below: ChannelSettings,
        *,
        shown: ChannelSettings,
        wanted: ChannelSettings,
        by: str,
        at: AwareDatetime,
    ) -> KeptSettings:
        """Return this with what somebody changed of what they were shown; the same when that is nothing.

        What others changed meanwhile in other fields stays. What equals `below` follows it from then on.
        """
        now = self.over(below)
        new = now.model_copy(update={name: getattr(wanted, name) for name in differing(shown, wanted)})
        what = differing(now, new)
        if not what:
            return self
        changes = (*self.changes, SettingsChange(at=at, by=by, what=what))[-CHANGES_KEPT:]
        return KeptSettings(
            settings=new, chosen=differing(below, new), changes=changes, revision=self.revision + 1
        )


def differing(one: ChannelSettings, other: ChannelSettings) -> tuple[str, ...]:
    """Return the names of the fields that are not the same."""
    names = ChannelSettings.model_fields
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def is_zone(name: str) -> bool:
    """Say whether there is a time zone of this name, such as "Europe/Berlin"."""
    try:
        # An empty name is the folder that all zones lie in.
        return bool(name) and ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False
