"""Something outside the model tells right from wrong: a live system, people's verdicts, a program."""

from __future__ import annotations

from bot.decision.conditions import (
    all_of,
    any_of,
    examples_reach,
    gap_is,
    is_false,
    is_in,
    is_true,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import HOW_OFTEN_IT_SUCCEEDS, LET_IT_TRY_AGAIN, SUCCEEDS_SOMETIMES
from bot.decision.rules import Because, Rule, first_that_fits
from bot.decision.sentences import Phrase
from bot.decision.thresholds import COMFORT, PAIRS

_RETRIEVAL_MISSES = all_of(is_true("tried_rag"), is_in("failure_mode", "retrieval_miss"))
"""What is looked up is there and not found, however fresh it is."""

SIGNAL_RULES: tuple[Rule, ...] = (
    Rule(
        "D5",
        Option.STRUCTURED_TOOLS,
        all_of(
            is_true("needs_live_data"),
            unless(gap_is("cost_latency", "both")),
            unless(_RETRIEVAL_MISSES),
            any_of(untried("tried_structured"), gap_is("interface")),
        ),
        "Let it call a tool for the live data",
        (
            Because(
                "The answer is a record or an action of this moment; no weights can hold it.",
                "tool-use",
                ("TOOLFORMER-2023",),
            ),
            Because(
                "A model's knowledge stops where its training data stopped; what is newer has to be given to it.",
                "large-language-model",
            ),
        ),
        "Give the model one read-only function for the record people ask about most, and check its arguments in code.",
        ("Add actions later, each behind a confirmation.",),
        ("MS-01",),
    ),
    Rule(
        "D6",
        Option.PREFERENCE_TUNE,
        all_of(
            any_of(is_in("feedback_kind", "pairs", "unpaired", "clicks"), reaches("pairs_pref_n", PAIRS)),
            unless(gap_is("cost_latency", "knowledge", "both", "capability", "format", "interface")),
            unless(is_in("goal_kind", "classification", "extraction", "format")),
        ),
        "Tune on what people prefer",
        (
            Because(
                "You have people's verdicts on answers, which preference tuning learns from directly.",
                "preference-tuning",
            ),
            Because(
                "It suits what people recognise but cannot write down as a rule, such as tone and style.",
                "preference-tuning",
            ),
        ),
        "Turn the verdicts into pairs for the same input, and keep a tenth of them for testing.",
        ("Check that the chosen answers are better in the way you want, not just longer.",),
        ("OAI-08", "MS-06"),
    ),
    Rule(
        "D6b",
        Option.PREFERENCE_TUNE,
        all_of(
            is_in("grader", "programmatic"),
            any_of(
                gap_is("capability"),
                all_of(
                    is_in("goal_kind", "reasoning", "tool_use", "generation"),
                    unless(gap_is("knowledge", "both", "format", "interface", "cost_latency")),
                ),
            ),
            unless(is_true("teacher_ok")),
            unless(is_false("tried_models")),
            unless(all_of(examples_reach(COMFORT), is_true("tried_few_shot"))),
        ),
        "Tune with a grader: a program can check the answers",
        (
            *first_that_fits(
                Because(
                    "Answers that a program can check are what reinforcement tuning needs, and your base sometimes succeeds.",
                    "preference-tuning",
                    fits=SUCCEEDS_SOMETIMES,
                ),
                Because(
                    "Answers that a program can check are what reinforcement tuning needs, if the base sometimes succeeds.",
                    "preference-tuning",
                ),
            ),
            Because(
                "Reinforcement strengthens ways of answering that the model already finds now and then.",
                "preference-tuning",
            ),
        ),
        HOW_OFTEN_IT_SUCCEEDS,
        (
            LET_IT_TRY_AGAIN,
            Phrase(
                "Try a stronger model on the same cases: it takes an afternoon.",
                ((is_true("tried_models"), ""),),
            ),
            "Look for ways to cheat the grader before training does.",
        ),
        ("OAI-10", "OAI-11"),
    ),
)
