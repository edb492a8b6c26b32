"""Feedback taken: a verdict by a press, and its reason by the form that follows."""

from __future__ import annotations

from bot.feedback import Feedback
from bot.ports import FeedbackBox
from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.incoming import RatePressed, ReasonSubmitted
from bot.slack.publisher import Publisher


class Rating:
    """Keeps what people think of an answer. Raises StoreUnavailable and what Slack raises."""

    def __init__(self, box: FeedbackBox, publisher: Publisher) -> None:
        self._box = box
        self._publisher = publisher

    async def rate(self, incoming: RatePressed | ReasonSubmitted) -> str:
        """Keep it, in place of what the same person thought before, and thank them privately."""
        rated = incoming.rated
        is_helpful = isinstance(incoming, RatePressed) and incoming.is_helpful
        reason = incoming.reason.strip() if isinstance(incoming, ReasonSubmitted) else ""
        await self._box.keep(
            Feedback(
                team_id=incoming.team_id,
                channel_id=incoming.channel_id,
                about=rated.about,
                by=incoming.user_id,
                at=incoming.at,
                verdict="helpful" if is_helpful else "not_helpful",
                reason=reason,
            )
        )
        if is_helpful or reason:
            # Whoever pressed *Not helpful* has a form before them: thanks come with its answer.
            await self._publisher.tell_whoever_did(incoming, notice(words.THANKS))
        return "rated"
