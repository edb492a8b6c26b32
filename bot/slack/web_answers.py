"""What Slack's Web API answers, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.slack.payloads import Me

METADATA_TYPE = "finetune_reply"
"""Of what we post; it holds the reply id."""


def _words(value: object) -> object:
    return "" if value is None else value


_Words = Annotated[str, BeforeValidator(_words)]


class _Answer(BaseModel):
    # Slack adds fields whenever it likes.
    model_config = ConfigDict(frozen=True, extra="ignore")


class WebhookAnswer(_Answer):
    """What a response_url answers where it answers with JSON: "used_url" comes with status 200, too."""

    ok: bool = True
    error: _Words = ""

    @classmethod
    def read(cls, body: str) -> WebhookAnswer:
        """Return what stands in an answer; the plain "ok" of a success holds nothing."""
        try:
            return cls.model_validate_json(body)
        except ValidationError:
            return cls()


class ChannelKind(_Answer):
    """What decides who may see what is said in a channel."""

    is_im: bool = False
    is_mpim: bool = False
    is_private: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_org_shared: bool = False
    is_channel: bool = False
    is_member: bool = False
    """We are a member of it."""
    updated: int = 0
    """When its settings were changed last, in ms since 1970; 0 when Slack does not say."""


class _Profile(_Answer):
    display_name: _Words = ""
    real_name: _Words = ""


class UserKind(_Answer):
    """What decides which records a person may see and what they may set, and what they are called.

    What Slack leaves out counts against them.
    """

    team_id: _Words = ""
    is_restricted: bool = True
    """A guest."""
    is_ultra_restricted: bool = True
    """A guest of one channel."""
    is_stranger: bool = False
    """Of another organisation, and in no channel that we can see. Slack leaves it out for all others."""
    deleted: bool = True
    """The account was deactivated."""
    is_bot: bool = True
    is_admin: bool = False
    is_owner: bool = False
    """Of the workspace, which is more than an admin."""
    tz: _Words = ""
    """Name of the time zone, e.g. "Europe/Berlin"."""
    name: _Words = ""
    profile: _Profile = _Profile()


class _Payload(_Answer):
    id: _Words = ""


class _Metadata(_Answer):
    event_type: _Words = ""
    event_payload: _Payload = _Payload()


class Said(_Answer):
    """One message of a thread."""

    ts: str
    user: _Words = ""
    bot_id: _Words = ""
    subtype: _Words = ""
    text: _Words = ""
    metadata: _Metadata = _Metadata()

    @property
    def reply_id(self) -> str:
        """Return the reply id that we posted it with, or ""."""
        return self.metadata.event_payload.id if self.metadata.event_type == METADATA_TYPE else ""


@dataclass(frozen=True)
class Introduction:
    """What Slack says about a bot's token."""

    me: Me
    scopes: frozenset[str] | None
    """Which the token has; None when Slack does not say."""
    date: str | None
    """Slack's clock, as it stands in the answer's header."""


@dataclass(frozen=True)
class Grant:
    """What a person allowed us in their workspace."""

    team_id: str
    team_name: str
    is_organisation: bool
    """For all workspaces of an organisation at once."""
    scopes: frozenset[str]
    installed_by: str
    token: str = field(repr=False)
