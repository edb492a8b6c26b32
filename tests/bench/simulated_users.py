"""People whose whole situation is known, so that what our questions bring can be counted."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from bot.decision.chances import WEIGHED, chances
from bot.decision.compiled import OUTCOME, POLICY
from bot.decision.facts import Facts, FactValue
from bot.decision.next_question import SETTLED, fit
from bot.decision.options import Option
from bot.decision.questions import MOST_QUESTIONS, QUESTIONS, Question
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, Understanding, understand

Asker = Callable[[Understanding, Sequence[str]], Question | None]
"""Chooses the next question, given what is known and what was asked."""


@dataclass(frozen=True)
class User:
    """What is true of someone's situation, and what they say of it unasked."""

    facts: Facts
    said: Mapping[str, FactValue]

    @property
    def outcome(self) -> Option:
        """Return what the policy says once everything is known."""
        return recommend(self.facts).option


@dataclass(frozen=True)
class Talk:
    """How a conversation with a user went."""

    questions: int
    agrees: bool


def draw_user(said: Mapping[str, FactValue], dice: random.Random, unasked: Sequence[str] = ()) -> User:
    """Return a user for whom all that they say is true and the rest is drawn from the priors.

    Facts in `unasked` are drawn and then said as well.
    """
    facts = Facts.model_validate(dict(said))
    drawn = dict(said)
    for likely in chances(facts).values():
        (picked,) = dice.choices([values for values, _ in likely], [weight for _, weight in likely])
        drawn |= picked.known()
    also = {fact: drawn[fact] for fact in unasked if fact in drawn}
    return User(Facts.model_validate(drawn), {**said, **also})


def answer_of(user: User, question: Question) -> dict[str, FactValue | None]:
    """Return what the user answers by tapping; None for each fact that they do not know."""
    known = user.facts.known()
    if question.several:
        return {fact: known.get(fact) for fact in question.facts}
    derived = {fact: known[fact] for fact in question.implies if fact in known}
    for reply in question.replies:
        if reply.values and all(
            fact in known and fit(known[fact], value)
            for fact, value in reply.values.items()
            if fact in WEIGHED
        ):
            return {**reply.values, **derived}
    return dict.fromkeys(question.facts)


def talk(user: User, ask: Asker, most: int = MOST_QUESTIONS) -> Talk:
    """Ask until the asker has enough, then compare with the outcome of full information."""
    statements = [_statement(fact, value) for fact, value in user.said.items()]
    asked: list[str] = []
    while len(asked) < most and (question := ask(understand(statements), asked)):
        asked.append(question.id)
        known = understand(statements).evidence
        statements += [
            _statement(fact, value)
            for fact, value in answer_of(user, question).items()
            if value is not None or fact not in known
        ]
    return Talk(len(asked), recommend(understand(statements).facts).option is user.outcome)


def settled_by_answers(user: User) -> bool:
    """Say whether as many answers as we may ask for make the outcome of full information sure.

    That is hindsight: an asker has to find the three without knowing the user. An outcome that is right only
    because the rest is taken for granted is not settled.
    """
    said = Facts.model_validate(dict(user.said))
    answers = [
        {fact: value for fact, value in answer_of(user, question).items() if value is not None}
        for question in QUESTIONS
    ]
    for count in range(MOST_QUESTIONS + 1):
        for picked in combinations(answers, count):
            heard = {fact: value for answer in picked for fact, value in answer.items()}
            facts = said.model_copy(update={**heard, **said.known()})
            if POLICY.decide(facts) is user.outcome and is_sure_of(user.outcome, facts):
                return True
    return False


@lru_cache(maxsize=200_000)
def is_sure_of(outcome: Option, facts: Facts) -> bool:
    """Say whether this is as good as certain to be the outcome once everything is known."""
    return OUTCOME.spread(facts, chances(facts), 1.0).get(outcome, 0.0) >= SETTLED


def _statement(fact: str, value: FactValue | None) -> Statement:
    return Statement(fact=fact, value=value, quote="", source="button")
