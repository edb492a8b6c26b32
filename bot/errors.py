"""Everything that can go wrong, named for what happened.

    BotError
    ├── SettingsInvalid        a setting is missing or wrong
    ├── StoreUnavailable       Redis did not take or give something in time
    ├── StoredDataInvalid      Redis gave something that we cannot read
    │   ├── KeptByNewer        … because a newer version of the bot kept it
    │   └── ErasedInPart       … so nothing was erased there, and everything else was
    ├── ConversationMoved      someone else changed the conversation since we loaded it
    ├── SettingsMoved          others keep changing a channel's settings
    ├── PassagesUnavailable    the glossary index cannot be searched right now
    ├── InputInvalid           a file or an argument that a person gave us is wrong
    │   └── WrongUsage         … because a command's arguments do not go together, or one is missing
    ├── ModelUnavailable       the language model gave nothing that we can use, or may not be asked now
    └── SlackRefused           Slack answered a call with an error
        ├── NotInChannel       … because we are not a member of the channel
        ├── ChannelArchived    … because nobody can write there any more
        └── SlackUnavailable   … which says nothing about the call: any other would have failed, too

Adapters translate vendors' errors into these; only the two edges (Slack and the command line) catch them.
Every message is one line: what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.model_use import ModelUse


class BotError(Exception):
    """A failure that we understand and can explain to a person in one line."""


class SettingsInvalid(BotError):
    """A setting is missing or wrong."""


class StoreUnavailable(BotError):
    """Redis did not take or give something in time."""


class StoredDataInvalid(BotError):
    """Redis gave something that we cannot read."""


class KeptByNewer(StoredDataInvalid):
    """A newer version of the bot kept it; nothing is wrong with it."""


class ErasedInPart(StoredDataInvalid):
    """Something that may hold what was to be erased cannot be read; everything else was erased.

    `erased`: in how many places; `unread`: a line for each that was left as it is.
    """

    def __init__(self, erased: int, unread: Sequence[str]) -> None:
        super().__init__(f"{'; '.join(unread)}; nothing was erased there, everything else was")
        self.erased = erased
        self.unread = tuple(unread)


class ConversationMoved(BotError):
    """Someone else changed the conversation since we loaded it; load it again and redo the turn."""


class SettingsMoved(BotError):
    """Others keep changing a channel's settings at the same moment; try again."""


class PassagesUnavailable(BotError):
    """The glossary index cannot be searched right now."""


class InputInvalid(BotError):
    """A file or an argument that a person gave us is wrong."""


class WrongUsage(InputInvalid):
    """A command's arguments do not go together, or one is missing."""


ModelFailure = Literal["over_budget", "resting", "late", "refused", "unusable"]


class ModelUnavailable(BotError):
    """The language model gave nothing that we can use, or may not be asked now; the rules still answer.

    `why`: a budget is used up; it failed so often that it is left alone for a while; it took too long; it or
    the way to it refused; what it gave cannot be read.
    """

    def __init__(self, why: ModelFailure, message: str, use: ModelUse | None = None) -> None:
        super().__init__(message)
        self.why = why
        self.use = use


class SlackRefused(BotError):
    """Slack answered a call with an error."""

    def __init__(self, method: str, error: str) -> None:
        super().__init__(f"Slack refused {method}: {error}")
        self.method = method
        self.error = error


class NotInChannel(SlackRefused):
    """We are not a member of the channel."""


class ChannelArchived(SlackRefused):
    """Nobody can write in the channel any more."""


class SlackUnavailable(SlackRefused):
    """Slack gave no answer, has an error of its own, or does not take our token; try again later."""
