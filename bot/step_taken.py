"""What is so once people have taken the step that was advised, and say so: "we did that, it scores 71"."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from bot.conversation import MAX_CONTEXT_CHARS, Turn
from bot.decision.facts import Facts, FactValue
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import Recommendation, Step, recommend
from bot.decision.statements import Statement, understand
from bot.understanding.reading import Reading

_DONE: Mapping[Option, Mapping[str, FactValue]] = {
    Option.FEW_SHOT: {"tried_few_shot": True},
    Option.RAG: {"tried_rag": True},
    Option.STRUCTURED_TOOLS: {"tried_structured": True},
    Option.CLASSICAL_ML: {"tried_classifier": True},
}
ALL_DONE = (
    "You have done all that I would advise here: tell me what it scores now and what still goes wrong, "
    "and I look again."
)
_COSTS_TOO_MUCH = "cost_latency"


def find_newly_done(reading: Reading, advised: Recommendation, done: Container[str]) -> tuple[Step, ...]:
    """Return the steps of what was advised that a message tells to be done; `done` are ids of those before.

    "Did that" is the first that was left. It is not read beside the steps of what is advised after it, which
    it would have done, too.
    """
    left = [step for step in advised.steps if step.id not in done]
    told = {advised.steps[place].id for place in reading.done}
    told |= {step.id for step in left[:1] if reading.takes_the_step}
    return tuple(step for step in left if step.id in told)


def with_step_taken(turn: Turn, facts: Facts, news: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the news, and that the step is taken to which these facts led; what they tell of it counts."""
    told = {one.fact for one in news if one.value is not None}
    done = _done(recommend(facts), facts, understand(news).facts)
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
            for fact, value in done.items()
            if fact not in told
        ),
    )


def _done(advised: Recommendation, before: Facts, now: Facts) -> Mapping[str, FactValue]:
    option, is_about_cost = advised.option, before.gap == _COSTS_TOO_MUCH
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
