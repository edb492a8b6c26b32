"""Which of the advised steps people say they have done, and what follows: "we did that, it scores 71"."""

from __future__ import annotations

from collections.abc import Container, Mapping

from bot.conversation import MAX_CONTEXT_CHARS, Turn
from bot.decision.facts import Facts, FactValue
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import Recommendation, Step
from bot.decision.statements import Statement, understand
from bot.understanding.reading import Reading

_DONE: Mapping[Option, Mapping[str, FactValue]] = {
    Option.FEW_SHOT: {"tried_few_shot": True},
    Option.RAG: {"tried_rag": True},
    Option.STRUCTURED_TOOLS: {"tried_structured": True},
    Option.CLASSICAL_ML: {"tried_classifier": True},
}
_COSTS_TOO_MUCH = "cost_latency"


def find_newly_done(reading: Reading, advised: Recommendation, done: Container[str]) -> tuple[Step, ...]:
    """Return the steps of what was advised that a message tells to be done; `done` are ids of those before.

    "Did that" is the first that was left. It is not read beside the steps of what is advised after it, which
    it would have done, too.
    """
    left = [step for step in advised.steps if step.id not in done]
    told = {*reading.done, *(step.id for step in left[:1] if reading.takes_the_step)}
    return tuple(step for step in left if step.id in told)


def tells_a_step(reading: Reading) -> bool:
    """Say whether something that was advised is told to be done."""
    return bool(reading.done) or reading.takes_the_step


def with_step_taken(
    turn: Turn, reading: Reading, advised: Recommendation, done: Container[str]
) -> tuple[Statement, ...]:
    """Return what a message tells, and what follows from the first step where it was plainly done by that.

    What they tell of it counts. A step that only seems to be done is not advised again, but no fact follows.
    """
    news = reading.statements
    if not reading.takes_the_step or advised.steps[0].id in done:
        return news
    told = {one.fact for one in news if one.value is not None}
    follows = _follows(advised, understand(news).facts)
    return (
        *news,
        *(
            Statement(
                fact=fact,
                value=value,
                quote=turn.text[:MAX_CONTEXT_CHARS],
                author_id=turn.author_id,
                message_id=turn.words_id,
                is_correction=True,
            )
            for fact, value in follows.items()
            if fact not in told
        ),
    )


def _follows(advised: Recommendation, now: Facts) -> Mapping[str, FactValue]:
    """Return what is so once the first step is done; `now` is what the message tells beside it."""
    option, before = advised.option, advised.facts
    is_about_cost = before.gap == _COSTS_TOO_MUCH
    if option in _DONE:
        return _DONE[option]
    if option is Option.IMPROVE_PROMPT:
        return {"tried_prompting": "quick" if now.baseline_score is None else "systematic"}
    if option is Option.LONG_CONTEXT_CACHE:
        return {"tried_caching" if is_about_cost else "tried_long_context": True}
    if option is Option.SWITCH_MODEL and advised.direction not in TRAINING:
        return {"tried_small_model" if is_about_cost else "tried_models": True}
    if option in TRAINING and now.baseline_score is not None and before.baseline_score is not None:
        return {"tried_finetune": "worked" if now.baseline_score > before.baseline_score else "failed"}
    return {}
