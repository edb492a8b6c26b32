"""What a workspace holds: people, channels, messages, and what only one person sees."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["public", "private", "mpim", "im", "shared"]

TEAM_ID = "T0FAKE"
BOT_USER_ID = "U0BOT"
BOT_ID = "B0BOT"
APP_ID = "A0FAKE"
BOT_NAME = "finetune"


@dataclass
class Message:
    """One message as Slack keeps it."""

    ts: str
    channel_id: str
    user: str
    text: str
    thread_ts: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    bot_id: str = ""
    subtype: str = ""
    metadata: dict[str, Any] | None = None
    is_edited: bool = False
    edited_ts: str = ""
    only_for: str = ""
    """The one person who sees it, when it is ephemeral."""
    response_url: str = ""

    @property
    def is_ours(self) -> bool:
        return self.bot_id == BOT_ID

    @property
    def labels(self) -> list[str]:
        """Return what can be pressed or ticked."""
        return [
            part["text"]["text"]
            for block in self.blocks
            if block["type"] == "actions"
            for element in block["elements"]
            for part in element.get("options", [element])
        ]

    @property
    def shown(self) -> str:
        """Return every text in the blocks, as one string."""
        return "\n".join(texts_in(self.blocks)) if self.blocks else self.text

    def as_json(self, *, with_metadata: bool = False) -> dict[str, Any]:
        """Return it as the Web API does."""
        raw: dict[str, Any] = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        raw |= {"thread_ts": self.thread_ts} if self.thread_ts else {}
        raw |= {"blocks": self.blocks} if self.blocks else {}
        raw |= {"bot_id": self.bot_id, "app_id": APP_ID} if self.bot_id else {}
        raw |= {"subtype": self.subtype} if self.subtype else {}
        raw |= {"edited": {"user": self.user, "ts": self.edited_ts or self.ts}} if self.is_edited else {}
        if self.metadata and with_metadata:
            raw["metadata"] = self.metadata
        return raw


def texts_in(part: object) -> list[str]:
    """Return every text in blocks or a view, in order."""
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in texts_in(value)]
    if isinstance(part, list):
        return [text for value in part for text in texts_in(value)]
    return []


@dataclass
class Person:
    """One account, as far as the bot may know of it."""

    id: str
    name: str
    is_guest: bool = False
    is_guest_of_one_channel: bool = False
    team_id: str = TEAM_ID
    is_stranger: bool = False
    """Of another organisation, and in no channel that the app can see."""
    is_admin: bool = False
    is_owner: bool = False
    is_deleted: bool = False
    is_app: bool = False
    tz: str = "Europe/Berlin"

    def as_json(self) -> dict[str, Any]:
        """Return it as the Web API does: `is_stranger` stands there for strangers only."""
        raw: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.is_deleted,
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_bot": self.is_app or self.id == BOT_USER_ID,
            "tz": self.tz,
            "profile": {
                "display_name": self.name.capitalize(),
                "real_name": f"{self.name.capitalize()} Muster",
            },
            "is_restricted": self.is_guest or self.is_guest_of_one_channel,
            "is_ultra_restricted": self.is_guest_of_one_channel,
            "updated": 1_795_000_000,
        }
        return raw | ({"is_stranger": True} if self.is_stranger else {})


@dataclass
class Channel:
    """One conversation of any kind."""

    id: str
    name: str
    kind: Kind
    members: set[str]
    messages: list[Message] = field(default_factory=list)
    is_archived: bool = False
    updated_ms: int = 1_600_000_000_000
    """When its settings were changed last."""
    statuses: dict[str, str] = field(default_factory=dict)
    """What the bot says it is doing, by thread; a message of its ends it."""

    @property
    def has_bot(self) -> bool:
        return BOT_USER_ID in self.members

    @property
    def channel_type(self) -> str:
        return {"public": "channel", "shared": "channel", "private": "group"}.get(self.kind, self.kind)

    def at(self, ts: str) -> Message | None:
        return next((message for message in self.messages if message.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        """Return the root and its replies, oldest first."""
        return [message for message in self.messages if ts in (message.ts, message.thread_ts)]

    def top_level(self) -> list[Message]:
        return [message for message in self.messages if message.thread_ts in ("", message.ts)]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind in ("public", "shared", "private"),
            "is_group": self.kind == "private",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind in ("private", "mpim", "im"),
            "is_ext_shared": self.kind == "shared",
            "is_org_shared": False,
            "is_shared": self.kind == "shared",
            "is_member": self.has_bot,
            "is_archived": self.is_archived,
            "context_team_id": TEAM_ID,
            "updated": self.updated_ms,
        }


class Workspace:
    """Everything that the fake remembers, readable by tests."""

    def __init__(self, team_id: str = TEAM_ID) -> None:
        self.team_id = team_id
        self._ids = itertools.count(1)
        self._ticks = itertools.count(1)
        self.channels: dict[str, Channel] = {}
        self.users: dict[str, Person] = {BOT_USER_ID: Person(BOT_USER_ID, BOT_NAME)}
        self.ephemerals: list[Message] = []
        self.homes: dict[str, dict[str, Any]] = {}
        """The Home that each person sees."""
        self.prompts: dict[str, list[dict[str, str]]] = {}
        """What is suggested in each direct message."""
        self.ticked: dict[tuple[str, str], dict[str, dict[str, list[dict[str, Any]]]]] = {}
        """(user, message ts) → block_id → action_id → chosen options."""

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._ids):05d}"

    def new_ts(self) -> str:
        """Return a later ts than all before; its date is in November 2026."""
        tick = next(self._ticks)
        return f"{1_795_000_000 + tick // 1000}.{tick % 1000:03d}100"

    def add_user(self, name: str, **traits: Any) -> str:
        """Add a person; `traits` are fields of `Person`."""
        user_id = self.new_id("U")
        self.users[user_id] = Person(user_id, name, **{"team_id": self.team_id, **traits})
        return user_id

    def add_channel(self, name: str, kind: Kind, members: set[str], *, with_bot: bool) -> str:
        channel_id = self.new_id("D" if kind == "im" else "C")
        everyone = members | ({BOT_USER_ID} if with_bot else set())
        self.channels[channel_id] = Channel(channel_id, name, kind, everyone)
        return channel_id

    def direct(self, user_id: str) -> str:
        """Return the direct message between a person and the bot, begun now if there was none."""
        members = {user_id, BOT_USER_ID}
        known = (c.id for c in self.channels.values() if c.kind == "im" and c.members == members)
        return next(known, "") or self.add_channel(user_id, "im", {user_id}, with_bot=True)

    def seen_by(self, user_id: str) -> list[Message]:
        """Return the ephemeral messages that this person has before them, oldest first."""
        return [message for message in self.ephemerals if message.only_for == user_id]

    def ours(self, channel_id: str, thread_ts: str = "") -> list[Message]:
        """Return what the bot posted in a thread, or at top level."""
        channel = self.channels[channel_id]
        messages = channel.thread(thread_ts) if thread_ts else channel.top_level()
        return [message for message in messages if message.is_ours]
