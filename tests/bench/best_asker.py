"""The best that any asker can get who does not know the user: the best tree of questions, found by search.

Situations are drawn from what the user said and the priors. Trees of up to three questions are chosen on half
of them and valued on the other: that can be had. On the half that they were chosen on, their value is too
high by chance: nobody does better than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.decision.chances import chances
from bot.decision.compiled import POLICY
from bot.decision.facts import Facts, FactValue
from bot.decision.options import Option
from bot.decision.questions import MOST_QUESTIONS, QUESTIONS
from tests.bench.simulated_users import User, answer_of, is_sure_of

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
Marks = NDArray[np.bool_]
Asked = tuple[int, ...]
"""Questions by number, in ascending order."""

_NUMBERS = {option: number for number, option in enumerate(Option)}
# Whether an outcome is sure is worked out only where it is right for this share of those who answered so.
_PERHAPS_SURE = 0.9


@dataclass(frozen=True)
class Bound:
    """Shares of users for whom the outcome is right after the best three questions.

    `agrees` is of all of them; `settled` is the share for whom some three answers make the outcome sure, and
    `agrees_if_settled` the best for these alone, by an asker who cares for nobody else.
    """

    agrees: tuple[float, float]
    """As can be had, and what nobody exceeds."""
    settled: float
    agrees_if_settled: tuple[float, float]


def best_of(said: Iterable[Mapping[str, FactValue]], draws: int, dice: np.random.Generator) -> Bound:
    """Return the mean bound over users who said these things; `draws` situations for each."""
    found = [_Drawn(dict(each), draws, dice).bound() for each in said]
    settled = float(np.mean([one.settled for one in found]))
    return Bound(
        _mean([one.agrees for one in found], [1.0] * len(found)),
        settled,
        _mean([one.agrees_if_settled for one in found], [one.settled for one in found]),
    )


def _mean(pairs: Sequence[tuple[float, float]], weights: Sequence[float]) -> tuple[float, float]:
    had, most = np.average(np.array(pairs), axis=0, weights=np.maximum(weights, 1e-9))
    return float(had), float(most)


class _Drawn:
    """Situations that fit what one user said, with their outcomes and their answers to every question."""

    def __init__(self, said: dict[str, FactValue], draws: int, dice: np.random.Generator) -> None:
        self._said = said
        self._facts = Facts.model_validate(said)
        self._groups = {
            group: (likely, dice.choice(len(likely), size=draws, p=_shares(likely)))
            for group, likely in chances(self._facts).items()
        }
        self._chosen_on = np.arange(draws) % 2 == 0
        situations = self._situations(range(draws))
        self._outcomes: Numbers = np.array([_NUMBERS[POLICY.decide(one.facts)] for one in situations])
        self._codes: list[Numbers] = []
        self._answers: list[list[dict[str, FactValue]]] = []
        for number in range(len(QUESTIONS)):
            self._hear(number)

    def _situations(self, numbers: Iterable[int]) -> list[User]:
        return [
            User(
                self._facts.model_copy(
                    update={
                        fact: value
                        for likely, picked in self._groups.values()
                        for fact, value in likely[picked[number]][0].known().items()
                    }
                ),
                self._said,
            )
            for number in numbers
        ]

    def _hear(self, number: int) -> None:
        """Let everyone answer a question; those alike in what it is about answer alike."""
        question = QUESTIONS[number]
        about = {*question.facts, *question.tells}
        code = np.zeros(len(self._outcomes), dtype=np.int64)
        for group, (likely, picked) in self._groups.items():
            if group & about:
                code = code * len(likely) + picked
        _, first, alike = np.unique(code, return_index=True, return_inverse=True)
        heard = [
            {fact: value for fact, value in answer_of(user, question).items() if value is not None}
            for user in self._situations(first)
        ]
        different: list[dict[str, FactValue]] = []
        numbers = []
        for answer in heard:
            if answer not in different:
                different.append(answer)
            numbers.append(different.index(answer))
        self._codes.append(np.array(numbers)[alike])
        self._answers.append(different)

    def bound(self) -> Bound:
        """Search the trees."""
        useful = [number for number in range(len(QUESTIONS)) if len(self._answers[number]) > 1]
        everyone = np.ones(len(self._outcomes))
        is_right: dict[Asked, Marks] = {}
        settled = np.zeros(len(self._outcomes), dtype=bool)
        for count in range(MOST_QUESTIONS + 1):
            for asked in combinations(useful, count):
                is_right[asked], is_sure = self._after(asked)
                settled |= is_sure
        return Bound(
            self._best(is_right, useful, everyone),
            float(settled.mean()),
            self._best(is_right, useful, settled.astype(float)),
        )

    def _after(self, asked: Asked) -> tuple[Marks, Marks]:
        """Return for whom the outcome is right after their answers, and for whom it is sure as well."""
        _, first, alike = np.unique(self._cells(asked)[0], return_index=True, return_inverse=True)
        known = [self._known(asked, int(number)) for number in first]
        right = np.array([_NUMBERS[POLICY.decide(facts)] for facts in known])[alike] == self._outcomes
        share = np.bincount(alike, right) / np.bincount(alike)
        sure = np.array(
            [likely >= _PERHAPS_SURE and _is_sure(facts) for facts, likely in zip(known, share, strict=True)]
        )
        return right, right & sure[alike]

    def _known(self, asked: Asked, number: int) -> Facts:
        heard = {
            fact: value
            for question in asked
            for fact, value in self._answers[question][self._codes[question][number]].items()
        }
        return self._facts.model_copy(update={**heard, **self._said})

    def _cells(self, asked: Sequence[int]) -> tuple[Numbers, int]:
        code, size = np.zeros(len(self._outcomes), dtype=np.int64), 1
        for question in asked:
            code = code * len(self._answers[question]) + self._codes[question]
            size *= len(self._answers[question])
        return code, size

    def _best(
        self, is_right: Mapping[Asked, Marks], useful: Sequence[int], counts: Shares
    ) -> tuple[float, float]:
        """Return what share of those who count the best tree gets right: on the other half, on its own."""
        halves = np.stack([counts * self._chosen_on, counts * ~self._chosen_on])

        def search(asked: tuple[int, ...]) -> Shares:
            """Return how many come out right on each half in each cell, asking on where that is best."""
            code, size = self._cells(asked)
            right = is_right[tuple(sorted(asked))]
            ways = [np.stack([np.bincount(code, half * right, size) for half in halves])]
            if len(asked) < MOST_QUESTIONS:
                ways += [
                    search((*asked, more)).reshape(2, size, -1).sum(axis=2)
                    for more in useful
                    if more not in asked
                ]
            best = np.argmax([way[0] for way in ways], axis=0)
            chosen: Shares = np.stack(ways).astype(float)[best, :, np.arange(size)].T
            return chosen

        own, other = search(())[:, 0] / np.maximum(halves.sum(axis=1), 1e-9)
        return float(other), float(own)


def _is_sure(facts: Facts) -> bool:
    return is_sure_of(POLICY.decide(facts), facts)


def _shares(likely: Sequence[tuple[Facts, float]]) -> list[float]:
    weights = [weight for _, weight in likely]
    return [weight / sum(weights) for weight in weights]
