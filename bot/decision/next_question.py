"""Which question to ask next: a fixed order per branch, skipping what could not change the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.decision.facts import Facts, FactValue, Range, lowest, surely_below, title_of
from bot.decision.implied import gap_of
from bot.decision.questions import BY_ID, MOST_QUESTIONS, Question, QuickReply
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.statements import Conflict, Statement, Understanding
from bot.decision.wording import fact_in_words

_ORDER_BY_GAP: Mapping[str | None, tuple[str, ...]] = {
    "knowledge": ("Q2", "Q4", "Q6", "Q7", "Q5", "Q3", "Q8", "Q9"),
    "both": ("Q2", "Q4", "Q5", "Q3", "Q8", "Q9", "Q6", "Q7"),
    "behaviour": ("Q2", "Q5", "Q3", "Q8", "Q9", "Q14"),
    "format": ("Q2", "Q5", "Q3", "Q8", "Q9"),
    "interface": ("Q2", "Q5", "Q3", "Q8", "Q9"),
    "capability": ("Q2", "Q11", "Q5", "Q3", "Q8", "Q9"),
    "cost_latency": ("Q12", "Q10", "Q9", "Q8"),
    None: ("Q1", "Q2", "Q5", "Q3", "Q8", "Q9"),
}
_ORDER_FOR_CLASSIFICATION = ("Q15", "Q2", "Q5", "Q3", "Q8", "Q9")

_CONFLICT = "conflict:"


def next_question(understanding: Understanding, asked: Sequence[str]) -> Question | None:
    """Return the next question worth asking, or None when enough were asked or none could change anything."""
    return None if len(asked) >= MOST_QUESTIONS else open_question(understanding, asked)


def open_question(understanding: Understanding, asked: Sequence[str]) -> Question | None:
    """Return the next question whose answer could change the outcome, however many were asked."""
    for conflict in understanding.conflicts:
        question = _question_about(conflict)
        if question.id not in asked:
            return question
    for question_id in _order(understanding.facts):
        question = BY_ID[question_id]
        if question_id not in asked and could_change(question, understanding):
            return question
    return None


def direction_is_open(understanding: Understanding, asked: Sequence[str]) -> bool:
    """Say whether some question that was not asked could still lead in another direction.

    What could only change the readiness is not open: it stands as a condition on the answer.
    """
    now = recommend(understanding.facts).direction
    return bool(understanding.conflicts) or any(
        then.direction is not now
        for question_id in _order(understanding.facts)
        if question_id not in asked
        for then in _outcomes(BY_ID[question_id], understanding)
    )


def find_question(question_id: str, understanding: Understanding) -> Question | None:
    """Return the question with this id, also one about two statements that contradict each other."""
    for conflict in understanding.conflicts:
        if question_id == _CONFLICT + conflict.later.fact:
            return _question_about(conflict)
    return BY_ID.get(question_id)


def could_change(question: Question, understanding: Understanding) -> bool:
    """Say whether some quick reply to the question would lead to another outcome than now."""
    now = recommend(understanding.facts)
    return any(
        (then.option, then.direction, then.rule.id) != (now.option, now.direction, now.rule.id)
        for then in _outcomes(question, understanding)
    )


def _outcomes(question: Question, understanding: Understanding) -> Iterator[Recommendation]:
    for reply in question.replies:
        if news := _news(question, reply, understanding):
            yield recommend(understanding.facts.with_values(news))


def _order(facts: Facts) -> tuple[str, ...]:
    gap = gap_of(facts)
    if facts.goal_kind == "classification" and gap in (None, "behaviour"):
        return _ORDER_FOR_CLASSIFICATION
    return _ORDER_BY_GAP[gap]


def _news(question: Question, reply: QuickReply, understanding: Understanding) -> dict[str, FactValue]:
    """Return what a reply would add: values of facts that are neither known nor said to be unknown.

    A reply that contradicts what is known adds nothing: nobody who said it would pick it.
    """
    known = understanding.facts.known()
    if not all(_fit(known[fact], value) for fact, value in reply.values.items() if fact in known):
        return {}
    settled = set(understanding.evidence) | understanding.unknown | set(understanding.facts.known())
    stated = {**question.unpicked, **reply.values}
    return {fact: value for fact, value in stated.items() if fact not in settled}


def _fit(known: FactValue, value: FactValue) -> bool:
    """Say whether both can be true: amounts when their ranges meet, words when they are the same."""
    if isinstance(known, int | Range) and isinstance(value, int | Range):
        return not (surely_below(known, lowest(value)) or surely_below(value, lowest(known)))
    return known == value


def _question_about(conflict: Conflict) -> Question:
    fact = conflict.later.fact
    return Question(
        id=_CONFLICT + fact,
        text=f"I heard two things about {title_of(fact)}. Which one is right?",
        replies=(_version("earlier", conflict.earlier), _version("later", conflict.later)),
        facts=(fact,),
    )


def _version(reply_id: str, statement: Statement) -> QuickReply:
    if statement.value is None:
        raise AssertionError("what is unknown contradicts nothing")
    words = fact_in_words(statement.fact, statement.value)
    return QuickReply(reply_id, words[0].upper() + words[1:], {statement.fact: statement.value})
