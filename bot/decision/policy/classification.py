"""Sorting things into kinds."""

from __future__ import annotations

from bot.decision.conditions import (
    ALWAYS,
    UNCOUNTED_EXAMPLES,
    all_of,
    any_of,
    examples_reach,
    gap_is,
    is_false,
    is_in,
    is_known,
    is_some,
    is_true,
    is_zero,
    labels_reach,
    misses,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    A_HUNDRED_EXAMPLES,
    ALL_LABELS,
    FIT_A_CLASSIFIER,
    HAS_TEST_SET,
    LABEL_A_HUNDRED,
    LABELS_OF_EACH_KIND,
    NO_EXAMPLES_YET,
    SETTLE_LABELS,
    TRAIN_AGAIN,
    TUNED_WITH_SUCCESS,
    WHAT_IT_IS_UNSURE_OF,
    WITH_WHAT_IT_GETS_WRONG,
    or_test_cases,
)
from bot.decision.policy.shared_reasons import (
    FEW_LABELS,
    HELPED_BEFORE,
    LABELS_GO_FAR,
    SMALL_BEATS_LARGE,
    UNDONE_IN_SECONDS,
)
from bot.decision.rules import Because, Rule, first_that_fits, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import BASE_LIFE, LABELS, MANY_CLASSES, MANY_LABELS

_ENOUGH_LABELS = all_of(
    labels_reach(LABELS),
    unless(all_of(is_false("tried_few_shot"), misses("examples_n", MANY_LABELS))),
)
"""Enough to train on; a few hundred are shown in the prompt first, where that is known to be untried."""

_UNSETTLED = any_of(is_zero("eval_set_n"), is_in("asks", "where_to_start"), is_in("data_quality", "mixed"))
"""Nobody has agreed yet on what is right."""

_OWN_LABELS = all_of(
    examples_reach(LABELS),
    unless(is_known("tried_few_shot")),
    unless(is_known("tried_prompting")),
    unless(_UNSETTLED),
)
"""Labels, counted or not, and no word of a prompt: what is asked is how to train on them."""

_SPLIT = Phrase(
    ("Split ", ALL_LABELS, " into training, validation and test before anything else."),
    (
        (TUNED_WITH_SUCCESS, WITH_WHAT_IT_GETS_WRONG),
        (
            is_in("data_quality", "mixed"),
            (
                "Have two people check a hundred of ",
                ALL_LABELS,
                ", test on those where they agree, and train on what is left once its worst kinds are mended.",
            ),
        ),
        (
            HAS_TEST_SET,
            (
                "Keep your {eval_set_n} test cases apart, and split ",
                ALL_LABELS,
                " into training and validation.",
            ),
        ),
    ),
)

_BESIDE_A_CLASSIFIER = Phrase(
    "Compare with a small classifier on embeddings; it may be enough.", ((is_true("tried_classifier"), ""),)
)
_TODAYS_MODEL_IS_OUT = all_of(
    any_of(is_in("base_tunable", "no"), misses("base_retire_days", BASE_LIFE)),
    unless(TUNED_WITH_SUCCESS),
)
"""The model in use cannot be tuned or retires; a classifier of one's own needs neither it nor another."""

CLASSIFICATION_RULES: tuple[Rule, ...] = given(
    all_of(
        is_in("goal_kind", "classification"),
        unless(gap_is("knowledge")),
        unless(all_of(gap_is("both"), is_true("tried_rag"))),
    ),
    Rule(
        "D10",
        Option.FINE_TUNE_SFT,
        any_of(
            all_of(
                reaches("label_count", MANY_CLASSES),
                any_of(examples_reach(LABELS), is_true("tried_small_model")),
            ),
            all_of(
                _ENOUGH_LABELS,
                any_of(is_in("tried_prompting", "systematic"), is_true("tried_few_shot")),
                unless(_TODAYS_MODEL_IS_OUT),
            ),
        ),
        Phrase("Fine-tune a model on your labels", ((TUNED_WITH_SUCCESS, TRAIN_AGAIN),)),
        (
            *first_that_fits(
                HELPED_BEFORE,
                Because(
                    "Many or subtle classes, and what good prompts leave undone, are where tuning on labels beats prompting.",
                    "fine-tuning",
                ),
            ),
            SMALL_BEATS_LARGE,
        ),
        _SPLIT,
        (_BESIDE_A_CLASSIFIER, LABELS_OF_EACH_KIND),
        ("ANT-04", "PAP-21", "OAI-06"),
    ),
    Rule(
        "D10f",
        Option.FINE_TUNE_SFT,
        all_of(
            any_of(_ENOUGH_LABELS, _OWN_LABELS),
            is_in("base_tunable", "yes"),
            unless(_TODAYS_MODEL_IS_OUT),
        ),
        Phrase("Fine-tune the model that you have on your labels", ((TUNED_WITH_SUCCESS, TRAIN_AGAIN),)),
        (
            *first_that_fits(
                HELPED_BEFORE,
                Because(
                    "With labels, a model that can be trained learns your kinds, and keeps what it knows of language.",
                    "fine-tuning",
                ),
            ),
            SMALL_BEATS_LARGE,
        ),
        _SPLIT,
        (_BESIDE_A_CLASSIFIER, LABELS_OF_EACH_KIND),
        ("PAP-21", "OAI-06"),
    ),
    Rule(
        "D10g",
        Option.CLASSICAL_ML,
        all_of(
            gap_is("capability"),
            untried("tried_models"),
            is_some("label_count"),
            unless(reaches("label_count", MANY_CLASSES)),
            unless(any_of(is_some("examples_n"), is_zero("examples_n"), is_false("examples_at_hand"))),
            unless(_UNSETTLED),
        ),
        "Label a hundred, and train a small classifier on them",
        (
            Because(
                "The kinds are known, and a general model does not tell them apart: that is learned from labels.",
                "large-language-model",
            ),
            FEW_LABELS,
        ),
        LABEL_A_HUNDRED,
        (WHAT_IT_IS_UNSURE_OF, LABELS_OF_EACH_KIND),
        ("PAP-20", "PAP-21"),
    ),
    Rule(
        "D10b",
        Option.CLASSICAL_ML,
        any_of(_ENOUGH_LABELS, _OWN_LABELS),
        Phrase(
            "Train a small classifier on your labels",
            ((NO_EXAMPLES_YET, "Label a hundred, and train a small classifier on them"),),
        ),
        (
            *LABELS_GO_FAR,
            Because(
                "For a narrow job with plenty of labels, a small trained classifier may do as well for far less.",
                "large-language-model",
            ),
        ),
        FIT_A_CLASSIFIER,
        (WHAT_IT_IS_UNSURE_OF, LABELS_OF_EACH_KIND),
        ("PAP-20", "PAP-21", "PAP-22"),
    ),
    Rule(
        "D10c",
        Option.EVALS_DATA_FIRST,
        _UNSETTLED,
        Phrase(
            "Label a hundred by hand first",
            (
                (is_known("agreement"), "Settle first where your people disagree"),
                (reaches("label_count", MANY_CLASSES), "Agree on some items of each kind first"),
            ),
        ),
        (
            *first_that_fits(
                Because(
                    "Where people disagree, nobody can say which answer is wrong, nor whether another way is better.",
                    "evals",
                    fits=is_known("agreement"),
                ),
                Because(
                    "Until people agree on some items, nobody can say what is wrong or which way is better.",
                    "evals",
                ),
            ),
            FEW_LABELS,
        ),
        SETTLE_LABELS,
        ("Then compare a prompt, examples in the prompt and a small classifier on them.",),
        ("OAI-05", "PAP-20"),
    ),
    Rule(
        "D10d",
        Option.FEW_SHOT,
        any_of(
            is_true("tried_few_shot"),
            is_some("examples_n"),
            all_of(UNCOUNTED_EXAMPLES, unless(is_in("tried_prompting", "quick"))),
            is_in("tried_prompting", "systematic"),
            all_of(is_in("tried_prompting", "quick"), is_false("tried_few_shot")),
        ),
        Phrase(
            "Put examples into the prompt, picked to be close to each request",
            ((is_true("tried_few_shot"), "Pick the examples in the prompt to be close to each request"),),
        ),
        (
            Because(
                "Sorting is where examples in the prompt help most, and they cost minutes.",
                "few-shot-prompting",
            ),
            Because(
                "One guide from 2026 saw gains in classification level off at about 50 to 70 examples per class.",
                "few-shot-prompting",
            ),
        ),
        (
            Phrase("Fetch", ((NO_EXAMPLES_YET, "Label 50 items, fetch"),)),
            " the few labelled examples closest to each item, and put the two kinds that are confused most side by side.",
        ),
        (
            Phrase(
                "Label what people correct: about a hundred labels allow a small classifier.",
                (
                    (
                        A_HUNDRED_EXAMPLES,
                        "Fit a small classifier on your {examples_n} labelled items, too: the scores tell which is worth more.",
                    ),
                ),
            ),
        ),
        ("PAP-18", "ANT-05"),
    ),
    Rule(
        "D10h",
        Option.CLASSICAL_ML,
        unless(
            any_of(
                is_in("tried_prompting", "quick"),
                is_true("tried_models"),
                is_known("baseline_score"),
                TUNED_WITH_SUCCESS,
                reaches("label_count", MANY_CLASSES),
            )
        ),
        "Start with a small classifier, and label a hundred items for it",
        (
            Because(
                "You told me of no work on a prompt, and sorting is what small trained classifiers are made for.",
                "embedding",
            ),
            FEW_LABELS,
        ),
        LABEL_A_HUNDRED,
        ("Have a language model sort the same items, too: the scores tell whether it is worth its price.",),
        ("PAP-20", "PAP-21"),
    ),
    Rule(
        "D10e",
        Option.IMPROVE_PROMPT,
        ALWAYS,
        "Write down what each kind means, in the prompt",
        (
            Because(
                "In sorting tasks a good prompt has often been worth hundreds of labelled examples.", "prompt"
            ),
            UNDONE_IN_SECONDS,
        ),
        "Give each kind one sentence of definition and one of what it is not.",
        (("Score it on ", or_test_cases("50 labelled items"), " before you try anything dearer."),),
        ("PAP-23",),
    ),
)
