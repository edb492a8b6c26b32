"""The role of each number of the labelled examples, found by what they say each fact is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from bot.decision.facts import FactValue, Range
from bot.decision.questions import BY_ID
from bot.understanding.absence import (
    NOBODY_KNOWS,
    THERE_IS_NONE,
    absence_sample,
    amounts_asked,
)
from bot.understanding.learned.examples import LabelledReply, Situation
from bot.understanding.learned.linear import NOTHING, Sample
from bot.understanding.learned.number_model import ABSENCE, ROLE
from bot.understanding.message import Message, prepare
from bot.understanding.number_features import samples
from bot.understanding.number_values import COUNTS, ROLES, TALLIES, Numbers, fact_of, measured
from bot.understanding.numbers import find_quantities
from bot.understanding.restated import restate


def contested(answer: LabelledReply) -> frozenset[str]:
    """Return the facts of which a reply says something else than was said before: the label has no value."""
    facts = answer.expected.get("conflicts")
    return frozenset(str(fact) for fact in facts) if isinstance(facts, list) else frozenset()


def absence_examples(answers: Iterable[LabelledReply]) -> Iterator[tuple[Sample, Mapping[str, str]]]:
    """Yield each reply beside each amount that was asked for: there is none, nobody knows it, or neither."""
    for answer in answers:
        plain = prepare(answer.reply).plain
        for fact, absence in absences_in(answer).items():
            yield absence_sample(plain, fact), {ABSENCE: absence}


def absences_in(answer: LabelledReply) -> Mapping[str, str]:
    """Return what a reply says of each amount that was asked for, but of those of which nobody can tell."""
    return {
        fact: _absence(answer.expected.get(fact, NOTHING))
        for fact in amounts_asked(BY_ID[answer.question])
        if fact not in answer.also_ok and fact not in contested(answer)
    }


def _absence(value: object) -> str:
    return NOBODY_KNOWS if value is None else THERE_IS_NONE if value == 0 else NOTHING


_NEAR = 0.05
_EXACT = 0.011
_CERTAIN_REPEAT = 10


def number_examples(
    rows: Iterable[Situation], answers: Iterable[LabelledReply]
) -> Iterator[tuple[Sample, Mapping[str, str]]]:
    """Yield each number of each situation and reply with its role."""
    for row in rows:
        numbers = numbers_of(row.text)
        yield from _examples(numbers, roles_told(row, numbers))
    for answer in answers:
        numbers = numbers_of(answer.reply, answer.question)
        yield from _examples(numbers, roles_in(answer, numbers))


def numbers_of(text: str, question_id: str = "") -> Numbers:
    """Return the numbers of a text, without those that it takes back."""
    message = restate(prepare(text)).message
    return measured(message, find_quantities(message), question_id)


def roles_told(row: Situation, numbers: Numbers) -> Mapping[int, str]:
    """Return the role of each number of a situation, but of those of which nobody can tell."""
    return _roles(numbers, {fact: (one.value, one.quote) for fact, one in row.facts.items()}, {})


def roles_in(answer: LabelledReply, numbers: Numbers) -> Mapping[int, str]:
    """Return the role of each number of a reply, but of those of which nobody can tell."""
    facts = {fact: (value, "") for fact, value in answer.expected.items()}
    return _roles(numbers, facts, answer.also_ok, contested(answer))


def _roles(
    numbers: Numbers,
    facts: Mapping[str, tuple[object, str]],
    optional: Mapping[str, object],
    disputed: Collection[str] = (),
) -> Mapping[int, str]:
    """Return roles by what each fact is worth, with the words that say so, and what each optional fact is."""
    roles, unsure = _align(numbers, facts, optional)
    unsure.update(index for fact in disputed for index, _ in _possible(numbers, fact))
    return {
        index: roles.get(index, NOTHING) for index in range(len(numbers.quantities)) if index not in unsure
    }


def _examples(numbers: Numbers, roles: Mapping[int, str]) -> Iterator[tuple[Sample, Mapping[str, str]]]:
    for index, sample in enumerate(samples(numbers)):
        if index in roles:
            yield sample, {ROLE: roles[index]}


def _align(
    numbers: Numbers, facts: Mapping[str, tuple[object, str]], optional: Mapping[str, object]
) -> tuple[dict[int, str], set[int]]:
    """Return the roles of the numbers that a label explains, and the numbers of which nobody can tell."""
    roles: dict[int, str] = {}
    unsure: set[int] = set()
    numeric = {fact_of(role) for role in ROLES} & facts.keys()
    for fact in sorted(numeric, key=lambda name: (name == "examples_n", name)):
        value, quote = facts[fact]
        fitting = [one for one in _fitting(numbers, fact, value) if one[0] not in roles]
        inside = set(_inside(numbers, quote))
        if fitting:
            index, role = max(
                fitting,
                key=lambda one: (
                    one[0] in inside,
                    one[1] not in TALLIES,
                    not one[1].endswith("_error"),
                    numbers.quantities[one[0]].unit == "share",
                    -one[0],
                ),
            )
            roles[index] = role
        elif parts := _parts(numbers, fact, value):
            roles.update(dict.fromkeys(parts, fact))
        else:
            unsure |= inside if quote else {index for index, _ in _possible(numbers, fact)}
    for fact, value in optional.items():
        unsure.update(index for index, _ in _fitting(numbers, fact, value))
    unsure.update(index for index in range(len(numbers.quantities)) if _is_said_again(numbers, index, roles))
    return roles, unsure - roles.keys()


def _fitting(numbers: Numbers, fact: str, wanted: object) -> Iterator[tuple[int, str]]:
    for index, role in _possible(numbers, fact):
        value = numbers.value(index, role)
        if value is not None and _is_close(value, wanted):
            yield index, role


def _parts(numbers: Numbers, fact: str, wanted: object) -> tuple[int, ...]:
    """Return the two neighbours that add up to the labelled count: "700 plus another 150"."""
    if fact not in COUNTS:
        return ()
    counted = [
        (index, value)
        for index, _ in _possible(numbers, fact)
        if type(value := numbers.value(index, fact)) is int and value
    ]
    for (first, one), (second, other) in pairwise(counted):
        if _is_close(one + other, wanted):
            return first, second
    return ()


def _possible(numbers: Numbers, fact: str) -> Iterator[tuple[int, str]]:
    for role in ROLES:
        if fact_of(role) == fact:
            for index in range(len(numbers.quantities)):
                if numbers.value(index, role) is not None:
                    yield index, role


def _inside(numbers: Numbers, quote: str) -> Iterator[int]:
    message: Message = numbers.message
    start = message.said.find(quote) if quote else 0
    end = start + len(quote) if quote else len(message.said)
    for index, one in enumerate(numbers.quantities):
        if message.origins[one.start] >= start - 1 and message.origins[one.end] <= end + 1:
            yield index


def _is_said_again(numbers: Numbers, index: int, roles: Mapping[int, str]) -> bool:
    quantity = numbers.quantities[index]
    return index not in roles and any(
        (other := numbers.quantities[place]).said == quantity.said > _CERTAIN_REPEAT
        and other.unit == quantity.unit
        for place in roles
    )


def _is_close(value: FactValue, wanted: object) -> bool:
    """Say whether a value is the labelled one; a labelled range is an object with its ends."""
    low, high = _ends(value)
    if isinstance(wanted, dict):
        least, most = wanted.get("min", 0), wanted.get("max", float("inf"))
        return bool(least * (1 - _EXACT) <= (low + high) / 2 <= most * (1 + _EXACT))
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return False
    slack = _NEAR if isinstance(value, Range) else _EXACT
    return low * (1 - slack) <= wanted <= high * (1 + slack)


def _ends(value: FactValue) -> tuple[float, float]:
    """Return the bounds of a value; an open end lies at half or twice the other."""
    if isinstance(value, Range):
        low = value.min if value.min is not None else (value.max or 0) / 2
        return low, value.max if value.max is not None else low * 2
    assert isinstance(value, int | float)
    return value, value
