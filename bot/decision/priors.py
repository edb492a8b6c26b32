"""How likely each value of a fact is while nobody has said: house estimates, in one place.

They weigh the outlook only; no rule reads them, and a known fact always replaces its prior. Amounts stand for
the buckets between the thresholds. Estimated from how people describe their situation when they ask in public
(most have no test set, few have measured their prompts, few have trained anything yet); to be replaced by
counts from the decision log once there are enough.
"""

from __future__ import annotations

from collections.abc import Mapping

Weights = Mapping[str | int | float | bool | None, float]

PRIORS: Mapping[str, Weights] = {
    "deterministic": {True: 0.04, False: 0.96},
    "goal_kind": {
        "knowledge_qa": 0.28,
        "classification": 0.14,
        "extraction": 0.10,
        "style_tone": 0.10,
        "format": 0.05,
        "reasoning": 0.09,
        "tool_use": 0.06,
        "generation": 0.08,
        "summarisation": 0.06,
        "translation": 0.04,
    },
    "gap": {
        "knowledge": 0.28,
        "behaviour": 0.26,
        "both": 0.08,
        "format": 0.08,
        "interface": 0.06,
        "capability": 0.10,
        "cost_latency": 0.10,
        None: 0.04,
    },
    "tried_finetune": {"none": 0.92, "failed": 0.08},
    "feedback_kind": {"none": 0.90, "unpaired": 0.10},
    "pairs_pref_n": {0: 0.97, 500: 0.03},
    "needs_live_data": {True: 0.10, False: 0.90},
    "satisfied": {True: 0.05, False: 0.95},
    "same_prefix": {True: 0.15, False: 0.85},
    "examples_at_hand": {True: 0.35, False: 0.65},
    "tried_structured": {True: 0.25, False: 0.75},
    "tried_prompting": {"none": 0.20, "quick": 0.50, "systematic": 0.30},
    "tried_few_shot": {True: 0.40, False: 0.60},
    "tried_rag": {True: 0.30, False: 0.70},
    "tried_models": {True: 0.35, False: 0.65},
    "tried_caching": {True: 0.30, False: 0.70},
    "tried_small_model": {True: 0.30, False: 0.70},
    "small_model_ok": {True: 0.10, False: 0.20, None: 0.70},
    "teacher_ok": {True: 0.15, False: 0.15, None: 0.70},
    "examples_n": {0: 0.35, 80: 0.20, 150: 0.15, 1000: 0.30},
    "raw_examples_n": {0: 0.40, 5000: 0.60},
    "labels_on_demand": {True: 0.10, False: 0.90},
    "label_count": {10: 0.90, 200: 0.10},
    "domain": {"general": 0.70, "specialised": 0.30},
    "corpus_tokens": {100_000: 0.35, 2_000_000: 0.65},
    "access_control": {True: 0.25, False: 0.75},
    "knowledge_change": {"yearly": 0.35, "monthly": 0.30, "weekly": 0.35},
    "grader": {"none": 0.60, "human": 0.20, "programmatic": 0.20},
    "prompt_tokens": {500: 0.40, 3000: 0.60},
    "latency_budget_ms": {None: 0.70, 1000: 0.30},
    "volume": {"low": 0.40, "medium": 0.40, "high": 0.20},
    "requests_per_day": {500: 0.75, 20_000: 0.25},
    "hosting": {"any_api": 0.80, "on_prem": 0.20},
}
"""Weights of each fact sum to one. A fact that is not here counts as its rules take the unknown; so does
None, where the rules only ask whether a number was given."""

FAILURES_OF_GAP: Mapping[str, Weights] = {
    "knowledge": {"retrieval_miss": 0.5, "wrong_facts": 0.3, "wrong_use_of_context": 0.2},
    "both": {"wrong_use_of_context": 1.0},
    "behaviour": {"ignores_instructions": 0.5, "inconsistent_style": 0.5},
    "format": {"invalid_format": 1.0},
    "interface": {"invalid_format": 1.0},
    "capability": {"weak_reasoning": 1.0},
    "cost_latency": {"too_slow": 0.4, "too_expensive": 0.6},
}
"""How it fails, given what is missing."""
