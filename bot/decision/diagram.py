"""Rules as a decision diagram: tests with two ways on, shared where the rest is the same, down to an option.

A diagram is made once from the conditions. Walked with facts, it decides. For the exact chance of every
option its facts are settled one after the other, always in the same order: what a value leaves is a smaller
diagram, and values that leave the same are followed as one (restriction and sharing of Bryant, "Graph-Based
Algorithms for Boolean Function Manipulation", 1986, with facts for variables). What was left is remembered,
for other situations leave mostly the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.decision.conditions import ALWAYS, Condition
from bot.decision.facts import Facts
from bot.decision.options import Option

Array = NDArray[np.float64]
Weight = TypeVar("Weight", float, Array)
"""A chance, or an array with a chance for each of several scenarios."""
Group = frozenset[str]
"""Facts that some test reads together: mostly one; more where only together they mean something."""
Chances = Mapping[Group, Sequence[tuple[Facts, Weight]]]
"""What the unknown facts of a group may be, each with its weight; the weights of a group sum to one."""

_MOST_STEPS = 200_000
"""So many steps a diagram keeps, 60 MB; ten thousand labelled situations leave 28,000 at most."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One test. Its ways on are the numbers of earlier nodes."""

    test: int
    then: int
    otherwise: int


class Builder:
    """Makes a diagram from its ends to its root; nodes that would say the same are one."""

    def __init__(self) -> None:
        self.tests: list[Condition] = []
        self.nodes: list[_Node | Option] = []
        self._test_numbers: dict[Condition, int] = {}
        self._node_numbers: dict[_Node | Option, int] = {}

    def option(self, option: Option) -> int:
        """Return the end at which this is the option."""
        return self._node(option)

    def branch(self, condition: Condition, then: int, otherwise: int) -> int:
        """Return where to begin so as to come to `then` when the condition holds, else to `otherwise`."""
        if condition is ALWAYS:
            return then
        if condition.join == "not":
            return self.branch(condition.parts[0], otherwise, then)
        if condition.join == "all":
            for part in reversed(condition.parts):
                then = self.branch(part, then, otherwise)
            return then
        if condition.join == "any":
            for part in reversed(condition.parts):
                otherwise = self.branch(part, then, otherwise)
            return otherwise
        return self._test(condition, then, otherwise)

    def _test(self, condition: Condition, then: int, otherwise: int) -> int:
        if condition not in self._test_numbers:
            self._test_numbers[condition] = len(self.tests)
            self.tests.append(condition)
        test = self._test_numbers[condition]
        then, otherwise = self._settled(test, then, holds=True), self._settled(test, otherwise, holds=False)
        return then if then == otherwise else self._node(_Node(test, then, otherwise))

    def _settled(self, test: int, number: int, *, holds: bool) -> int:
        """Skip the same test when it comes again at once: it has just been answered."""
        node = self.nodes[number]
        if isinstance(node, _Node) and node.test == test:
            return node.then if holds else node.otherwise
        return number

    def _node(self, node: _Node | Option) -> int:
        if node not in self._node_numbers:
            self._node_numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self._node_numbers[node]


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """One test of a finished diagram. Steps that would say the same are one object."""

    test: int
    then: _Way
    otherwise: _Way
    first: int
    """The place of the first group that this step or one below it asks about."""


_Way = _Step | Option


class Diagram:
    """What a `Builder` made, from one root. Facts in `together` are one group, even if no test says so.

    A group's place is its number in `groups`. Threads may share a diagram.
    """

    def __init__(self, builder: Builder, root: int, together: Group = frozenset()) -> None:
        self._tests = tuple(builder.tests)
        groups = _joined([together, *(test.reads for test in self._tests)])
        self.groups = _early_first(groups, together, builder)
        """The facts that the tests read; each fact is in one group. What is asked about early comes first."""
        self._place = tuple(self.groups.index(_group_of(test, self.groups)) for test in self._tests)
        self._tests_at: tuple[list[int], ...] = tuple([] for _ in self.groups)
        for number, place in enumerate(self._place):
            self._tests_at[place].append(number)
        self._bit = tuple(
            1 << self._tests_at[place].index(number) for number, place in enumerate(self._place)
        )
        self._steps: dict[tuple[int, _Way, _Way], _Step] = {}
        self._rests: dict[tuple[_Step, int], _Way] = {}
        ways: list[_Way] = []
        for node in builder.nodes:
            if isinstance(node, _Node):
                ways.append(self._step(node.test, ways[node.then], ways[node.otherwise]))
            else:
                ways.append(node)
        self._root = ways[root]
        self._own_steps = dict(self._steps)

    @property
    def size(self) -> int:
        """Return how many steps it holds: its own, and those that situations have left so far."""
        return len(self._steps)

    def decide(self, facts: Facts) -> Option:
        """Return the option for these facts; about 20 tests."""
        way = self._root
        while isinstance(way, _Step):
            way = way.then if self._tests[way.test].holds(facts) else way.otherwise
        return way

    def spread(self, facts: Facts, chances: Chances[Weight], whole: Weight) -> dict[Option, Weight]:
        """Return the weight of every option that can be reached, out of `whole`.

        `facts` count for every group that has no chances. Exact, but for the rounding of sums.
        """
        if len(self._steps) > _MOST_STEPS:
            # A thread on its way keeps its steps, and makes again what it misses: slower, and as exact.
            self._rests, self._steps = {}, dict(self._own_steps)
        reached: dict[Option, Weight] = {}
        waiting: list[dict[_Step, Weight]] = [{} for _ in self.groups]

        def arrive(way: _Way, weight: Weight) -> None:
            if isinstance(way, Option):
                reached[way] = reached[way] + weight if way in reached else weight
            else:
                there = waiting[way.first]
                there[way] = there[way] + weight if way in there else weight

        arrive(self._root, whole)
        for place, group in enumerate(self.groups):
            if group in chances:
                answers = self._answers(place, chances[group])
                for step, weight in waiting[place].items():
                    for bits, share in answers:
                        arrive(self._rest(step, bits), weight * share)
            else:
                known = self._bits(place, facts)
                for step, weight in waiting[place].items():
                    arrive(self._rest(step, known), weight)
        return reached

    def _answers(self, place: int, values: Sequence[tuple[Facts, Weight]]) -> tuple[tuple[int, Weight], ...]:
        """Return the values of a group as bits; those that no test tells apart are one."""
        by_bits: dict[int, Weight] = {}
        for facts, weight in values:
            bits = self._bits(place, facts)
            by_bits[bits] = by_bits[bits] + weight if bits in by_bits else weight
        return tuple(by_bits.items())

    def _bits(self, place: int, facts: Facts) -> int:
        """Return which tests of a group hold: a bit for each."""
        return sum(self._bit[number] for number in self._tests_at[place] if self._tests[number].holds(facts))

    def _rest(self, step: _Step, bits: int) -> _Way:
        """Return what is left of a step once the first group that it asks about is settled to be `bits`."""
        known = self._rests.get((step, bits))
        if known is None:
            known = self._rests[step, bits] = self._without(step.first, step, bits, {})
        return known

    def _without(self, place: int, way: _Way, bits: int, done: dict[_Step, _Way]) -> _Way:
        """Return what is left of a way that asks about no group before the one at `place`."""
        if isinstance(way, Option) or way.first != place:
            return way
        if way not in done:
            if self._place[way.test] == place:
                next_ = way.then if bits & self._bit[way.test] else way.otherwise
                done[way] = self._without(place, next_, bits, done)
            else:
                then = self._without(place, way.then, bits, done)
                done[way] = self._step(way.test, then, self._without(place, way.otherwise, bits, done))
        return done[way]

    def _step(self, test: int, then: _Way, otherwise: _Way) -> _Way:
        """Return the way that begins with a test: always the same object for the same."""
        if then is otherwise:
            return then
        known = self._steps.get((test, then, otherwise))
        if known is None:
            later = (way.first for way in (then, otherwise) if isinstance(way, _Step))
            made = _Step(test, then, otherwise, min((self._place[test], *later)))
            # In one breath: of two threads that come to the same step at once, both go on with one.
            known = self._steps.setdefault((test, then, otherwise), made)
        return known


def _group_of(test: Condition, groups: Iterable[Group]) -> Group:
    return next(group for group in groups if test.reads <= group)


def _early_first(groups: Collection[Group], together: Group, builder: Builder) -> tuple[Group, ...]:
    """Put what is read together first, then the others by how early the tests on average ask about them.

    Any order gives the same chances; one that is like the rules' own keeps the diagrams that are left small.
    """
    asked: dict[Group, list[int]] = {group: [] for group in groups}
    for number, node in enumerate(builder.nodes):
        if isinstance(node, _Node):
            asked[_group_of(builder.tests[node.test], groups)].append(number)
    # The root has the highest number.
    return tuple(
        sorted(groups, key=lambda group: (group != together, -fmean(asked[group] or (0,)), sorted(group)))
    )


def _joined(readings: Iterable[Group]) -> frozenset[Group]:
    """Join the sets of facts that share one."""
    groups: set[Group] = set()
    for reading in readings:
        shared = {group for group in groups if group & reading}
        groups = (groups - shared) | {reading.union(*shared)}
    return frozenset(groups)
