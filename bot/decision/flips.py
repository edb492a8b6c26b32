"""What would change the answer: the nearest changes of one fact or of two, tried on the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, combinations, product

from bot.decision.chances import PROBLEM
from bot.decision.compiled import POLICY
from bot.decision.facts import (
    AMOUNT_FACTS,
    OWN_MACHINES,
    Amount,
    Facts,
    FactValue,
    Range,
    choices_of,
    lowest,
    surely_at_least,
)
from bot.decision.gates import Gate
from bot.decision.options import TRAINING, Option
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.priors import FAILURES_OF_GAP, GAPS_OF_GOAL
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.wording import advice_in_words, percent, supposed_in_words

CHANGEABLE: tuple[str, ...] = (
    "tried_prompting",
    "tried_few_shot",
    "tried_rag",
    "tried_structured",
    "tried_models",
    "tried_caching",
    "examples_n",
    "eval_set_n",
    "data_quality",
    "corpus_tokens",
    "access_control",
    "knowledge_change",
    "failure_mode",
    "small_model_ok",
    "teacher_ok",
    "grader",
    "feedback_kind",
    "requests_per_day",
    "data_rights",
    "base_tunable",
    "hosting",
    "needs_live_data",
    "gap",
)
"""Facts that can turn out differently or be changed by work, the most likely first."""


_STEPS: Mapping[str, tuple[FactValue, ...]] = {
    "tried_prompting": ("systematic",),
    "data_quality": ("unreviewed", "mixed", "curated"),
    "tried_few_shot": (False, True),
    "tried_rag": (False, True),
    "tried_structured": (False, True),
    "tried_models": (True,),
    "tried_caching": (False, True),
}
"""Facts that work moves from left to right: what was done stays done."""

WORK: tuple[str, ...] = (*_STEPS, "examples_n", "eval_set_n")
"""Facts that people can change by work; two of them may be needed at once."""


@dataclass(frozen=True)
class FlipFound:
    """If `fact` were `to`, and the facts in `also` as they stand there, the answer would be `option`."""

    fact: str
    to: FactValue
    option: Option
    advice: str
    """The outcome as the end of "I would …"."""
    also: Mapping[str, FactValue] = field(default_factory=dict)
    target: float | None = None
    """The score that they need."""

    @property
    def text(self) -> str:
        """Return the flip as a sentence without a full stop."""
        changes = [(self.fact, self.to), *self.also.items()]
        words = ", and ".join(_as_it_turns_out(fact, value, self.target) for fact, value in changes)
        return f"If {words}: I would {self.advice}"


_FALLS_SHORT: Mapping[tuple[str, FactValue], str] = {
    ("tried_prompting", "systematic"): "scored versions of the prompt still fall short",
    ("tried_few_shot", True): "examples in the prompt still fall short",
    ("tried_models", True): "a stronger model falls short as well",
}
"""Steps that are taken: it is what they leave undone that changes the answer, measured by what is needed."""
_STILL_GOES_WRONG: Mapping[tuple[str, FactValue], str] = {
    ("tried_rag", True): "retrieval is in place and it still goes wrong",
    ("tried_structured", True): "the shape is enforced and it still goes wrong",
    ("tried_caching", True): "caching is in place and does not save enough",
}
"""The same of steps that no score tells apart."""


_NOT_YET: Mapping[str, str] = {
    "tried_few_shot": "no examples were shown in the prompt yet",
    "tried_rag": "there is no retrieval yet",
    "tried_structured": "neither a schema nor tools are in use yet",
    "tried_models": "no stronger model was tried yet",
}


def _as_it_turns_out(fact: str, value: FactValue, target: float | None) -> str:
    if value is False and fact in _NOT_YET:
        return _NOT_YET[fact]
    if short := _FALLS_SHORT.get((fact, value)):
        return short if target is None else f"{short} of the {percent(target)} that you need"
    return _STILL_GOES_WRONG.get((fact, value)) or supposed_in_words(fact, value)


@cache
def _edges(fact: str) -> tuple[int, ...]:
    conditions = [rule.when for rule in RULES] + [gate.fails_when for gate in GATES]
    return tuple(
        sorted(
            {
                threshold.value
                for condition in conditions
                if fact in condition.reads
                for threshold in condition.compares
                if threshold.unit in _UNIT_OF.get(fact, ())
            }
        )
    )


_MAY_REACH = frozenset({"corpus_tokens"})
"""Facts that fit while they do not exceed their threshold."""
_UNIT_OF = {
    "examples_n": ("reviewed examples", "labels", "prompts"),
    "eval_set_n": ("test cases",),
    "corpus_tokens": ("tokens",),
    "requests_per_day": ("requests a day",),
}


def _starts(fact: str) -> tuple[int, ...]:
    """Return the amounts from which on a fact compares otherwise than below them."""
    return tuple(edge + 1 if fact in _MAY_REACH else edge for edge in _edges(fact))


def _candidates(fact: str, facts: Facts) -> Iterator[FactValue]:
    """Yield what a fact may turn out to be; of what is stated, only what work or a permission changes."""
    now = getattr(facts, fact)
    if not _is_about(fact, facts):
        return
    if fact in PROBLEM:
        # What people complain about is what they ask about; only what they left open can turn out otherwise.
        values: Iterable[FactValue] = _possible_problems(fact, facts)
    elif fact in _STEPS:
        steps = _STEPS[fact]
        values = steps[steps.index(now) + 1 :] if now in steps else steps
    elif fact in AMOUNT_FACTS:
        values = _amounts(fact, now)
    elif now is None:
        values = choices_of(fact) or (True, False)
    else:
        values = _OPENED.get((fact, now), ())
    ruled_out = _ruled_out(facts)
    yield from (value for value in values if (fact, value) not in ruled_out)


def _amounts(fact: str, now: Amount | None) -> Iterator[Range]:
    """Yield the stretches beyond a threshold, the widest first: of what is stated, those it can grow into."""
    starts = _starts(fact)
    if now is None or fact in _GROWS:
        yield from (Range(min=start) for start in starts if lowest(now) < start)
    if now is None:
        yield from (Range(max=start - 1) for start in reversed(starts))


_GROWS = frozenset({"examples_n", "eval_set_n", "requests_per_day"})
_OPENED: Mapping[tuple[str, FactValue], tuple[FactValue, ...]] = {
    ("grader", "none"): ("programmatic",),
    ("feedback_kind", "none"): ("pairs", "unpaired", "clicks"),
    ("data_rights", "restricted"): ("ok",),
    ("base_tunable", "no"): ("yes",),
    ("base_tunable", "unknown"): ("yes", "no"),
    ("small_model_ok", False): (True,),
    ("teacher_ok", False): (True,),
}
"""What is stated and can still be had: a check, a permission, another base, a newer model."""
_OF_MATERIAL = frozenset(
    {"corpus_tokens", "access_control", "knowledge_change", "needs_live_data", "tried_rag"}
)
"""Facts about material that is looked up, which matter where facts are missing or a system is asked."""
_ASKS_MATERIAL = frozenset({"knowledge", "both", "interface"})


_HAS_ONE_ANSWER = frozenset({"classification", "extraction", "format", "prediction_tabular"})
"""Tasks in which nobody has a taste, nor talks for long."""


def _is_about(fact: str, facts: Facts) -> bool:
    """Say whether a fact has to do with such a case at all."""
    if fact in _OF_SIZE and not _is_about_size(fact, facts):
        return False
    if fact == "tried_models" and facts.gap == "cost_latency":
        return False
    if fact == "feedback_kind" and _leaves_no_taste(facts):
        return False
    if fact == "tried_caching" and facts.goal_kind in _HAS_ONE_ANSWER:
        return bool(facts.same_prefix) or facts.prompt_tokens is not None
    if fact == "needs_live_data" and facts.goal_kind in _HAS_ONE_ANSWER:
        return False
    if fact not in _OF_MATERIAL or facts.gap is None:
        return True
    is_looked_up = facts.gap in _ASKS_MATERIAL or facts.tried_rag is True
    return is_looked_up or facts.goal_kind in ("knowledge_qa", "tool_use")


def _leaves_no_taste(facts: Facts) -> bool:
    is_checked = facts.grader == "programmatic" or facts.goal_kind in _HAS_ONE_ANSWER
    return is_checked or facts.gap in ("format", "interface")


_OF_SIZE = frozenset({"small_model_ok", "teacher_ok"})


def _is_about_size(fact: str, facts: Facts) -> bool:
    """Say whether a large and a small model are weighed against each other at all."""
    if facts.goal_kind == "prediction_tabular":
        return False
    is_weighed = facts.gap in (None, "cost_latency") or facts.hosting in OWN_MACHINES
    return (
        is_weighed or facts.tried_small_model is True or (fact == "teacher_ok" and facts.gap == "capability")
    )


def _ruled_out(facts: Facts) -> frozenset[tuple[str, FactValue]]:
    """Return what cannot be, and what would be no news: who misses a passage looked for it."""
    # What nobody can check is a reason to look, and no news to anybody; a model's word is rarely the check.
    ruled_out: set[tuple[str, FactValue]] = {("grader", "none"), ("grader", "model")}
    if surely_at_least(facts.examples_n, 1):
        ruled_out.add(("data_quality", "unreviewed"))  # reviewed ones are what is counted
    if facts.failure_mode in _FAILURES_OF_RETRIEVAL:
        ruled_out.add(("tried_rag", False))
    is_of_other_things = facts.goal_kind not in (None, "knowledge_qa", "tool_use")
    if facts.tried_rag is False or (is_of_other_things and not facts.tried_rag):
        ruled_out |= {("failure_mode", failure) for failure in _FAILURES_OF_RETRIEVAL}
    return frozenset(ruled_out)


_FAILURES_OF_RETRIEVAL = ("retrieval_miss", "wrong_use_of_context")


def _possible_problems(fact: str, facts: Facts) -> Iterator[FactValue]:
    if facts.failure_mode:
        return
    if facts.gap is None:
        gaps = _likely_gaps(facts)
        failures = dict.fromkeys(failure for gap in gaps for failure in FAILURES_OF_GAP[gap] if failure)
        yield from gaps if fact == "gap" else map(str, failures)
    elif fact == "failure_mode":
        yield from (str(failure) for failure in FAILURES_OF_GAP[facts.gap] if failure)


_LIKELY = 0.1


def _likely_gaps(facts: Facts) -> tuple[str, ...]:
    """Return what may turn out to be missing in such a task; in any task while it is not known."""
    weights = GAPS_OF_GOAL.get(facts.goal_kind or "")
    if weights is None:
        return tuple(choices_of("gap"))
    return tuple(str(gap) for gap, weight in weights.items() if gap and weight >= _LIKELY)


def find_flip_to(option: Option, facts: Facts, now: Recommendation) -> FlipFound | None:
    """Return the nearest change, of one fact or of work on two, that leads to an outcome; None without any.

    Whoever speaks of tuning means any way of it.
    """
    wanted = TRAINING if option is Option.FINE_TUNE_SFT else {option}
    order = _order(now)
    changes = chain(_singles(facts, order), _pairs(facts, [fact for fact in order if fact in WORK]))
    return next((flip for flip in _tried(facts, now, changes) if flip.option in wanted), None)


def _order(now: Recommendation) -> list[str]:
    """Return the facts that may change the answer, the deciding rule's facts first."""
    named = _conditional(now) | _said_already(now)
    return sorted(
        (name for name in CHANGEABLE if name not in named),
        key=lambda name: (name in PROBLEM, name not in now.reads, CHANGEABLE.index(name)),
    )


def _singles(facts: Facts, order: Iterable[str]) -> Iterator[dict[str, FactValue]]:
    return ({fact: value} for fact in order for value in _candidates(fact, facts))


def find_flips(facts: Facts, now: Recommendation, limit: int = 2) -> tuple[FlipFound, ...]:
    """Return up to `limit` changes, each to another outcome; the deciding rule's facts first.

    Changes of one fact come first. Where none of them leads to training, work on two facts that does takes
    the last place, because what it would take is what people ask; where none leads anywhere, any two do.
    """
    order = _order(now)
    single = _tried(facts, now, _singles(facts, order))
    nearest = single[:limit]
    if now.option in TRAINING or any(flip.option in TRAINING for flip in nearest):
        return nearest
    double = _tried(facts, now, _pairs(facts, [fact for fact in order if fact in WORK]))
    training = tuple(flip for flip in (*single, *double) if flip.option in TRAINING)[:1]
    if training and limit > 1:
        return (*nearest[: limit - 1], *training)
    return nearest or double[:limit]


def _conditional(now: Recommendation) -> frozenset[str]:
    """Return the facts that a condition of the answer asks for, apart from work that opens it."""
    asked = (gate.unless_known for gate in GATES if gate.condition in now.conditions)
    return frozenset(facts[0] for facts in asked if len(facts) == 1) - {*WORK}


def _said_already(now: Recommendation) -> frozenset[str]:
    """Return the facts that the answer is about, and the right to train where nothing is trained first."""
    of_gate = now.gate.fails_when.reads if now.gate else frozenset[str]()
    said = of_gate & {"base_tunable"}
    trains_first = now.option in {*TRAINING, Option.CLASSICAL_ML}
    return said if trains_first or "data_rights" in of_gate else said | {"data_rights"}


def _tried(
    facts: Facts, now: Recommendation, changes: Iterable[dict[str, FactValue]]
) -> tuple[FlipFound, ...]:
    """Return for each other outcome the first changes that lead there."""
    found: dict[Option, FlipFound] = {}
    for changed in changes:
        option = POLICY.decide(facts.model_copy(update=changed))
        is_new = option not in (now.option, Option.ASK) and option not in found
        if option in TRAINING and _argues_against_training(changed):
            continue  # rules take it for something to build on; people read it as a reason not to train
        if is_new and _always_leads(facts, changed, option):
            (fact, value), *also = changed.items()
            supposed = facts.model_copy(update=changed)
            gate = recommend(supposed).gate
            if gate is None or not _says_little(gate, changed):
                advice = gate.advice if gate and gate.advice else advice_in_words(option, supposed)
                found[option] = FlipFound(fact, value, option, advice, dict(also), facts.target_score)
    return tuple(found.values())


def _says_little(gate: Gate, changed: Mapping[str, FactValue]) -> bool:
    """Say whether a gate asks for what is supposed, or a way to judge only leads to another step first."""
    return gate.fails_when.reads <= changed.keys() or not changed.keys().isdisjoint(_WAYS_TO_JUDGE)


_WAYS_TO_JUDGE = frozenset({"feedback_kind", "grader"})


def _argues_against_training(changed: Mapping[str, FactValue]) -> bool:
    return changed.get("small_model_ok") is True or changed.get("data_quality") in ("unreviewed", "mixed")


def _stretches(fact: str, value: Range) -> tuple[int, ...]:
    """Return the first amount of each stretch of a range that is compared alike, upwards."""
    low = lowest(value)
    inside = (at for at in (1, *_starts(fact)) if low < at and (value.max is None or at <= value.max))
    return tuple(dict.fromkeys((low, *inside)))


def _always_leads(facts: Facts, changed: Mapping[str, FactValue], option: Option) -> bool:
    """Say whether every amount that the changes name leads there, also beyond another threshold."""
    samples = (
        _stretches(fact, value) if isinstance(value, Range) else (value,) for fact, value in changed.items()
    )
    return all(
        POLICY.decide(facts.model_copy(update=dict(zip(changed, values, strict=True)))) is option
        for values in product(*samples)
    )


def _pairs(facts: Facts, names: Iterable[str]) -> Iterator[dict[str, FactValue]]:
    for one, other in combinations(names, 2):
        for value in _candidates(one, facts):
            for beside in _candidates(other, facts):
                yield {one: value, other: beside}
