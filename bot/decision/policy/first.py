"""What comes before any branch: the wrong subject, nothing to go by, target met, already tried, live data."""

from __future__ import annotations

from bot.decision.conditions import (
    ALWAYS,
    Condition,
    all_of,
    any_of,
    gap_is,
    is_in,
    is_known,
    is_true,
    misses,
    reaches,
    unless,
    untried,
)
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.rules import Because, Rule, given
from bot.decision.thresholds import EVAL_CASES, PAIRS


def _target_is_met(facts: Facts) -> bool:
    score, target = facts.baseline_score, facts.target_score
    return score is not None and target is not None and score >= target


_NOTHING_TO_GO_BY = unless(
    any_of(
        *(is_known(fact) for fact in ("goal_kind", "gap", "failure_mode", "tried_finetune", "feedback_kind"))
    )
)
_TARGET_MET = Condition(
    "the score reaches the target", frozenset({"baseline_score", "target_score"}), _target_is_met
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
        Option.CLASSICAL_ML,
        is_true("deterministic"),
        "Write a rule or a query; no language model is needed",
        (
            Because(
                "Rules or arithmetic settle this exactly, so a model would only add errors and cost.",
                "inference",
            ),
        ),
        "Write the rule or the query and test it on twenty real inputs.",
        ("Keep a language model for the wording around the result, if people want prose.",),
        ("ANT-02",),
    ),
    Rule(
        "D1b",
        Option.CLASSICAL_ML,
        is_in("goal_kind", "prediction_tabular"),
        "Train a small predictor on your columns",
        (
            Because(
                "Predicting a number or a class from columns is what classical models are made for.",
                "large-language-model",
            ),
        ),
        "Fit a gradient-boosted tree on last year's rows and compare it with a simple average.",
        ("Use a language model only for free-text columns, as one more input.",),
        ("PAP-20",),
    ),
    Rule(
        "D2",
        Option.ASK,
        is_known("conflicts"),
        "Two things I heard contradict each other",
        (Because("The answer depends on which of them is right.", "evals"),),
        "Tell me which of the two is right.",
    ),
    Rule(
        "D2b",
        Option.ASK,
        _NOTHING_TO_GO_BY,
        "First: what goes wrong today?",
        (
            Because(
                "Missing facts, wrong behaviour, broken format and high cost each need another cure.",
                "fine-tuning",
            ),
        ),
        "Collect ten real failures and write beside each what was wrong with it.",
        (),
        ("OAI-13",),
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
            ),
            "Ship it, and keep the test set running against real traffic.",
            ("Raise the target first if people still complain, then ask again.",),
            ("PRA-01",),
        ),
    ),
    *given(
        is_in("tried_finetune", "failed", "forgot", "worse"),
        Rule(
            "D4",
            Option.RAG,
            any_of(gap_is("knowledge"), is_in("goal_kind", "knowledge_qa")),
            "Stop training facts in; retrieve them",
            (
                Because(
                    "Facts are learned slowly by tuning and bring more made-up answers with them.",
                    "fine-tuning",
                ),
                Because(
                    "Retrieval puts the facts in front of the model for each question.",
                    "retrieval-augmented-generation",
                ),
            ),
            "Index the documents and answer twenty real questions with the right passage in the prompt.",
            ("Keep the tuned model only if it helps with tone or format.",),
            ("PAP-06", "PAP-09"),
        ),
        Rule(
            "D4b",
            Option.EVALS_DATA_FIRST,
            ALWAYS,
            "Look at the data and the tests before you train again",
            (
                Because(
                    "When a first round of training changes little, the task or the examples need work, not more of them.",
                    "fine-tuning",
                ),
                Because(
                    "Without a test set nobody can tell which of the two it was.",
                    "evals",
                ),
            ),
            "Read fifty training examples and fifty failures side by side, and note what the examples never show.",
            (
                "Compare the base model with your best prompt against the tuned one on held-out cases.",
                "Mix general examples in if other skills were lost.",
            ),
            ("OAI-04", "PAP-09"),
        ),
    ),
    Rule(
        "D5",
        Option.STRUCTURED_TOOLS,
        all_of(is_true("needs_live_data"), untried("tried_structured")),
        "Let it call a tool for the live data",
        (
            Because(
                "The answer is a record or an action of this moment; no weights can hold it.",
                "tool-use",
            ),
        ),
        "Give the model one read-only function for the record people ask about most, and check its arguments in code.",
        ("Add actions later, each behind a confirmation.",),
        ("MS-01",),
    ),
    Rule(
        "D6",
        Option.PREFERENCE_TUNE,
        any_of(is_in("feedback_kind", "pairs", "unpaired", "clicks"), reaches("pairs_pref_n", PAIRS)),
        "Tune on what people prefer",
        (
            Because(
                "You have people's verdicts on answers, which preference tuning learns from directly.",
                "preference-tuning",
            ),
        ),
        "Turn the verdicts into pairs for the same input, and keep a tenth of them for testing.",
        ("Check that the chosen answers are better in the way you want, not just longer.",),
        ("OAI-08", "MS-06"),
    ),
)
