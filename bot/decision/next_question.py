"""Which question to ask next: the one whose answer is worth most to the outcome, while any is worth asking.

We answer from what we heard; the outcome that matters is the one that follows once everything is known. A
question is worth as much as its answers raise the chance that the two are the same. The chances of all
answers, and of all outcomes after each of them, come from one pass over the policy's diagram.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from bot.decision.chances import PROBLEM, WEIGHED, Likely, chances
from bot.decision.compiled import DIRECTION, OUTCOME, POLICY
from bot.decision.conflicts import question_id_of
from bot.decision.diagram import Array, Group
from bot.decision.facts import (
    FACT_NAMES,
    Facts,
    FactValue,
    Range,
    choices_of,
    lowest,
    surely_below,
    title_of,
)
from bot.decision.options import Option
from bot.decision.priors import PRIORS
from bot.decision.questions import (
    BY_ID,
    MOST_QUESTIONS,
    OPENING,
    OPENING_AGAIN,
    QUESTIONS,
    Question,
    QuickReply,
)
from bot.decision.recommendation import recommend
from bot.decision.statements import Conflict, Statement, Understanding
from bot.decision.wording import fact_in_words

SETTLED = 0.95
"""So sure of the outcome, no question is worth a person's time."""
LEAST_WORTH = 0.06
"""What a question must at least be worth, agreement and clarity together."""
CLARITY = 0.8
"""How much a question counts that brings the outcome nearer to being known without settling it yet.

Nearly as much as agreement: only so is a question asked that needs another one after it to settle anything.
"""
STILL_OPEN = 0.1
"""With less than this chance of another direction, an answer is no longer provisional."""

LEAST_WORTH_ALONE = 0.01
"""What knowing one fact must at least be worth to be named as deciding; whoever reads it need not answer."""

_NEVER = math.inf


def next_question(understanding: Understanding, asked: Sequence[str]) -> Question | None:
    """Return the next question worth asking, or None when enough were asked or none is worth it."""
    return None if len(asked) >= MOST_QUESTIONS else open_question(understanding, asked)


def open_question(understanding: Understanding, asked: Collection[str]) -> Question | None:
    """Return the next question worth asking, however many were asked. Contradictions come first."""
    if question := which_is_right(understanding, asked):
        return question
    worth_asking = [worth for worth in question_worths(understanding, asked) if worth.total >= LEAST_WORTH]
    best = max(worth_asking, key=lambda worth: (round(worth.total, 2), -worth.question.effort), default=None)
    return best.question if best else None


def which_is_right(understanding: Understanding, asked: Collection[str]) -> Question | None:
    """Return the question about the first contradiction that nobody was asked about, or None."""
    questions = map(_question_about, understanding.conflicts)
    return next((question for question in questions if question.id not in asked), None)


def opening_again(
    understanding: Understanding, asked: Sequence[str], news: Sequence[Statement]
) -> Question | None:
    """Return the opening question in other words, where the answer to it was about something else.

    Once only, and only while nothing points anywhere. That they do not know is an answer, too.
    """
    may_ask = list(asked).count(OPENING.id) == 1 and asked[-1] == OPENING.id and len(asked) < MOST_QUESTIONS
    was_passed_over = bool(news) and not {one.fact for one in news} & set(OPENING.facts)
    is_open = recommend(understanding.facts).option is Option.ASK and not understanding.conflicts
    return OPENING_AGAIN if may_ask and was_passed_over and is_open else None


@dataclass(frozen=True)
class Worth:
    """What asking a question is expected to bring, as shares of certainty: at most 1, below 0 by a little."""

    question: Question
    agreement: float
    """By how much the chance rises that the outcome is the one of full information."""
    clarity: float
    """By how much the chance rises that two guesses at the outcome would be the same."""

    @property
    def total(self) -> float:
        """Return both as one number."""
        return self.agreement + CLARITY * self.clarity


def question_worths(understanding: Understanding, asked: Collection[str]) -> tuple[Worth, ...]:
    """Return the worth of each question that was not asked; none when the outcome is as good as settled."""
    return _worths(_candidates(understanding.facts, asked), understanding, settled=SETTLED)


def unknowns_worth_telling(understanding: Understanding, most: int) -> tuple[str, ...]:
    """Return the unknown facts whose knowledge is worth most to the outcome, one by one; best first.

    What somebody said that they do not know is among them: they may know by now.
    """
    known = understanding.facts.known()
    open_ = replace(understanding, unknown=frozenset[str]())
    candidates = [_about_alone(fact) for fact in FACT_NAMES if fact in WEIGHED and fact not in known]
    worths = _worths(candidates, open_, settled=_NEVER)
    worth_telling = [worth for worth in worths if worth.total >= LEAST_WORTH_ALONE]
    best = sorted(worth_telling, key=lambda worth: -worth.total)
    return tuple(worth.question.id for worth in best[:most])


def _about_alone(fact: str) -> Question:
    """Return the question about nothing but one fact, with each of its likely values as an answer."""
    values = choices_of(fact) if fact in PROBLEM else tuple(PRIORS[fact])
    replies = tuple(
        QuickReply(str(number), "", {fact: value}) for number, value in enumerate(values) if value is not None
    )
    return Question(id=fact, text="", why="", replies=replies, facts=(fact,))


def _worths(
    candidates: Sequence[Question], understanding: Understanding, *, settled: float
) -> tuple[Worth, ...]:
    """Return the worth of each candidate; none when the outcome is at least as sure as `settled`."""
    facts = understanding.facts
    weighed = chances(facts, _open_facts(candidates, understanding))
    answers = [answer for question in candidates for answer in _answers(question, understanding, weighed)]
    after = _outcomes_after(facts, answers, weighed)
    now = [_agreement(after, facts, 0), _clarity(after, 0)]
    if now[0] >= settled:
        return ()
    gains = {question.id: np.zeros(2) for question in candidates}
    told = dict.fromkeys(gains, 0.0)
    for number, answer in enumerate(answers, start=1):
        then = [_agreement(after, facts.model_copy(update=answer.values), number), _clarity(after, number)]
        gains[answer.question.id] += answer.chance * np.subtract(then, now)
        told[answer.question.id] += answer.chance
    # Answers may overlap; who would give none of them says that they do not know, which changes nothing.
    return tuple(
        Worth(question, *(gains[question.id] / max(1.0, told[question.id])).tolist())
        for question in candidates
    )


def direction_is_open(understanding: Understanding, asked: Collection[str]) -> bool:
    """Say whether what was not asked could well lead in another direction.

    What could only change the readiness is not open: it stands as a condition on the answer.
    """
    facts = understanding.facts
    weighed = chances(facts, _open_facts(_candidates(facts, asked), understanding))
    stays = DIRECTION.spread(facts, weighed, 1.0).get(recommend(facts).direction, 0.0)
    return bool(understanding.conflicts) or 1.0 - stays > STILL_OPEN


def find_question(question_id: str, understanding: Understanding) -> Question | None:
    """Return the question with this id, also one about two statements that contradict each other."""
    for conflict in understanding.conflicts:
        if question_id == question_id_of(conflict):
            return _question_about(conflict)
    return BY_ID.get(question_id)


@dataclass(frozen=True)
class _Answer:
    """One way to answer a question: what it would add, and how likely it is."""

    question: Question
    values: dict[str, FactValue]
    chance: float


def _candidates(facts: Facts, asked: Collection[str]) -> list[Question]:
    return [
        question for question in QUESTIONS if question.id not in asked and question.makes_sense.holds(facts)
    ]


def _open_facts(candidates: Sequence[Question], understanding: Understanding) -> frozenset[str]:
    """Return the facts that an answer to one of the questions could still tell us."""
    settled = _settled(understanding)
    return frozenset(
        fact for question in candidates for fact in question.tells if fact in WEIGHED and fact not in settled
    )


def _settled(understanding: Understanding) -> frozenset[str]:
    return frozenset(understanding.evidence) | understanding.unknown | frozenset(understanding.facts.known())


def _answers(
    question: Question, understanding: Understanding, weighed: Mapping[Group, Likely]
) -> Iterator[_Answer]:
    """Yield what may be answered. Where several may be picked, every combination of what is unknown."""
    settled = _settled(understanding)
    if question.several:
        replies = [_combined(facts) for facts in _combinations(question, weighed)]
    else:
        replies = [
            {fact: value for fact, value in reply.values.items() if fact not in settled}
            for reply in question.replies
            if _may_be_picked(reply, understanding)
        ]
        replies = [{**reply, **more} for reply in replies for more in _derived(question, weighed)]
    for values in replies:
        chance = _chance(values, weighed)
        if values and chance:
            yield _Answer(question, values, chance)


def _may_be_picked(reply: QuickReply, understanding: Understanding) -> bool:
    """Say whether a reply can be true beside what is known: nobody who said otherwise would pick it."""
    known = understanding.facts.known()
    return all(fit(known[fact], value) for fact, value in reply.values.items() if fact in known)


def _combinations(question: Question, weighed: Mapping[Group, Likely]) -> Iterator[tuple[Facts, ...]]:
    unknown = [weighed[group] for fact in question.facts if (group := frozenset({fact})) in weighed]
    for picked in product(*unknown):
        yield tuple(facts for facts, _ in picked)


def _derived(question: Question, weighed: Mapping[Group, Likely]) -> list[dict[str, FactValue]]:
    """Return what code may conclude from the answer, as a model's name tells whether it can be tuned."""
    unknown = [weighed[group] for fact in question.implies if (group := frozenset({fact})) in weighed]
    return [_combined(tuple(facts for facts, _ in picked)) for picked in product(*unknown)]


def _combined(parts: tuple[Facts, ...]) -> dict[str, FactValue]:
    return {fact: value for facts in parts for fact, value in facts.known().items()}


def _chance(values: Mapping[str, FactValue], weighed: Mapping[Group, Likely]) -> float:
    shares = [
        sum(weight for facts, weight in likely if _is_told(facts, values, group))
        for group, likely in weighed.items()
        if group & values.keys()
    ]
    return float(np.prod(shares)) if shares else 0.0


def _is_told(facts: Facts, values: Mapping[str, FactValue], group: Group) -> bool:
    """Say whether someone in this situation would give this answer."""
    return all(
        (there := getattr(facts, fact)) is not None and fit(there, values[fact])
        for fact in group & values.keys()
    )


def _outcomes_after(
    facts: Facts, answers: Sequence[_Answer], weighed: Mapping[Group, Likely]
) -> dict[Option, Array]:
    """Return each outcome's chance now, at index 0, and after each answer: one pass for all of them."""
    count = len(answers) + 1
    told: dict[Group, list[tuple[Facts, Array]]] = {}
    for group, likely in weighed.items():
        weights = np.repeat(np.array([[weight] for _, weight in likely]), count, axis=1)
        for number, answer in enumerate(answers, start=1):
            if group & answer.values.keys():
                fits = np.array([_is_told(values, answer.values, group) for values, _ in likely])
                weights[:, number] *= fits
                weights[:, number] /= weights[:, number].sum()
        told[group] = [(values, row) for (values, _), row in zip(likely, weights, strict=True)]
    return OUTCOME.spread(facts, told, np.ones(count))


def _agreement(after: Mapping[Option, Array], facts: Facts, number: int) -> float:
    """Return the chance that what we would say of these facts is right once everything is known."""
    option = POLICY.decide(facts)
    return float(after[option][number]) if option in after else 0.0


def _clarity(after: Mapping[Option, Array], number: int) -> float:
    return float(sum(chance[number] ** 2 for chance in after.values()))


def fit(known: FactValue, value: FactValue) -> bool:
    """Say whether both can be true: amounts when their ranges meet, words when they are the same."""
    if isinstance(known, int | Range) and isinstance(value, int | Range):
        return not (surely_below(known, lowest(value)) or surely_below(value, lowest(known)))
    return known == value


def _question_about(conflict: Conflict) -> Question:
    fact = conflict.later.fact
    return Question(
        id=question_id_of(conflict),
        text=f"I heard two things about {title_of(fact)}. Which one is right?",
        why="The answer depends on which of the two is right.",
        replies=(_version("earlier", conflict.earlier), _version("later", conflict.later)),
        facts=(fact,),
    )


def _version(reply_id: str, statement: Statement) -> QuickReply:
    if statement.value is None:
        raise AssertionError("what is unknown contradicts nothing")
    words = fact_in_words(statement.fact, statement.value)
    return QuickReply(reply_id, words[0].upper() + words[1:], {statement.fact: statement.value})
