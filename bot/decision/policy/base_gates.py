"""The model in use stands in the way of tuning: it cannot be tuned, retires, or does not run where it must.

Whoever has not tried the cheap step on the model in use does not change it for a training that the step may
spare; so these come before the move to another one.
"""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import (
    all_of,
    any_of,
    gap_is,
    is_false,
    is_in,
    is_true,
    misses,
    reaches,
    unless,
)
from bot.decision.gates import IF_NOT_ENOUGH, SUPERVISED, TUNES_THE_BASE, Gate, always
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    HARDEST_CASES,
    INTO_THE_PROMPT,
    ON_OWN_MACHINES,
    SAME_CASES,
    STRONGEST_MODEL,
    TUNED_WITH_SUCCESS,
    TWENTY_CASES,
)
from bot.decision.policy.shared_reasons import LIMIT_OF_THE_MODEL, UNDONE_IN_SECONDS
from bot.decision.rules import Because
from bot.decision.sentences import Phrase
from bot.decision.thresholds import BASE_LIFE, MANY_CLASSES

_IF_IT_FAILS_UNTOUCHED = "If it falls short as it is"
_CALLS_TOOLS = is_in("goal_kind", "tool_use")

_MAY_STAY = all_of(
    is_in("base_tunable", "no"),
    unless(any_of(is_false("base_fits_hosting"), misses("base_retire_days", BASE_LIFE), ON_OWN_MACHINES)),
    unless(is_in("tried_finetune", "worked", "forgot")),
    unless(gap_is("cost_latency")),
)
"""The model in use cannot be tuned, and nothing else drives them away from it."""
_IT_CANNOT_BE_TUNED = "The model you use cannot be tuned by you"

_AND_AGAIN = Phrase(
    "",
    (
        (
            is_in("grader", "programmatic"),
            " Show it what your program says of its answer, and let it try again.",
        ),
    ),
)
"""What a program finds wrong, the model can often mend without any training."""

_STRONGER_BEFORE_TUNABLE = Gate(
    "G15",
    frozenset({Option.PREFERENCE_TUNE}),
    all_of(_MAY_STAY, gap_is("capability"), unless(is_true("tried_models"))),
    always(Option.SWITCH_MODEL),
    "Try a stronger model before you move to one that can be tuned",
    Because(
        f"{_IT_CANNOT_BE_TUNED}, and one that is stronger needs no tuning.",
        "fine-tuning",
        ("GOO-05",),
    ),
    ("Run ", HARDEST_CASES, " through ", STRONGEST_MODEL, ".", _AND_AGAIN),
    sources=("ANT-02",),
    instead_because=(LIMIT_OF_THE_MODEL,),
    then=IF_NOT_ENOUGH,
    advice="try a stronger model first",
)
_PROMPT_BEFORE_ANOTHER_MODEL = Gate(
    "G14",
    frozenset({Option.PREFERENCE_TUNE}),
    all_of(
        _MAY_STAY,
        unless(gap_is("capability")),
        unless(is_in("tried_prompting", "systematic")),
        unless(is_true("tried_models")),
    ),
    always(Option.IMPROVE_PROMPT),
    Phrase(
        "Work on the prompt before you change the model",
        ((_CALLS_TOOLS, "Work on the tools and the prompt before you change the model"),),
    ),
    Because(
        f"{_IT_CANNOT_BE_TUNED}, and as far as I know no versions of the prompt have been scored.", "prompt"
    ),
    Phrase(
        ("Score three versions of the prompt on ", SAME_CASES, ", and see what is left.", _AND_AGAIN),
        (
            (
                _CALLS_TOOLS,
                (
                    "Rewrite the descriptions of the tools that are misread, and score the agent on ",
                    TWENTY_CASES,
                    ".",
                ),
            ),
        ),
    ),
    sources=("OAI-07", "ANT-01"),
    instead_because=(UNDONE_IN_SECONDS,),
    then=IF_NOT_ENOUGH,
    advice="work on the prompt before I change the model",
)

BASE_GATES: tuple[Gate, ...] = (
    # What an agent misreads is told by descriptions sooner than by examples, so this comes before G13.
    replace(
        _PROMPT_BEFORE_ANOTHER_MODEL,
        id="G14b",
        applies_to=SUPERVISED,
        fails_when=all_of(_CALLS_TOOLS, _PROMPT_BEFORE_ANOTHER_MODEL.fails_when),
    ),
    Gate(
        "G13",
        SUPERVISED,
        all_of(
            _MAY_STAY,
            unless(is_true("tried_few_shot")),
            unless(is_in("tried_prompting", "none")),
            unless(reaches("label_count", MANY_CLASSES)),
            unless(all_of(gap_is("knowledge", "both"), unless(is_true("tried_rag")))),
        ),
        always(Option.FEW_SHOT),
        "Show examples in the prompt before you change the model",
        Because(f"{_IT_CANNOT_BE_TUNED}, and examples in the prompt need no other.", "few-shot-prompting"),
        INTO_THE_PROMPT,
        sources=("ANT-05", "PAP-17"),
        instead_because=(UNDONE_IN_SECONDS,),
        then=IF_NOT_ENOUGH,
        advice="show examples in the prompt before I change the model",
    ),
    _STRONGER_BEFORE_TUNABLE,
    _PROMPT_BEFORE_ANOTHER_MODEL,
    Gate(
        "G2",
        TUNES_THE_BASE,
        is_in("base_tunable", "no"),
        always(Option.SWITCH_MODEL),
        Phrase(
            "Before tuning, move to a base model that can be tuned",
            ((TUNED_WITH_SUCCESS, "Before you train again, move to a base model that can be tuned"),),
        ),
        Because("The model you use cannot be tuned by you.", "fine-tuning", ("GOO-05",)),
        ("Choose a base that can still be tuned, and run ", TWENTY_CASES, " on it untouched first."),
        "the base model can be tuned and stays available for six months or more",
        ("base_tunable",),
        ("NEWS-01", "NEWS-09"),
        advice="move to a base model that can be tuned",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
    Gate(
        "G3",
        TUNES_THE_BASE,
        misses("base_retire_days", BASE_LIFE),
        always(Option.SWITCH_MODEL),
        Phrase(
            "Before tuning, move to a base model that lives longer",
            ((TUNED_WITH_SUCCESS, "Train again on a base model that lives longer"),),
        ),
        Because(
            "The base model retires too soon, and the tuned model goes with it.", "fine-tuning", ("NEWS-04",)
        ),
        Phrase(
            ("Choose a base with at least six months left, and run ", TWENTY_CASES, " on it first."),
            (
                (
                    TUNED_WITH_SUCCESS,
                    (
                        "Choose a base with at least six months left, run ",
                        TWENTY_CASES,
                        " on it, and train it on the examples that you have.",
                    ),
                ),
            ),
        ),
        "",
        (),
        ("NEWS-06", "OAI-16"),
        advice="move to a base model that lives longer",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
    Gate(
        "G11",
        TUNES_THE_BASE,
        is_false("base_fits_hosting"),
        always(Option.SWITCH_MODEL),
        "Before tuning, move to a model that can run where it must",
        Because("The model you named cannot run where yours has to run.", "fine-tuning", ("GOO-05",)),
        ("Choose an open-weight model that fits your machines, and run ", TWENTY_CASES, " on it first."),
        "",
        (),
        ("ANT-02",),
        advice="move to a model that can run where it must",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
)
