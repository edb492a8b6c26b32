"""Sorting things into kinds."""

from __future__ import annotations

from bot.decision.conditions import ALWAYS, all_of, any_of, is_in, is_some, labels_reach, reaches, untried
from bot.decision.options import Option
from bot.decision.rules import Because, Rule, given
from bot.decision.thresholds import LABELS, MANY_CLASSES

CLASSIFICATION_RULES: tuple[Rule, ...] = given(
    is_in("goal_kind", "classification"),
    *given(
        labels_reach(LABELS),
        Rule(
            "D9",
            Option.FINE_TUNE_SFT,
            any_of(
                reaches("label_count", MANY_CLASSES),
                all_of(is_in("domain", "specialised"), is_in("tried_prompting", "quick", "systematic")),
            ),
            "Fine-tune a model on your labels",
            (
                Because(
                    "Many or subtle classes with labels at hand are where tuning beats prompting.",
                    "fine-tuning",
                ),
            ),
            "Split the labels into training, validation and test before anything else.",
            ("Compare with a small classifier on embeddings; it may be enough.",),
            ("ANT-04", "PAP-21", "OAI-06"),
        ),
        Rule(
            "D9b",
            Option.CLASSICAL_ML,
            ALWAYS,
            "Train a small classifier on your labels",
            (
                Because(
                    "About a hundred labels are enough for a small classifier to match a general language model.",
                    "embedding",
                ),
            ),
            "Fit a classifier on embeddings of your labelled items and score it on held-out ones.",
            ("Let a language model handle only what the classifier is unsure of.",),
            ("PAP-20", "PAP-21", "PAP-22"),
        ),
    ),
    Rule(
        "D9c",
        Option.FEW_SHOT,
        all_of(is_in("tried_prompting", "quick", "systematic"), untried("tried_few_shot")),
        "Put one or two examples of each kind into the prompt",
        (
            Because(
                "Sorting is where examples in the prompt help most, and they cost minutes.",
                "few-shot-prompting",
            ),
        ),
        "Add one or two clear examples of each kind, and the two kinds that are confused most side by side.",
        ("Label what people correct: about a hundred labels allow a small classifier.",),
        ("PAP-18", "ANT-05"),
    ),
    Rule(
        "D9d",
        Option.EVALS_DATA_FIRST,
        is_some("raw_examples_n"),
        "Label some of what you have first",
        (
            Because(
                "You have plenty of raw items; a hundred labelled ones would decide what to do next.", "evals"
            ),
        ),
        "Have two people label the same 100 items, and settle where they disagree.",
        ("Keep 50 of them as the test set.",),
        ("PAP-20", "GOO-01"),
    ),
    Rule(
        "D9e",
        Option.IMPROVE_PROMPT,
        ALWAYS,
        "Write down what each kind means, in the prompt",
        (
            Because(
                "In sorting tasks a good prompt has often been worth hundreds of labelled examples.", "prompt"
            ),
        ),
        "Give each kind one sentence of definition and one of what it is not.",
        ("Score it on fifty labelled items before you try anything dearer.",),
        ("PAP-23",),
    ),
)
