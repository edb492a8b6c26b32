"""What is known, as conditions on words, and the phrases of many first steps that follow it."""

from __future__ import annotations

from bot.decision.conditions import all_of, any_of, is_in, is_some, is_true, misses, reaches, unless
from bot.decision.sentences import Phrase, Sentence
from bot.decision.thresholds import COMFORT, EVAL_CASES, LABELS, MANY_LABELS, PILOT

HAS_TEST_SET = reaches("eval_set_n", EVAL_CASES)
HAS_A_FEW_TEST_CASES = all_of(is_some("eval_set_n"), misses("eval_set_n", EVAL_CASES))
HAS_A_FEW_EXAMPLES = all_of(is_some("examples_n"), misses("examples_n", PILOT))
ENOUGH_FOR_A_PILOT = reaches("examples_n", PILOT)
ENOUGH_FOR_COMFORT = reaches("examples_n", COMFORT)
ENOUGH_LABELS = reaches("examples_n", LABELS)
PLENTY_OF_LABELS = reaches("examples_n", MANY_LABELS)
NO_EXAMPLES_KNOWN = unless(
    any_of(
        is_some("examples_n"),
        is_true("examples_at_hand"),
        is_true("labels_on_demand"),
        is_in("data_quality", "curated", "mixed"),
    )
)
ON_OWN_MACHINES = is_in("hosting", "on_prem", "air_gapped", "edge")

HARDEST_CASES = Phrase("your twenty hardest cases", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
TEN_INPUTS = Phrase("ten real inputs", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
REAL_INPUTS = Phrase("real inputs", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
SAME_CASES = Phrase("the same cases", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
TWENTY_CASES = Phrase("twenty real cases", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
TWENTY_QUESTIONS = Phrase("twenty real questions", ((HAS_TEST_SET, "your {eval_set_n} test questions"),))
STRONGEST_MODEL = Phrase(
    "the strongest model you may use",
    ((ON_OWN_MACHINES, "the strongest model that can run where yours must"),),
)
BEST_EXAMPLES = Phrase(
    "three to five varied, excellent examples",
    ((ENOUGH_FOR_A_PILOT, "three to five of your {examples_n} examples, varied and excellent,"),),
)
ALL_LABELS = Phrase("the labels", ((ENOUGH_FOR_A_PILOT, "your {examples_n} labels"),))
FIFTY_LABELLED = Phrase("50 labelled items", ((HAS_TEST_SET, "your {eval_set_n} test cases"),))
HUNDRED_ITEMS = Phrase("100 items", ((ENOUGH_LABELS, "100 of your {examples_n} items"),))


def hold_back(then: str) -> Sentence:
    """Return a first step of training: what is kept for testing, and then the rest of the sentence."""
    return (
        Phrase(
            "Hold back a test set",
            (
                (HAS_TEST_SET, "Keep your {eval_set_n} test cases out of training"),
                (PLENTY_OF_LABELS, "Hold back 200 of your {examples_n} examples as a test set"),
                (ENOUGH_FOR_COMFORT, "Hold back 50 of your {examples_n} examples as a test set"),
            ),
        ),
        then,
    )
