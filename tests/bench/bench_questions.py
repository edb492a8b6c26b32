"""What our questions bring: simulated users whose whole situation is known, asked in several ways.

python -m tests.bench.bench_questions          ours beside a fixed and a random order
python -m tests.bench.bench_questions --bound  the best that any asker can get (slow)
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from bot.decision.conditions import gap_is
from bot.decision.facts import FactValue, parse_value
from bot.decision.next_question import open_question
from bot.decision.questions import BY_ID, MOST_QUESTIONS, QUESTIONS, Question
from bot.decision.recommendation import recommend
from bot.decision.statements import Understanding
from bot.understanding.learned.examples import Situation, situations
from tests.bench.best_asker import Bound, best_of
from tests.bench.measuring import print_table
from tests.bench.simulated_users import Asker, User, draw_user, settled_by_answers, talk

USERS = 200
SEED = 20261128
BOUND_USERS = 10
"""Of each group that says something; those who say nothing are all alike."""
DRAWS_EACH, DRAWS_FOR_ALL = 1_500, 15_000

FIXED_ORDERS: dict[str | None, tuple[str, ...]] = {
    "knowledge": ("Q2", "Q4", "Q6", "Q7", "Q5", "Q3", "Q8", "Q9"),
    "both": ("Q2", "Q4", "Q5", "Q3", "Q8", "Q9", "Q6", "Q7"),
    "behaviour": ("Q2", "Q5", "Q3", "Q8", "Q9", "Q14"),
    "format": ("Q2", "Q5", "Q3", "Q8", "Q9"),
    "interface": ("Q2", "Q5", "Q3", "Q8", "Q9"),
    "capability": ("Q2", "Q11", "Q5", "Q3", "Q8", "Q9"),
    "cost_latency": ("Q12", "Q10", "Q9", "Q8"),
    None: ("Q1", "Q2", "Q5", "Q3", "Q8", "Q9"),
}
"""The order that was written by hand for each gap before questions were weighed."""


def ask_in_fixed_order(understanding: Understanding, asked: Sequence[str]) -> Question | None:
    """Return the first question of the gap's order with a reply that would change the outcome."""
    now = recommend(understanding.facts)
    gap = next((gap for gap in FIXED_ORDERS if gap and gap_is(gap).holds(understanding.facts)), None)
    for question_id in FIXED_ORDERS[gap]:
        question = BY_ID[question_id]
        if question_id not in asked and any(
            recommend(understanding.facts.with_values(news)).option is not now.option
            for reply in question.replies
            if (news := _news(question, reply.values, understanding))
        ):
            return question
    return None


def _news(
    question: Question, values: Mapping[str, FactValue], understanding: Understanding
) -> dict[str, FactValue]:
    stated = {**question.unpicked, **values}
    return {fact: value for fact, value in stated.items() if fact not in understanding.evidence}


def ask_at_random(dice: random.Random, understanding: Understanding, asked: Sequence[str]) -> Question | None:
    """Return any sensible question that was not asked."""
    left = [
        question
        for question in QUESTIONS
        if question.id not in asked and question.makes_sense.holds(understanding.facts)
    ]
    return dice.choice(left) if left else None


def ask_nothing(_understanding: Understanding, _asked: Sequence[str]) -> None:
    """Answer at once."""


def users_who_said(facts: tuple[str, ...], dice: random.Random) -> list[User]:
    """Return users drawn from the priors who say these facts unasked."""
    return [draw_user({}, dice, facts) for _ in range(USERS)]


def users_of_situations(dice: random.Random) -> list[User]:
    """Return users in labelled situations, who say what is labelled; the rest is drawn from the priors."""
    picked = dice.sample(list(situations()), USERS)
    return [draw_user(_stated(situation), dice) for situation in picked]


def _stated(situation: Situation) -> dict[str, FactValue]:
    return {fact: parse_value(fact, stated.value) for fact, stated in situation.facts.items()}


def main() -> None:
    """Print one table for each kind of user."""
    dice = random.Random(SEED)
    groups = {
        "Users who say nothing unasked": users_who_said((), dice),
        "Users who say what it is for and what goes wrong": users_who_said(("goal_kind", "gap"), dice),
        "Users in labelled situations": users_of_situations(dice),
    }
    askers: dict[str, Asker] = {
        "ours": open_question,
        "fixed order": ask_in_fixed_order,
        "random order": partial(ask_at_random, random.Random(SEED)),
        "no questions": ask_nothing,
    }
    columns = ("asked by", "at most", "questions", "agrees", "where answers settle it")
    for title, users in groups.items():
        settled = [settled_by_answers(user) for user in users]
        rows = [
            _row(name, ask, most, users, settled)
            for name, ask in askers.items()
            for most in ((0,) if ask is ask_nothing else range(1, MOST_QUESTIONS + 1))
        ]
        print_table(f"{title} ({USERS}; answers settle {sum(settled) / USERS:.0%})", columns, rows)


def print_bounds() -> None:
    """Print what the best asker could get: as can be had, and what nobody exceeds."""
    dice, draws = random.Random(SEED), np.random.default_rng(SEED)
    said: dict[str, tuple[Sequence[Mapping[str, FactValue]], int]] = {
        "nothing": ([{}], DRAWS_FOR_ALL),
        "what it is for and what goes wrong": (
            [user.said for user in users_who_said(("goal_kind", "gap"), dice)[:BOUND_USERS]],
            DRAWS_EACH,
        ),
        "their labelled situation": (
            [user.said for user in users_of_situations(dice)[:BOUND_USERS]],
            DRAWS_EACH,
        ),
    }
    columns = ("users who say", "agrees at best", "answers settle it", "agrees there at best")
    for title, (users, count) in said.items():
        print_table("At most three questions", columns, [_bound_row(title, best_of(users, count, draws))])


def _bound_row(title: str, bound: Bound) -> tuple[str, ...]:
    had, most = bound.agrees
    settled_had, settled_most = bound.agrees_if_settled
    return (
        title,
        f"{had:.2f} – {most:.2f}",
        f"{bound.settled:.0%}",
        f"{settled_had:.2f} – {settled_most:.2f}",
    )


def _row(name: str, ask: Asker, most: int, users: Sequence[User], settled: Sequence[bool]) -> tuple[str, ...]:
    talks = [talk(user, ask, most) for user in users]
    among_settled = [one.agrees for one, is_settled in zip(talks, settled, strict=True) if is_settled]
    return (
        name,
        str(most),
        f"{sum(one.questions for one in talks) / len(talks):.2f}",
        f"{sum(one.agrees for one in talks) / len(talks):.3f}",
        f"{sum(among_settled) / len(among_settled):.3f}" if among_settled else "–",
    )


if __name__ == "__main__":
    print_bounds() if "--bound" in sys.argv[1:] else main()
