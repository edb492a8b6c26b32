"""What people did with a channel's settings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.channel_settings import ChannelSettings
from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived, Submitted


class SettingsShown(BaseModel):
    """A form with settings, as it was put before a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team_id: str
    channel_id: str
    is_defaults: bool
    """They are the workspace's defaults; `channel_id` is only where the form was asked for."""
    settings: ChannelSettings
    response_url: str


class OnSettings(Arrived):
    """Something that a person did with the settings that they were shown."""

    shown: SettingsShown
    view_id: str

    @property
    def place(self) -> Place:
        """Return what keeps changes of one channel's settings in order."""
        return self._place("settings")

    @property
    def response_url(self) -> str:
        """Return where to answer them alone."""
        return self.shown.response_url


class SettingsFilled(OnSettings):
    """The form with settings as it was submitted, by block_id, not yet checked and never kept."""

    values: dict[str, str]


class SettingsSubmitted(OnSettings, Submitted):
    """The form with settings, filled in and checked."""

    kind: Literal["settings"] = "settings"
    wanted: ChannelSettings
