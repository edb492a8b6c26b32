"""What is said first to who asks outright: "Fine-tuning: no. I would use retrieval (RAG).".

It says of the way that was asked about what the advice which stands means for it, whichever way round it was
asked: "still no tuning?" and "do we tune now?" have the same answer. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import Recommendation
from bot.decision.wilson import bounds_of, tell_bounds
from bot.decision.wording import advice_in_words, fact_in_words, percent
from bot.enough import tell_enough
from bot.understanding.asked_outright import Outright


@dataclass(frozen=True)
class _Way:
    """A way that somebody may ask about."""

    name: str
    options: frozenset[Option]
    tried: str = ""
    """The fact that tells that they went it already."""


_TRAINING = _Way("Fine-tuning", TRAINING)
_WAYS: Mapping[Outright, _Way] = {
    "train": _TRAINING,
    "go": _TRAINING,
    "preference": _Way("Preference tuning", frozenset({Option.PREFERENCE_TUNE})),
    "distil": _Way("Distilling", frozenset({Option.DISTIL})),
    "classifier": _Way(
        "Rules or a small classifier", frozenset({Option.CLASSICAL_ML}), tried="tried_classifier"
    ),
    "retrieval": _Way("Retrieval", frozenset({Option.RAG, Option.RAG_PLUS_FT}), tried="tried_rag"),
    "cache": _Way("A cached prompt", frozenset({Option.LONG_CONTEXT_CACHE}), tried="tried_caching"),
    "schema_tools": _Way(
        "A schema or a tool", frozenset({Option.STRUCTURED_TOOLS}), tried="tried_structured"
    ),
    "model": _Way("Another model", frozenset({Option.SWITCH_MODEL})),
    "few_shot": _Way("Examples in the prompt", frozenset({Option.FEW_SHOT}), tried="tried_few_shot"),
    "prompt": _Way("Work on the prompt", frozenset({Option.IMPROVE_PROMPT})),
}
_CONDITIONS_TOLD = 2
NO_HARM = "no, not while it can do harm."
CONTENT = "yes, as you are content with it. Go on scoring real cases, so that you notice when it gets worse."
SCORE_IT_FIRST = (
    "score it first, on cases that it was not made with, and set the score that you need before you look."
)
_GOING_LIVE = "Going live as it is"


def tell_verdict(
    asked: Outright, recommendation: Recommendation, *, is_harmful: bool = False
) -> tuple[str, ...]:
    """Return the lines that answer it; none where nothing of the kind was asked.

    Whether news change the advice is told of all news, and so not here. With grave mistakes, however few,
    nothing goes live.
    """
    facts = recommendation.facts
    if asked == "ship":
        return (f"{_GOING_LIVE}: {NO_HARM if is_harmful else _of_going_live(recommendation)}",)
    if asked == "enough":
        enough = tuple(tell_enough(facts))
        return (*enough, _of_way(_TRAINING, recommendation)) if enough else ()
    if asked == "go" and not TRAINING & {recommendation.option, recommendation.direction}:
        # Whether they mean what was advised or what they came for, this answers it.
        return (f"I would {_first(recommendation)}, and not fine-tune.",)
    way = _WAYS.get(asked)
    return (_of_way(way, recommendation),) if way else ()


def _of_way(way: _Way, recommendation: Recommendation) -> str:
    advice = _first(recommendation)
    if recommendation.option in way.options:
        conditions = " and ".join(recommendation.conditions[:_CONDITIONS_TOLD])
        is_plain = len(way.options) == 1 or recommendation.option is Option.FINE_TUNE_SFT
        which = "" if is_plain else f"; I would {advice}"
        return f"{way.name}: yes{which}, if {conditions}." if conditions else f"{way.name}: yes{which}."
    is_final = recommendation.gate is not None and recommendation.gate.is_final
    if recommendation.direction in way.options and not is_final:
        return f"{way.name}: not yet. First I would {advice.removesuffix(' first')}."
    if way.tried and getattr(recommendation.facts, way.tried):
        return f"{way.name}: you have that. Next I would {advice}."
    return f"{way.name}: no. I would {advice}."


def _first(recommendation: Recommendation) -> str:
    """Return what is advised as the end of "I would …"."""
    gate = recommendation.gate
    return (
        gate.advice if gate and gate.advice else advice_in_words(recommendation.option, recommendation.facts)
    )


def _of_going_live(recommendation: Recommendation) -> str:
    facts = recommendation.facts
    if facts.failure_mode == "unsafe":
        return NO_HARM
    scored, needed = facts.baseline_score, facts.target_score
    is_content = recommendation.option is Option.NO_CHANGE
    if scored is not None and needed is not None:
        return _of_the_target(scored, needed, facts, is_content=is_content)
    if is_content:
        return CONTENT
    if scored is not None:
        return f"that hangs on the score you need, which I don't know; it scores {percent(scored)} today."
    if facts.failure_mode is not None:
        return f"not while {fact_in_words('failure_mode', facts.failure_mode)}."
    return SCORE_IT_FIRST


def _of_the_target(scored: float, needed: float, facts: Facts, *, is_content: bool) -> str:
    told = f"It scores {percent(scored)} today, and you need {percent(needed)}."
    if bounds := bounds_of(facts):
        told = f"{told} {tell_bounds(facts)}"
        if bounds[0] < needed <= bounds[1]:
            return f"too close to tell. {told} Score it on more cases."
    if scored < needed:
        return f"not yet. {told}"
    if facts.failure_mode is not None and not is_content:
        failing = fact_in_words("failure_mode", facts.failure_mode)
        return f"by its score, yes; and yet {failing}, so look at those cases first. {told}"
    held_out = ", if no training has seen those cases" if facts.tried_finetune == "worked" else ""
    return f"yes{held_out}. {told}"
