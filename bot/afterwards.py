"""What comes first in an answer after a recommendation: the verdict asked for, counsel, what news changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.counsel import give_counsel
from bot.decision.facts import FailureMode
from bot.decision.recommendation import Recommendation, Step
from bot.decision.wording import OVER
from bot.rejoining import answer_beside, says_the_same, tell_the_change
from bot.replies import Heard, Recommend
from bot.understanding.reading import Reading
from bot.verdict import tell_verdict

NO_ANSWER = "To what you ask I have no answer: I only judge which way to go."


def answered_first(reading: Reading, advised: Recommendation) -> tuple[str, ...]:
    """Return the lines that come before all else, none where nothing of the kind was asked or told."""
    is_harmful = reading.complication == "harm"
    verdict = tell_verdict(reading.outright, advised, is_harmful=is_harmful)
    return (*verdict, *give_counsel(reading.complication, advised.facts))


def left_open(reading: Reading) -> tuple[str, ...]:
    """Return that a question is not answered, where it is none of those that we know an answer to.

    Without it what follows would be taken for the answer.
    """
    is_heard = reading.outright or reading.complication or reading.wants or reading.term_query
    return (NO_ANSWER,) if reading.asks and not is_heard else ()


def told_shortly(reading: Reading, advised: Recommendation, told: str) -> str:
    """Return what is told in a few lines, behind what comes first; each line once."""
    return "\n".join(dict.fromkeys([*answered_first(reading, advised), *told.splitlines()]))


def revised(
    reply: Recommend,
    reading: Reading,
    before: Recommendation,
    now: Recommendation,
    *,
    news: Sequence[Heard],
    done: Sequence[Step],
    wants_all: bool,
) -> Recommend:
    """Return a recommendation with what is said first; short where news leave all of it as it was.

    `news` are the facts that are other than before, `done` the steps that are told to be done.
    """
    is_over = bool(reading.mended) and now.facts.failure_mode is None
    told = _told(news, before.facts.failure_mode if is_over else None)
    beside = answer_beside(reading.wants, now.facts, reply.costs, reading.named)
    answered = [*answered_first(reading, now), *map(_done, done), *beside, *left_open(reading)]
    return reply.model_copy(
        update={
            "change": tell_the_change(before.headline, reply.leading.headline, told),
            "answered": tuple(dict.fromkeys(answered)),
            "is_brief": bool(told or done) and says_the_same(before, now) and not wants_all,
        }
    )


def _done(step: Step) -> str:
    return f"Done, as I read it: {step.text}"


def _told(news: Sequence[Heard], over: FailureMode | None) -> list[str]:
    """Return what news tell in words; of a trouble that is over so much, and not that it does as it is."""
    if over is None:
        return [one.words for one in news]
    return [OVER[over], *(one.words for one in news if (one.fact, one.source) != ("satisfied", "inferred"))]
