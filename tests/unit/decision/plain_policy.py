"""The decision policy a second time: plain if-statements on a dict, written from the policy's prose.

It shares no code with `bot.decision`, so that a slip in either shows as a disagreement. A fact that is absent
is unknown; amounts are whole numbers.
"""

from __future__ import annotations

from typing import Any

Situation = dict[str, Any]

_KNOWLEDGE_FAILURES = ("retrieval_miss", "wrong_facts")
_BEHAVIOUR_FAILURES = ("ignores_instructions", "inconsistent_style", "unsafe")
_COST_FAILURES = ("too_slow", "too_expensive")
_PLENTY = 1_000_000
_TRAINING = ("FINE_TUNE_SFT", "PREFERENCE_TUNE", "RAG_PLUS_FT", "DISTIL")


def plain_option(situation: Situation) -> str:
    """Return what to do first."""
    direction = plain_direction(situation)
    return _step_before(direction, situation) or direction


def plain_direction(s: Situation) -> str:
    """Return the lever that fits what is wrong."""
    return _route(s) or _before_any_branch(s) or _branch(s)


def _gap(s: Situation) -> str | None:  # noqa: C901, PLR0911 - one line of the prose each
    if "gap" in s:
        return str(s["gap"])
    failure, goal = s.get("failure_mode"), s.get("goal_kind")
    if failure in _KNOWLEDGE_FAILURES:
        return "knowledge"
    if failure == "wrong_use_of_context":
        return "both"
    if failure in _BEHAVIOUR_FAILURES:
        return "behaviour"
    if failure == "invalid_format":
        return "format"
    if failure == "weak_reasoning":
        return "capability"
    if failure in _COST_FAILURES:
        return "cost_latency"
    if goal == "knowledge_qa":
        return "knowledge"
    if goal == "style_tone":
        return "behaviour"
    if goal == "tool_use":
        return "interface"
    return goal if goal in ("format", "cost_latency") else None


def _labels(s: Situation) -> int:
    return _PLENTY if s.get("labels_on_demand") else int(s.get("examples_n", 0))


def _must_run_on_own_machines(s: Situation) -> bool:
    return s.get("hosting") in ("on_prem", "air_gapped", "edge", "vpc")


def _route(s: Situation) -> str | None:
    intent = s.get("intent")
    if intent == "definition":
        return "DEFINE_TERM"
    if intent == "off_topic":
        return "OFF_TOPIC"
    if intent == "abuse":
        return "DECLINE"
    return None


def _before_any_branch(s: Situation) -> str | None:
    if s.get("deterministic") or s.get("goal_kind") == "prediction_tabular":
        return "CLASSICAL_ML"
    nothing_named = _gap(s) is None and "goal_kind" not in s
    if s.get("conflicts") or (nothing_named and "tried_finetune" not in s and "feedback_kind" not in s):
        return "ASK"
    if (
        "baseline_score" in s
        and "target_score" in s
        and s["baseline_score"] >= s["target_score"]
        and _gap(s) != "cost_latency"
    ):
        return "EVALS_DATA_FIRST" if s.get("eval_set_n", 50) < 50 else "NO_CHANGE"
    if s.get("tried_finetune") in ("failed", "forgot", "worse"):
        if _gap(s) == "knowledge" or s.get("goal_kind") == "knowledge_qa":
            return "RAG"
        return "EVALS_DATA_FIRST"
    if s.get("needs_live_data") and not s.get("tried_structured"):
        return "STRUCTURED_TOOLS"
    if s.get("feedback_kind") in ("pairs", "unpaired", "clicks") or s.get("pairs_pref_n", 0) >= 200:
        return "PREFERENCE_TUNE"
    return None


def _branch(s: Situation) -> str:
    gap = _gap(s)
    if gap in ("format", "interface"):
        return _shape(s)
    if gap == "cost_latency":
        return _cost(s)
    if s.get("goal_kind") == "classification":
        return _classification(s)
    if gap in ("knowledge", "both"):
        return _knowledge_without_retrieval(s) if not s.get("tried_rag") else _knowledge_with_retrieval(s)
    if gap == "capability":
        return _capability(s)
    return _behaviour(s)


def _shape(s: Situation) -> str:
    if not s.get("tried_structured"):
        return "STRUCTURED_TOOLS"
    return "FINE_TUNE_SFT" if _labels(s) >= 50 else "FEW_SHOT"


def _cost(s: Situation) -> str:
    is_about_delay = bool(s.get("latency_budget_ms"))
    if s.get("prompt_tokens", 0) >= 1024 and not s.get("tried_caching") and not is_about_delay:
        return "LONG_CONTEXT_CACHE"
    has_high_volume = s.get("volume") == "high" or s.get("requests_per_day", 0) >= 6667
    small_fails = s.get("small_model_ok") is False or (
        s.get("tried_small_model") is True and s.get("small_model_ok") is not True
    )
    if has_high_volume or _must_run_on_own_machines(s) or small_fails:
        is_narrow = s.get("goal_kind") == "classification" and _labels(s) >= 100
        return "CLASSICAL_ML" if is_narrow and not s.get("teacher_ok") else "DISTIL"
    return "SWITCH_MODEL"


def _classification(s: Situation) -> str:
    if _labels(s) >= 100:
        is_specialised = s.get("domain") == "specialised" and "tried_prompting" in s
        return "FINE_TUNE_SFT" if s.get("label_count", 0) > 100 or is_specialised else "CLASSICAL_ML"
    if s.get("tried_prompting") in ("quick", "systematic") and not s.get("tried_few_shot"):
        return "FEW_SHOT"
    return "EVALS_DATA_FIRST" if s.get("raw_examples_n", 0) > 0 else "IMPROVE_PROMPT"


def _knowledge_without_retrieval(s: Situation) -> str:
    if _gap(s) == "both" and _labels(s) >= 50:
        return "RAG_PLUS_FT"
    fits = "corpus_tokens" in s and s["corpus_tokens"] <= 200_000
    changes_fast = s.get("knowledge_change") in ("weekly", "daily", "realtime")
    return "LONG_CONTEXT_CACHE" if fits and not s.get("access_control") and not changes_fast else "RAG"


def _knowledge_with_retrieval(s: Situation) -> str:
    if _gap(s) == "knowledge" and s.get("failure_mode") in _KNOWLEDGE_FAILURES:
        return "RAG"
    if s.get("tried_prompting") in ("none", "quick"):
        return "IMPROVE_PROMPT"
    if _labels(s) >= 50:
        return "RAG_PLUS_FT"
    return "RAG" if _gap(s) == "knowledge" else "RAG_PLUS_FT"


def _capability(s: Situation) -> str:
    if not s.get("tried_models") and not _must_run_on_own_machines(s):
        return "SWITCH_MODEL"
    if s.get("grader") == "programmatic":
        return "PREFERENCE_TUNE"
    return "FINE_TUNE_SFT" if _labels(s) >= 50 else "EVALS_DATA_FIRST"


def _behaviour(s: Situation) -> str:
    prompting = s.get("tried_prompting")
    if prompting == "none":
        return "IMPROVE_PROMPT"
    if _labels(s) >= 300 and prompting != "quick" and s.get("tried_few_shot") is not False:
        return "FINE_TUNE_SFT"
    if prompting != "systematic":
        return "IMPROVE_PROMPT"
    if not s.get("tried_few_shot"):
        return "FEW_SHOT"
    return "FINE_TUNE_SFT" if _labels(s) >= 50 else "EVALS_DATA_FIRST"


def _step_before(direction: str, s: Situation) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one gate each
    """Return what a requirement that is known to fail asks for first."""
    if direction not in (*_TRAINING, "CLASSICAL_ML"):
        return None
    if s.get("data_rights") == "restricted" and not s.get("deterministic"):
        if _gap(s) in ("knowledge", "both"):
            return "RAG"
        return "SWITCH_MODEL" if s.get("tried_few_shot") else "FEW_SHOT"
    if direction == "CLASSICAL_ML":
        return None
    if s.get("base_tunable") == "no":
        return "SWITCH_MODEL"
    if s.get("base_retire_days", 180) < 180:
        return "SWITCH_MODEL"
    if direction in ("FINE_TUNE_SFT", "RAG_PLUS_FT") and s.get("tried_prompting") in ("none", "quick"):
        return "IMPROVE_PROMPT"
    if direction == "FINE_TUNE_SFT" and s.get("tried_few_shot") is False and _gap(s) == "behaviour":
        return "FEW_SHOT"
    if s.get("eval_set_n", 50) < 50:
        return "EVALS_DATA_FIRST"
    if s.get("data_quality") == "unreviewed":
        return "EVALS_DATA_FIRST"
    if _has_too_few_examples(direction, s):
        return "EVALS_DATA_FIRST"
    if direction == "PREFERENCE_TUNE" and s.get("baseline_score") == 0:
        return "EVALS_DATA_FIRST"
    if s.get("team_ml") == "none" and s.get("budget_usd") == 0:
        return "IMPROVE_PROMPT"
    return None


def _has_too_few_examples(direction: str, s: Situation) -> bool:
    if "examples_n" not in s or "feedback_kind" in s or direction == "DISTIL":
        return False
    if direction == "PREFERENCE_TUNE":
        return max(_labels(s), int(s.get("pairs_pref_n", 0))) < 36
    return _labels(s) < 50
