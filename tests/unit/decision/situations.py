"""For each rule and each gate, a situation as people have it that must end there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.decision.facts import Facts, Range
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
    RuleCase("D0c", O.DECLINE, {"intent": "abuse", "gap": "behaviour"}),
    RuleCase("D1", O.CLASSICAL_ML, {"deterministic": True, "goal_kind": "extraction"}),
    RuleCase("D1b", O.CLASSICAL_ML, {"goal_kind": "prediction_tabular"}),
    RuleCase("D2", O.ASK, {"gap": "both", "tried_rag": True, "conflicts": ("tried_rag",)}),
    RuleCase("D2b", O.ASK, {"examples_n": 2_000, "team_ml": "strong", "intent": "decision"}),
    RuleCase(
        "D3",
        O.NO_CHANGE,
        {"goal_kind": "extraction", "baseline_score": 0.94, "target_score": 0.9, "eval_set_n": 150},
    ),
    RuleCase(
        "D3b",
        O.EVALS_DATA_FIRST,
        {"goal_kind": "extraction", "baseline_score": 0.94, "target_score": 0.9, "eval_set_n": 12},
    ),
    RuleCase("D4", O.RAG, {"tried_finetune": "failed", "failure_mode": "wrong_facts"}),
    RuleCase("D4b", O.EVALS_DATA_FIRST, {"tried_finetune": "forgot", "gap": "behaviour"}),
    RuleCase("D5", O.STRUCTURED_TOOLS, {"needs_live_data": True, "goal_kind": "knowledge_qa"}),
    RuleCase("D6", O.PREFERENCE_TUNE, {"goal_kind": "generation", "feedback_kind": "unpaired"}),
    RuleCase("D7", O.STRUCTURED_TOOLS, {"failure_mode": "invalid_format", "examples_n": 900}),
    RuleCase(
        "D7b", O.FINE_TUNE_SFT, {"failure_mode": "invalid_format", "tried_structured": True, "examples_n": 80}
    ),
    RuleCase("D7c", O.FEW_SHOT, {"goal_kind": "tool_use", "tried_structured": True, "examples_n": 10}),
    RuleCase("D8", O.LONG_CONTEXT_CACHE, {"failure_mode": "too_expensive", "prompt_tokens": 9_000}),
    RuleCase(
        "D8b",
        O.CLASSICAL_ML,
        {"goal_kind": "classification", "gap": "cost_latency", "volume": "high", "examples_n": 600},
    ),
    RuleCase(
        "D8c",
        O.DISTIL,
        {"failure_mode": "too_slow", "requests_per_day": Range(min=7_000), "teacher_ok": True},
    ),
    RuleCase(
        "D8d",
        O.SWITCH_MODEL,
        {"failure_mode": "too_slow", "prompt_tokens": 9_000, "latency_budget_ms": Range(max=800)},
    ),
    RuleCase("D9", O.FINE_TUNE_SFT, {"goal_kind": "classification", "examples_n": 3_000, "label_count": 240}),
    RuleCase(
        "D9b", O.CLASSICAL_ML, {"goal_kind": "classification", "labels_on_demand": True, "label_count": 6}
    ),
    RuleCase(
        "D9c", O.FEW_SHOT, {"goal_kind": "classification", "tried_prompting": "quick", "examples_n": 40}
    ),
    RuleCase("D9d", O.EVALS_DATA_FIRST, {"goal_kind": "classification", "raw_examples_n": 20_000}),
    RuleCase("D9e", O.IMPROVE_PROMPT, {"goal_kind": "classification"}),
    RuleCase("D10", O.RAG_PLUS_FT, {"gap": "both", "examples_n": 500}),
    RuleCase(
        "D10b",
        O.LONG_CONTEXT_CACHE,
        {"gap": "knowledge", "corpus_tokens": 60_000, "knowledge_change": "yearly"},
    ),
    RuleCase("D10c", O.RAG, {"gap": "knowledge", "corpus_tokens": 60_000, "access_control": True}),
    RuleCase("D10d", O.RAG, {"failure_mode": "retrieval_miss", "tried_rag": True}),
    RuleCase(
        "D10e",
        O.IMPROVE_PROMPT,
        {"gap": "both", "tried_rag": True, "tried_prompting": "quick", "examples_n": 80},
    ),
    RuleCase("D10f", O.RAG_PLUS_FT, {**_MISUSED, "examples_n": Range(min=50, max=100)}),
    RuleCase("D10g", O.RAG, {"gap": "knowledge", "tried_rag": True}),
    RuleCase("D10h", O.RAG_PLUS_FT, _MISUSED),
    RuleCase("D11", O.SWITCH_MODEL, {"failure_mode": "weak_reasoning"}),
    RuleCase(
        "D11b", O.PREFERENCE_TUNE, {"gap": "capability", "tried_models": True, "grader": "programmatic"}
    ),
    RuleCase("D11c", O.FINE_TUNE_SFT, {"gap": "capability", "hosting": "on_prem", "examples_n": 200}),
    RuleCase("D11d", O.EVALS_DATA_FIRST, {"gap": "capability", "tried_models": True, "grader": "human"}),
    RuleCase("D12", O.IMPROVE_PROMPT, {"goal_kind": "summarisation", "tried_prompting": "none"}),
    RuleCase("D12b", O.FINE_TUNE_SFT, TUNED_HABIT),
    RuleCase("D12c", O.IMPROVE_PROMPT, {"goal_kind": "style_tone", "examples_n": 80}),
    RuleCase("D12d", O.FEW_SHOT, _HABIT),
    RuleCase("D12e", O.FINE_TUNE_SFT, {**TUNED_HABIT, "examples_n": 60}),
    RuleCase("D12f", O.EVALS_DATA_FIRST, {**_HABIT, "tried_few_shot": True, "examples_n": 4}),
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
    GateCase("G6", O.FINE_TUNE_SFT, O.EVALS_DATA_FIRST, {**TUNED_HABIT, "eval_set_n": 20}),
    GateCase("G7", O.FINE_TUNE_SFT, O.EVALS_DATA_FIRST, {**TUNED_HABIT, "data_quality": "unreviewed"}),
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
    GateCase("G10", O.FINE_TUNE_SFT, O.IMPROVE_PROMPT, {**TUNED_HABIT, "team_ml": "none", "budget_usd": 0}),
)
