"""It cannot do the thinking, or a large model can do it and a small one has to."""

from __future__ import annotations

from bot.decision.conditions import (
    SOMETHING_IS_WRONG,
    all_of,
    any_of,
    examples_reach,
    gap_is,
    is_in,
    is_some,
    is_true,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.cost import HIGH_VOLUME, MUST_OWN, SMALL_MODEL_FAILS
from bot.decision.policy.shared_phrases import (
    HARDEST_CASES,
    LET_IT_TRY_AGAIN,
    ON_OWN_MACHINES,
    OUTPUTS_OF_THE_LARGE,
    STRONGEST_MODEL,
    THE_REST,
    hold_back,
)
from bot.decision.policy.shared_reasons import (
    AIM_OF_DISTILLING,
    LIMIT_OF_THE_MODEL,
    SMALL_BEATS_LARGE,
    TEST_BEFORE_TRAINING,
)
from bot.decision.rules import Because, Rule, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import LABELS, PILOT

_SORTS_KNOWN_KINDS = all_of(
    is_in("goal_kind", "classification"), any_of(is_some("label_count"), examples_reach(LABELS))
)
"""Sorting into kinds that are known is learned from labels; a stronger model is not what it takes."""

_SHOWS_NO_STEPS = is_in("goal_kind", "classification", "extraction", "tool_use", "translation", "style_tone")
"""Work that is done without thinking aloud."""

CAPABILITY_RULES: tuple[Rule, ...] = (
    *given(
        gap_is("capability"),
        Rule(
            "D9",
            Option.DISTIL,
            all_of(
                is_true("teacher_ok"),
                MUST_OWN,
                unless(is_true("small_model_ok")),
                any_of(examples_reach(PILOT), is_in("grader", "programmatic"), is_in("hosting", "edge")),
            ),
            "Distil: bring the large model's skill to where it must run",
            (
                Because(
                    "A large model can do it and yours must run where you control it; a small one can learn from its checked outputs.",
                    "distillation",
                ),
                Because(
                    "On one benchmark a student of 770 million weights beat a prompted model of 540 billion.",
                    "distillation",
                ),
            ),
            (
                "Let the large model solve a few hundred cases",
                Phrase(" with its reasoning written out", ((_SHOWS_NO_STEPS, ""),)),
                ", and ",
                Phrase(
                    "check them.",
                    ((is_in("grader", "programmatic"), "keep those that your program passes."),),
                ),
            ),
            (
                Phrase(
                    "First try the largest open model that fits there.",
                    (
                        (
                            SMALL_MODEL_FAILS,
                            "Compare the student with the largest open model that fits there, untouched.",
                        ),
                    ),
                ),
            ),
            ("OAI-12", "PAP-14"),
        ),
        Rule(
            "D9b",
            Option.FINE_TUNE_SFT,
            all_of(
                is_true("tried_models"),
                examples_reach(PILOT),
                unless(is_true("teacher_ok")),
                unless(is_in("goal_kind", "tool_use")),
            ),
            "Fine-tune on worked examples",
            (
                Because(
                    "Stronger models did not help, and the right thinking can be shown in examples.",
                    "fine-tuning",
                ),
                Because(
                    "Training on the reasoning as well as on the answers let a small model do more with less data in one study.",
                    "distillation",
                    ("PAP-14",),
                ),
            ),
            hold_back(", then run a small pilot with the reasoning written out in the examples."),
            (),
            ("OAI-02", "MS-06"),
        ),
        Rule(
            "D9f",
            Option.SWITCH_MODEL,
            is_true("teacher_ok"),
            "Use the large model: it already gets this right",
            (
                Because(
                    "A large model reasons well enough as it is, so nothing has to be trained to get there.",
                    "large-language-model",
                ),
                TEST_BEFORE_TRAINING,
            ),
            ("Run ", HARDEST_CASES, " through the large model, and work out what a day of traffic costs."),
            ("Send only the hard requests to it, by a simple rule, if its price or speed matters.",),
            ("ANT-02",),
        ),
        Rule(
            "D9h",
            Option.FINE_TUNE_SFT,
            all_of(
                untried("tried_models"),
                examples_reach(PILOT),
                unless(is_in("goal_kind", "classification", "tool_use", "reasoning")),
                unless(is_in("failure_mode", "weak_reasoning")),
            ),
            "Fine-tune: the skill can be shown in examples",
            (
                Because(
                    "A skill that can be shown is taught by examples; a stronger model may lack it as well.",
                    "fine-tuning",
                ),
                SMALL_BEATS_LARGE,
            ),
            hold_back(", and train an adapter on the best of ", THE_REST, "."),
            (("Run ", STRONGEST_MODEL, " on the same test set before you train a second time."),),
            ("OAI-02", "META-03"),
        ),
        Rule(
            "D9c",
            Option.SWITCH_MODEL,
            all_of(untried("tried_models"), unless(_SORTS_KNOWN_KINDS)),
            "Try a stronger model before anything else",
            (LIMIT_OF_THE_MODEL, TEST_BEFORE_TRAINING),
            ("Run ", HARDEST_CASES, " through ", STRONGEST_MODEL, "."),
            (
                LET_IT_TRY_AGAIN,
                "Let it think step by step, or use a reasoning model, before you compare.",
                Phrase(
                    "Write down how to check each case: a program that checks opens reinforcement tuning.",
                    ((is_in("grader", "programmatic"), ""),),
                ),
            ),
            ("ANT-02",),
        ),
        Rule(
            "D9i",
            Option.SWITCH_MODEL,
            all_of(
                is_true("tried_models"),
                unless(examples_reach(PILOT)),
                unless(is_in("tried_prompting", "none", "systematic")),
                unless(is_in("goal_kind", "classification", "tool_use")),
            ),
            "Try a model of another family, or one made for this",
            (
                Because(
                    "Models differ most in what they were trained for; one that failed says little about the others.",
                    "large-language-model",
                ),
                TEST_BEFORE_TRAINING,
            ),
            (
                "Run ",
                HARDEST_CASES,
                " through two models of other makers, one of them made for this kind of task.",
            ),
            ("Collect 50 right answers meanwhile: they allow a tuning pilot.",),
            ("ANT-02",),
        ),
        Rule(
            "D9g",
            Option.SWITCH_MODEL,
            all_of(is_in("goal_kind", "tool_use"), unless(is_in("tried_prompting", "systematic"))),
            "Try a model that is made for calling tools",
            (
                Because(
                    "When an agent fails, unclear tools, missing context and a weak model are the usual causes, and all are quicker to fix than weights.",
                    "agent",
                ),
                TEST_BEFORE_TRAINING,
            ),
            "Read ten failed runs, mend the tools that were misread, and run the rest on a large model made for tools.",
            ("Keep the tools few, and say in each description when not to use it.",),
            ("ANT-02", "MS-01"),
        ),
    ),
    *given(
        all_of(
            any_of(
                all_of(gap_is("behaviour"), SMALL_MODEL_FAILS),
                all_of(
                    unless(SOMETHING_IS_WRONG),
                    unless(is_in("goal_kind", "knowledge_qa")),
                    any_of(SMALL_MODEL_FAILS, ON_OWN_MACHINES),
                ),
            ),
            is_true("teacher_ok"),
            unless(is_true("small_model_ok")),
        ),
        Rule(
            "D9d",
            Option.DISTIL,
            any_of(MUST_OWN, is_true("labels_on_demand"), HIGH_VOLUME),
            "Distil: let the large model show the small one how",
            (
                Because(
                    "A large model does it as you want; a small one can learn from its checked outputs.",
                    "distillation",
                ),
                AIM_OF_DISTILLING,
            ),
            OUTPUTS_OF_THE_LARGE,
            (),
            ("OAI-12", "PAP-14"),
        ),
        Rule(
            "D9e",
            Option.SWITCH_MODEL,
            unless(examples_reach(PILOT)),
            "Use the larger model, unless its price or speed rules it out",
            (
                Because(
                    "A larger model already does it as you want; whether its price or speed stands in the way is quick to find out.",
                    "inference",
                    ("PRICE-CLAUDE",),
                ),
                TEST_BEFORE_TRAINING,
            ),
            "Work out what a day of traffic costs on the larger model before you train anything.",
            (),
            ("ANT-02",),
        ),
    ),
)
