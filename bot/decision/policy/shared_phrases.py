"""What is known, as conditions on words, and the phrases and steps of many rules that follow it."""

from __future__ import annotations

from bot.decision.conditions import (
    Condition,
    all_of,
    any_of,
    is_in,
    is_known,
    is_some,
    is_true,
    is_zero,
    misses,
    reaches,
    unless,
)
from bot.decision.facts import OWN_MACHINES, surely_at_least, surely_below, title_of
from bot.decision.sentences import Phrase, Sentence
from bot.decision.thresholds import (
    COMFORT,
    EVAL_CASES,
    LABELS,
    MANY_CLASSES,
    MANY_LABELS,
    PILOT,
    Threshold,
)

_SEVERAL = 2


def _some_but_under(fact: str, threshold: Threshold) -> Condition:
    """Hold when there are several, and too few; one is no plural."""
    several = Condition(
        f"{title_of(fact)}: several",
        frozenset({fact}),
        lambda facts: surely_at_least(getattr(facts, fact), _SEVERAL),
    )
    return all_of(several, misses(fact, threshold))


HAS_TEST_SET = reaches("eval_set_n", EVAL_CASES)
HAS_A_FEW_TEST_CASES = _some_but_under("eval_set_n", EVAL_CASES)
HAS_A_FEW_EXAMPLES = _some_but_under("examples_n", PILOT)
ENOUGH_FOR_A_PILOT = reaches("examples_n", PILOT)
A_HUNDRED_EXAMPLES = reaches("examples_n", LABELS)
ENOUGH_FOR_COMFORT = reaches("examples_n", COMFORT)
THOUSANDS_OF_EXAMPLES = reaches("examples_n", MANY_LABELS)
NO_EXAMPLES_YET = unless(
    any_of(
        is_some("examples_n"),
        all_of(
            unless(is_zero("examples_n")),
            any_of(is_true("examples_at_hand"), is_in("data_quality", "curated", "mixed")),
        ),
    )
)
TO_BE_MADE = all_of(is_true("labels_on_demand"), NO_EXAMPLES_YET)
"""They can have examples, and have none."""
TUNED_WITH_SUCCESS = is_in("tried_finetune", "worked")
"""What they run learned from examples what a prompt would tell it."""
ON_OWN_MACHINES = is_in("hosting", *sorted(OWN_MACHINES))
_NO_TIME = any_of(is_in("failure_mode", "too_slow"), is_known("latency_budget_ms"))
"""Neither a large model nor a person can be waited for, be it only now and then."""
_SEVERAL_KINDS = 3
_LABELS_OF_A_KIND = 8
"""So few of each already taught an embedding model (PAP-22)."""
FEW_OF_EACH_KIND = Condition(
    f"fewer than {_LABELS_OF_A_KIND} labels for each kind",
    frozenset({"examples_n", "label_count"}),
    lambda facts: (
        isinstance(facts.label_count, int)
        and facts.label_count >= _SEVERAL_KINDS
        and surely_at_least(facts.examples_n, 1)
        and surely_below(facts.examples_n, _LABELS_OF_A_KIND * facts.label_count)
    ),
)
SUCCEEDS_SOMETIMES = Condition(
    "it succeeds sometimes",
    frozenset({"baseline_score"}),
    lambda facts: facts.baseline_score is not None and 0 < facts.baseline_score < 1,
)


def or_test_cases(usual: str | Phrase) -> Phrase:
    """Return these cases, or the test set of who has one; of thousands a few hundred will do."""
    return Phrase(
        usual,
        (
            (reaches("eval_set_n", MANY_LABELS), "a few hundred of your {eval_set_n} test cases"),
            (HAS_TEST_SET, "your {eval_set_n} test cases"),
        ),
    )


HARDEST_CASES = or_test_cases("your twenty hardest cases")
TWENTY_CASES = or_test_cases("twenty real cases")
TWENTY_QUESTIONS = or_test_cases("twenty real questions")
TEN_INPUTS = or_test_cases(
    Phrase("ten real inputs", ((HAS_A_FEW_EXAMPLES, "the inputs of your {examples_n} examples"),))
)
REAL_INPUTS = or_test_cases("real inputs")
SAME_CASES = or_test_cases("the same cases")
STRONGEST_MODEL = Phrase(
    "the strongest model you may use",
    ((ON_OWN_MACHINES, "the strongest model that can run where yours must"),),
)
BEST_EXAMPLES = Phrase(
    "three to five varied, excellent examples",
    ((ENOUGH_FOR_A_PILOT, "three to five of your {examples_n} examples, varied and excellent,"),),
)
INTO_THE_PROMPT = Phrase(
    ("Put ", BEST_EXAMPLES, " into the prompt and score it on ", REAL_INPUTS, "."),
    (
        (
            all_of(is_in("goal_kind", "classification"), A_HUNDRED_EXAMPLES),
            (
                "Put the five to ten labelled items that are closest to each new one into the prompt, and score it on ",
                REAL_INPUTS,
                ".",
            ),
        ),
    ),
)
ALL_LABELS = Phrase("the labels", ((ENOUGH_FOR_A_PILOT, "your {examples_n} labels"),))
HUNDRED_ITEMS = Phrase(
    "100 items",
    (
        (reaches("label_count", MANY_CLASSES), "items, five of each of the most frequent kinds"),
        (A_HUNDRED_EXAMPLES, "100 of your {examples_n} items"),
    ),
)


SETTLE_LABELS = Phrase(
    ("Have two people label the same ", HUNDRED_ITEMS, ", and settle where they disagree."),
    (
        (
            is_known("agreement"),
            "Go through the items on which they disagree, settle each, and write down the rule that settles it.",
        ),
    ),
)


THE_REST = Phrase("the other examples", ((all_of(HAS_TEST_SET, unless(TO_BE_MADE)), "your examples"),))


def hold_back(*then: str | Phrase) -> Sentence:
    """Return a first step of training: what is kept for testing, and then the rest of the sentence."""
    return (
        Phrase(
            "Hold back a test set",
            (
                (
                    all_of(HAS_TEST_SET, TO_BE_MADE),
                    "Keep your {eval_set_n} test cases out of training, have 50 examples made",
                ),
                (HAS_TEST_SET, "Keep your {eval_set_n} test cases out of training"),
                (THOUSANDS_OF_EXAMPLES, "Hold back 200 of your {examples_n} examples as a test set"),
                (ENOUGH_FOR_COMFORT, "Hold back 50 of your {examples_n} examples as a test set"),
                (TO_BE_MADE, "Have 100 examples made, hold back half of them as a test set"),
            ),
        ),
        *then,
    )


THEN_TUNE = Phrase(
    "",
    (
        (
            ENOUGH_FOR_COMFORT,
            "If no version comes near, run a small tuning pilot on your {examples_n} examples.",
        ),
    ),
)
"""What comes after cheaper steps, for who has the examples."""
LABEL_A_HUNDRED = Phrase(
    "Label a hundred items by hand, fit a classifier on their embeddings, and score it on others.",
    (
        (
            reaches("raw_examples_n", MANY_LABELS),
            "Label a hundred of your {raw_examples_n} items by hand, fit a classifier on their embeddings, and score it on others.",
        ),
    ),
)
_BESIDE_TODAY = Phrase(" beside what you have today.", ((is_in("tried_prompting", "none"), "."),))
FIT_A_CLASSIFIER = Phrase(
    (
        "Hold out a part of your labelled items, fit a small classifier on embeddings of the rest, and score it",
        _BESIDE_TODAY,
    ),
    (
        (NO_EXAMPLES_YET, LABEL_A_HUNDRED),
        (
            HAS_TEST_SET,
            (
                "Fit a small classifier on embeddings of your labelled items, and score it on your {eval_set_n} test cases",
                _BESIDE_TODAY,
            ),
        ),
        (
            THOUSANDS_OF_EXAMPLES,
            (
                "Hold out a tenth of your {examples_n} labelled items, fit a small classifier on embeddings of the rest, and score it",
                _BESIDE_TODAY,
            ),
        ),
        (
            A_HUNDRED_EXAMPLES,
            (
                "Hold out a fifth of your {examples_n} labelled items, fit a small classifier on embeddings of the rest, and score it",
                _BESIDE_TODAY,
            ),
        ),
    ),
)
LABELS_OF_EACH_KIND = Phrase(
    "",
    (
        (
            FEW_OF_EACH_KIND,
            "Count the labels of each of your {label_count} kinds: where there are fewer than eight, label more or put kinds together.",
        ),
    ),
)
"""What who has few labels of many kinds does beside it."""
_WITHOUT_A_LARGE_MODEL = (
    (_NO_TIME, "Have some of what the classifier is unsure of labelled afterwards, and train again."),
    (ON_OWN_MACHINES, "Let a person decide what the classifier is unsure of."),
)
WHAT_IT_IS_UNSURE_OF = Phrase(
    "Let a language model handle only what the classifier is unsure of.", _WITHOUT_A_LARGE_MODEL
)
UNSURE_TO_THE_LARGE = Phrase(
    "Send only the cases it is unsure of to the large model.", _WITHOUT_A_LARGE_MODEL
)
TRAIN_AGAIN = "Train again, on old and new examples together"
WITH_WHAT_IT_GETS_WRONG = Phrase(
    "Read what the tuned model gets wrong today, add checked examples of it to those that it learned from, and train again.",
    (
        (
            HAS_TEST_SET,
            "Read which of your {eval_set_n} test cases the tuned model gets wrong today, add checked examples like them to those that it learned from, and train again.",
        ),
    ),
)
"""What who tuned with success does next: what it gets wrong has changed, or was rare in what it learned."""
LET_IT_TRY_AGAIN = Phrase(
    "",
    (
        (
            is_in("grader", "programmatic"),
            "Show it what your program says of its answer, and let it try again: that needs no training.",
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
            hold_back(
                ", train the small model on ",
                THE_REST,
                ", and add checked outputs of the large one where it falls short.",
            ),
        ),
        (
            is_in("grader", "programmatic"),
            "Collect several hundred outputs of the large model, and keep those that your program passes.",
        ),
        (
            all_of(is_true("labels_on_demand"), unless(is_in("goal_kind", "classification"))),
            "Let the large model make a few thousand outputs for inputs as varied as the real ones, have someone check some hundred of them, and train on the rest.",
        ),
        (
            is_in("goal_kind", "classification"),
            "Let the large model sort a few thousand items, have someone check some hundred of them, and train on the rest.",
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
