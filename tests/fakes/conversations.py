"""Conversations, and where their replies were posted, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from bot.conversation import Conversation, Place
from bot.errors import ConversationMoved
from bot.feedback import Feedback
from bot.ports import (
    Admitted,
    Asking,
    Refused,
    Spot,
)
from tests.fakes.away import Store


class FakeConversations(Store):
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


class FakePostedReplies(Store):
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


class FakeFirstContacts(Store):
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


class FakeFeedback(Store):
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


class FakeQuestionLimits(Store):
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
