from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
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
class Deliberate:
    """Where we mean to differ from the prose, and why."""

    name: str
    why: str
    holds: Callable[[Situation], bool]


@dataclass(frozen=True)
class Compared:
    """One situation, judged twice: (option, direction) each."""

    situation: Situation
    ours: tuple[str, str]
    plain: tuple[str, str]


def _has_hundred_labels(s: Situation) -> bool:
    return s.get("examples_n", 0) >= 100 or s.get("labels_on_demand") is True


DELIBERATE = (
    Deliberate(
        "specialised and nobody prompted",
        'Tuning a classifier "after prompting" means that prompting was tried, not that it was mentioned.',
        lambda s: (
            s.get("goal_kind") == "classification"
            and s.get("domain") == "specialised"
            and s.get("tried_prompting") == "none"
            and s.get("label_count", 0) < 100
            and _has_hundred_labels(s)
        ),
    ),
    Deliberate(
        "exactly a hundred classes",
        'The prose says "hundreds of labels"; our threshold counts from the first hundred on.',
        lambda s: (
            s.get("goal_kind") == "classification" and s.get("label_count") == 100 and _has_hundred_labels(s)
        ),
    ),
    Deliberate(
        "no feedback is no feedback",
        'Verdicts can stand in for examples; the answer "we get no feedback" cannot.',
        lambda s: s.get("feedback_kind") == "none" and s.get("examples_n", 50) < 50,
    ),
    Deliberate(
        "the base cannot run there",
        "The prose asks for this gate but names no fact that it could read; ours is base_fits_hosting.",
        lambda s: s.get("base_fits_hosting") is False,
    ),
)


@cache
def _all_compared() -> tuple[Compared, ...]:
    return tuple(_compare(situation) for situation in _situations())


def _situations() -> Iterator[Situation]:
    random = Random(SEED)  # noqa: S311 - a seeded sample, not a secret
    for number in range(SITUATIONS):
        yield draw_situation(random, SHARES_KNOWN[number % len(SHARES_KNOWN)])


def _compare(situation: Situation) -> Compared:
    ours = recommend(Facts.model_validate(situation))
    plain = (plain_option(situation), plain_direction(situation))
    return Compared(situation, (str(ours.option), str(ours.direction)), plain)


def _disagreements() -> list[Compared]:
    return [compared for compared in _all_compared() if compared.ours != compared.plain]


def test_both_policies_agree_but_where_we_mean_to_differ() -> None:
    unexplained = [
        compared
        for compared in _disagreements()
        if not any(deliberate.holds(compared.situation) for deliberate in DELIBERATE)
    ]
    smallest = min(unexplained, key=lambda compared: len(compared.situation), default=None)
    assert not unexplained, f"{len(unexplained)} unexplained, the smallest: {smallest}"


def test_each_deliberate_difference_is_needed_to_explain_some_disagreement() -> None:
    alone = Counter(
        names[0]
        for compared in _disagreements()
        if len(names := [d.name for d in DELIBERATE if d.holds(compared.situation)]) == 1
    )
    assert set(alone) == {deliberate.name for deliberate in DELIBERATE}


def test_sample_reaches_every_option_and_holds_complete_and_sparse_situations() -> None:
    assert {compared.ours[0] for compared in _all_compared()} == set(Option)
    sizes = [len(compared.situation) for compared in _all_compared()]
    assert min(sizes) < 8
    assert max(sizes) == len(RANDOM_FACTS)
