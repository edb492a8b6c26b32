"""The decision policy a second time: plain if-statements on a dict, written from the policy's prose.

It shares no code with `bot.decision`, so that a slip in either shows as a disagreement. A fact that is absent
is unknown; amounts are whole numbers.
"""

from __future__ import annotations

from typing import Any

Situation = dict[str, Any]

_GAP_OF_FAILURE = {
    "retrieval_miss": "knowledge",
    "wrong_facts": "knowledge",
    "wrong_use_of_context": "both",
    "ignores_instructions": "behaviour",
    "inconsistent_style": "behaviour",
    "unsafe": "behaviour",
    "invalid_format": "format",
    "weak_reasoning": "capability",
    "too_slow": "cost_latency",
    "too_expensive": "cost_latency",
}
_GAP_OF_GOAL = {
    "knowledge_qa": "knowledge",
    "style_tone": "behaviour",
    "format": "format",
    "cost_latency": "cost_latency",
}
_PLENTY = 1_000
_TRAINING = ("FINE_TUNE_SFT", "PREFERENCE_TUNE", "RAG_PLUS_FT", "DISTIL")
_JOBS = ("extraction", "generation", "translation", "tool_use", "format", "reasoning")
_FAILED = ("failed", "forgot", "worse")


def plain_option(situation: Situation) -> str:
    """Return what to do first."""
    direction = plain_direction(situation)
    return _step_before(direction, situation) or direction


def plain_direction(s: Situation) -> str:
    """Return the lever that fits what is wrong."""
    return _route(s) or _before_any_branch(s) or _signals(s) or _branch(s)


def _complaint(s: Situation) -> str | None:
    return s.get("gap") or _GAP_OF_FAILURE.get(s.get("failure_mode", ""))


def _gap(s: Situation) -> str | None:
    return _complaint(s) or _GAP_OF_GOAL.get(s.get("goal_kind", ""))


def _labels(s: Situation) -> int:
    return max(_PLENTY if s.get("labels_on_demand") else 0, int(s.get("examples_n", 0)))


def _has_examples(s: Situation, least: int) -> bool:
    return _labels(s) >= least or _uncounted(s)


def _uncounted(s: Situation) -> bool:
    owns_some = s.get("examples_at_hand") is True or s.get("data_quality") in ("curated", "mixed")
    return "examples_n" not in s and owns_some


def _must_own(s: Situation) -> bool:
    return s.get("hosting") in ("on_prem", "air_gapped", "edge", "vpc")


def _high_volume(s: Situation) -> bool:
    return s.get("volume") == "high" or s.get("requests_per_day", 0) >= 6_667


def _small_fails(s: Situation) -> bool:
    return s.get("small_model_ok") is False or (
        s.get("tried_small_model") is True and s.get("small_model_ok") is not True
    )


def _route(s: Situation) -> str | None:
    routes = {"definition": "DEFINE_TERM", "off_topic": "OFF_TOPIC", "abuse": "DECLINE"}
    return routes.get(s.get("intent", ""))


def _before_any_branch(s: Situation) -> str | None:  # noqa: PLR0911 - one line of prose each
    goal = s.get("goal_kind")
    if s.get("deterministic"):
        in_words = (
            _gap(s) in ("interface", "knowledge", "capability", "format")
            or goal in ("knowledge_qa", "reasoning", "tool_use", "generation")
            or s.get("needs_live_data")
        )
        return "STRUCTURED_TOOLS" if in_words and goal != "classification" else "CLASSICAL_ML"
    if s.get("conflicts"):
        return "ASK"
    if s.get("base_retire_days", 180) < 180 and _serves_well(s):
        return "SWITCH_MODEL"
    if _meets_its_target(s) and _gap(s) != "cost_latency":
        return "EVALS_DATA_FIRST" if s.get("eval_set_n", 50) < 50 else "NO_CHANGE"
    if _is_left_alone(s):
        return "NO_CHANGE"
    if goal == "prediction_tabular":
        return "CLASSICAL_ML"
    if _gap(s) is None and not {"goal_kind", "tried_finetune", "feedback_kind"} & set(s):
        return "ASK"
    if s.get("tried_finetune") in _FAILED:
        return _after_tuning(s)
    return None


def _after_tuning(s: Situation) -> str:
    goal = s.get("goal_kind")
    looks_up = s.get("needs_live_data") and _gap(s) not in ("behaviour", "both", "cost_latency", "format")
    if (_gap(s) == "interface" or looks_up) and not s.get("tried_structured"):
        return "STRUCTURED_TOOLS"
    is_about_facts = _gap(s) == "knowledge" or (goal == "knowledge_qa" and _gap(s) != "behaviour")
    on_a_few = 0 < s.get("examples_n", 0) < 50
    if is_about_facts and not on_a_few:
        return "RAG"
    if s.get("tried_finetune") == "forgot":
        return "FINE_TUNE_SFT"
    is_weak = _gap(s) == "capability" and not s.get("tried_models") and s.get("hosting") != "edge"
    can_train_on = _has_examples(s, 50) and s.get("base_tunable") == "yes"
    if is_weak and not can_train_on:
        return "SWITCH_MODEL"
    is_of_shape = _gap(s) in ("format", "interface")
    if s.get("small_model_ok") is False and s.get("teacher_ok") is not False and not is_of_shape:
        return "DISTIL"
    is_checked = s.get("tried_finetune") == "failed" and s.get("grader") == "programmatic"
    if is_checked and s.get("teacher_ok") is not True and _gap(s) in (None, "behaviour", "capability"):
        return "PREFERENCE_TUNE"
    return "EVALS_DATA_FIRST"


def _meets_its_target(s: Situation) -> bool:
    scores = "baseline_score" in s and "target_score" in s
    return scores and bool(s["baseline_score"] >= s["target_score"])


def _serves_well(s: Situation) -> bool:
    is_liked = s.get("satisfied") or s.get("teacher_ok") or s.get("small_model_ok") or _meets_its_target(s)
    trains_anyway = (
        s.get("tried_finetune") in _FAILED
        or s.get("goal_kind") == "prediction_tabular"
        or s.get("hosting") in ("on_prem", "air_gapped", "edge")
        or s.get("labels_on_demand") is True
    )
    return bool(is_liked) and _complaint(s) is None and not _misses_its_target(s) and not trains_anyway


def _misses_its_target(s: Situation) -> bool:
    return bool(s.get("baseline_score", 1) < s.get("target_score", 0))


def _nobody_measures(s: Situation) -> bool:
    is_new = s.get("tried_prompting") == "none" or {"tried_finetune", "feedback_kind"} & set(s)
    return not is_new and (
        s.get("eval_set_n", 50) < 50 or (s.get("grader") == "none" and not s.get("eval_set_n", 0) >= 50)
    )


def _is_left_alone(s: Situation) -> bool:
    does_it_well = (
        (s.get("teacher_ok") is True or s.get("small_model_ok") is True)
        and s.get("labels_on_demand") is not True
        and s.get("tried_finetune") not in _FAILED
        and s.get("volume") != "high"
        and s.get("hosting", "any_api") == "any_api"
        and "latency_budget_ms" not in s
        and "target_score" not in s
    )
    if _misses_its_target(s):
        return False
    # A point below how often people agree is as good as they are.
    is_as_good_as_people = s.get("baseline_score", -1.0) >= s.get("agreement", 2.0) - 0.01
    is_good = s.get("satisfied") is True or does_it_well or is_as_good_as_people
    return _complaint(s) is None and is_good and s.get("cost_pressure") != "high"


def _signals(s: Situation) -> str | None:
    gap, goal = _gap(s), s.get("goal_kind")
    if (
        s.get("needs_live_data")
        and gap not in ("cost_latency", "both")
        and not (s.get("tried_rag") and s.get("failure_mode") == "retrieval_miss")
        and (not s.get("tried_structured") or gap == "interface")
    ):
        return "STRUCTURED_TOOLS"
    has_verdicts = s.get("feedback_kind", "none") != "none" or s.get("pairs_pref_n", 0) >= 200
    if (
        has_verdicts
        and gap not in ("cost_latency", "knowledge", "both", "capability", "format", "interface")
        and goal not in ("classification", "extraction", "format")
    ):
        return "PREFERENCE_TUNE"
    is_checkable_job = goal in ("reasoning", "tool_use", "generation") and gap in (None, "behaviour")
    if (
        s.get("grader") == "programmatic"
        and (gap == "capability" or is_checkable_job)
        and s.get("teacher_ok") is not True
        and s.get("tried_models") is not False
        and not (_has_examples(s, 300) and s.get("tried_few_shot"))
    ):
        return "PREFERENCE_TUNE"
    return None


def _branch(s: Situation) -> str:  # noqa: C901, PLR0911 - one branch each
    gap, goal = _gap(s), s.get("goal_kind")
    if gap in ("format", "interface") and (step := _shape(s)):
        return step
    has_labels = s.get("examples_n", 0) > 0 or _uncounted(s)
    has_tuned = s.get("tried_finetune") == "worked"
    if goal == "classification" and s.get("tried_classifier") and has_labels and not has_tuned:
        return "CLASSICAL_ML"
    if gap == "cost_latency":
        return _cost(s)
    if gap == "capability" and (step := _capability(s)):
        return step
    if _large_passes_only(s):
        if _must_own(s) or s.get("labels_on_demand") or _high_volume(s):
            return "DISTIL"
        if not _has_examples(s, 50):
            return "SWITCH_MODEL"
    if goal == "classification" and gap != "knowledge" and not (gap == "both" and s.get("tried_rag")):
        return _classification(s)
    if _complaint(s) is None and _nobody_measures(s):
        return "EVALS_DATA_FIRST"
    if gap in ("knowledge", "both"):
        return _knowledge_with_retrieval(s) if s.get("tried_rag") else _knowledge_without_retrieval(s)
    return _behaviour(s)


def _large_passes_only(s: Situation) -> bool:
    if s.get("teacher_ok") is not True or s.get("small_model_ok") is True:
        return False
    if _complaint(s) is None and s.get("goal_kind") != "knowledge_qa":
        return _small_fails(s) or s.get("hosting") in ("on_prem", "air_gapped", "edge")
    return _gap(s) == "behaviour" and _small_fails(s)


def _shape(s: Situation) -> str | None:
    if not s.get("tried_structured"):
        return "STRUCTURED_TOOLS"
    if s.get("failure_mode") == "invalid_format":
        return "IMPROVE_PROMPT" if s.get("tried_prompting") in ("none", "quick") else "STRUCTURED_TOOLS"
    if _has_examples(s, 50):
        return "FINE_TUNE_SFT"
    return None if s.get("tried_few_shot") else "FEW_SHOT"


def _cost(s: Situation) -> str:
    sorts = s.get("goal_kind") == "classification"
    sends_it_again = (
        s.get("prompt_tokens", 0) >= 1_024 or s.get("same_prefix") or s.get("tried_caching") is False
    )
    if sends_it_again and not s.get("tried_caching") and "latency_budget_ms" not in s:
        return "LONG_CONTEXT_CACHE"
    if s.get("small_model_ok") and s.get("tried_small_model"):
        return "SWITCH_MODEL"
    if s.get("tried_finetune") == "worked" and not s.get("teacher_ok"):
        return "FINE_TUNE_SFT"
    if s.get("small_model_ok") and _has_examples(s, 50) and not s.get("labels_on_demand") and not sorts:
        return "FINE_TUNE_SFT"
    if (
        sorts
        and (s.get("examples_n", 1) > 0 or s.get("labels_on_demand"))
        and (not s.get("teacher_ok") or s.get("examples_n", 0) >= 100)
        and (not s.get("tried_models") or _has_examples(s, 50))
    ):
        return "CLASSICAL_ML"
    is_one_job = (
        s.get("labels_on_demand")
        or s.get("tried_prompting") == "systematic"
        or s.get("goal_kind") in ("extraction", "classification")
        or _has_examples(s, 50)
    )
    needs_its_own = _high_volume(s) or _must_own(s) or _small_fails(s)
    has_examples, fails = _has_examples(s, 50), s.get("teacher_ok") is False
    can_be_shown = s.get("teacher_ok") or has_examples or (_small_fails(s) and not fails)
    is_for_a_student = needs_its_own or (s.get("teacher_ok") and is_one_job)
    if is_for_a_student and s.get("tried_small_model") is not False and can_be_shown:
        return _student(s)
    return "SWITCH_MODEL"  # a model that passes, or a smaller or faster one


def _student(s: Situation) -> str:
    sorts = s.get("goal_kind") == "classification" and s.get("label_count", 0) < 100
    if sorts and s.get("tried_prompting") == "quick" and s.get("teacher_ok") is not False:
        return "CLASSICAL_ML"
    has_some = s.get("examples_n", 0) >= 50 or _uncounted(s)
    if not s.get("teacher_ok") and has_some:
        return "FINE_TUNE_SFT"
    return "SWITCH_MODEL" if s.get("teacher_ok") is False else "DISTIL"


def _capability(s: Situation) -> str | None:
    is_shown = _has_examples(s, 50) or s.get("grader") == "programmatic" or s.get("hosting") == "edge"
    if s.get("teacher_ok") and _must_own(s) and is_shown and not s.get("small_model_ok"):
        return "DISTIL"
    if (
        s.get("tried_models")
        and _has_examples(s, 50)
        and not s.get("teacher_ok")
        and s.get("goal_kind") != "tool_use"
    ):
        return "FINE_TUNE_SFT"
    if s.get("teacher_ok"):
        return "SWITCH_MODEL"
    goal, shown = s.get("goal_kind"), _has_examples(s, 50)
    if not s.get("tried_models"):
        is_shown_best = goal not in ("classification", "tool_use", "reasoning")
        if shown and is_shown_best and s.get("failure_mode") != "weak_reasoning":
            return "FINE_TUNE_SFT"
        has_labels = s.get("label_count", 0) > 0 or _has_examples(s, 100)
        return None if goal == "classification" and has_labels else "SWITCH_MODEL"
    prompting = s.get("tried_prompting")
    if goal == "tool_use":
        return None if prompting == "systematic" else "SWITCH_MODEL"
    is_stuck = goal != "classification" and not shown and prompting not in ("none", "systematic")
    return "SWITCH_MODEL" if is_stuck else None


def _classification(s: Situation) -> str:
    prompting = s.get("tried_prompting")
    has_many_classes = s.get("label_count", 0) >= 100
    if has_many_classes and (_has_examples(s, 100) or s.get("tried_small_model")):
        return "FINE_TUNE_SFT"
    if step := _on_labels(s):
        return step
    if _is_unsettled(s):
        return "EVALS_DATA_FIRST"
    is_quick_only = prompting == "quick" and s.get("tried_few_shot") is False
    shows_own = _uncounted(s) and prompting != "quick"
    shows_some = s.get("tried_few_shot") or s.get("examples_n", 0) > 0 or shows_own
    if shows_some or is_quick_only or prompting == "systematic":
        return "FEW_SHOT"
    is_worked_on = s.get("tried_models") or "baseline_score" in s or s.get("tried_finetune") == "worked"
    if prompting == "quick" or is_worked_on or has_many_classes:
        return "IMPROVE_PROMPT"
    return "CLASSICAL_ML"


def _is_unsettled(s: Situation) -> bool:
    is_mixed = s.get("data_quality") == "mixed"
    return s.get("eval_set_n") == 0 or is_mixed or s.get("asks") == "where_to_start"


def _on_labels(s: Situation) -> str | None:
    not_shown = s.get("tried_few_shot") is False and s.get("examples_n", 1_000) < 1_000
    is_enough = _labels(s) >= 100 and not not_shown
    cannot_stay = s.get("base_tunable") == "no" or s.get("base_retire_days", 180) < 180
    is_out = cannot_stay and s.get("tried_finetune") != "worked"
    if is_enough and not is_out and (s.get("tried_prompting") == "systematic" or s.get("tried_few_shot")):
        return "FINE_TUNE_SFT"
    speaks_of_no_prompt = "tried_few_shot" not in s and "tried_prompting" not in s
    asks_how_to_train = _has_examples(s, 100) and speaks_of_no_prompt and not _is_unsettled(s)
    if (is_enough or asks_how_to_train) and s.get("base_tunable") == "yes" and not is_out:
        return "FINE_TUNE_SFT"
    knows_its_kinds = 0 < s.get("label_count", 0) < 100 and not s.get("tried_models")
    says_no_labels = "examples_n" not in s and s.get("examples_at_hand") is not False
    if _gap(s) == "capability" and knows_its_kinds and says_no_labels and not _is_unsettled(s):
        return "CLASSICAL_ML"
    return "CLASSICAL_ML" if is_enough or asks_how_to_train else None


def _knowledge_without_retrieval(s: Situation) -> str:
    is_both, goal = _gap(s) == "both", s.get("goal_kind")
    is_a_task = goal is not None and goal not in ("knowledge_qa", "summarisation")
    is_quick, is_narrow = s.get("tried_prompting") == "quick", goal in ("classification", "extraction")
    changes_fast = s.get("knowledge_change") in ("weekly", "daily", "realtime")
    fits = s.get("corpus_tokens", 200_001) <= 200_000
    is_own = s.get("base_tunable") == "yes" and not is_quick and not changes_fast and not fits
    is_own_task = (is_narrow or goal == "translation") and is_own
    if (is_both and is_a_task and (_has_examples(s, 50) or s.get("tried_models"))) or is_own_task:
        return "FINE_TUNE_SFT"
    if is_both and _has_examples(s, 50):
        return "RAG_PLUS_FT"
    if _fits_into_the_prompt(s):
        return "LONG_CONTEXT_CACHE"
    is_little = not s.get("access_control") and s.get("corpus_tokens", 0) < 200_000 and not changes_fast
    is_listed = is_little and s.get("failure_mode") != "retrieval_miss"
    if is_quick and (is_narrow or goal == "tool_use") and is_listed:
        return "IMPROVE_PROMPT"
    return "RAG"


def _fits_into_the_prompt(s: Situation) -> bool:
    fits = "corpus_tokens" in s and s["corpus_tokens"] <= 200_000
    changes_fast = s.get("knowledge_change") in ("weekly", "daily", "realtime")
    is_open = not s.get("access_control") and not s.get("tried_long_context")
    return fits and is_open and not changes_fast


def _knowledge_with_retrieval(s: Situation) -> str:
    falls_short = s.get("failure_mode") in ("retrieval_miss", "wrong_facts") and _gap(s) != "both"
    if falls_short and _fits_into_the_prompt(s):
        return "LONG_CONTEXT_CACHE"
    if _gap(s) != "knowledge":
        return "RAG_PLUS_FT"
    is_looked_at = {"failure_mode", "baseline_score"} & set(s) or s.get("eval_set_n", 0) >= 50
    return "RAG" if is_looked_at else "EVALS_DATA_FIRST"


def _behaviour(s: Situation) -> str:
    prompting, goal, few_shot = s.get("tried_prompting"), s.get("goal_kind"), s.get("tried_few_shot")
    if prompting == "none" and not _was_tuned_well(s):
        return "IMPROVE_PROMPT"
    if few_shot is False and (prompting or _complaint(s)):
        return "FEW_SHOT"
    nobody_could = s.get("grader") == "none" or s.get("data_quality") == "unreviewed"
    nobody_looks = nobody_could and s.get("eval_set_n", 0) < 50
    does_not_know = s.get("eval_set_n") == 0 or nobody_looks or s.get("asks") == "where_to_start"
    shows_some = s.get("examples_n", 0) > 0 or _uncounted(s)
    can_show = shows_some and not few_shot and prompting == "quick"
    has_plenty = s.get("examples_n", 0) >= 1_000
    if does_not_know and prompting != "systematic" and not (has_plenty or can_show):
        return "EVALS_DATA_FIRST"
    if _shows_its_own_style(s):
        return "FEW_SHOT"
    a_few = 0 < s.get("examples_n", 0) < 50
    if _has_examples(s, 300) and (goal in _JOBS or prompting != "quick") and not a_few:
        return "FINE_TUNE_SFT"
    if _is_own_job(s):
        return "FINE_TUNE_SFT"
    if shows_some and not few_shot and prompting != "systematic":
        return "FEW_SHOT"
    return _without_examples(s)


def _without_examples(s: Situation) -> str:
    prompting = s.get("tried_prompting")
    if not prompting and _complaint(s) is None and "eval_set_n" not in s:
        return "ASK"
    if prompting != "systematic":
        return "SWITCH_MODEL" if _stronger_may_do(s) else "IMPROVE_PROMPT"
    if not s.get("tried_few_shot"):
        return "FEW_SHOT"
    return "FINE_TUNE_SFT" if _has_examples(s, 50) else "EVALS_DATA_FIRST"


def _shows_its_own_style(s: Situation) -> bool:
    is_own_style = _uncounted(s) and s.get("failure_mode") == "inconsistent_style"
    is_trained = s.get("base_tunable") == "yes" or s.get("tried_finetune") == "worked"
    is_shown = s.get("tried_few_shot") or s.get("tried_prompting") == "systematic"
    return is_own_style and not is_trained and not is_shown


def _is_own_job(s: Situation) -> bool:
    goal = s.get("goal_kind")
    measured_or_own = _must_own(s) or s.get("tried_prompting") == "systematic"
    return (
        (_has_examples(s, 50) and goal in _JOBS and measured_or_own)
        or (_must_own(s) and goal in ("generation", "extraction") and _complaint(s) is not None)
        or _was_tuned_well(s)
    )


def _stronger_may_do(s: Situation) -> bool:
    is_small = (_must_own(s) or _small_fails(s)) and _complaint(s) is not None and "teacher_ok" not in s
    return is_small and not s.get("tried_models") and s.get("failure_mode") != "wrong_use_of_context"


def _base_is_in_the_way(s: Situation) -> bool:
    retires = s.get("base_retire_days", 180) < 180
    return retires or s.get("base_tunable") == "no" or s.get("base_fits_hosting") is False


def _prompt_comes_first(s: Situation) -> bool:
    is_a_job = s.get("goal_kind") in (*_JOBS, "classification") or _gap(s) == "cost_latency"
    has_no_prompt = s.get("tried_prompting") == "none" and not _was_tuned_well(s)
    return has_no_prompt or (s.get("tried_prompting") == "quick" and not is_a_job)


def _was_tuned_well(s: Situation) -> bool:
    return s.get("tried_finetune") == "worked"


def _step_before(direction: str, s: Situation) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one gate each
    """Return what a requirement that is known to fail asks for first."""
    if direction not in (*_TRAINING, "CLASSICAL_ML"):
        return None
    if s.get("data_rights") == "restricted" and not s.get("deterministic"):
        return _step_without_training(s)
    if direction == "CLASSICAL_ML":
        if _wants_more_than_people_agree(s):
            return "EVALS_DATA_FIRST"
        sorts = s.get("goal_kind") == "classification" and not s.get("deterministic")
        is_unsettled = sorts and s.get("data_quality") in ("unreviewed", "mixed")
        return "EVALS_DATA_FIRST" if is_unsettled else None
    if direction != "DISTIL" and _may_stay(s) and (step := _step_on_the_same_model(direction, s)):
        return step
    if direction != "DISTIL" and _base_is_in_the_way(s):
        return "SWITCH_MODEL"
    if direction in ("FINE_TUNE_SFT", "RAG_PLUS_FT") and _prompt_comes_first(s):
        return "IMPROVE_PROMPT"
    shows_none = s.get("tried_few_shot") is False and _gap(s) == "behaviour" and not _was_tuned_well(s)
    if direction == "FINE_TUNE_SFT" and shows_none:
        return "FEW_SHOT"
    if _wants_more_than_people_agree(s) or s.get("eval_set_n", 50) < 50:
        return "EVALS_DATA_FIRST"
    if s.get("data_quality") == "unreviewed":
        return "EVALS_DATA_FIRST"
    if _has_too_few_examples(direction, s):
        return "EVALS_DATA_FIRST"
    if direction == "PREFERENCE_TUNE" and s.get("baseline_score") == 0:
        return "EVALS_DATA_FIRST"
    if s.get("team_ml") == "none" and s.get("budget_usd") == 0:
        is_worked_on = s.get("tried_prompting") == "systematic"
        return _step_without_training(s) if is_worked_on else "IMPROVE_PROMPT"
    return None


def _wants_more_than_people_agree(s: Situation) -> bool:
    return "target_score" in s and s.get("agreement", 1.0) < s["target_score"]


def _may_stay(s: Situation) -> bool:
    """Say whether the model in use is only in the way of tuning."""
    must_leave = s.get("base_fits_hosting") is False or s.get("base_retire_days", 180) < 180
    is_elsewhere = s.get("hosting") in ("on_prem", "air_gapped", "edge")
    was_tuned = s.get("tried_finetune") in ("worked", "forgot")
    is_about_cost = _gap(s) == "cost_latency"
    return s.get("base_tunable") == "no" and not (must_leave or is_elsewhere or was_tuned or is_about_cost)


def _step_on_the_same_model(direction: str, s: Situation) -> str | None:
    is_supervised = direction in ("FINE_TUNE_SFT", "RAG_PLUS_FT")
    lacks_skill = _gap(s) == "capability"
    is_worked_on = s.get("tried_prompting") == "systematic" or s.get("tried_models")
    is_agent = is_supervised and s.get("goal_kind") == "tool_use"
    if not (is_worked_on or lacks_skill) and (direction == "PREFERENCE_TUNE" or is_agent):
        return "IMPROVE_PROMPT"
    lacks_facts = _gap(s) in ("knowledge", "both") and not s.get("tried_rag")
    has_no_prompt = s.get("tried_prompting") == "none"
    is_too_much = s.get("label_count", 0) >= 100
    if is_supervised and not (s.get("tried_few_shot") or lacks_facts or has_no_prompt or is_too_much):
        return "FEW_SHOT"
    if direction == "PREFERENCE_TUNE" and lacks_skill and not s.get("tried_models"):
        return "SWITCH_MODEL"
    return None


def _step_without_training(s: Situation) -> str:
    if _gap(s) in ("knowledge", "both") and not s.get("tried_rag"):
        return "RAG"
    if not s.get("tried_few_shot"):
        return "FEW_SHOT"
    if not s.get("tried_models"):
        return "SWITCH_MODEL"
    return "EVALS_DATA_FIRST" if s.get("tried_prompting") == "systematic" else "IMPROVE_PROMPT"


def _has_too_few_examples(direction: str, s: Situation) -> bool:
    if "examples_n" not in s or s.get("feedback_kind", "none") != "none" or direction == "DISTIL":
        return False
    if direction == "PREFERENCE_TUNE":
        return max(_labels(s), int(s.get("pairs_pref_n", 0))) < 36
    return _labels(s) < 50
