"""The gates, in the order in which they are tested: what must hold before money is spent on a direction."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import (
    ALWAYS,
    Condition,
    all_of,
    any_of,
    gap_is,
    is_false,
    is_in,
    is_known,
    is_true,
    is_zero,
    labels_reach,
    misses,
    reaches,
    unless,
)
from bot.decision.facts import Facts, Range
from bot.decision.gates import IF_NOT_ENOUGH, SUPERVISED, Confirmation, Gate, Instead, always
from bot.decision.options import TRAINING, Option
from bot.decision.policy.base_gates import BASE_GATES
from bot.decision.policy.shared_phrases import (
    A_HUNDRED_EXAMPLES,
    HAS_A_FEW_EXAMPLES,
    HAS_A_FEW_TEST_CASES,
    INTO_THE_PROMPT,
    SAME_CASES,
    SETTLE_LABELS,
    THOUSANDS_OF_EXAMPLES,
    TUNED_WITH_SUCCESS,
)
from bot.decision.policy.shared_reasons import UNDONE_IN_SECONDS
from bot.decision.rules import Because
from bot.decision.sentences import Phrase
from bot.decision.thresholds import EVAL_CASES, PILOT, PROMPTS, Threshold

_NARROW = is_in(
    "goal_kind",
    "extraction",
    "generation",
    "translation",
    "tool_use",
    "format",
    "reasoning",
    "classification",
)
"""Jobs for which experts train after a quick prompt, when there are examples (tie-break 7)."""

_WITHOUT_TRAINING: Instead = (
    (all_of(gap_is("knowledge", "both"), unless(is_true("tried_rag"))), Option.RAG),
    (unless(is_true("tried_few_shot")), Option.FEW_SHOT),
    (unless(is_true("tried_models")), Option.SWITCH_MODEL),
    (unless(is_in("tried_prompting", "systematic")), Option.IMPROVE_PROMPT),
    (ALWAYS, Option.EVALS_DATA_FIRST),
)
"""The steps that need no training, without those that were taken; at last, data that may be used."""

NEEDED: dict[Option, Threshold] = {
    Option.FINE_TUNE_SFT: PILOT,
    Option.RAG_PLUS_FT: PILOT,
    Option.PREFERENCE_TUNE: PROMPTS,
}
"""How many reviewed examples (or pairs, or prompts) a direction needs before it is worth a pilot."""


def _too_few(option: Option) -> Condition:
    needed = NEEDED[option]
    have = labels_reach(needed)
    if option is Option.PREFERENCE_TUNE:
        have = any_of(have, reaches("pairs_pref_n", needed))
    return replace(
        all_of(
            is_known("examples_n"),
            unless(is_in("feedback_kind", "pairs", "unpaired", "clicks")),
            unless(have),
        ),
        words=f"fewer than {needed.value} reviewed examples",
    )


def _confirm_amount(fact: str, needed: Threshold, words: str) -> Confirmation:
    return Confirmation(
        fact,
        Range(min=needed.value),
        f"Yes, {needed.value} or more",
        Range(max=needed.value - 1),
        f"No, fewer {words}",
    )


def _needs_more_than_people_agree(facts: Facts) -> bool:
    needed, agreed = facts.target_score, facts.agreement
    return needed is not None and agreed is not None and needed > agreed


ABOVE_PEOPLE = Condition(
    "the score needed is above how often people agree",
    frozenset({"target_score", "agreement"}),
    _needs_more_than_people_agree,
)


def _collect(id_: str, option: Option, condition: str, confirmation: Confirmation | None = None) -> Gate:
    return Gate(
        id_,
        frozenset({option}),
        _too_few(option),
        always(Option.EVALS_DATA_FIRST),
        "Collect reviewed examples first",
        Because("There are too few reviewed examples for even a pilot.", "fine-tuning"),
        (
            Phrase("Collect examples", ((HAS_A_FEW_EXAMPLES, "Add to your {examples_n} examples"),)),
            f" until you have {NEEDED[option].value} that someone has checked.",
        ),
        condition,
        ("examples_n", "labels_on_demand", "feedback_kind", "pairs_pref_n"),
        ("OAI-02", "OAI-09"),
        confirmation=confirmation,
        advice=f"collect {NEEDED[option].value} reviewed examples first",
    )


GATES: tuple[Gate, ...] = (
    Gate(
        "G1",
        TRAINING | {Option.CLASSICAL_ML},
        all_of(is_in("data_rights", "restricted"), unless(is_true("deterministic"))),
        _WITHOUT_TRAINING,
        "Not by training: the data may not be used for it",
        Because("You may not train on this data, and that outweighs every number.", "fine-tuning"),
        "Ask whoever owns the data what would be allowed, and use what needs no training meanwhile.",
        "you have the right to train on this data",
        ("data_rights",),
        ("LAW-02",),
        is_final=True,
        instead_because=(UNDONE_IN_SECONDS,),
        confirmation=Confirmation(
            "data_rights", "ok", "Yes, we may train on it", "restricted", "No, we may not"
        ),
    ),
    *BASE_GATES,
    Gate(
        "G4",
        SUPERVISED,
        any_of(
            all_of(is_in("tried_prompting", "none"), unless(TUNED_WITH_SUCCESS)),
            all_of(is_in("tried_prompting", "quick"), unless(any_of(_NARROW, gap_is("cost_latency")))),
        ),
        always(Option.IMPROVE_PROMPT),
        "Work on the prompt first",
        Because(
            "As far as I know, versions of the prompt have not been scored yet; that is cheaper and can be undone.",
            "prompt",
        ),
        ("Score three versions of the prompt on ", SAME_CASES, ", and see what is left."),
        "scored prompt versions still fall short",
        ("tried_prompting",),
        ("OAI-07", "ANT-01"),
        then=IF_NOT_ENOUGH,
    ),
    Gate(
        "G5",
        frozenset({Option.FINE_TUNE_SFT}),
        all_of(is_false("tried_few_shot"), gap_is("behaviour"), unless(TUNED_WITH_SUCCESS)),
        always(Option.FEW_SHOT),
        "Show examples in the prompt first",
        Because(
            "Examples in the prompt have not been tried; they can do what tuning does, without it.",
            "few-shot-prompting",
        ),
        INTO_THE_PROMPT,
        "",
        (),
        ("ANT-05", "PAP-17"),
        instead_because=(UNDONE_IN_SECONDS,),
        then=IF_NOT_ENOUGH,
    ),
    Gate(
        "G16",
        TRAINING | {Option.CLASSICAL_ML},
        ABOVE_PEOPLE,
        always(Option.EVALS_DATA_FIRST),
        "First settle what is right: people agree less often than you need",
        Because(
            "Where people agree less often than the score that you need, no test can show that a model reaches it.",
            "evals",
        ),
        SETTLE_LABELS,
        sources=("OAI-11",),
        then="Once they agree as often as you need",
        advice="settle with the people who label what is right",
    ),
    Gate(
        "G6",
        TRAINING,
        misses("eval_set_n", EVAL_CASES),
        always(Option.EVALS_DATA_FIRST),
        Phrase(
            "Build the test set first",
            (
                (THOUSANDS_OF_EXAMPLES, "First set 200 of your {examples_n} examples aside as a test set"),
                (HAS_A_FEW_TEST_CASES, "Enlarge the test set first"),
            ),
        ),
        Because("Without a test set of some size, nobody can tell whether training helped.", "evals"),
        Phrase(
            "Put 50 real cases with right answers aside, and score what you have today.",
            (
                (
                    THOUSANDS_OF_EXAMPLES,
                    "Check the answers of the 200, train on none of them, and score on them what you have today.",
                ),
                (
                    HAS_A_FEW_TEST_CASES,
                    "Add real cases to your {eval_set_n} until there are 50 with right answers, and score what you have today.",
                ),
                (
                    A_HUNDRED_EXAMPLES,
                    "Put 50 of your {examples_n} examples aside, check their answers, and score on them what you have today; train on none of them.",
                ),
            ),
        ),
        "you have a test set of 50 cases or more that training never sees",
        ("eval_set_n",),
        ("OAI-05", "PRA-02"),
        confirmation=_confirm_amount("eval_set_n", EVAL_CASES, "test cases"),
        advice="build a test set of 50 cases first",
    ),
    Gate(
        "G7",
        TRAINING,
        is_in("data_quality", "unreviewed"),
        always(Option.EVALS_DATA_FIRST),
        "Read and clean the examples first",
        Because(
            "Nobody has read the examples, and a model learns their faults as readily as their virtues.",
            "fine-tuning",
        ),
        "Read a hundred of them, or all if there are fewer, throw out what you would not want repeated, and fix the rest.",
        "",
        (),
        ("GOO-01", "MS-05"),
        advice="read and clean the examples first",
    ),
    Gate(
        "G12",
        frozenset({Option.CLASSICAL_ML}),
        all_of(
            is_in("goal_kind", "classification"),
            is_in("data_quality", "unreviewed", "mixed"),
            unless(is_true("deterministic")),
        ),
        always(Option.EVALS_DATA_FIRST),
        "Check the labels first",
        Because("Until people agree on a hundred items, nobody can say how good a classifier is.", "evals"),
        SETTLE_LABELS,
        "",
        (),
        ("OAI-05",),
        advice="have the labels checked first",
    ),
    _collect(
        "G8",
        Option.FINE_TUNE_SFT,
        "you have 50 or more reviewed examples",
        _confirm_amount("examples_n", PILOT, "examples"),
    ),
    _collect(
        "G8b",
        Option.RAG_PLUS_FT,
        "you have 50 or more reviewed answers that use the passages",
        _confirm_amount("examples_n", PILOT, "answers"),
    ),
    _collect(
        "G8c", Option.PREFERENCE_TUNE, "you have several dozen prompts, or 500 pairs for the same inputs"
    ),
    Gate(
        "G9",
        frozenset({Option.PREFERENCE_TUNE}),
        is_zero("baseline_score"),
        always(Option.EVALS_DATA_FIRST),
        "Make the task solvable first",
        Because(
            "The base model never succeeds, so there is nothing for reinforcement to strengthen.",
            "preference-tuning",
        ),
        "Find easier cases, or show worked examples, until it succeeds sometimes.",
        "",
        (),
        ("OAI-11",),
        advice="make the task solvable first",
    ),
    Gate(
        "G10",
        TRAINING,
        all_of(is_in("team_ml", "none"), is_zero("budget_usd")),
        ((unless(is_in("tried_prompting", "systematic")), Option.IMPROVE_PROMPT), *_WITHOUT_TRAINING),
        "Take the step that nobody has to maintain",
        Because(
            "A tuned model must be redone when its base or its data change, and nobody would own that.",
            "fine-tuning",
        ),
        "Do what needs no training, and name an owner before you train anything.",
        "",
        (),
        ("MS-02",),
    ),
)
