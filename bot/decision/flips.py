"""What would change the answer: the nearest changes of one fact or of two, tried on the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product

from bot.decision.chances import PROBLEM
from bot.decision.compiled import POLICY
from bot.decision.facts import AMOUNT_FACTS, Facts, FactValue, Range, choices_of, lowest
from bot.decision.options import SHORT_NAMES, TRAINING, Option
from bot.decision.policy import RULES
from bot.decision.priors import FAILURES_OF_GAP
from bot.decision.readiness import GATES
from bot.decision.recommendation import Recommendation
from bot.decision.wording import fact_in_words

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
    "tried_prompting": ("none", "quick", "systematic"),
    "data_quality": ("unreviewed", "mixed", "curated"),
    "tried_few_shot": (False, True),
    "tried_rag": (False, True),
    "tried_structured": (False, True),
    "tried_models": (False, True),
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
    also: Mapping[str, FactValue] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the flip as a sentence without a full stop."""
        changes = [(self.fact, self.to), *self.also.items()]
        words = ", and ".join(fact_in_words(fact, value) for fact, value in changes)
        return f"If {words}: I would {SHORT_NAMES[self.option]}"


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
    now = getattr(facts, fact)
    if fact in PROBLEM:
        # What people complain about is what they ask about; only what they left open can turn out otherwise.
        yield from _possible_problems(fact, facts)
    elif fact in _STEPS:
        steps = _STEPS[fact]
        yield from steps if now is None else steps[steps.index(now) + 1 :]
    elif fact in AMOUNT_FACTS:
        starts = _starts(fact)
        yield from (Range(min=start) for start in starts if lowest(now) < start)
        below = starts if now is None else (start for start in reversed(starts) if lowest(now) >= start)
        yield from (Range(max=start - 1) for start in below)
    elif words := choices_of(fact):
        yield from (word for word in words if word != now)
    else:
        yield from (value for value in (True, False) if value is not now)


def _possible_problems(fact: str, facts: Facts) -> Iterator[FactValue]:
    if facts.failure_mode:
        return
    if facts.gap is None:
        yield from choices_of(fact)
    elif fact == "failure_mode":
        yield from (str(failure) for failure in FAILURES_OF_GAP[facts.gap] if failure)


def find_flips(facts: Facts, now: Recommendation, limit: int = 2) -> tuple[FlipFound, ...]:
    """Return up to `limit` changes, each to another outcome; the deciding rule's facts first.

    Changes of one fact come first. Where none of them leads to training, work on two facts that does takes
    the last place, because what it would take is what people ask; where none leads anywhere, any two do.
    """
    order = sorted(
        CHANGEABLE, key=lambda name: (name in PROBLEM, name not in now.reads, CHANGEABLE.index(name))
    )
    single = _tried(facts, now, ({fact: value} for fact in order for value in _candidates(fact, facts)))
    nearest = single[:limit]
    if now.option in TRAINING or any(flip.option in TRAINING for flip in nearest):
        return nearest
    double = _tried(facts, now, _pairs(facts, [fact for fact in order if fact in WORK]))
    training = tuple(flip for flip in (*single, *double) if flip.option in TRAINING)[:1]
    if training and limit > 1:
        return (*nearest[: limit - 1], *training)
    return nearest or double[:limit]


def _tried(
    facts: Facts, now: Recommendation, changes: Iterable[dict[str, FactValue]]
) -> tuple[FlipFound, ...]:
    """Return for each other outcome the first changes that lead there."""
    found: dict[Option, FlipFound] = {}
    for changed in changes:
        option = POLICY.decide(facts.model_copy(update=changed))
        is_new = option not in (now.option, Option.ASK) and option not in found
        if is_new and _always_leads(facts, changed, option):
            (fact, value), *also = changed.items()
            found[option] = FlipFound(fact, value, option, dict(also))
    return tuple(found.values())


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
