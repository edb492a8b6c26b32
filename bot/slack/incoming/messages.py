"""What people wrote, and what they changed of it afterwards."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Place
from bot.slack.incoming.arrived import Arrived, Told, is_direct, said_once


class CommandCalled(Arrived):
    """`/finetune TEXT`. Slack gives commands no message and no thread: the answer is private."""

    kind: Literal["command"] = "command"
    text: str
    trigger_id: str
    response_url: str

    @property
    def place(self) -> Place:
        """Return the private place of this one call."""
        return self._place(f"command:{self.trigger_id}")

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.trigger_id

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"command:{self.team_id}:{self.trigger_id}"


class Written(Told):
    """A message in words. `thread_ts` is "" at top level."""

    ts: str
    thread_ts: str = ""
    text: str

    @property
    def message_id(self) -> str:
        """Return what identifies this turn within its place."""
        return self.ts

    @property
    def once(self) -> str:
        """Return one key for redeliveries and for the `app_mention` and `message` twins alike."""
        return said_once(self.team_id, self.channel_id, self.ts)


class Mentioned(Written):
    """A message in a channel that mentions us; `text` is without the mention."""

    kind: Literal["mention"] = "mention"

    @property
    def place(self) -> Place:
        """Return the thread under the message, or the one it stands in."""
        return self._place(self.thread_ts or self.ts)


class MessageSent(Written):
    """A message without a mention: in a direct message, or perhaps an answer in a thread of ours."""

    kind: Literal["message"] = "message"
    is_to_others: bool = False
    """It begins by naming someone else, so it is not an answer to us."""

    @property
    def place(self) -> Place:
        """Return the thread, or the direct message's top level."""
        return self._place(self.thread_ts)


class Changed(Told):
    """A message of a person that they changed afterwards; its words are not kept here. `user_id` wrote it.

    `thread_ts` is "" at top level.
    """

    ts: str
    thread_ts: str = ""

    @property
    def place(self) -> Place:
        """Return where what it began, or answered, is kept first of all; see `places`."""
        return self.places[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """Return every place whose conversation may rest on it: a direct message has two."""
        if not is_direct(self.channel_id):
            return (self._place(self.thread_ts or self.ts),)
        threads = dict.fromkeys(("", self.thread_ts, self.ts))
        return tuple(map(self._place, threads))

    @property
    def once_said(self) -> str:
        """Return the key under which the message itself was taken in, if it was."""
        return said_once(self.team_id, self.channel_id, self.ts)


class MessageDeleted(Changed):
    """A message was deleted; Slack does not say by whom."""

    kind: Literal["deleted"] = "deleted"

    @property
    def once(self) -> str:
        """Return one key for both ways in which Slack tells of it."""
        return f"deleted:{self.team_id}:{self.channel_id}:{self.ts}"


class MessageEdited(Changed):
    """The words of a message were edited."""

    kind: Literal["edited"] = "edited"
    edited_ts: str

    @property
    def once(self) -> str:
        """Return the key under which repeats of it are recognised."""
        return f"edited:{self.team_id}:{self.channel_id}:{self.ts}:{self.edited_ts}"
