"""Sorting, where a small classifier of their own was tried and something is still to be decided."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import UNCOUNTED_EXAMPLES, all_of, any_of, is_in, is_some, is_true, unless
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    HAS_TEST_SET,
    THOUSANDS_OF_EXAMPLES,
    TUNED_WITH_SUCCESS,
    WHAT_IT_IS_UNSURE_OF,
)
from bot.decision.policy.shared_reasons import FEW_LABELS, SMALL_BEATS_LARGE
from bot.decision.rules import Because, Rule, first_that_fits
from bot.decision.sentences import Phrase

AFTER_A_CLASSIFIER_RULES: tuple[Rule, ...] = (
    Rule(
        "D10i",
        Option.CLASSICAL_ML,
        all_of(
            is_in("goal_kind", "classification"),
            is_true("tried_classifier"),
            unless(TUNED_WITH_SUCCESS),
            any_of(is_some("examples_n"), UNCOUNTED_EXAMPLES),
        ),
        "Tune a small encoder on your labels: a classifier on fixed embeddings falls short",
        (
            Because(
                "What embeddings leave alike, no classifier on top of them tells apart; tuned on labels, they learn to.",
                "embedding",
            ),
            *first_that_fits(replace(SMALL_BEATS_LARGE, fits=THOUSANDS_OF_EXAMPLES), FEW_LABELS),
        ),
        Phrase(
            "Read fifty cases that the classifier gets wrong, check their labels, and then tune the encoder on the rest.",
            (
                (
                    HAS_TEST_SET,
                    "Read those of your {eval_set_n} test cases that the classifier gets wrong, and check their labels before you train anything.",
                ),
            ),
        ),
        (
            "See which two kinds it confuses most: where people confuse them, too, put them together or define them anew.",
            WHAT_IT_IS_UNSURE_OF,
        ),
        ("PAP-22", "PAP-21"),
    ),
)
