"""It works, but costs too much or takes too long."""

from __future__ import annotations

from bot.decision.conditions import (
    ALWAYS,
    all_of,
    any_of,
    gap_is,
    is_false,
    is_in,
    is_known,
    is_not_true,
    is_true,
    labels_reach,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.rules import Because, Rule, given
from bot.decision.thresholds import LABELS, PREFIX, VOLUME

MUST_OWN = is_in("hosting", "on_prem", "air_gapped", "edge", "vpc")
"""It must run on machines that they control."""

_HIGH_VOLUME = any_of(is_in("volume", "high"), reaches("requests_per_day", VOLUME))

_SMALL_MODEL_FAILS = any_of(
    is_false("small_model_ok"), all_of(is_true("tried_small_model"), unless(is_true("small_model_ok")))
)
"""A small model was tried, and nobody says that it passed."""

COST_RULES: tuple[Rule, ...] = given(
    gap_is("cost_latency"),
    Rule(
        "D8",
        Option.LONG_CONTEXT_CACHE,
        all_of(
            reaches("prompt_tokens", PREFIX), untried("tried_caching"), unless(is_known("latency_budget_ms"))
        ),
        "Cache the fixed part of your prompt first",
        (
            Because(
                "The fixed part is long enough to be cached, and cached text is read at a fraction of the price.",
                "prompt-caching",
            ),
        ),
        "Put the unchanging text first, the changing text last, and turn caching on.",
        ("Look at the hit rate after a day, then decide whether more is needed.",),
        ("ANT-10", "OAI-14"),
    ),
    *given(
        any_of(_HIGH_VOLUME, MUST_OWN, _SMALL_MODEL_FAILS),
        Rule(
            "D8b",
            Option.CLASSICAL_ML,
            all_of(is_in("goal_kind", "classification"), labels_reach(LABELS), is_not_true("teacher_ok")),
            "Train a small classifier; the language model is too big for this job",
            (
                Because(
                    "For a narrow sorting task with labels, a small trained model matches a large one at a fraction of the cost.",
                    "inference",
                ),
            ),
            "Train a classifier on embeddings with the labels you have and score it on held-out cases.",
            ("Send only the cases it is unsure of to the large model.",),
            ("PAP-20", "PAP-21"),
        ),
        Rule(
            "D8c",
            Option.DISTIL,
            ALWAYS,
            "Distil: teach a small model what the large one does",
            (
                Because(
                    "The large model gets it right but is too dear or too slow here; a small one can learn this one task from its checked outputs.",
                    "distillation",
                ),
                Because("A different model is often the easiest cure for cost or delay.", "inference"),
            ),
            "Collect 200 or more outputs of the large model and have someone check them.",
            (
                "First see whether a cheap model passes your test set as it is.",
                "Check that the teacher's terms allow training on its outputs.",
            ),
            ("OAI-12", "PAP-14"),
        ),
    ),
    Rule(
        "D8d",
        Option.SWITCH_MODEL,
        ALWAYS,
        "Try a smaller or faster model first",
        (
            Because(
                "List prices span a factor of a hundred, and many tasks do not need the dear end.",
                "inference",
            ),
        ),
        "Run fifty real requests through a small model and compare the answers blind.",
        (
            "Send easy requests to the small model and hard ones to the large one, by a simple rule.",
            "Use batch processing where nobody waits.",
        ),
        ("ANT-02",),
    ),
)
