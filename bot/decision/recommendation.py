"""The policy applied to facts: direction, readiness, and the trace of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.decision.conditions import (
    ALWAYS,
    Condition,
    all_of,
    any_of,
    is_in,
    is_known,
    is_true,
    misses,
    nears_people,
    unless,
)
from bot.decision.facts import Facts, FactValue
from bot.decision.gates import Gate
from bot.decision.options import TRAINING, Option
from bot.decision.policy import POLICY_VERSION, RULES
from bot.decision.policy.gates import ABOVE_PEOPLE
from bot.decision.policy.shared_phrases import ON_OWN_MACHINES, TWENTY_CASES
from bot.decision.readiness import check_readiness
from bot.decision.rules import Because, Rule
from bot.decision.sentences import Sentence, fit
from bot.decision.thresholds import BASE_LIFE
from bot.decision.wording import advice_in_words

_READ_BY_PEOPLE = unless(is_in("goal_kind", "classification", "extraction", "format"))

_ABOUT_AS_GOOD_AS_PEOPLE = nears_people(0.03, "the score is about how often people agree")

IN_ANY_CASE: tuple[tuple[Condition, Sentence], ...] = (
    (
        is_true("about_people"),
        "It decides about people: what was decided before need not have been right. Compare how groups of people fare, leave the decision to a person, and ask who answers for the law before you begin.",  # noqa: E501 - a sentence for people
    ),
    (
        ABOVE_PEOPLE,
        "People agree in {agreement}, and you need {target_score}: settle what is right before you chase that score.",  # noqa: E501 - a sentence for people
    ),
    (
        _ABOUT_AS_GOOD_AS_PEOPLE,
        "It scores {baseline_score}, and people agree in {agreement}: it is about as good as they are, so better labels come before a better model.",  # noqa: E501 - a sentence for people
    ),
    (
        all_of(is_known("agreement"), unless(any_of(is_known("target_score"), _ABOUT_AS_GOOD_AS_PEOPLE))),
        "People agree in {agreement}: no test can show more than that, so ask for no higher score.",
    ),
    (
        all_of(
            is_in("failure_mode", "unsafe"), is_in("tried_finetune", "failed", "worse", "forgot", "worked")
        ),
        "What a model was tuned on, it may repeat to anybody: take it out of use until private things are out of its examples.",  # noqa: E501 - a sentence for people
    ),
)
"""What goes with any advice, where it concerns them; what is to be done first already is not said again."""

_RETIRES = misses("base_retire_days", BASE_LIFE)
MEANWHILE: Sentence = (
    "The model that you use retires in {base_retire_days} days: run ",
    TWENTY_CASES,
    " on its successor before that, whatever else you do.",
)
"""What goes with advice that leaves a model which retires where it is, or trains beside it."""

WITH_TRAINING: tuple[tuple[Condition, str], ...] = (
    (
        ALWAYS,
        "Compare three arms on the same held-out cases: base with best prompt, tuned with a short prompt, tuned with the best prompt.",  # noqa: E501 - a sentence for people
    ),
    (
        _READ_BY_PEOPLE,
        "Repeat your safety tests on the tuned model: even harmless data can weaken safeguards.",
    ),
    (_READ_BY_PEOPLE, "Check tasks outside the target too, for skills that were lost."),
    (
        unless(ON_OWN_MACHINES),
        "Write down how long the base model will be there, and budget for training again.",
    ),
    (
        is_true("regulated"),
        "In the EU, provider duties begin above a third of the original training compute, far beyond this.",
    ),
)
"""What goes with training, each where it concerns them (PRA-03, PAP-11, PAP-09, MS-04, NEWS-04, MS-02).

A model for one job that only programs read has no safeguards to lose, and own weights are not retired.
"""

TEACHER_TERMS = "Check that the terms of the teacher model allow training on its outputs."


@dataclass(frozen=True)
class Step:
    """Something to do, in words that fit what is known; its id stays when the words change."""

    id: str
    text: str


@dataclass(frozen=True)
class Recommendation:
    """What to do first (`option`), where that leads (`direction`), and why."""

    option: Option
    direction: Option
    rule: Rule
    gate: Gate | None
    conditions: tuple[str, ...]
    assumed: Mapping[str, FactValue]
    """Unknown facts that the rule took for a certain value."""
    compared: tuple[Condition, ...]
    """By what the deciding rule, the gate in its way and the step before it were found."""
    tested: tuple[tuple[str, bool], ...]
    """(id, fired) of every rule and gate tested, in order."""
    facts: Facts = field(compare=False)
    """What it was derived from; the sentences below are in words that fit it."""
    policy_version: str = POLICY_VERSION

    @property
    def headline(self) -> str:
        """Return the headline of what decided: the failed gate, else the rule."""
        return fit((self.gate or self.rule).headline, self.facts)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return what to do, in order; the first is always there."""
        decided = self.gate or self.rule
        told = (fit(decided.first_step, self.facts), *self._after_the_first())
        return tuple(Step(f"{decided.id}.{place}", text) for place, text in enumerate(told) if text)

    @property
    def steps_by_id(self) -> Mapping[str, str]:
        """Return the words of each step."""
        return {step.id: step.text for step in self.steps}

    def _after_the_first(self) -> tuple[str, ...]:
        if self.gate is None:
            return tuple(fit(step, self.facts) for step in self.rule.next_steps)
        if self.gate.is_final:
            return ()
        if self.gate.then:
            return (f"{self.gate.then}, {advice_in_words(self.direction, self.facts)}.",)
        return (f"{fit(self.rule.headline, self.facts)}.",)

    @property
    def first_step(self) -> str:
        """Return the first thing to do."""
        return self.steps[0].text

    @property
    def next_steps(self) -> tuple[str, ...]:
        """Return what comes after the first step."""
        return tuple(step.text for step in self.steps[1:])

    @property
    def because(self) -> tuple[Because, ...]:
        """Return the reasons, the deciding one first; none for the direction where a gate is final."""
        direction = tuple(one for one in self.rule.because if one.fits.holds(self.facts))
        if self.gate is None:
            return direction
        if self.gate.is_final:
            return (self.gate.because, *self.gate.instead_because)
        # Beside what speaks for the step before it, the first reason tells where it leads.
        rest = direction[:1] if self.gate.instead_because else direction
        return (self.gate.because, *self.gate.instead_because, *rest)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the evidence ids of what decided."""
        return tuple(dict.fromkeys((self.gate.sources if self.gate else ()) + self.rule.sources))

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return what goes with this advice: in any case, and where training is what to do first."""
        gate = self.gate
        in_any_case = tuple(
            fit(text, self.facts)
            for concerns, text in IN_ANY_CASE
            if concerns.holds(self.facts) and not (gate and gate.fails_when == concerns)
        )
        if self.option is not Option.SWITCH_MODEL and _RETIRES.holds(self.facts):
            in_any_case += (fit(MEANWHILE, self.facts),)
        if self.option not in TRAINING:
            return in_any_case
        extra = (TEACHER_TERMS,) if self.option is Option.DISTIL else ()
        with_training = (text for concerns, text in WITH_TRAINING if concerns.holds(self.facts))
        return (*in_any_case, *with_training, *extra)

    @property
    def reads(self) -> frozenset[str]:
        """Return the facts that were compared to decide."""
        return frozenset[str]().union(*(one.reads for one in self.compared))

    @property
    def thresholds(self) -> Mapping[str, int]:
        """Return the thresholds that facts were compared with to decide, by id."""
        return {threshold.id: threshold.value for one in self.compared for threshold in one.compares}


def recommend(facts: Facts) -> Recommendation:
    """Apply the policy. Total: every set of facts has exactly one outcome."""
    tested: list[tuple[str, bool]] = []
    for rule in RULES:
        fired = rule.when.holds(facts)
        tested.append((rule.id, fired))
        if fired:
            break
    else:
        raise AssertionError("the last rule always holds")
    readiness = check_readiness(facts, rule.option)
    gate = readiness.failed
    return Recommendation(
        option=gate.option_instead(facts) if gate else rule.option,
        direction=rule.option,
        rule=rule,
        gate=gate,
        conditions=readiness.conditions,
        assumed=rule.when.assumes(facts),
        compared=(rule.when, *(gate.compared(facts) if gate else ())),
        tested=(*tested, *readiness.tested),
        facts=facts,
    )
