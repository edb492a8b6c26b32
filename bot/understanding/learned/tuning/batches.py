"""Lessons as the transformer takes them: several of about one length at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor

from bot.understanding.learned.tuning.lessons import NO_CLASS, Head, Lesson, Variants

_LONGEST = 192
"""Pieces of a lesson; hardly any is longer."""
_PIECES_AT_ONCE = 768
_SORTED_TOGETHER = 1024
"""Among so many lessons those of one length are brought together, so that little is filled up."""


@dataclass(frozen=True)
class Read:
    """A lesson in numbers: its pieces, and which of them and which classes belong to each stretch."""

    ids: list[int]
    kinds: list[int]
    inside: list[list[int]]
    classes: list[list[int]]


@dataclass(frozen=True)
class Batch:
    """Texts side by side, (texts, pieces), and stretches of them, (stretches, ...)."""

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    pool: Tensor
    """What each piece of each text counts in a stretch, (stretches, texts × pieces)."""
    classes: Tensor
    """The class that each head should give a stretch, or NO_CLASS."""
    texts: int


class Reading:
    """Lessons turned into numbers when they are first needed."""

    def __init__(self, lessons: Sequence[Variants], tokenizer: Tokenizer, heads: Sequence[Head]) -> None:
        self._lessons, self._tokenizer, self._heads = lessons, tokenizer, heads
        self._filling, self._hidden = tokenizer.token_to_id("[PAD]"), tokenizer.token_to_id("[MASK]")
        self._ending = tokenizer.token_to_id("[SEP]")
        self._read: dict[tuple[int, int], Read] = {}

    def groups(self, turn: int, chance: Random) -> list[list[Read]]:
        """Return every lesson once, in the variant whose turn it is, with others of about its length."""
        order = list(range(len(self._lessons)))
        chance.shuffle(order)
        groups: list[list[Read]] = []
        for start in range(0, len(order), _SORTED_TOGETHER):
            alike = [self._at(index, turn) for index in order[start : start + _SORTED_TOGETHER]]
            groups.extend(_grouped(sorted(alike, key=lambda one: len(one.ids))))
        chance.shuffle(groups)
        return groups

    def _at(self, index: int, turn: int) -> Read:
        variants = self._lessons[index]
        number = turn % len(variants)
        if (index, number) not in self._read:
            self._read[index, number] = self._in_numbers(variants[number])
        return self._read[index, number]

    def _in_numbers(self, lesson: Lesson) -> Read:
        encoded = self._tokenizer.encode(lesson.question, lesson.text)
        own = [place for place, of in enumerate(encoded.sequence_ids[:_LONGEST]) if of == 1]
        inside: list[list[int]] = []
        classes: list[list[int]] = []
        for stretch in lesson.stretches:
            pieces = [
                place
                for place in own
                if encoded.offsets[place][0] < stretch.end and encoded.offsets[place][1] > stretch.start
            ]
            labels = [
                head.classes.index(label)
                if (label := stretch.labels.get(head.name)) in head.classes
                else NO_CLASS
                for head in self._heads
            ]
            if pieces and any(label != NO_CLASS for label in labels):
                inside.append(pieces)
                classes.append(labels)
        return Read(encoded.ids[:_LONGEST], encoded.type_ids[:_LONGEST], inside, classes)

    def batch(self, group: Sequence[Read], hidden: float) -> Batch:
        """Put lessons side by side, this share of their texts' pieces hidden."""
        longest = max(len(one.ids) for one in group)
        ids = torch.full((len(group), longest), self._filling)
        kinds = torch.zeros_like(ids)
        mask = torch.zeros(ids.shape, dtype=torch.bool)
        for text, one in enumerate(group):
            ids[text, : len(one.ids)] = torch.tensor(one.ids)
            kinds[text, : len(one.ids)] = torch.tensor(one.kinds)
            mask[text, : len(one.ids)] = True
        # Neither the question and what fills up, which are of kind 0, nor what ends a text.
        is_ours = kinds.bool() & (ids != self._ending)
        ids[is_ours & (torch.rand(ids.shape) < hidden)] = self._hidden
        stretches = [(text, pieces) for text, one in enumerate(group) for pieces in one.inside]
        pool = torch.zeros(len(stretches), ids.numel())
        for row, (text, pieces) in enumerate(stretches):
            pool[row, [text * longest + piece for piece in pieces]] = 1 / len(pieces)
        classes = torch.tensor([labels for one in group for labels in one.classes])
        return Batch(ids, kinds, mask[:, None, None, :], pool, classes, len(group))


def _grouped(sorted_: Sequence[Read]) -> Iterator[list[Read]]:
    """Yield groups that are not larger than what is read at once; the last of a group is its longest."""
    group: list[Read] = []
    for one in sorted_:
        if group and len(one.ids) * (len(group) + 1) > _PIECES_AT_ONCE:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
