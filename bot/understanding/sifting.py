"""What is kept of all that was found in one message: no noise, one of each fact, and what nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.decision.facts import AMOUNT_FACTS, Range
from bot.decision.questions import UNTRIED
from bot.understanding.found import Found
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


_NOT_IN_A_REPLY = frozenset({"asks", "raw_examples_n"})
"""Who answers us asks nothing new, and what nobody has reviewed decides nothing."""


_TRIED_NEITHER = re.compile(
    r"\bneither (?:\w+ )?tried\b|\btried neither\b|\b(?:not|havent|never) tried\b.*\bneither\b"
)
_ONLY_IN_THE_PROMPT = re.compile(
    r"\b(?:schema|format) (?:is |was |stands )?(?:\w+ )?in "
    r"(?:it|(?:the|our) (?:system )?(?:prompt|instructions?))\b"
)
_ENFORCED = re.compile(
    r"\b(?:json mode|enforc\w+|constrain\w+|structured outputs?|grammars?|tools?|functions?)\b"
)
"""A schema that is only described is not enforced."""


def without_noise(message: Message, found: Sequence[Found], question_id: str) -> Iterable[Found]:
    """Yield what was found without facts that usual answers to the question only seem to state."""
    names = {one.fact for one in found}
    others = _ABOUT_OTHER_THINGS.get(question_id, frozenset())
    dropped = set(others) if names - others else set()  # what is all that they say is what they mean to say
    if question_id:
        dropped |= _NOT_IN_A_REPLY
    if "requests_per_day" in names:
        dropped.add("volume")
    if any(one.fact == "tried_small_model" and one.value is False for one in found):
        dropped.add("small_model_ok")  # "small: haven't tried" says nothing of how well it does
        if _TRIED_NEITHER.search(message.plain):
            dropped.add("teacher_ok")
    if _ONLY_IN_THE_PROMPT.search(message.plain) and not _ENFORCED.search(message.plain):
        dropped.add("tried_structured")
    complains_of_cost = any(one.value == "too_expensive" for one in found)
    for one in found:
        if complains_of_cost and one.fact == "cost_pressure" and one.value == "low":
            continue  # to name the bill as what is wrong says that it presses
        if question_id == "Q15" and one.value == "classification":
            continue  # it is asked only of what sorts
        if one.fact not in dropped:
            yield one


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
