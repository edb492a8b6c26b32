"""What would change the answer: the nearest changes of one fact, found by trying them on the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.facts import AMOUNT_FACTS, Facts, FactValue, Range, choices_of, lowest
from bot.decision.options import SHORT_NAMES, Option
from bot.decision.policy import RULES
from bot.decision.readiness import GATES
from bot.decision.recommendation import Recommendation, recommend
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


@dataclass(frozen=True)
class FlipFound:
    """If `fact` were `to`, the answer would be `option`."""

    fact: str
    to: FactValue
    option: Option

    @property
    def text(self) -> str:
        """Return the flip as a sentence without a full stop."""
        return f"If {fact_in_words(self.fact, self.to)}: I would {SHORT_NAMES[self.option]}"


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


_UNIT_OF = {
    "examples_n": ("reviewed examples", "labels"),
    "eval_set_n": ("test cases",),
    "corpus_tokens": ("tokens",),
    "requests_per_day": ("requests a day",),
}


def _candidates(fact: str, facts: Facts) -> Iterator[FactValue]:
    now = getattr(facts, fact)
    if fact in AMOUNT_FACTS:
        for edge in _edges(fact):
            if lowest(now) < edge:
                yield Range(min=edge)
            else:
                yield Range(max=edge - 1)
    elif words := choices_of(fact):
        yield from (word for word in words if word != now)
    else:
        yield from (value for value in (True, False) if value is not now)


def find_flips(facts: Facts, now: Recommendation, limit: int = 2) -> tuple[FlipFound, ...]:
    """Return up to `limit` changes of one fact, each to another outcome; the deciding rule's facts first."""
    found: dict[Option, FlipFound] = {}
    for fact in sorted(CHANGEABLE, key=lambda name: (name not in now.reads, CHANGEABLE.index(name))):
        for value in _candidates(fact, facts):
            option = recommend(facts.with_values({fact: value})).option
            if option not in (now.option, Option.ASK) and option not in found:
                found[option] = FlipFound(fact, value, option)
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]
