"""What is kept of all that was found in one message: no noise, one of each fact, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.decision.facts import AMOUNT_FACTS, Range
from bot.decision.questions import UNTRIED
from bot.understanding.found import Found
from bot.understanding.less_said import (
    denies_sorting,
    only_describes_the_schema,
    speaks_of_a_large_model_alone,
    tried_neither,
    tried_no_large_one,
)
from bot.understanding.message import Message
from bot.understanding.unknowns import Unknown

_MAY_CONTRADICT = AMOUNT_FACTS | {"knowledge_change", "tried_prompting"}
"""Facts of which one message may state two values: both are kept, and the fold calls it a conflict."""
_ABOUT_OTHER_THINGS: dict[str, frozenset[str]] = {
    "Q2": frozenset({"base_model", "base_tunable", "base_retire_days"}),
    "Q3": frozenset({"data_quality"}),
    "Q4": frozenset({"data_quality"}),
    "Q8": frozenset({"regulated"}),
    "Q10": frozenset({"knowledge_change"}),
    "Q11": frozenset({"feedback_kind", "data_quality", "base_model", "base_tunable", "base_retire_days"}),
}
"""Facts that usual answers only seem to state.

"Hand-picked by QA" speaks of test cases, "we swapped GPT for Claude" of what was tried, and "GPT-4 does the
marking" of a grader.
"""


_WORTH_SAYING: dict[str, frozenset[str]] = {
    "Q2": _ABOUT_OTHER_THINGS["Q2"],
    "Q8": _ABOUT_OTHER_THINGS["Q8"],
    "Q10": _ABOUT_OTHER_THINGS["Q10"],
    "Q11": frozenset({"feedback_kind"}),
}
"""What counts all the same where they say nothing else."""


_NOT_IN_A_REPLY = frozenset({"asks", "raw_examples_n"})
"""Who answers us asks nothing new, and what nobody has reviewed decides nothing."""


def without_noise(message: Message, found: Sequence[Found], question_id: str) -> Iterable[Found]:
    """Yield what was found without facts that usual answers to the question only seem to state."""
    dropped = _only_seeming(message, found, question_id)
    sorts_nothing = denies_sorting(message)
    complains_of_cost = any(one.value == "too_expensive" for one in found)
    for one in found:
        if complains_of_cost and one.fact == "cost_pressure" and one.value == "low":
            continue  # to name the bill as what is wrong says that it presses
        clause = message.plain[one.start : one.end]
        if not question_id and one.fact == "tried_small_model" and speaks_of_a_large_model_alone(clause):
            continue
        if sorts_nothing and (one.value == "classification" or one.fact == "label_count"):
            continue
        if question_id == "Q15" and one.value == "classification":
            continue  # it is asked only of what sorts
        if one.fact not in dropped:
            yield one


def _only_seeming(message: Message, found: Sequence[Found], question_id: str) -> frozenset[str]:
    """Return the facts that it only seems to state."""
    names = {one.fact for one in found}
    others = _ABOUT_OTHER_THINGS.get(question_id, frozenset())
    dropped = set(others) if names - others else set(others - _WORTH_SAYING.get(question_id, frozenset()))
    if question_id:
        dropped |= _NOT_IN_A_REPLY
    if "requests_per_day" in names:
        dropped.add("volume")
    if any(one.fact == "tried_small_model" and one.value is False for one in found):
        dropped.add("small_model_ok")  # "small: haven't tried" says nothing of how well it does
        if tried_neither(message):
            dropped.add("teacher_ok")
    if tried_no_large_one(message):
        dropped.add("teacher_ok")
    if only_describes_the_schema(message):
        dropped.add("tried_structured")
    return frozenset(dropped)


def one_each(message: Message, found: Iterable[Found]) -> Iterable[Found]:
    """Keep the first finding of each fact; two values only where a person may contradict themselves."""
    kept: dict[str, list[Found]] = {}
    for one in found:
        earlier = kept.setdefault(one.fact, [])
        if (
            not earlier
            or one.is_disputed
            or (one.fact in _MAY_CONTRADICT and all(_is_apart(message, one, other) for other in earlier))
        ):
            earlier.append(one)
    return sorted((one for group in kept.values() for one in group), key=lambda one: (one.start, one.fact))


def _is_apart(message: Message, one: Found, other: Found) -> bool:
    if one.value == other.value or one.source == "inferred" or _covers(one.value, other.value):
        return False
    if one.fact in AMOUNT_FACTS:
        return one.end <= other.start or other.end <= one.start
    return message.segment_at(one.start) != message.segment_at(other.start)


def _covers(value: object, other: object) -> bool:
    """Say whether one is a range that holds the other, said twice in different words."""
    if isinstance(value, Range) and isinstance(other, int):
        return (value.min or 0) <= other <= (value.max if value.max is not None else other)
    return False


def with_unknowns(
    message: Message,
    found: tuple[Found, ...],
    unknown: Unknown | None,
    learned: tuple[str, ...],
) -> tuple[Found, ...]:
    """Return what was found, and without a value what they say that they do not know."""
    if unknown is None and not learned:
        return found
    facts, start, end = (
        (unknown.facts, unknown.start, unknown.end) if unknown else ((), 0, len(message.plain))
    )
    facts = (*facts, *(fact for fact in learned if fact not in facts))
    stated = {one.fact for one in found}
    if stated & UNTRIED.keys() and stated & set(facts):
        facts = tuple(fact for fact in facts if fact not in UNTRIED)
    return (*found, *(Found(fact, None, start, end) for fact in facts if fact not in stated))
