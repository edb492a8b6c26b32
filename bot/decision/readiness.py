"""The readiness: what must hold before money is spent on a direction.

A requirement that is known to fail decides what to do first; one that is unknown becomes a condition on the
answer. Gates are tested in order and the first known failure counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

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
from bot.decision.facts import Facts, FactValue, Range
from bot.decision.options import TRAINING, Option
from bot.decision.policy.shared_phrases import (
    A_HUNDRED_EXAMPLES,
    BEST_EXAMPLES,
    HARDEST_CASES,
    HAS_A_FEW_EXAMPLES,
    HAS_A_FEW_TEST_CASES,
    HUNDRED_ITEMS,
    ON_OWN_MACHINES,
    REAL_INPUTS,
    SAME_CASES,
    STRONGEST_MODEL,
    TWENTY_CASES,
)
from bot.decision.policy.shared_reasons import LIMIT_OF_THE_MODEL, UNDONE_IN_SECONDS
from bot.decision.rules import Because
from bot.decision.sentences import Phrase, Sentence
from bot.decision.thresholds import BASE_LIFE, EVAL_CASES, MANY_CLASSES, PILOT, PROMPTS, Threshold

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
_IF_NOT_ENOUGH = "If that falls short"
_IF_IT_FAILS_UNTOUCHED = "If it falls short as it is"
_CALLS_TOOLS = is_in("goal_kind", "tool_use")
TUNES_THE_BASE = TRAINING - {Option.DISTIL}
"""Distilling trains a student; the base in use is only its teacher."""
_SUPERVISED = frozenset({Option.FINE_TUNE_SFT, Option.RAG_PLUS_FT})


@dataclass(frozen=True)
class Confirmation:
    """A condition's one fact, with what a plain yes and a plain no say of it; labels fit a button."""

    fact: str
    yes: FactValue
    yes_label: str
    no: FactValue
    no_label: str


@dataclass(frozen=True)
class Gate:
    """One requirement of some directions.

    `fails_when` says when it is known to fail, and `instead` what to do first then. While none of `unless_known`
    is known, `condition` is attached to the answer; "" attaches nothing.
    """

    id: str
    applies_to: frozenset[Option]
    fails_when: Condition
    instead: Instead
    headline: Sentence
    because: Because
    first_step: Sentence
    condition: str = ""
    unless_known: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_final: bool = False
    """Whether nothing that the asker does opens it, so that the direction does not follow afterwards."""
    instead_because: tuple[Because, ...] = ()
    """What speaks for what it says to do; where it is final, nothing speaks for the direction."""
    confirmation: Confirmation | None = None
    """Set where one tap can settle the condition. Where a no could mean several things, none is offered."""
    then: str = ""
    """Where what it says to do first may be enough: what begins the step after it."""
    advice: str = ""
    """What it says to do first, as the end of "I would …"; "" where the name of the option says it."""

    def option_instead(self, facts: Facts) -> Option:
        """Return what to do first when the gate is known to fail."""
        *_, (_, option) = self._tested(facts)
        return option

    def compared(self, facts: Facts) -> tuple[Condition, ...]:
        """Return by what it is known to fail and what to do first then was found."""
        return (self.fails_when, *(condition for condition, _ in self._tested(facts)))

    def _tested(self, facts: Facts) -> Iterator[tuple[Condition, Option]]:
        for condition, option in self.instead:
            yield condition, option
            if condition.holds(facts):
                return


Instead = tuple[tuple[Condition, Option], ...]
"""What to do when a gate is shut: the first option whose condition holds."""


def _always(option: Option) -> Instead:
    return ((ALWAYS, option),)


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


def _collect(id_: str, option: Option, condition: str, confirmation: Confirmation | None = None) -> Gate:
    return Gate(
        id_,
        frozenset({option}),
        _too_few(option),
        _always(Option.EVALS_DATA_FIRST),
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


_MAY_STAY = all_of(
    is_in("base_tunable", "no"),
    unless(any_of(is_false("base_fits_hosting"), misses("base_retire_days", BASE_LIFE), ON_OWN_MACHINES)),
    unless(is_in("tried_finetune", "worked", "forgot")),
    unless(gap_is("cost_latency")),
)
"""The model in use cannot be tuned, and nothing else drives them away from it."""
_IT_CANNOT_BE_TUNED = "The model you use cannot be tuned by you"

_STRONGER_BEFORE_TUNABLE = Gate(
    "G15",
    frozenset({Option.PREFERENCE_TUNE}),
    all_of(_MAY_STAY, gap_is("capability"), unless(is_true("tried_models"))),
    _always(Option.SWITCH_MODEL),
    "Try a stronger model before you move to one that can be tuned",
    Because(
        f"{_IT_CANNOT_BE_TUNED}, and one that is stronger needs no tuning.",
        "fine-tuning",
        ("GOO-05",),
    ),
    ("Run ", HARDEST_CASES, " through ", STRONGEST_MODEL, "."),
    sources=("ANT-02",),
    instead_because=(LIMIT_OF_THE_MODEL,),
    then=_IF_NOT_ENOUGH,
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
    _always(Option.IMPROVE_PROMPT),
    Phrase(
        "Work on the prompt before you change the model",
        ((_CALLS_TOOLS, "Work on the tools and the prompt before you change the model"),),
    ),
    Because(
        f"{_IT_CANNOT_BE_TUNED}, and as far as I know no versions of the prompt have been scored.", "prompt"
    ),
    Phrase(
        ("Score three versions of the prompt on ", SAME_CASES, ", and see what is left."),
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
    then=_IF_NOT_ENOUGH,
    advice="work on the prompt before I change the model",
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
    # What an agent misreads is told by descriptions sooner than by examples, so this comes before G13.
    replace(
        _PROMPT_BEFORE_ANOTHER_MODEL,
        id="G14b",
        applies_to=_SUPERVISED,
        fails_when=all_of(_CALLS_TOOLS, _PROMPT_BEFORE_ANOTHER_MODEL.fails_when),
    ),
    Gate(
        "G13",
        _SUPERVISED,
        all_of(
            _MAY_STAY,
            unless(is_true("tried_few_shot")),
            unless(is_in("tried_prompting", "none")),
            unless(reaches("label_count", MANY_CLASSES)),
            unless(all_of(gap_is("knowledge", "both"), unless(is_true("tried_rag")))),
        ),
        _always(Option.FEW_SHOT),
        "Show examples in the prompt before you change the model",
        Because(f"{_IT_CANNOT_BE_TUNED}, and examples in the prompt need no other.", "few-shot-prompting"),
        ("Put ", BEST_EXAMPLES, " into the prompt and score it on ", REAL_INPUTS, "."),
        sources=("ANT-05", "PAP-17"),
        instead_because=(UNDONE_IN_SECONDS,),
        then=_IF_NOT_ENOUGH,
        advice="show examples in the prompt before I change the model",
    ),
    _STRONGER_BEFORE_TUNABLE,
    _PROMPT_BEFORE_ANOTHER_MODEL,
    Gate(
        "G2",
        TUNES_THE_BASE,
        is_in("base_tunable", "no"),
        _always(Option.SWITCH_MODEL),
        "Before tuning, move to a base model that can be tuned",
        Because("The model you use cannot be tuned by you.", "fine-tuning", ("GOO-05",)),
        ("Choose a base that can still be tuned, and run ", TWENTY_CASES, " on it untouched first."),
        "the base model can be tuned and stays available for six months or more",
        ("base_tunable",),
        ("NEWS-01", "NEWS-09"),
        advice="tune, on a base model that can be tuned",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
    Gate(
        "G3",
        TUNES_THE_BASE,
        misses("base_retire_days", BASE_LIFE),
        _always(Option.SWITCH_MODEL),
        "Before tuning, move to a base model that lives longer",
        Because(
            "The base model retires too soon, and the tuned model goes with it.", "fine-tuning", ("NEWS-04",)
        ),
        ("Choose a base with at least six months left, and run ", TWENTY_CASES, " on it first."),
        "",
        (),
        ("NEWS-06", "OAI-16"),
        advice="tune, on a base model that lives longer",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
    Gate(
        "G11",
        TUNES_THE_BASE,
        is_false("base_fits_hosting"),
        _always(Option.SWITCH_MODEL),
        "Before tuning, move to a model that can run where it must",
        Because("The model you named cannot run where yours has to run.", "fine-tuning", ("GOO-05",)),
        ("Choose an open-weight model that fits your machines, and run ", TWENTY_CASES, " on it first."),
        "",
        (),
        ("ANT-02",),
        advice="tune, on a model that can run where it must",
        then=_IF_IT_FAILS_UNTOUCHED,
    ),
    Gate(
        "G4",
        _SUPERVISED,
        any_of(
            is_in("tried_prompting", "none"),
            all_of(is_in("tried_prompting", "quick"), unless(any_of(_NARROW, gap_is("cost_latency")))),
        ),
        _always(Option.IMPROVE_PROMPT),
        "Work on the prompt first",
        Because(
            "As far as I know, versions of the prompt have not been scored yet; that is cheaper and can be undone.",
            "prompt",
        ),
        ("Score three versions of the prompt on ", SAME_CASES, ", and see what is left."),
        "scored prompt versions still fall short",
        ("tried_prompting",),
        ("OAI-07", "ANT-01"),
        then=_IF_NOT_ENOUGH,
    ),
    Gate(
        "G5",
        frozenset({Option.FINE_TUNE_SFT}),
        all_of(is_false("tried_few_shot"), gap_is("behaviour")),
        _always(Option.FEW_SHOT),
        "Show examples in the prompt first",
        Because(
            "Examples in the prompt have not been tried; they can do what tuning does, without it.",
            "few-shot-prompting",
        ),
        ("Put three to five of your best examples into the prompt and score it on ", REAL_INPUTS, "."),
        "",
        (),
        ("ANT-05", "PAP-17"),
        instead_because=(UNDONE_IN_SECONDS,),
        then=_IF_NOT_ENOUGH,
    ),
    Gate(
        "G6",
        TRAINING,
        misses("eval_set_n", EVAL_CASES),
        _always(Option.EVALS_DATA_FIRST),
        Phrase("Build the test set first", ((HAS_A_FEW_TEST_CASES, "Enlarge the test set first"),)),
        Because("Without a test set of some size, nobody can tell whether training helped.", "evals"),
        Phrase(
            "Put 50 real cases with right answers aside, and score what you have today.",
            (
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
        _always(Option.EVALS_DATA_FIRST),
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
        _always(Option.EVALS_DATA_FIRST),
        "Check the labels first",
        Because("Until people agree on a hundred items, nobody can say how good a classifier is.", "evals"),
        ("Have two people label the same ", HUNDRED_ITEMS, ", and settle where they disagree."),
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
        _always(Option.EVALS_DATA_FIRST),
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


def confirmable(conditions: Collection[str]) -> tuple[Gate, ...]:
    """Return the gates behind these conditions that one tap can settle, in order."""
    return tuple(gate for gate in GATES if gate.confirmation and gate.condition in conditions)


def confirmation_of(gate_id: str) -> Confirmation | None:
    """Return what a tap under a gate's condition says, or None when there is no such tap."""
    return next((gate.confirmation for gate in GATES if gate.id == gate_id), None)


@dataclass(frozen=True)
class Readiness:
    """What the gates say about a direction. `tested` holds (gate id, known to fail) in order."""

    failed: Gate | None
    conditions: tuple[str, ...]
    tested: tuple[tuple[str, bool], ...]


def check_readiness(facts: Facts, direction: Option) -> Readiness:
    """Test every gate of a direction; conditions are collected only when none is known to fail."""
    tested: list[tuple[str, bool]] = []
    conditions: list[str] = []
    for gate in GATES:
        if direction not in gate.applies_to:
            continue
        fails = gate.fails_when.holds(facts)
        tested.append((gate.id, fails))
        if fails:
            return Readiness(gate, (), tuple(tested))
        if gate.condition and not any(is_known(fact).holds(facts) for fact in gate.unless_known):
            conditions.append(gate.condition)
    return Readiness(None, tuple(conditions), tuple(tested))
