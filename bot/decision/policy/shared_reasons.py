"""Reasons and first steps that several rules share."""

from __future__ import annotations

from bot.decision.conditions import Condition, is_in, reaches
from bot.decision.policy.shared_phrases import ENOUGH_FOR_COMFORT, PLENTY_OF_LABELS, hold_back
from bot.decision.rules import Because, first_that_fits
from bot.decision.sentences import Phrase
from bot.decision.thresholds import LABELS

SUCCEEDS_SOMETIMES = Condition(
    "it succeeds sometimes",
    frozenset({"baseline_score"}),
    lambda facts: facts.baseline_score is not None and facts.baseline_score > 0,
)

PROMPT_BEFORE_TUNING = Because(
    "OpenAI's order of work is evals, then the prompt, and tuning only for some cases.",
    "prompt",
    ("OAI-07",),
)
UNDONE_IN_SECONDS = Because(
    "A change of the prompt takes seconds, costs almost nothing and can be undone.",
    "prompt",
    ("ANT-01",),
)
ENFORCED = Because(
    "In OpenAI's own test of August 2024 the schema held in 100% of cases with enforcement; an older model without it stayed under 40%.",
    "structured-output",
)
SMALL_BEATS_LARGE = Because(
    "In one study, small models tuned for single narrow tasks beat GPT-4 by 10 points on average.",
    "large-language-model",
)
FEW_LABELS = Because(
    "A few labels go far: tuned on 8 per class, an embedding model rivalled RoBERTa-Large trained on 3,000 examples.",
    "embedding",
    ("PAP-22",),
)
LABELS_GO_FAR = first_that_fits(
    Because(
        "About a hundred labels are enough for a small classifier to match a general language model, and you have far more.",
        "embedding",
        ("PAP-22",),
        fits=PLENTY_OF_LABELS,
    ),
    FEW_LABELS,
)
AIM_OF_DISTILLING = Because(
    "Distilling aims at nearly the same quality on one task, at lower cost, with less delay, or on your own hardware.",
    "distillation",
)
TEST_BEFORE_TRAINING = Because(
    "A test set shows whether another model helps, before anything is paid for training.",
    "evals",
    ("OAI-05",),
)
MANY_SHOT = Because(
    "On some tasks, prompts with hundreds to thousands of examples matched tuning.", "few-shot-prompting"
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
IT_FEELS_BETTER = Because(
    "Without real inputs and a way to judge the outputs, “it feels better” is all you would have.",
    "evals",
    ("OAI-07",),
)
REAL_FAILURES = Because(
    "What went wrong in real requests tells which cure it is, and makes the first test cases.",
    "evals",
)
GUESSING = Because(
    "Without enough cases and a way to judge them, every change is a guess, and nobody can tell whether it helped.",
    "evals",
)
EVALS_BEFORE_SPENDING = Because(
    "OpenAI puts evals before any spending on tuning, and practitioners say that nobody tunes well without them.",
    "evals",
)
FORM_NOT_TRUTH = Because(
    "A schema guarantees the form of an answer, not its truth.", "structured-output", ("OUTLINES-2023",)
)
LABEL_A_HUNDRED = Phrase(
    "Label a hundred items by hand, fit a classifier on their embeddings, and score it on others.",
    (
        (
            reaches("raw_examples_n", LABELS),
            "Label a hundred of your {raw_examples_n} items by hand, fit a classifier on their embeddings, and score it on others.",
        ),
    ),
)
TRAIN_BESIDE_THE_LARGE = hold_back(
    ", train the small model, and compare it with the large one on the same cases."
)
OUTPUTS_OF_THE_LARGE = Phrase(
    "Collect 200 or more outputs of the large model and have someone check them.",
    (
        (
            ENOUGH_FOR_COMFORT,
            "Train the small model on your {examples_n} examples first, and add checked outputs of the large one where they are few.",
        ),
        (
            is_in("grader", "programmatic"),
            "Collect several hundred outputs of the large model, and keep those that your program passes.",
        ),
        (
            is_in("goal_kind", "classification"),
            "Let the large model sort several hundred items, and have someone check a hundred of them.",
        ),
    ),
)
HOW_OFTEN_IT_SUCCEEDS = Phrase(
    "Measure how often the base model already succeeds; above zero is required.",
    (
        (
            SUCCEEDS_SOMETIMES,
            "Let it try each case several times: those that it gets right now and then are what this training learns from.",
        ),
    ),
)
