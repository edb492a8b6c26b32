"""How likely each value of a fact is while nobody has said: estimates, in one place.

They weigh the outlook and the questions only; no rule reads them, and a known fact always replaces its prior.
What the task is, what is missing in it and how it fails depend on each other and were counted in the labelled
situations of `bot.understanding.learned`, rounded. The others are house estimates from how people describe
their situation when they ask in public (most have no test set, few have measured their prompts, few have
trained anything yet, and who has says so); to be replaced by counts from the decision log once there are
enough. Amounts stand for the buckets between thresholds and quick replies.
"""

from __future__ import annotations

from collections.abc import Mapping

Value = str | int | float | bool | None
Weights = Mapping[Value, float]

GOALS: Mapping[str, float] = {
    "knowledge_qa": 0.23,
    "classification": 0.20,
    "generation": 0.17,
    "extraction": 0.10,
    "style_tone": 0.09,
    "reasoning": 0.06,
    "tool_use": 0.06,
    "summarisation": 0.05,
    "translation": 0.03,
    "format": 0.01,
}
"""What it is for."""

GAPS_OF_GOAL: Mapping[str, Weights] = {
    "knowledge_qa": {
        "knowledge": 0.54,
        "both": 0.15,
        "behaviour": 0.11,
        "interface": 0.08,
        "cost_latency": 0.08,
        None: 0.04,
    },
    "classification": {"behaviour": 0.56, "cost_latency": 0.26, "knowledge": 0.03, None: 0.15},
    "generation": {
        "behaviour": 0.54,
        "cost_latency": 0.12,
        "capability": 0.10,
        "knowledge": 0.08,
        "both": 0.07,
        "interface": 0.03,
        None: 0.06,
    },
    "extraction": {
        "behaviour": 0.50,
        "cost_latency": 0.19,
        "capability": 0.10,
        "format": 0.08,
        "knowledge": 0.03,
        None: 0.10,
    },
    "style_tone": {"behaviour": 0.88, "cost_latency": 0.05, "both": 0.02, None: 0.05},
    "reasoning": {
        "capability": 0.68,
        "behaviour": 0.11,
        "interface": 0.10,
        "both": 0.02,
        "knowledge": 0.02,
        "cost_latency": 0.02,
        None: 0.05,
    },
    "tool_use": {
        "behaviour": 0.38,
        "cost_latency": 0.16,
        "capability": 0.14,
        "interface": 0.16,
        "format": 0.09,
        "knowledge": 0.02,
        None: 0.05,
    },
    "summarisation": {
        "behaviour": 0.55,
        "cost_latency": 0.19,
        "capability": 0.09,
        "format": 0.03,
        "knowledge": 0.02,
        None: 0.12,
    },
    "translation": {
        "behaviour": 0.60,
        "capability": 0.23,
        "knowledge": 0.08,
        "cost_latency": 0.05,
        None: 0.04,
    },
    "format": {"format": 0.84, "behaviour": 0.10, "cost_latency": 0.03, None: 0.03},
}
"""What is missing, given what it is for."""

FAILURES_OF_GAP: Mapping[str, Weights] = {
    "knowledge": {"wrong_facts": 0.45, "retrieval_miss": 0.33, None: 0.22},
    "both": {"wrong_use_of_context": 0.75, "retrieval_miss": 0.11, "wrong_facts": 0.07, None: 0.07},
    "behaviour": {
        "inconsistent_style": 0.20,
        "ignores_instructions": 0.14,
        "unsafe": 0.03,
        "wrong_use_of_context": 0.03,
        None: 0.60,
    },
    "format": {"invalid_format": 0.86, None: 0.14},
    "interface": {"wrong_facts": 0.70, "weak_reasoning": 0.13, None: 0.17},
    "capability": {"weak_reasoning": 0.50, None: 0.50},
    "cost_latency": {"too_expensive": 0.50, "too_slow": 0.35, None: 0.15},
}
"""How it fails, given what is missing."""

PRIORS: Mapping[str, Weights] = {
    "deterministic": {True: 0.03, False: 0.97},
    "tried_finetune": {"none": 0.96, "worked": 0.01, "failed": 0.02, "forgot": 0.01},
    "feedback_kind": {"none": 0.94, "unpaired": 0.03, "pairs": 0.02, "clicks": 0.01},
    "pairs_pref_n": {0: 0.97, 500: 0.03},
    "needs_live_data": {True: 0.06, False: 0.94},
    "satisfied": {True: 0.05, False: 0.95},
    "same_prefix": {True: 0.15, False: 0.85},
    "examples_at_hand": {True: 0.45, False: 0.55},
    "tried_structured": {True: 0.25, False: 0.75},
    "tried_prompting": {"none": 0.15, "quick": 0.55, "systematic": 0.30},
    "tried_few_shot": {True: 0.40, False: 0.60},
    "tried_rag": {True: 0.40, False: 0.60},
    "tried_models": {True: 0.35, False: 0.65},
    "tried_caching": {True: 0.30, False: 0.70},
    "tried_small_model": {True: 0.30, False: 0.70},
    "small_model_ok": {True: 0.10, False: 0.20, None: 0.70},
    "teacher_ok": {True: 0.30, False: 0.15, None: 0.55},
    "examples_n": {0: 0.30, 20: 0.10, 80: 0.10, 300: 0.15, 1000: 0.20, 20_000: 0.15},
    "labels_on_demand": {True: 0.10, False: 0.90},
    "label_count": {10: 0.90, 200: 0.10},
    "data_quality": {"unreviewed": 0.15, "mixed": 0.15, "curated": 0.70},
    "data_rights": {"ok": 0.95, "restricted": 0.05},
    "eval_set_n": {0: 0.40, 20: 0.20, 100: 0.25, 500: 0.15},
    "corpus_tokens": {100_000: 0.35, 2_000_000: 0.65},
    "access_control": {True: 0.20, False: 0.80},
    "knowledge_change": {"yearly": 0.40, "monthly": 0.25, "weekly": 0.27, "realtime": 0.08},
    "grader": {"none": 0.50, "human": 0.25, "programmatic": 0.25},
    "prompt_tokens": {500: 0.40, 3000: 0.60},
    "latency_budget_ms": {None: 0.80, 1000: 0.20},
    "cost_pressure": {"low": 0.50, "high": 0.50},
    "volume": {"low": 0.40, "medium": 0.40, "high": 0.20},
    "requests_per_day": {500: 0.45, 3000: 0.25, 20_000: 0.20, 500_000: 0.10},
    "hosting": {"any_api": 0.80, "on_prem": 0.20},
    "base_tunable": {"yes": 0.70, "no": 0.30},
    "team_ml": {"none": 0.35, "some": 0.40, "strong": 0.25},
    "budget_usd": {0: 0.10, 10_000: 0.90},
}
"""Weights of each fact sum to one. A fact that is not here counts as its rules take the unknown; so does
None, where the rules only ask whether something was said."""
