"""It knows, but behaves wrong; also a task whose gap nobody has named."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import (
    ALWAYS,
    SOMETHING_IS_WRONG,
    UNCOUNTED_EXAMPLES,
    all_of,
    any_of,
    examples_reach,
    is_false,
    is_in,
    is_known,
    is_some,
    is_true,
    is_zero,
    misses,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.cost import MUST_OWN, SMALL_MODEL_FAILS
from bot.decision.policy.first import NOTHING_NAMED
from bot.decision.policy.knowledge import NOBODY_MEASURES
from bot.decision.policy.shared_phrases import (
    A_HUNDRED_EXAMPLES,
    BEST_EXAMPLES,
    ENOUGH_FOR_A_PILOT,
    ENOUGH_FOR_COMFORT,
    HARDEST_CASES,
    HAS_A_FEW_EXAMPLES,
    HAS_A_FEW_TEST_CASES,
    HAS_TEST_SET,
    INTO_THE_PROMPT,
    LET_IT_TRY_AGAIN,
    REAL_INPUTS,
    SAME_CASES,
    TEN_INPUTS,
    THE_REST,
    THEN_TUNE,
    THOUSANDS_OF_EXAMPLES,
    TO_BE_MADE,
    TRAIN_AGAIN,
    TUNED_WITH_SUCCESS,
    WITH_WHAT_IT_GETS_WRONG,
    hold_back,
)
from bot.decision.policy.shared_reasons import (
    CURES_DIFFER,
    HELPED_BEFORE,
    PROMPT_BEFORE_TUNING,
    REAL_FAILURES,
    SHOWN_EXAMPLES,
)
from bot.decision.rules import Because, Rule, first_that_fits
from bot.decision.sentences import Phrase
from bot.decision.thresholds import COMFORT, EVAL_CASES, PILOT

_PILOT_STEP = hold_back(", then run a small pilot on the best of ", THE_REST, ".")

_NARROW = is_in("goal_kind", "extraction", "generation", "translation", "tool_use", "format", "reasoning")
"""One job with a right answer: what a small trained model is a normal first choice for (tie-break 7)."""

_UNSHOWN_EXAMPLES = all_of(
    any_of(is_some("examples_n"), UNCOUNTED_EXAMPLES),
    is_in("tried_prompting", "quick"),
    unless(is_true("tried_few_shot")),
)
"""To show them takes minutes, and tells more than it takes to measure first."""

_A_FEW = all_of(is_some("examples_n"), misses("examples_n", PILOT))

BEHAVIOUR_RULES: tuple[Rule, ...] = (
    Rule(
        "D12",
        Option.IMPROVE_PROMPT,
        all_of(is_in("tried_prompting", "none"), unless(TUNED_WITH_SUCCESS)),
        "Write proper instructions first",
        (
            Because(
                "Nobody has worked on the instructions yet; that takes minutes and can be undone.", "prompt"
            ),
            PROMPT_BEFORE_TUNING,
        ),
        ("Write the task, the steps and what a good answer looks like; try it on ", TEN_INPUTS, "."),
        ("Score each version on the same cases, so that you see what helped.",),
        ("OAI-07", "ANT-01"),
    ),
    Rule(
        "D12b",
        Option.FEW_SHOT,
        all_of(
            is_false("tried_few_shot"),
            any_of(is_known("tried_prompting"), SOMETHING_IS_WRONG),
        ),
        "Show three to five good examples in the prompt",
        (
            Because(
                "No examples have been shown yet, and they can show what words cannot, without training.",
                "few-shot-prompting",
                ("GPT3-2020",),
            ),
            *SHOWN_EXAMPLES,
        ),
        INTO_THE_PROMPT,
        ("Try picking examples close to each request; choice helps more than number.", THEN_TUNE),
        ("ANT-05", "PAP-17", "PAP-18"),
    ),
    replace(
        NOBODY_MEASURES,
        id="D12c",
        when=all_of(
            any_of(
                is_zero("eval_set_n"),
                all_of(
                    any_of(is_in("grader", "none"), is_in("data_quality", "unreviewed")),
                    unless(reaches("eval_set_n", EVAL_CASES)),
                ),
                is_in("asks", "where_to_start"),
            ),
            unless(is_in("tried_prompting", "systematic")),
            unless(THOUSANDS_OF_EXAMPLES),
            unless(_UNSHOWN_EXAMPLES),
        ),
    ),
    Rule(
        "D12l",
        Option.FEW_SHOT,
        all_of(
            UNCOUNTED_EXAMPLES,
            is_in("failure_mode", "inconsistent_style"),
            untried("tried_few_shot"),
            unless(TUNED_WITH_SUCCESS),
            unless(is_in("base_tunable", "yes")),
            unless(is_in("tried_prompting", "systematic")),
        ),
        "Show the best of your own examples in the prompt",
        (
            Because(
                "Style is what examples show better than rules, and you have some of your own.",
                "few-shot-prompting",
            ),
            *SHOWN_EXAMPLES,
        ),
        "Put three to five of them into the prompt, those closest to each request, and read twenty answers.",
        ("Count what you have: with 50 reviewed ones a tuning pilot is possible, too.",),
        ("ANT-05", "PAP-17"),
    ),
    Rule(
        "D12d",
        Option.FINE_TUNE_SFT,
        all_of(
            examples_reach(COMFORT),
            any_of(_NARROW, unless(is_in("tried_prompting", "quick"))),
            unless(_A_FEW),
        ),
        Phrase(
            "Fine-tune: you seem to have the examples for it",
            (
                (TUNED_WITH_SUCCESS, TRAIN_AGAIN),
                (ENOUGH_FOR_COMFORT, "Fine-tune: you have the examples for it"),
                (TO_BE_MADE, "Fine-tune: you can get the examples for it"),
            ),
        ),
        (
            *first_that_fits(
                Because(
                    "Consistent behaviour is what tuning teaches well, and you have enough reviewed examples.",
                    "fine-tuning",
                    fits=all_of(ENOUGH_FOR_COMFORT, unless(is_in("data_quality", "unreviewed"))),
                ),
                Because(
                    "Consistent behaviour is what tuning teaches well, and you can have as many examples as it takes.",
                    "fine-tuning",
                    fits=TO_BE_MADE,
                ),
                Because(
                    "Consistent behaviour is what tuning teaches well, and you have examples of it.",
                    "fine-tuning",
                ),
            ),
            Because("The gain has to show on cases that the tuning never saw.", "evals"),
        ),
        Phrase(
            _PILOT_STEP,
            (
                (TUNED_WITH_SUCCESS, WITH_WHAT_IT_GETS_WRONG),
                (
                    is_in("data_quality", "mixed"),
                    (
                        "Pick the examples that you would want repeated, ",
                        Phrase(
                            "hold back 50 of them as a test set",
                            ((HAS_TEST_SET, "leave your {eval_set_n} test cases out"),),
                        ),
                        ", and run a small pilot on the rest.",
                    ),
                ),
            ),
        ),
        (),
        ("OAI-02", "MS-05", "GOO-01"),
    ),
    Rule(
        "D12e",
        Option.FINE_TUNE_SFT,
        any_of(
            all_of(examples_reach(PILOT), _NARROW, any_of(MUST_OWN, is_in("tried_prompting", "systematic"))),
            all_of(MUST_OWN, is_in("goal_kind", "generation", "extraction"), SOMETHING_IS_WRONG),
            TUNED_WITH_SUCCESS,
        ),
        Phrase("Fine-tune a model of your own for this job", ((TUNED_WITH_SUCCESS, TRAIN_AGAIN),)),
        (
            *first_that_fits(
                HELPED_BEFORE,
                Because(
                    "It must run where you control it, and a small model tuned for one narrow job is a normal choice there.",
                    "fine-tuning",
                    fits=MUST_OWN,
                ),
                Because(
                    "It is a narrow job that you have examples for: a small tuned model is a normal choice there.",
                    "fine-tuning",
                ),
            ),
            Because(
                "In 2024, 310 small tuned models beat GPT-4 by 10 points on average over 31 tasks.",
                "fine-tuning",
            ),
        ),
        Phrase(
            hold_back(
                ", then train an adapter on the best of ", THE_REST, ", and compare it with your best prompt."
            ),
            ((TUNED_WITH_SUCCESS, WITH_WHAT_IT_GETS_WRONG),),
        ),
        ("Let someone who knows the work read every output at first.",),
        ("META-03", "OAI-06", "PAP-13"),
    ),
    Rule(
        "D12f",
        Option.FEW_SHOT,
        all_of(
            any_of(is_some("examples_n"), UNCOUNTED_EXAMPLES),
            untried("tried_few_shot"),
            unless(is_in("tried_prompting", "systematic")),
        ),
        "Put your best examples into the prompt",
        (
            Because(
                "You have examples already, and showing the best of them in the prompt takes minutes.",
                "few-shot-prompting",
            ),
            *SHOWN_EXAMPLES,
        ),
        ("Put the best of them into the prompt, five at most and varied, and score it on ", REAL_INPUTS, "."),
        ("Try picking examples close to each request; choice helps more than number.", THEN_TUNE),
        ("ANT-05", "PAP-17"),
    ),
    replace(
        NOTHING_NAMED,
        id="D12k",
        when=unless(any_of(SOMETHING_IS_WRONG, is_known("tried_prompting"), is_known("eval_set_n"))),
        because=(CURES_DIFFER, REAL_FAILURES),
    ),
    Rule(
        "D12m",
        Option.SWITCH_MODEL,
        all_of(
            SOMETHING_IS_WRONG,
            untried("tried_models"),
            unless(is_known("teacher_ok")),
            any_of(MUST_OWN, SMALL_MODEL_FAILS),
            unless(is_in("failure_mode", "wrong_use_of_context")),
            unless(is_in("tried_prompting", "systematic")),
        ),
        "Try the same prompt on a stronger model",
        (
            Because(
                "A small model may fail where a stronger one follows the same instructions.",
                "large-language-model",
            ),
            Because(
                "If the stronger one fails as well, the prompt is at fault, and that is the cheaper half to mend.",
                "prompt",
            ),
        ),
        (
            "Run ",
            HARDEST_CASES,
            ", prompt unchanged, through the strongest model you may use, if only to compare.",
        ),
        (LET_IT_TRY_AGAIN, "If it succeeds and cannot serve, let it teach the small one."),
        ("ANT-02",),
    ),
    Rule(
        "D12g",
        Option.IMPROVE_PROMPT,
        unless(is_in("tried_prompting", "systematic")),
        "Work on the prompt, and score each version",
        (
            *first_that_fits(
                Because(
                    "You have a score, as far as I know of one version of the prompt; other versions are the cheapest step left.",
                    "prompt",
                    fits=is_known("baseline_score"),
                ),
                Because(
                    "As far as I know the prompt has not been measured on cases; that is the cheapest step left.",
                    "prompt",
                ),
            ),
            Because(
                "Work on a prompt can go far: an automatic optimiser beat a reinforcement method with up to 35 times fewer runs.",
                "prompt",
            ),
        ),
        Phrase(
            "Write down 20 real inputs with what a good answer is, and score three versions of the prompt on them.",
            (
                (
                    HAS_TEST_SET,
                    (
                        "Score three versions of the prompt on ",
                        SAME_CASES,
                        ", and read what each gets wrong.",
                    ),
                ),
                (
                    HAS_A_FEW_TEST_CASES,
                    "Score three versions of the prompt on your {eval_set_n} test cases, and add the failures of real use to them.",
                ),
                (
                    A_HUNDRED_EXAMPLES,
                    "Make a test set of 50 of your {examples_n} examples, and score three versions of the prompt on them.",
                ),
                (
                    ENOUGH_FOR_A_PILOT,
                    "Make a test set of 20 of your {examples_n} examples, and score three versions of the prompt on them.",
                ),
                (
                    UNCOUNTED_EXAMPLES,
                    "Make a test set of 20 of your examples, and score three versions of the prompt on them.",
                ),
            ),
        ),
        (
            LET_IT_TRY_AGAIN,
            Phrase(
                "Stop when eight of ten real requests pass.",
                (
                    (is_known("target_score"), "Stop when it reaches the {target_score} that you need."),
                    (is_known("baseline_score"), "Say beforehand which score would be enough."),
                ),
            ),
            THEN_TUNE,
        ),
        ("PRA-01", "ANT-03", "PAP-16"),
    ),
    Rule(
        "D12h",
        Option.FEW_SHOT,
        untried("tried_few_shot"),
        "Show three to five good examples in the prompt",
        (
            Because(
                "The instructions are exhausted; examples show what words cannot, and need no training.",
                "few-shot-prompting",
                ("GPT3-2020",),
            ),
            *SHOWN_EXAMPLES,
        ),
        ("Put ", BEST_EXAMPLES, " into the prompt and score it on ", SAME_CASES, "."),
        ("Try picking examples close to each request; choice helps more than number.", THEN_TUNE),
        ("ANT-05", "PAP-17", "PAP-18"),
    ),
    Rule(
        "D12i",
        Option.FINE_TUNE_SFT,
        examples_reach(PILOT),
        "Fine-tune, as a pilot",
        (
            Because(
                "Instructions and examples are exhausted and measured; what remains is a habit that tuning can teach.",
                "fine-tuning",
            ),
            Because("The gain has to show on cases that the tuning never saw.", "evals"),
        ),
        _PILOT_STEP,
        (),
        ("OAI-02", "OAI-03"),
    ),
    Rule(
        "D12j",
        Option.EVALS_DATA_FIRST,
        ALWAYS,
        "Collect reviewed examples first",
        (
            Because(
                "The cheaper steps are exhausted, and I know of too few reviewed examples to train on.",
                "fine-tuning",
            ),
            Because(
                "OpenAI's guide starts with 50 carefully made examples, and Google's with 100.", "fine-tuning"
            ),
        ),
        Phrase(
            "Collect 50 answers that someone has corrected to what you want.",
            (
                (
                    HAS_A_FEW_EXAMPLES,
                    "Add to your {examples_n} examples until you have 50 that someone has corrected to what you want.",
                ),
            ),
        ),
        (Phrase("Keep 50 more cases aside as the test set.", ((HAS_TEST_SET, ""),)),),
        ("OAI-02", "GOO-01"),
    ),
)
