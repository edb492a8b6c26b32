"""Before a recommendation is shown: what was decided earlier on a similar question, and what differs.

It is added to the answer on its way out and never kept with the conversation: who reads the answer decides
what may stand in it, and a conversation can go on where other people read it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

import structlog

from bot.answer import shorten
from bot.contradictions import understanding_of
from bot.conversation import Turn
from bot.decision.facts import Facts, FactValue, Range
from bot.decision.statements import understand
from bot.decision.wording import fact_in_words
from bot.errors import StoredDataInvalid
from bot.lookup import Lookup, Recalled
from bot.ports import Conversations
from bot.record import DecisionRecord
from bot.replies import Difference, Earlier, Recommend, Reply
from bot.terms import outcome_of
from bot.visibility import Viewer

SIMILAR_WITHIN = 0.55
"""Cosine distance of two questions' subjects; chosen on half of tests/golden/similar, see there."""
NEAREST = 10
MOST_DIFFERENCES = 3
QUESTION_CHARS = 140

_TELLING = ("goal_kind", "gap")
"""Facts that make another question of it when they differ."""
_NOT_TOLD = frozenset({"intent", "conflicts", "asks"})

AnswerTurn = Callable[[Turn], Awaitable[Reply]]

log = structlog.get_logger(__name__)


class Recalling:
    """Answers turns as the advisor does, and adds to a recommendation what it can remind people of."""

    def __init__(
        self,
        answer: AnswerTurn,
        lookup: Lookup,
        conversations: Conversations,
        reader_of: Callable[[Turn], Awaitable[Viewer]],
    ) -> None:
        self._answer = answer
        self._lookup = lookup
        self._conversations = conversations
        self._reader_of = reader_of

    async def turn(self, turn: Turn) -> Reply:
        """Return the reply to one turn. Raises what the advisor and the stores raise."""
        reply = await self._answer(turn)
        if not isinstance(reply, Recommend) or not reply.decision_id:
            return reply
        try:
            return reply.model_copy(update={"earlier": await self._earlier(turn, reply)})
        except StoredDataInvalid as error:
            # The answer is good without it; that an old record is damaged is for whoever runs the bot.
            log.warning("earlier_not_recalled", team_id=turn.place.team_id, reason=str(error))
            return reply

    async def _earlier(self, turn: Turn, reply: Recommend) -> Earlier | None:
        conversation = await self._conversations.load(turn.place)
        if conversation is None:
            return None
        facts = understanding_of(conversation).facts
        ours = (reply.decision_id, conversation.supersedes)
        reader = await self._reader_of(turn)
        nearest = await self._lookup.recall(turn.place.team_id, reader, conversation.question, NEAREST)
        return next(
            (
                earlier_of(recalled, facts)
                for recalled in nearest
                if recalled.record.id not in ours
                and is_similar(recalled.distance, facts, facts_of(recalled.record))
            ),
            None,
        )


def is_similar(distance: float, now: Facts, then: Facts) -> bool:
    """Say whether it is the same question again: near in its subject, and about the same kind of problem."""
    return distance <= SIMILAR_WITHIN and not any(fact in _TELLING for fact, _, _ in _differing(now, then))


def earlier_of(recalled: Recalled, now: Facts) -> Earlier:
    """Return what to remind people of."""
    record = recalled.record
    then_known = facts_of(record)
    differing = [*_differing(now, then_known), *_learned(now, then_known)][:MOST_DIFFERENCES]
    return Earlier(
        decision_id=record.id,
        option=outcome_of(record),
        decided_on=record.decided_at.date(),
        question=shorten(record.context, QUESTION_CHARS),
        link=record.link,
        distance=recalled.distance,
        differences=tuple(Difference(fact=fact, then=then, now=now_) for fact, then, now_ in differing),
    )


def facts_of(record: DecisionRecord) -> Facts:
    """Return the facts that a decision followed from."""
    return understand(record.current.statements).facts


def _differing(now: Facts, then: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield each fact that was known both times and is not the same, with what it was and is, in words."""
    before = _known(then)
    for fact, value in _known(now).items():
        if before.get(fact, value) != value:
            yield fact, fact_in_words(fact, before[fact]), fact_in_words(fact, value)


def _learned(now: Facts, then: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield each amount, and each yes or no, that is known only now."""
    before = _known(then)
    for fact, value in _known(now).items():
        if fact not in before and isinstance(value, int | Range):
            yield fact, "", fact_in_words(fact, value)


def _known(facts: Facts) -> dict[str, FactValue]:
    return {fact: value for fact, value in facts if value is not None and fact not in _NOT_TOLD}
