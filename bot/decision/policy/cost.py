"""It works, but costs too much or takes too long."""

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
    is_not_true,
    is_true,
    is_zero,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    ENOUGH_FOR_COMFORT,
    FIT_A_CLASSIFIER,
    HARDEST_CASES,
    HAS_TEST_SET,
    LABELS_OF_EACH_KIND,
    NO_EXAMPLES_YET,
    ON_OWN_MACHINES,
    OUTPUTS_OF_THE_LARGE,
    SAME_CASES,
    TRAIN_BESIDE_THE_LARGE,
    TUNED_WITH_SUCCESS,
    UNSURE_TO_THE_LARGE,
    or_test_cases,
)
from bot.decision.policy.shared_reasons import (
    AIM_OF_DISTILLING,
    FEW_LABELS,
    LABELS_GO_FAR,
    SMALL_BEATS_LARGE,
    SORTING_IS_CHEAP,
    TEST_BEFORE_TRAINING,
)
from bot.decision.rules import Because, Rule, first_that_fits, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import LABELS, MANY_CLASSES, PILOT, PREFIX, VOLUME

MUST_OWN = is_in("hosting", "on_prem", "air_gapped", "edge", "vpc")
"""It must run on machines that they control."""

HIGH_VOLUME = any_of(is_in("volume", "high"), reaches("requests_per_day", VOLUME))

SMALL_MODEL_FAILS = any_of(
    is_false("small_model_ok"), all_of(is_true("tried_small_model"), unless(is_true("small_model_ok")))
)
"""A small model was tried, and nobody says that it passed."""

_ONE_NARROW_JOB = any_of(
    is_true("labels_on_demand"),
    is_in("tried_prompting", "systematic"),
    is_in("goal_kind", "extraction", "classification"),
    examples_reach(PILOT),
)
"""What a small model can learn whole, and that a large one can be asked to demonstrate as often as needed."""

_SOMETHING_TO_TEACH = any_of(
    is_true("teacher_ok"),
    all_of(SMALL_MODEL_FAILS, unless(is_false("teacher_ok"))),
    examples_reach(PILOT),
)
"""A large model does it or a small one does not, or there are examples of how it is done."""

_WORTH_A_SMALL_MODEL = all_of(
    any_of(
        HIGH_VOLUME,
        MUST_OWN,
        SMALL_MODEL_FAILS,
        all_of(is_true("teacher_ok"), _ONE_NARROW_JOB),
    ),
    unless(is_false("tried_small_model")),
    _SOMETHING_TO_TEACH,
)
"""One job that a small model, taught for it, could take over."""

_ANSWERS_ARE_SHORT = is_in("goal_kind", "classification", "extraction")

_IF_IT_FALLS_SHORT = Phrase(
    "Send easy requests to the small model and hard ones to the large one, by a simple rule.",
    (
        (ENOUGH_FOR_COMFORT, "If it falls short, tune it on your {examples_n} examples."),
        (
            all_of(
                is_in("goal_kind", "classification"),
                is_true("teacher_ok"),
                unless(is_in("data_rights", "restricted")),
            ),
            "If it falls short, let the large model label some thousand items for a small classifier.",
        ),
        (is_true("teacher_ok"), "If it falls short, let it learn from checked outputs of the large one."),
    ),
)
"""What comes after a small model that does not pass as it is."""

_BY_SCORE_OR_BLIND = Phrase(
    ": by score where there is a right answer, else blind.",
    (
        (is_in("goal_kind", "classification", "extraction", "format"), " the scores."),
        (
            is_in("goal_kind", "style_tone", "summarisation"),
            ", blind: whoever judges must not know which is which.",
        ),
    ),
)
_SLOW_OR_OWN = any_of(is_in("failure_mode", "too_slow"), ON_OWN_MACHINES)
"""What caching saves here is time, or at least no price on a list."""

COST_RULES: tuple[Rule, ...] = given(
    gap_is("cost_latency"),
    Rule(
        "D8",
        Option.LONG_CONTEXT_CACHE,
        all_of(
            any_of(reaches("prompt_tokens", PREFIX), is_true("same_prefix"), is_false("tried_caching")),
            untried("tried_caching"),
            unless(is_known("latency_budget_ms")),
        ),
        "Cache the fixed part of your prompt first",
        (
            *first_that_fits(
                Because(
                    "What your requests begin with in common is read again each time, and that takes time which caching saves.",
                    "prompt-caching",
                    fits=_SLOW_OR_OWN,
                ),
                Because(
                    "What your requests begin with in common is read again each time, and cached text is read at a fraction of the price.",
                    "prompt-caching",
                ),
            ),
            *first_that_fits(
                Because(
                    "Caching reuses only the reading of what begins alike; every answer is still written anew.",
                    "prompt-caching",
                    fits=_SLOW_OR_OWN,
                ),
                Because(
                    "By Anthropic's price list, as read in November 2026, caching pays from the 2nd use on.",
                    "prompt-caching",
                ),
            ),
        ),
        (
            "Put the unchanging text first and the changing text last, and turn ",
            Phrase(
                "caching on where your vendor does not by itself.",
                ((ON_OWN_MACHINES, "prefix caching on in the software that serves your model."),),
            ),
        ),
        ("Look at the hit rate after a day, then decide whether more is needed.",),
        ("ANT-10", "OAI-14"),
    ),
    Rule(
        "D8b",
        Option.SWITCH_MODEL,
        all_of(is_true("small_model_ok"), is_true("tried_small_model")),
        "Use the small model: it already passes",
        (
            Because(
                "A smaller model was tried and is good enough, so nothing has to be trained to get its price.",
                "inference",
            ),
            Because("When a cheap model passes already, switch to it and skip the training.", "distillation"),
        ),
        Phrase(
            ("Send a tenth of real traffic to the small model and compare", _BY_SCORE_OR_BLIND),
            (
                (
                    HAS_TEST_SET,
                    ("Run ", SAME_CASES, " through both models and compare", _BY_SCORE_OR_BLIND),
                ),
            ),
        ),
        ("Keep the large model for the requests that the small one gets wrong.",),
        ("ANT-02",),
    ),
    Rule(
        "D8c",
        Option.FINE_TUNE_SFT,
        any_of(
            all_of(TUNED_WITH_SUCCESS, unless(is_true("teacher_ok"))),
            all_of(
                is_true("small_model_ok"),
                examples_reach(PILOT),
                is_not_true("labels_on_demand"),
                unless(is_in("goal_kind", "classification")),
            ),
        ),
        Phrase(
            "Tune the small model on the examples you own",
            ((NO_EXAMPLES_YET, "Tune the small model, as has worked before"),),
        ),
        (
            *first_that_fits(
                Because(
                    "Tuning has worked here before, so a small model can be taught the same way.",
                    "fine-tuning",
                    fits=NO_EXAMPLES_YET,
                ),
                Because(
                    "You have the right answers yourselves, so a small model can learn from them without a teacher.",
                    "fine-tuning",
                ),
            ),
            SMALL_BEATS_LARGE,
        ),
        TRAIN_BESIDE_THE_LARGE,
        ("Run it beside the live system before it answers anyone.",),
        ("MS-01", "META-03"),
    ),
    Rule(
        "D8d",
        Option.CLASSICAL_ML,
        all_of(
            is_in("goal_kind", "classification"),
            unless(all_of(is_zero("examples_n"), unless(is_true("labels_on_demand")))),
            any_of(unless(is_true("teacher_ok")), reaches("examples_n", LABELS)),
            any_of(untried("tried_models"), examples_reach(PILOT)),
        ),
        "Train a small classifier; a language model is too big for this job",
        (
            Because(
                "For a narrow sorting task with labels, a small trained model may do as well as a large one for far less.",
                "large-language-model",
            ),
            *LABELS_GO_FAR,
        ),
        FIT_A_CLASSIFIER,
        (UNSURE_TO_THE_LARGE, LABELS_OF_EACH_KIND),
        ("PAP-20", "PAP-21"),
    ),
    Rule(
        "D8g",
        Option.CLASSICAL_ML,
        all_of(
            _WORTH_A_SMALL_MODEL,
            is_in("goal_kind", "classification"),
            is_in("tried_prompting", "quick"),
            unless(is_false("teacher_ok")),
            unless(reaches("label_count", MANY_CLASSES)),
        ),
        "Train a small classifier on what the prompt has sorted so far",
        (
            SORTING_IS_CHEAP,
            FEW_LABELS,
        ),
        "Have a hundred of the sorted items checked, fit a classifier on them, and score both on others.",
        (UNSURE_TO_THE_LARGE, LABELS_OF_EACH_KIND),
        ("PAP-20", "PAP-21"),
    ),
    Rule(
        "D8h",
        Option.FINE_TUNE_SFT,
        all_of(
            _WORTH_A_SMALL_MODEL,
            unless(is_true("teacher_ok")),
            any_of(reaches("examples_n", PILOT), UNCOUNTED_EXAMPLES),
        ),
        "Tune a small model on your examples: no large one is known to teach it",
        (
            Because(
                "You have examples, and told me of no large model that does it well enough to teach.",
                "fine-tuning",
            ),
            SMALL_BEATS_LARGE,
        ),
        TRAIN_BESIDE_THE_LARGE,
        ("If the large one turns out to be right nearly always, its checked outputs are more examples.",),
        ("MS-01", "META-03"),
    ),
    Rule(
        "D8e",
        Option.DISTIL,
        all_of(_WORTH_A_SMALL_MODEL, unless(is_false("teacher_ok"))),
        "Distil: teach a small model what the large one does",
        (
            *first_that_fits(
                Because(
                    "What a large model gets right, a small one can learn for this one task from its checked outputs.",
                    "distillation",
                    fits=unless(is_true("teacher_ok")),
                ),
                Because(
                    "The large model gets it right but is too slow here; a small one can learn this one task from its checked outputs.",
                    "distillation",
                    fits=is_in("failure_mode", "too_slow"),
                ),
                Because(
                    "The large model gets it right but costs too much here; a small one can learn this one task from its checked outputs.",
                    "distillation",
                    fits=is_in("failure_mode", "too_expensive"),
                ),
                Because(
                    "The large model gets it right but is too dear or too slow here; a small one can learn this one task from its checked outputs.",
                    "distillation",
                ),
            ),
            AIM_OF_DISTILLING,
        ),
        OUTPUTS_OF_THE_LARGE,
        (
            Phrase(
                "Before you train, see whether any cheap model passes as it is.",
                ((any_of(SMALL_MODEL_FAILS, is_true("small_model_ok")), ""),),
            ),
        ),
        ("OAI-12", "PAP-14"),
    ),
    Rule(
        "D8j",
        Option.SWITCH_MODEL,
        all_of(is_false("teacher_ok"), unless(is_true("small_model_ok"))),
        "Find a model that passes before you make it cheaper",
        (
            Because(
                "No model passes yet, so there is nothing good to copy, and nothing to make cheaper.",
                "distillation",
            ),
            TEST_BEFORE_TRAINING,
        ),
        (
            "Run ",
            HARDEST_CASES,
            " through two ",
            Phrase("models of other makers", ((MUST_OWN, "other models that can run where yours must"),)),
            ", and read where each fails.",
        ),
        (
            Phrase(
                "Work on the prompt as well, and score each version on the same cases.",
                ((is_in("tried_prompting", "systematic"), ""),),
            ),
            "Once one passes, let it teach a small one.",
        ),
        ("ANT-02",),
    ),
    Rule(
        "D8i",
        Option.SWITCH_MODEL,
        any_of(is_in("failure_mode", "too_slow"), is_known("latency_budget_ms")),
        Phrase(
            "Try shorter answers and a faster model first",
            ((_ANSWERS_ARE_SHORT, "Try a smaller or faster model first"),),
        ),
        (
            *first_that_fits(
                Because(
                    "Where answers are short already, a smaller or faster model is what shortens the wait.",
                    "inference",
                    ("VASWANI-2017",),
                    fits=_ANSWERS_ARE_SHORT,
                ),
                Because(
                    "A model writes one token after the other, so how much it writes is most of the wait.",
                    "inference",
                    ("VASWANI-2017",),
                ),
            ),
            Because(
                "Shorter answers, streaming, a smaller model and calls in parallel come first when it is too slow.",
                "inference",
                ("VASWANI-2017",),
            ),
        ),
        Phrase(
            "Time each part of twenty real requests, then run them with shorter answers and through a faster model, and compare.",
            (
                (
                    _ANSWERS_ARE_SHORT,
                    (
                        "Run ",
                        or_test_cases("fifty real requests"),
                        " through a small model, and compare scores and times.",
                    ),
                ),
            ),
        ),
        (
            Phrase(
                "Stream the answer, and run what does not wait for each other at the same time.",
                ((_ANSWERS_ARE_SHORT, ""),),
            ),
            _IF_IT_FALLS_SHORT,
        ),
        ("VASWANI-2017",),
    ),
    Rule(
        "D8f",
        Option.SWITCH_MODEL,
        ALWAYS,
        "Try a smaller or faster model first",
        (
            *first_that_fits(
                Because(
                    "On machines of your own time is what costs, and a model spends it writing one token after the other.",
                    "inference",
                    ("VASWANI-2017",),
                    fits=ON_OWN_MACHINES,
                ),
                Because(
                    "By list prices the choice of model alone makes a factor of 20 for the same request, and many tasks do not need the dear end.",
                    "inference",
                    ("PRICE-CLAUDE",),
                ),
            ),
            Because(
                "Caching, shorter answers and a smaller model come before training when cost is the trouble.",
                "inference",
            ),
        ),
        (
            "Run ",
            or_test_cases("fifty real requests"),
            " through a small model and compare",
            _BY_SCORE_OR_BLIND,
        ),
        (
            _IF_IT_FALLS_SHORT,
            "Use batch processing where nobody waits.",
        ),
        ("ANT-02",),
    ),
)
