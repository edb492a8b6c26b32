"""A courier that remembers what it brought to whom, and fails as Slack does when told to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from bot.errors import SlackRefused
from bot.letters import ClosedNotice, Letter, ReviewReminder, To
from bot.record import DecisionRecord

Trouble = Literal["refused", "lost"]


@dataclass
class FakeCourier:
    """Implements `bot.ports.Courier`."""

    zones: dict[str, str]
    """The zone of each full member; whoever is not in it is gone, or a guest."""
    hidden: set[tuple[str, str]] = field(default_factory=set)
    """(user id, decision id): what somebody may not see any more."""
    troubles: list[Trouble] = field(default_factory=list)
    """What happens to the next sendings: refused, or posted with the answer lost."""
    does_not_say: set[str] = field(default_factory=set)
    """People about whom Slack gives no answer."""
    sent: list[tuple[str, Letter]] = field(default_factory=list)
    """(reply id, letter), in order."""

    async def zone_of(self, user_id: str, record: DecisionRecord) -> ZoneInfo | None:
        if user_id in self.does_not_say:
            raise SlackRefused("users.info", "no answer (TimeoutError)")
        if user_id not in self.zones or (user_id, record.id) in self.hidden:
            return None
        return ZoneInfo(self.zones[user_id])

    async def has_sent(self, to: To, reply_id: str) -> bool:
        return any((id_, letter.to.key) == (reply_id, to.key) for id_, letter in self.sent)

    async def send(self, letter: Letter, reply_id: str) -> None:
        trouble = self.troubles.pop(0) if self.troubles else ""
        if trouble == "refused":
            raise SlackRefused("chat.postMessage", "fatal_error")
        self.sent.append((reply_id, letter))
        if trouble == "lost":
            raise SlackRefused("chat.postMessage", "no answer (TimeoutError)")

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """Return who was told of which decisions, in order."""
        return [(letter.to.key, ids_in(letter)) for _, letter in self.sent]


def ids_in(letter: Letter) -> list[str]:
    """Return the decisions that a letter tells of."""
    match letter:
        case ReviewReminder():
            return [record.id for record in letter.decisions]
        case ClosedNotice():
            return [one.record.id for one in letter.closed]
