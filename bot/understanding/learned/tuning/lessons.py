"""What a lesson is: a text, the question that it answers if any, and what it and its parts state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NO_CLASS = -1


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text with the class that each head should give it."""

    start: int
    end: int
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Lesson:
    """A text, with the question that it answers or ""; the first of its stretches is all of it."""

    question: str
    text: str
    stretches: tuple[Stretch, ...]


Variants = Sequence[Lesson]
"""The same example in other words or beside another question: each round of training takes the next."""


def load_lessons(path: Path) -> list[Variants]:
    """Read a file of lessons."""
    with path.open(encoding="utf-8") as lines:
        return [[_lesson(row) for row in json.loads(line)] for line in lines]


def write_lessons(lessons: Iterable[Variants], path: Path) -> None:
    """Write a file of lessons, one example a line."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps([asdict(one) for one in variants])}\n" for variants in lessons)


def _lesson(row: dict[str, Any]) -> Lesson:
    return Lesson(row["question"], row["text"], tuple(Stretch(**one) for one in row["stretches"]))


@dataclass(frozen=True)
class Head:
    """One question that the encoder answers: its classes stand in these columns."""

    name: str
    classes: tuple[str, ...]
    start: int


_FEWEST_OF_A_CLASS = 8


def heads_of(lessons: Sequence[Variants]) -> list[Head]:
    """Return a head for whatever has two classes with enough examples."""
    counts: dict[str, Counter[str]] = {}
    for stretch in _stretches(lessons):
        for head, label in stretch.labels.items():
            counts.setdefault(head, Counter())[label] += 1
    heads: list[Head] = []
    start = 0
    for name in sorted(counts):
        classes = sorted(one for one, count in counts[name].items() if count >= _FEWEST_OF_A_CLASS)
        if len(classes) > 1:
            heads.append(Head(name, tuple(classes), start))
            start += len(classes)
    return heads


def _stretches(lessons: Sequence[Variants]) -> Iterator[Stretch]:
    for first, *_ in lessons:
        yield from first.stretches
