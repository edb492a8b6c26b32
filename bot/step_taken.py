"""What is so once people have taken the step that was advised, and say so: "we did that, it scores 71"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation import MAX_CONTEXT_CHARS, Turn
from bot.decision.facts import Facts, FactValue
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.statements import Statement, understand

_DONE: Mapping[Option, Mapping[str, FactValue]] = {
    Option.FEW_SHOT: {"tried_few_shot": True},
    Option.RAG: {"tried_rag": True},
    Option.STRUCTURED_TOOLS: {"tried_structured": True},
    Option.CLASSICAL_ML: {"tried_classifier": True},
}
_COSTS_TOO_MUCH = "cost_latency"


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
