"""Reasons that several rules share."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import unless
from bot.decision.policy.shared_phrases import (
    A_HUNDRED_EXAMPLES,
    HAS_TEST_SET,
    ON_OWN_MACHINES,
    THOUSANDS_OF_EXAMPLES,
    TUNED_WITH_SUCCESS,
)
from bot.decision.rules import Because, first_that_fits

PROMPT_BEFORE_TUNING = Because(
    "OpenAI's order of work is evals, then the prompt, and tuning only for some cases.",
    "prompt",
    ("OAI-07",),
)
HELPED_BEFORE = Because(
    "Tuning has helped here before, and with better examples it can help again.",
    "fine-tuning",
    fits=TUNED_WITH_SUCCESS,
)
UNDONE_IN_SECONDS = Because(
    "A change of the prompt takes seconds, costs almost nothing and can be undone.",
    "prompt",
    ("ANT-01",),
)
ENFORCED = first_that_fits(
    Because(
        "Constrained decoding works with any open model: it leaves no token that would break the shape.",
        "structured-output",
        ("OUTLINES-2023",),
        fits=ON_OWN_MACHINES,
    ),
    Because(
        "In OpenAI's own test of August 2024 the schema held in 100% of cases with enforcement; an older model without it stayed under 40%.",
        "structured-output",
    ),
)
SMALL_BEATS_LARGE = Because(
    "In one study, small models tuned for single narrow tasks beat GPT-4 by 10 points on average.",
    "large-language-model",
    ("PAP-13",),
)
FEW_LABELS = Because(
    "A few labels go far: on customer reviews, an embedding model tuned on 8 per class rivalled RoBERTa-Large trained on 3,000 examples.",
    "embedding",
    ("PAP-22",),
)
SORTING_IS_CHEAP = Because(
    "Sorting needs no language model: a small classifier on embeddings costs a fraction of one.",
    "embedding",
)
LABELS_GO_FAR = first_that_fits(replace(SORTING_IS_CHEAP, fits=THOUSANDS_OF_EXAMPLES), FEW_LABELS)
AIM_OF_DISTILLING = Because(
    "Distilling aims at nearly the same quality on one task, at lower cost, with less delay, or on your own hardware.",
    "distillation",
)
TEST_BEFORE_TRAINING = Because(
    "A test set shows whether another model helps, before anything is paid for training.",
    "evals",
    ("OAI-05",),
)
SHOWN_EXAMPLES = first_that_fits(
    Because(
        "On some tasks, prompts with hundreds to thousands of examples matched tuning.",
        "few-shot-prompting",
        fits=A_HUNDRED_EXAMPLES,
    ),
    Because(
        "No weights change: examples count only for the request that they are sent with, and are swapped in minutes.",
        "few-shot-prompting",
        ("GPT3-2020",),
    ),
)
LIMIT_OF_THE_MODEL = Because(
    "Weak reasoning is mostly a limit of the model, and another one takes an afternoon to try.",
    "large-language-model",
)
CURES_DIFFER = Because(
    "Missing facts, wrong behaviour, broken format and high cost each need another cure.",
    "fine-tuning",
    ("PAP-05",),
)
REAL_FAILURES = Because(
    "What went wrong in real requests tells which cure it is, and makes the first test cases.",
    "evals",
)
IT_FEELS_BETTER = first_that_fits(
    Because(
        "Your test cases can tell what it is: sort those that fail by what is wrong with them.",
        "evals",
        fits=HAS_TEST_SET,
    ),
    Because(
        "Without real inputs and a way to judge the outputs, “it feels better” is all you would have.",
        "evals",
        ("OAI-07",),
    ),
)
GUESSING = Because(
    "Without enough cases and a way to judge them, every change is a guess, and nobody can tell whether it helped.",
    "evals",
    fits=unless(HAS_TEST_SET),
)
EVALS_BEFORE_SPENDING = Because(
    "OpenAI puts evals before any spending on tuning, and practitioners say that nobody tunes well without them.",
    "evals",
)
FORM_NOT_TRUTH = Because(
    "A schema guarantees the form of an answer, not its truth.", "structured-output", ("OUTLINES-2023",)
)
