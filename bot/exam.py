"""How far a language model's reading can be trusted: measured on labelled examples, by kind of fact.

What it proposes is checked as in a conversation, compared with the labels, and set against chance: a model
that always gives the commonest answer is right as often as chance, and its word weighs nothing. The weight is
the odds that a proposal is right over the odds that chance is, with the lower end of what so few examples
show (Wilson's interval), so that luck does not count.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from bot.decision.facts import FactValue, Range
from bot.decision.questions import BY_ID
from bot.decision.wilson import wilson_bounds
from bot.errors import ModelUnavailable
from bot.language_model import LanguageModel, ReadingRequest, Spender, TextToRead
from bot.understanding.learned.examples import replies, situations
from bot.understanding.message import prepare
from bot.understanding.proposals import WITNESSED_FACTS, find_witnesses
from bot.understanding.witness import GROUPS, NO_TRUST, NUMBER_FACTS, Trust, Witness, group_of

SITUATIONS, REPLIES = 40, 60
"""How many labelled examples are read: about a hundred calls, of some 2,500 tokens each."""
_SEED = 2026
_AT_ONCE = 4
_TOLD_EVERY = 10
_MOST_FAILED = 0.1
"""With more failures than this part of the calls, an exam says nothing."""
_FEWEST_PROPOSALS = 8
"""With fewer in a kind of fact nothing is known about it."""
_LIGHTEST = 8.0
"""A word that weighs less does not count, nor does the silence with it: our own reading is better."""
_HEAVIEST, _QUIETEST = 100.0, 0.2
"""No word and no silence weighs more than this."""
_Z = 1.28
"""One-sided 90 %."""


class GroupResult(BaseModel):
    """How one kind of fact was read. `by_chance` is the share that would be right by chance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    proposals: int
    right: int
    by_chance: float
    weight: float
    silence: float
    """The factor for what it passes over."""


class ExamResult(BaseModel):
    """What an exam showed; it holds for one model and one version of the prompt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    model: str
    prompt_version: str
    taken_at: AwareDatetime
    items: int
    failures: int
    """Calls that came to nothing."""
    groups: dict[str, GroupResult]

    @property
    def trust(self) -> Trust:
        """Return how much the model's word weighs."""
        return Trust(
            {group: result.weight for group, result in self.groups.items()},
            {group: result.silence for group, result in self.groups.items()},
        )


@dataclass(frozen=True)
class _Item:
    text: str
    question_id: str
    labels: Mapping[str, JsonValue]


async def examine(
    model: LanguageModel, spender: Spender, taken_at: datetime, progress: Callable[[str], None]
) -> ExamResult:
    """Have a model read labelled examples, and return how well it did.

    Raises ModelUnavailable when too many calls come to nothing.
    """
    items = _items()
    at_once = asyncio.Semaphore(_AT_ONCE)

    done = 0

    async def read(item: _Item) -> Sequence[Witness] | ModelUnavailable:
        nonlocal done
        async with at_once:
            reading = await _read(model, spender, item)
        done += 1
        if done % _TOLD_EVERY == 0:
            progress(f"{done} of {len(items)} examples")
        return reading

    readings = await asyncio.gather(*map(read, items))
    failed = [one for one in readings if isinstance(one, ModelUnavailable)]
    if len(failed) > _MOST_FAILED * len(items):
        raise ModelUnavailable(
            failed[0].why,
            f"{len(failed)} of {len(items)} calls came to nothing, so nothing is kept of this exam; the "
            f"first: {failed[0]}",
        )
    read_by_item = [
        (item, reading)
        for item, reading in zip(items, readings, strict=True)
        if not isinstance(reading, ModelUnavailable)
    ]
    return ExamResult(
        model=model.name,
        prompt_version=model.prompt_version,
        taken_at=taken_at,
        items=len(items),
        failures=len(failed),
        groups={group: _judge(group, read_by_item) for group in GROUPS},
    )


async def _read(model: LanguageModel, spender: Spender, item: _Item) -> Sequence[Witness] | ModelUnavailable:
    question = BY_ID.get(item.question_id)
    request = ReadingRequest(
        (TextToRead("m1", "person 1", item.text),),
        question.text if question else "",
        purpose="exam",
    )
    try:
        proposed, _ = await model.read(request, spender)
    except ModelUnavailable as error:
        # An answer that nobody can use is an answer: it read nothing.
        return () if error.why == "unusable" else error
    witnesses = find_witnesses(prepare(item.text), proposed.facts, NO_TRUST, item.question_id)
    await model.judged(spender, accepted=len(witnesses), replaced=len(proposed.facts) - len(witnesses))
    return witnesses


def _judge(group: str, read: Sequence[tuple[_Item, Sequence[Witness]]]) -> GroupResult:
    judged = [(item, one) for item, witnesses in read for one in witnesses if group_of(one.fact) == group]
    right = sum(_is_right(item.labels.get(one.fact), one.value) for item, one in judged)
    by_chance = sum(_chance(one) for _, one in judged) / len(judged) if judged else 0.0
    weight = 1.0
    if len(judged) >= _FEWEST_PROPOSALS:
        weight = _odds(wilson_bounds(right / len(judged), len(judged), _Z)[0]) / _odds(by_chance)
    counts = weight >= _LIGHTEST
    return GroupResult(
        proposals=len(judged),
        right=right,
        by_chance=round(by_chance, 4),
        weight=round(min(_HEAVIEST, weight), 2) if counts else 1.0,
        silence=round(_silence(group, read), 2) if counts else 1.0,
    )


def _silence(group: str, read: Sequence[tuple[_Item, Sequence[Witness]]]) -> float:
    """Return how much rarer silence is where a fact is stated than where it is not; 1 at most."""
    stated = unstated = noted = made_up = 0
    facts = [fact for fact in WITNESSED_FACTS if group_of(fact) == group]
    for item, witnesses in read:
        named = {one.fact for one in witnesses}
        for fact in facts:
            if item.labels.get(fact) is None:
                unstated += 1
                made_up += fact in named
            else:
                stated += 1
                noted += fact in named
    if stated < _FEWEST_PROPOSALS or not unstated:
        return 1.0
    missed = 1 - wilson_bounds(noted / stated, stated, _Z)[0]
    left_alone = 1 - wilson_bounds(made_up / unstated, unstated, _Z)[1]
    return min(1.0, max(_QUIETEST, missed / left_alone)) if left_alone else 1.0


def _is_right(label: JsonValue, value: FactValue) -> bool:
    if isinstance(label, dict):
        low, high = label.get("min"), label.get("max")
        ends = [value.min, value.max] if isinstance(value, Range) else [value]
        return all(
            (not isinstance(low, int | float) or float(str(end)) >= low)
            and (not isinstance(high, int | float) or float(str(end)) <= high)
            for end in ends
            if isinstance(end, int | float)
        )
    if isinstance(label, bool) or isinstance(value, bool):
        return label is value
    if isinstance(label, int | float) and isinstance(value, int | float):
        return math.isclose(label, value)
    return label == value


def _odds(share: float) -> float:
    bounded = min(max(share, 0.001), 0.999)
    return bounded / (1 - bounded)


def _chance(one: Witness) -> float:
    """Return how often this is right of a message about which nothing else is known."""
    value = None if one.fact in NUMBER_FACTS else one.value
    stated, of = _how_often()
    return (stated[one.fact, value] + 1) / (of + 2)


@lru_cache(maxsize=1)
def _how_often() -> tuple[Counter[tuple[str, object]], int]:
    counted: Counter[tuple[str, object]] = Counter()
    rows = list(situations())
    for row in rows:
        for fact, stated in row.facts.items():
            is_number = fact in NUMBER_FACTS or isinstance(stated.value, dict | list)
            counted[fact, None if is_number else stated.value] += 1
    return counted, len(rows)


def labels_of_exam() -> dict[str, Mapping[str, JsonValue]]:
    """Return the texts of the exam with their labels: for simulated readers, which have to know them."""
    return {item.text: item.labels for item in _items()}


def _items() -> list[_Item]:
    """Return the same examples every time, of all files alike."""
    chosen = Random(_SEED)  # noqa: S311 - a sample, not a secret
    told = chosen.sample(list(situations()), SITUATIONS)
    answered = chosen.sample([one for one in replies() if not one.previous], REPLIES)
    return [
        *(_Item(one.text, "", {fact: said.value for fact, said in one.facts.items()}) for one in told),
        *(_Item(one.reply, one.question, {**one.also_ok, **one.expected}) for one in answered),
    ]
