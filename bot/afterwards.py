"""What comes first in an answer after a recommendation: the verdict asked for, counsel, what news changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.counsel import give_counsel
from bot.decision.recommendation import Recommendation
from bot.rejoining import answer_beside, says_the_same, tell_the_change
from bot.replies import Heard, Recommend
from bot.understanding.reading import Reading
from bot.verdict import tell_verdict


def answered_first(reading: Reading, advised: Recommendation) -> tuple[str, ...]:
    """Return the lines that come before all else, none where nothing of the kind was asked or told."""
    is_harmful = reading.complication == "harm"
    verdict = tell_verdict(reading.outright, advised, is_harmful=is_harmful)
    return (*verdict, *give_counsel(reading.complication, advised.facts))


def told_shortly(reading: Reading, advised: Recommendation, told: str) -> str:
    """Return what is told in a few lines, behind what comes first; each line once."""
    return "\n".join(dict.fromkeys([*answered_first(reading, advised), *told.splitlines()]))


def revised(
    reply: Recommend,
    reading: Reading,
    before: Recommendation,
    now: Recommendation,
    news: Sequence[Heard],
    *,
    wants_all: bool,
) -> Recommend:
    """Return a recommendation with what is said first; short where news leave all of it as it was.

    `news` are the facts that are other than before.
    """
    beside = answer_beside(reading.wants, now.facts, reply.costs, reading.named)
    return reply.model_copy(
        update={
            "change": tell_the_change(before.headline, reply.leading.headline, news),
            "answered": tuple(dict.fromkeys([*answered_first(reading, now), *beside])),
            "is_brief": bool(news) and says_the_same(before, now) and not wants_all,
        }
    )
