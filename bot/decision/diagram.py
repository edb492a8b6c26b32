"""Rules as a decision diagram: tests with two ways on, shared where the rest is the same, down to an option.

A diagram is made once from the conditions. Walked with facts, it decides. Walked with chances for some of
them, it gives the exact chance of every option in one pass from top to bottom: what is known on the way is a
set of bits, one for each test that holds, and bits that no later test asks for are dropped, so that equal
situations are followed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


class Diagram:
    """What a `Builder` made, from one root. Facts in `together` are one group, even if no test says so."""

    def __init__(self, builder: Builder, root: int, together: Group = frozenset()) -> None:
        self._tests = tuple(builder.tests)
        self._nodes = tuple(builder.nodes)
        self._root = root
        self.groups = _groups([together, *(test.reads for test in self._tests)])
        """The facts that the tests read; each fact is in one group."""
        self._group_of = tuple(
            next(group for group in self.groups if test.reads <= group) for test in self._tests
        )
        self._tests_of: dict[Group, list[int]] = {group: [] for group in self.groups}
        for number, group in enumerate(self._group_of):
            self._tests_of[group].append(number)
        answered = {group: 1 << (len(self._tests) + number) for number, group in enumerate(self.groups)}
        self._answered = tuple(answered[group] for group in self._group_of)
        self._asked_below = self._masks()

    def decide(self, facts: Facts) -> Option:
        """Return the option for these facts; about 20 tests."""
        node = self._nodes[self._root]
        while isinstance(node, _Node):
            holds = self._tests[node.test].holds(facts)
            node = self._nodes[node.then if holds else node.otherwise]
        return node

    def spread(self, facts: Facts, chances: Chances[Weight], whole: Weight) -> dict[Option, Weight]:
        """Return the weight of every option that can be reached, out of `whole`.

        `facts` count for every group that has no chances. Exact, but for the rounding of sums.
        """
        settled = self._settle(facts, chances)
        imagined = {
            group: self._imagine(group, values) for group, values in chances.items() if group in self.groups
        }
        waiting: dict[int, dict[int, Weight]] = {settled(self._root): {0: whole}}
        reached: dict[Option, Weight] = {}
        for number in range(self._root, -1, -1):
            states = waiting.pop(number, None)
            if not states:
                continue
            node = self._nodes[number]
            if isinstance(node, Option):
                (reached[node],) = states.values()
                continue
            ways = {True: settled(node.then), False: settled(node.otherwise)}
            bit, answered = 1 << node.test, self._answered[node.test]
            values = imagined[self._group_of[node.test]]
            for state, weight in states.items():
                for more, share in ((0, None),) if state & answered else values:
                    after = state | more
                    way = ways[bool(after & bit)]
                    after &= self._asked_below[way]
                    there = waiting.setdefault(way, {})
                    here = weight if share is None else weight * share
                    there[after] = there[after] + here if after in there else here
        return reached

    def _settle(self, facts: Facts, chances: Chances[Weight]) -> Callable[[int], int]:
        """Return what skips, from a node on, all tests that known facts answer."""
        seen: dict[int, int] = {}

        def settled(number: int) -> int:
            if number not in seen:
                node, last = self._nodes[number], number
                while isinstance(node, _Node) and self._group_of[node.test] not in chances:
                    last = node.then if self._tests[node.test].holds(facts) else node.otherwise
                    node = self._nodes[last]
                seen[number] = last
            return seen[number]

        return settled

    def _imagine(
        self, group: Group, values: Sequence[tuple[Facts, Weight]]
    ) -> tuple[tuple[int, Weight], ...]:
        """Return the values of a group as bits; those that no test tells apart are one."""
        by_bits: dict[int, Weight] = {}
        for facts, weight in values:
            bits = self._bits(group, facts)
            by_bits[bits] = by_bits[bits] + weight if bits in by_bits else weight
        return tuple(by_bits.items())

    def _bits(self, group: Group, facts: Facts) -> int:
        bits = 0
        for number in self._tests_of[group]:
            bits |= self._answered[number] | (self._tests[number].holds(facts) << number)
        return bits

    def _masks(self) -> tuple[int, ...]:
        """Return for each node the bits that it or a node below asks for."""
        masks: list[int] = []
        for node in self._nodes:
            if isinstance(node, Option):
                masks.append(0)
            else:
                here = 1 << node.test | self._answered[node.test]
                masks.append(here | masks[node.then] | masks[node.otherwise])
        return tuple(masks)


def _groups(readings: Iterable[Group]) -> frozenset[Group]:
    """Join the sets of facts that share one."""
    groups: set[Group] = set()
    for reading in readings:
        shared = {group for group in groups if group & reading}
        groups = (groups - shared) | {reading.union(*shared)}
    return frozenset(groups)
