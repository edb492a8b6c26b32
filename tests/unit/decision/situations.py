"""For each rule and each gate, a situation as people have it that must end there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.decision.facts import Facts
from bot.decision.options import Option

O = Option  # noqa: E741 - short, so that the tables below stay readable
Known = dict[str, Any]

_HABIT = {"gap": "behaviour", "tried_prompting": "systematic"}
_MISUSED = {"failure_mode": "wrong_use_of_context", "tried_rag": True, "tried_prompting": "systematic"}
_READY = {"eval_set_n": 120, "data_rights": "ok", "base_tunable": "yes"}
TUNED_HABIT: Known = {**_HABIT, **_READY, "tried_few_shot": True, "examples_n": 400}
"""Everything that a fine-tune of a habit needs."""


@dataclass(frozen=True)
class RuleCase:
    """Facts that the rule decides, and the direction it gives."""

    rule: str
    option: Option
    known: Known

    @property
    def facts(self) -> Facts:
        """Return the facts, validated."""
        return Facts.model_validate(self.known)


RULE_CASES: tuple[RuleCase, ...] = (
    RuleCase("D0", O.DEFINE_TERM, {"intent": "definition"}),
    RuleCase("D0b", O.OFF_TOPIC, {"intent": "off_topic"}),
    RuleCase("D0c", O.DECLINE, {"intent": "abuse"}),
    RuleCase("D1", O.STRUCTURED_TOOLS, {"goal_kind": "reasoning", "deterministic": True}),
    RuleCase("D1b", O.CLASSICAL_ML, {"deterministic": True}),
    RuleCase("D2", O.ASK, {"conflicts": ("examples_n", "knowledge_change")}),
    RuleCase("D3b", O.EVALS_DATA_FIRST, {"eval_set_n": 10, "baseline_score": 0.9, "target_score": 0.85}),
    RuleCase("D3", O.NO_CHANGE, {"baseline_score": 0.93, "target_score": 0.9}),
    RuleCase("D3d", O.SWITCH_MODEL, {"satisfied": True, "base_retire_days": 40}),
    RuleCase("D3c", O.NO_CHANGE, {"teacher_ok": True}),
    RuleCase("D1c", O.CLASSICAL_ML, {"goal_kind": "prediction_tabular"}),
    RuleCase("D2c", O.EVALS_DATA_FIRST, {"goal_kind": "generation", "grader": "none"}),
    RuleCase("D2b", O.ASK, {}),
    RuleCase("D4e", O.STRUCTURED_TOOLS, {"gap": "interface", "tried_finetune": "failed"}),
    RuleCase("D4", O.RAG, {"failure_mode": "wrong_facts", "tried_finetune": "failed"}),
    RuleCase("D4c", O.RAG, {"failure_mode": "wrong_facts", "tried_finetune": "failed", "tried_rag": True}),
    RuleCase("D4d", O.SWITCH_MODEL, {"gap": "capability", "tried_finetune": "failed"}),
    RuleCase("D4f", O.DISTIL, {"gap": "behaviour", "tried_finetune": "worse", "small_model_ok": False}),
    RuleCase(
        "D4g", O.PREFERENCE_TUNE, {"gap": "behaviour", "tried_finetune": "failed", "grader": "programmatic"}
    ),
    RuleCase("D4h", O.FINE_TUNE_SFT, {"gap": "behaviour", "tried_finetune": "forgot"}),
    RuleCase("D4b", O.EVALS_DATA_FIRST, {"tried_finetune": "failed"}),
    RuleCase("D5", O.STRUCTURED_TOOLS, {"goal_kind": "tool_use", "needs_live_data": True}),
    RuleCase("D6", O.PREFERENCE_TUNE, {"feedback_kind": "pairs"}),
    RuleCase("D6b", O.PREFERENCE_TUNE, {"failure_mode": "weak_reasoning", "grader": "programmatic"}),
    RuleCase("D7f", O.STRUCTURED_TOOLS, {"gap": "interface"}),
    RuleCase("D7", O.STRUCTURED_TOOLS, {"failure_mode": "invalid_format"}),
    RuleCase(
        "D7b",
        O.IMPROVE_PROMPT,
        {"failure_mode": "invalid_format", "tried_prompting": "quick", "tried_structured": True},
    ),
    RuleCase("D7c", O.STRUCTURED_TOOLS, {"failure_mode": "invalid_format", "tried_structured": True}),
    RuleCase("D7d", O.FINE_TUNE_SFT, {"gap": "format", "tried_structured": True, "examples_n": 80}),
    RuleCase("D7e", O.FEW_SHOT, {"gap": "interface", "tried_structured": True}),
    RuleCase(
        "D10i", O.CLASSICAL_ML, {"goal_kind": "classification", "examples_n": 900, "tried_classifier": True}
    ),
    RuleCase("D8", O.LONG_CONTEXT_CACHE, {"failure_mode": "too_expensive", "tried_caching": False}),
    RuleCase(
        "D8b", O.SWITCH_MODEL, {"gap": "cost_latency", "tried_small_model": True, "small_model_ok": True}
    ),
    RuleCase("D8c", O.FINE_TUNE_SFT, {"gap": "cost_latency", "tried_finetune": "worked"}),
    RuleCase("D8d", O.CLASSICAL_ML, {"goal_kind": "classification", "gap": "cost_latency"}),
    RuleCase(
        "D8e", O.DISTIL, {"goal_kind": "classification", "failure_mode": "too_slow", "teacher_ok": True}
    ),
    RuleCase(
        "D8g",
        O.CLASSICAL_ML,
        {
            "goal_kind": "classification",
            "failure_mode": "too_slow",
            "teacher_ok": True,
            "tried_prompting": "quick",
        },
    ),
    RuleCase("D8h", O.FINE_TUNE_SFT, {"failure_mode": "too_slow", "volume": "high", "examples_n": 400}),
    RuleCase(
        "D8j",
        O.SWITCH_MODEL,
        {"gap": "cost_latency", "teacher_ok": False, "tried_small_model": True, "small_model_ok": False},
    ),
    RuleCase("D8i", O.SWITCH_MODEL, {"failure_mode": "too_slow"}),
    RuleCase("D8f", O.SWITCH_MODEL, {"failure_mode": "too_expensive"}),
    RuleCase(
        "D9",
        O.DISTIL,
        {"failure_mode": "weak_reasoning", "labels_on_demand": True, "teacher_ok": True, "hosting": "edge"},
    ),
    RuleCase("D9b", O.FINE_TUNE_SFT, {"gap": "capability", "examples_at_hand": True, "tried_models": True}),
    RuleCase(
        "D9h", O.FINE_TUNE_SFT, {"gap": "capability", "goal_kind": "translation", "examples_at_hand": True}
    ),
    RuleCase("D9c", O.SWITCH_MODEL, {"gap": "capability"}),
    RuleCase("D9i", O.SWITCH_MODEL, {"gap": "capability", "goal_kind": "generation", "tried_models": True}),
    RuleCase("D9f", O.SWITCH_MODEL, {"gap": "capability", "teacher_ok": True}),
    RuleCase("D9g", O.SWITCH_MODEL, {"gap": "capability", "goal_kind": "tool_use", "tried_models": True}),
    RuleCase(
        "D9d",
        O.DISTIL,
        {"gap": "behaviour", "labels_on_demand": True, "tried_small_model": True, "teacher_ok": True},
    ),
    RuleCase("D9e", O.SWITCH_MODEL, {"gap": "behaviour", "teacher_ok": True, "small_model_ok": False}),
    RuleCase(
        "D10", O.FINE_TUNE_SFT, {"goal_kind": "classification", "examples_at_hand": True, "label_count": 340}
    ),
    RuleCase(
        "D10f", O.FINE_TUNE_SFT, {"goal_kind": "classification", "examples_n": 900, "base_tunable": "yes"}
    ),
    RuleCase("D10g", O.CLASSICAL_ML, {"goal_kind": "classification", "gap": "capability", "label_count": 12}),
    RuleCase("D10b", O.CLASSICAL_ML, {"goal_kind": "classification", "examples_n": 8000}),
    RuleCase("D10c", O.EVALS_DATA_FIRST, {"goal_kind": "classification", "data_quality": "mixed"}),
    RuleCase("D10d", O.FEW_SHOT, {"goal_kind": "classification", "tried_few_shot": True}),
    RuleCase("D10h", O.CLASSICAL_ML, {"goal_kind": "classification"}),
    RuleCase("D10e", O.IMPROVE_PROMPT, {"goal_kind": "classification", "tried_prompting": "quick"}),
    RuleCase("D11", O.FINE_TUNE_SFT, {"goal_kind": "generation", "gap": "both", "tried_models": True}),
    RuleCase("D11b", O.RAG_PLUS_FT, {"gap": "both", "labels_on_demand": True}),
    RuleCase("D11c", O.LONG_CONTEXT_CACHE, {"gap": "knowledge", "corpus_tokens": 8800}),
    RuleCase(
        "D11h",
        O.IMPROVE_PROMPT,
        {"gap": "knowledge", "goal_kind": "extraction", "tried_prompting": "quick"},
    ),
    RuleCase("D11d", O.RAG, {"goal_kind": "knowledge_qa"}),
    RuleCase("D11e", O.RAG, {"failure_mode": "retrieval_miss", "tried_rag": True}),
    RuleCase("D11i", O.EVALS_DATA_FIRST, {"goal_kind": "knowledge_qa", "tried_rag": True}),
    RuleCase("D11f", O.RAG, {"goal_kind": "knowledge_qa", "tried_rag": True, "baseline_score": 0.7}),
    RuleCase("D11g", O.RAG_PLUS_FT, {"gap": "both", "tried_rag": True}),
    RuleCase("D12", O.IMPROVE_PROMPT, {"gap": "behaviour", "tried_prompting": "none"}),
    RuleCase("D12b", O.FEW_SHOT, {"gap": "behaviour", "tried_few_shot": False}),
    RuleCase("D12c", O.EVALS_DATA_FIRST, {"gap": "behaviour", "eval_set_n": 0}),
    RuleCase("D12l", O.FEW_SHOT, {"failure_mode": "inconsistent_style", "examples_at_hand": True}),
    RuleCase("D12d", O.FINE_TUNE_SFT, {"goal_kind": "extraction", "labels_on_demand": True}),
    RuleCase("D12e", O.FINE_TUNE_SFT, {"goal_kind": "generation", "gap": "behaviour", "hosting": "on_prem"}),
    RuleCase("D12f", O.FEW_SHOT, {"gap": "behaviour", "examples_n": 2}),
    RuleCase("D12k", O.ASK, {"goal_kind": "reasoning"}),
    RuleCase("D12m", O.SWITCH_MODEL, {"gap": "behaviour", "hosting": "on_prem"}),
    RuleCase("D12g", O.IMPROVE_PROMPT, {"gap": "behaviour"}),
    RuleCase("D12h", O.FEW_SHOT, {"goal_kind": "reasoning", "tried_prompting": "systematic"}),
    RuleCase(
        "D12i",
        O.FINE_TUNE_SFT,
        {"gap": "behaviour", "examples_n": 60, "tried_prompting": "systematic", "tried_few_shot": True},
    ),
    RuleCase(
        "D12j",
        O.EVALS_DATA_FIRST,
        {"gap": "behaviour", "tried_prompting": "systematic", "tried_few_shot": True},
    ),
)


@dataclass(frozen=True)
class GateCase:
    """Facts that lead to a direction whose gate is known to fail, and what comes first then."""

    gate: str
    direction: Option
    option: Option
    known: Known

    @property
    def facts(self) -> Facts:
        """Return the facts, validated."""
        return Facts.model_validate(self.known)


GATE_CASES: tuple[GateCase, ...] = (
    GateCase("G1", O.FINE_TUNE_SFT, O.SWITCH_MODEL, {**TUNED_HABIT, "data_rights": "restricted"}),
    GateCase(
        "G1",
        O.CLASSICAL_ML,
        O.FEW_SHOT,
        {"goal_kind": "classification", "examples_n": 500, "data_rights": "restricted"},
    ),
    GateCase("G1", O.RAG_PLUS_FT, O.RAG, {"gap": "both", "examples_n": 500, "data_rights": "restricted"}),
    GateCase(
        "G13", O.FINE_TUNE_SFT, O.FEW_SHOT, {**TUNED_HABIT, "base_tunable": "no", "tried_few_shot": None}
    ),
    GateCase(
        "G15",
        O.PREFERENCE_TUNE,
        O.SWITCH_MODEL,
        {"gap": "capability", "grader": "programmatic", "base_tunable": "no"},
    ),
    GateCase("G14", O.PREFERENCE_TUNE, O.IMPROVE_PROMPT, {"feedback_kind": "pairs", "base_tunable": "no"}),
    GateCase(
        "G14b",
        O.FINE_TUNE_SFT,
        O.IMPROVE_PROMPT,
        {
            **TUNED_HABIT,
            "goal_kind": "tool_use",
            "tried_prompting": "quick",
            "base_tunable": "no",
            "data_rights": "ok",
        },
    ),
    GateCase("G2", O.FINE_TUNE_SFT, O.SWITCH_MODEL, {**TUNED_HABIT, "base_tunable": "no"}),
    GateCase("G3", O.FINE_TUNE_SFT, O.SWITCH_MODEL, {**TUNED_HABIT, "base_retire_days": 52}),
    GateCase("G11", O.FINE_TUNE_SFT, O.SWITCH_MODEL, {**TUNED_HABIT, "base_fits_hosting": False}),
    GateCase(
        "G4", O.RAG_PLUS_FT, O.IMPROVE_PROMPT, {"gap": "both", "examples_n": 500, "tried_prompting": "quick"}
    ),
    GateCase(
        "G5",
        O.FINE_TUNE_SFT,
        O.FEW_SHOT,
        {**TUNED_HABIT, "goal_kind": "classification", "label_count": 150, "tried_few_shot": False},
    ),
    GateCase(
        "G16", O.FINE_TUNE_SFT, O.EVALS_DATA_FIRST, {**TUNED_HABIT, "target_score": 0.92, "agreement": 0.84}
    ),
    GateCase("G6", O.FINE_TUNE_SFT, O.EVALS_DATA_FIRST, {**TUNED_HABIT, "eval_set_n": 20}),
    GateCase("G7", O.FINE_TUNE_SFT, O.EVALS_DATA_FIRST, {**TUNED_HABIT, "data_quality": "unreviewed"}),
    GateCase(
        "G12",
        O.CLASSICAL_ML,
        O.EVALS_DATA_FIRST,
        {"goal_kind": "classification", "examples_n": 8000, "data_quality": "mixed"},
    ),
    GateCase("G8b", O.RAG_PLUS_FT, O.EVALS_DATA_FIRST, {**_MISUSED, "examples_n": 15}),
    GateCase(
        "G8c",
        O.PREFERENCE_TUNE,
        O.EVALS_DATA_FIRST,
        {"gap": "capability", "tried_models": True, "grader": "programmatic", "examples_n": 15},
    ),
    GateCase(
        "G9",
        O.PREFERENCE_TUNE,
        O.EVALS_DATA_FIRST,
        {"gap": "capability", "tried_models": True, "grader": "programmatic", "baseline_score": 0},
    ),
    GateCase("G10", O.FINE_TUNE_SFT, O.SWITCH_MODEL, {**TUNED_HABIT, "team_ml": "none", "budget_usd": 0}),
)
