"""What comes before any branch: the wrong subject, nothing to go by, no model needed, nothing wrong."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import (
    ALWAYS,
    SOMETHING_IS_WRONG,
    Condition,
    all_of,
    any_of,
    gap_is,
    is_in,
    is_known,
    is_not_true,
    is_true,
    misses,
    nears_people,
    unless,
)
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import HAS_TEST_SET, ON_OWN_MACHINES, TWENTY_CASES
from bot.decision.policy.shared_reasons import (
    CURES_DIFFER,
    IT_FEELS_BETTER,
)
from bot.decision.rules import Because, Rule, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import BASE_LIFE, EVAL_CASES


def _target_is_met(facts: Facts) -> bool:
    score, target = facts.baseline_score, facts.target_score
    return score is not None and target is not None and score >= target


def _target_is_missed(facts: Facts) -> bool:
    score, target = facts.baseline_score, facts.target_score
    return score is not None and target is not None and score < target


_NOTHING_TO_GO_BY = unless(
    any_of(
        *(is_known(fact) for fact in ("goal_kind", "gap", "failure_mode", "tried_finetune", "feedback_kind"))
    )
)
_ASKED_IN_WORDS = all_of(
    any_of(
        gap_is("interface", "knowledge", "capability", "format"),
        is_in("goal_kind", "knowledge_qa", "reasoning", "tool_use", "generation"),
        is_true("needs_live_data"),
    ),
    unless(is_in("goal_kind", "classification")),
)
"""People ask in plain language, so a model stays in front of the rule; what is only sorted needs none."""
_DOES_IT_WELL = all_of(
    any_of(is_true("teacher_ok"), is_true("small_model_ok")),
    is_not_true("labels_on_demand"),
    unless(is_in("tried_finetune", "failed", "forgot", "worse")),
    unless(is_in("volume", "high")),
    unless(is_in("hosting", "region_locked", "vpc", "on_prem", "air_gapped", "edge")),
    unless(is_known("latency_budget_ms")),
    unless(is_known("target_score")),
)
"""The model in use is said to do it well, and nothing asks for more: no place, speed, volume or score."""
_AS_GOOD_AS_PEOPLE = nears_people(0.01, "the score is, to a point, how often people agree")
_CODE_IS_EXACT = Because(
    "For exact arithmetic, lookups and fixed rules, ordinary code is cheaper and always right.",
    "large-language-model",
)
_CONTRADICTION = replace(is_known("conflicts"), words="two statements that matter contradict each other")
_TARGET_MET = Condition(
    "the score reaches the target", frozenset({"baseline_score", "target_score"}), _target_is_met
)
_TARGET_MISSED = Condition(
    "the score misses the target", frozenset({"baseline_score", "target_score"}), _target_is_missed
)

_SERVES_WELL = all_of(
    any_of(is_true("satisfied"), is_true("teacher_ok"), is_true("small_model_ok"), _TARGET_MET),
    unless(
        any_of(
            SOMETHING_IS_WRONG,
            _TARGET_MISSED,
            is_in("tried_finetune", "failed", "forgot", "worse"),
            is_in("goal_kind", "prediction_tabular"),
            ON_OWN_MACHINES,
            is_true("labels_on_demand"),
        )
    ),
)
"""A model is said to do well and nothing to be wrong, so what replaces it has only to do as well."""

NOTHING_NAMED = Rule(
    "D2b",
    Option.ASK,
    _NOTHING_TO_GO_BY,
    "First: what goes wrong today?",
    (CURES_DIFFER, *IT_FEELS_BETTER),
    "Collect ten real failures and write beside each what was wrong with it.",
    (),
    ("OAI-13",),
)

FIRST_RULES: tuple[Rule, ...] = (
    Rule(
        "D0",
        Option.DEFINE_TERM,
        is_in("intent", "definition"),
        "That is a question about a term",
        (),
        "Read the glossary entry.",
    ),
    Rule(
        "D0b",
        Option.OFF_TOPIC,
        is_in("intent", "off_topic"),
        "That is not my subject",
        (),
        "Ask me about adapting a language model.",
    ),
    Rule("D0c", Option.DECLINE, is_in("intent", "abuse"), "I won't help with that", (), "Nothing to do."),
    Rule(
        "D1",
        Option.STRUCTURED_TOOLS,
        all_of(is_true("deterministic"), _ASKED_IN_WORDS),
        "Let code compute it; the model only passes the question on",
        (
            Because(
                "Fixed rules, arithmetic or a lookup settle this exactly; a model that does it in words only adds errors.",
                "large-language-model",
            ),
            _CODE_IS_EXACT,
        ),
        "Give the model one function that runs the query or the calculation, and let it word the result.",
        ("Check the arguments in code, and log every call.",),
        ("ANT-02", "MS-01"),
    ),
    Rule(
        "D1b",
        Option.CLASSICAL_ML,
        is_true("deterministic"),
        "Write a rule or a query; no language model is needed",
        (
            Because(
                "Rules or arithmetic settle this exactly, so a model would only add errors and cost.",
                "large-language-model",
            ),
            _CODE_IS_EXACT,
        ),
        "Write the rule or the query and test it on twenty real inputs.",
        ("Keep a language model for the wording around the result, if people want prose.",),
        ("ANT-02",),
    ),
    Rule(
        "D2",
        Option.ASK,
        _CONTRADICTION,
        "Two things I heard contradict each other",
        (
            Because("The answer depends on which of them is right.", "fine-tuning", ("PAP-05",)),
            Because(
                "The cures differ: retrieval for what the model should know, tuning for how it should behave.",
                "fine-tuning",
                ("PAP-05",),
            ),
        ),
        "Tell me which of the two is right.",
    ),
    Rule(
        "D3d",
        Option.SWITCH_MODEL,
        all_of(misses("base_retire_days", BASE_LIFE), _SERVES_WELL),
        "Move to a model that stays",
        (
            Because(
                "The model you use retires soon, and what was tuned on it goes with it.",
                "fine-tuning",
                ("NEWS-04",),
            ),
            Because(
                "A test set shows whether the successor does as well, before anybody depends on it.",
                "evals",
                ("OAI-05",),
            ),
        ),
        ("Run ", TWENTY_CASES, " on its successor, with your prompt as it is."),
        (
            Phrase(
                "Keep these cases as a test set: the next model retires, too.",
                ((HAS_TEST_SET, "Keep the test set: the next model retires, too."),),
            ),
        ),
        ("NEWS-06", "OAI-16"),
    ),
    *given(
        all_of(_TARGET_MET, unless(gap_is("cost_latency"))),
        Rule(
            "D3b",
            Option.EVALS_DATA_FIRST,
            misses("eval_set_n", EVAL_CASES),
            "Check the score on more cases before you trust it",
            (
                Because(
                    "The score meets the target, but on so few cases chance alone can move it by ten points or more.",
                    "evals",
                    ("ARITH-EVALS",),
                ),
                Because(
                    "Around 50 cases show a direction; it takes 200 to show a gain of 10 points.",
                    "evals",
                    ("ARITH-EVALS",),
                ),
            ),
            "Grow the test set to at least 50 real cases and measure again.",
            ("If it still meets the target, ship it as it is.",),
            ("OAI-05",),
        ),
        Rule(
            "D3",
            Option.NO_CHANGE,
            ALWAYS,
            "It already meets your target; ship it",
            (
                Because(
                    "It reaches the score that you set yourselves; training would add upkeep without a stated gain.",
                    "evals",
                ),
                Because(
                    "When it meets the target that was set beforehand, practitioners stop improving and ship.",
                    "evals",
                ),
            ),
            "Ship it, and keep the test set running against real traffic.",
            ("Raise the target first if people still complain, then ask again.",),
            ("PRA-01",),
        ),
    ),
    Rule(
        "D3c",
        Option.NO_CHANGE,
        all_of(
            unless(SOMETHING_IS_WRONG),
            unless(_TARGET_MISSED),
            any_of(is_true("satisfied"), _DOES_IT_WELL, _AS_GOOD_AS_PEOPLE),
            unless(is_in("cost_pressure", "high")),
        ),
        "Leave it as it is",
        (
            Because(
                "It is right about as often as people agree with each other, and no test can show more than that.",
                "evals",
                fits=_AS_GOOD_AS_PEOPLE,
            ),
            Because(
                "Nothing you told me is wrong with it, and a change that no measured gap asks for costs upkeep.",
                "evals",
            ),
            Because(
                "Training pays only where a test shows a gap that instructions and examples did not close.",
                "fine-tuning",
                ("OAI-07",),
            ),
        ),
        (
            "Keep ",
            Phrase(
                "twenty real cases as a test set", ((HAS_TEST_SET, "running your {eval_set_n} test cases"),)
            ),
            ", so that you notice when this stops being true.",
        ),
        ("Ask again when a score, a complaint or a bill says so.",),
        ("PRA-01",),
    ),
    Rule(
        "D1c",
        Option.CLASSICAL_ML,
        is_in("goal_kind", "prediction_tabular"),
        "Train a small predictor on your columns",
        (
            Because(
                "Predicting a number or a class from columns is what classical models are made for.",
                "large-language-model",
            ),
            Because(
                "A language model pays where the input or the output of a job is language.",
                "large-language-model",
            ),
        ),
        "Fit a gradient-boosted tree on earlier rows, and compare it on later ones with a plain rule or an average.",
        ("Use a language model only for free-text columns, as one more input.",),
        ("PAP-20",),
    ),
    NOTHING_NAMED,
)
