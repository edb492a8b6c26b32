from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.recommendation import recommend
from tests.unit.decision.plain_policy import Situation, plain_direction, plain_option
from tests.unit.decision.sampling import RANDOM_FACTS, draw_situation

SEED = 20_261_123
SITUATIONS = 20_000
SHARES_KNOWN = (1.0, 0.7, 0.4, 0.15)


@dataclass(frozen=True)
class Compared:
    """One situation, judged twice: (option, direction) each."""

    situation: Situation
    ours: tuple[str, str]
    plain: tuple[str, str]


@cache
def _all_compared() -> tuple[Compared, ...]:
    return tuple(_compare(situation) for situation in _situations())


def _situations() -> Iterator[Situation]:
    random = Random(SEED)
    for number in range(SITUATIONS):
        yield draw_situation(random, SHARES_KNOWN[number % len(SHARES_KNOWN)])


def _compare(situation: Situation) -> Compared:
    ours = recommend(Facts.model_validate(situation))
    plain = (plain_option(situation), plain_direction(situation))
    return Compared(situation, (str(ours.option), str(ours.direction)), plain)


def _disagreements() -> list[Compared]:
    return [compared for compared in _all_compared() if compared.ours != compared.plain]


def test_the_rule_table_says_what_the_plain_policy_says() -> None:
    differ = _disagreements()
    smallest = min(differ, key=lambda compared: len(compared.situation), default=None)
    assert not differ, f"{len(differ)} differ, the smallest: {smallest}"


def test_sample_reaches_every_option_and_holds_complete_and_sparse_situations() -> None:
    assert {compared.ours[0] for compared in _all_compared()} == set(Option)
    sizes = [len(compared.situation) for compared in _all_compared()]
    assert min(sizes) < 8
    assert max(sizes) == len(RANDOM_FACTS)
