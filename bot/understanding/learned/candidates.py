"""What a fact may be by the words of a message: each value with its share, and the clause that says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.decision.facts import FactValue
from bot.decision.questions import NEWS
from bot.understanding.learned.encoder import Understood, together
from bot.understanding.learned.features import clause_sample
from bot.understanding.learned.heads import CLAUSE_FACTS, CLAUSES, NEWS_FACTS
from bot.understanding.learned.likelihoods import model_of
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.parts import clauses_of, everything
from bot.understanding.message import Message, Part
from bot.understanding.witness import Testimony, raised

CLEAR = 0.5
BEYOND_DOUBT = 0.7
"""What words say so plainly is not weighed against what is usual."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """How likely a value is, and the clause that says it."""

    share: float
    part: Part


Candidates = dict[FactValue, Candidate]
"""What a fact may be."""


def in_clauses(message: Message, question_id: str, read: Understood) -> dict[str, Candidates]:
    """Return for each fact its values, each with the clause that says it most clearly."""
    model = model_of(CLAUSES, question_id)
    parts = [*clauses_of(message), *([everything(message)] if question_id else [])]
    facts = (*CLAUSE_FACTS, *NEWS_FACTS) if question_id == NEWS.id else CLAUSE_FACTS
    best: dict[str, Candidates] = {fact: {} for fact in facts}
    for part in parts:
        clause = message.plain[part.start : part.end]
        linear = model.probabilities(clause_sample(clause, message.plain, question_id))
        shares_of_part = together(linear, read.shares(part))
        for fact in shares_of_part.keys() & best.keys():
            for value, share in values_of(shares_of_part[fact]):
                if value not in best[fact] or share > best[fact][value].share:
                    best[fact][value] = Candidate(share, part)
    return best


def in_message(message: Message, shares: Mapping[str, float]) -> Candidates:
    """Return each value of a fact with the message as a whole."""
    whole = everything(message)
    return {value: Candidate(share, whole) for value, share in values_of(shares)}


def without_value(values: Candidates, refuted: FactValue) -> Candidates:
    """Return the candidates without one, its share shared out among the others."""
    rest = 1 - (values[refuted].share if refuted in values else 0.0)
    return {
        value: Candidate(one.share / rest, one.part)
        for value, one in values.items()
        if value != refuted and rest > 0
    }


def weighed_as_reply(
    message: Message, shares: Mapping[str, Mapping[str, float]], candidates: Mapping[str, Candidates]
) -> dict[str, Candidates]:
    """Return the candidates, each share halfway to what the model of replies gives it."""
    whole = everything(message)
    weighed = {fact: dict(values) for fact, values in candidates.items()}
    for fact in [fact for fact in candidates if fact in shares]:
        of_reply = dict(values_of(shares[fact]))
        weighed[fact] = {
            value: Candidate(
                (of_reply.get(value, 0.0) + (before.share if before else 0.0)) / 2,
                before.part if before else whole,
            )
            for value in {*of_reply, *candidates[fact]}
            for before in (candidates[fact].get(value),)
        }
    return weighed


def weighed_by(testimony: Testimony, candidates: Mapping[str, Candidates]) -> dict[str, Candidates]:
    """Return the candidates, those that were read likelier, and those passed over less likely."""
    weighed = {fact: dict(values) for fact, values in candidates.items()}
    for fact, factor in testimony.silence.items():
        for value, one in candidates.get(fact, {}).items():
            weighed[fact][value] = Candidate(raised(one.share, factor), one.part)
    for witness in testimony.witnesses:
        if witness.fact in weighed:
            before = weighed[witness.fact].get(witness.value)
            share = witness.raised(before.share if before else 0.0)
            weighed[witness.fact][witness.value] = Candidate(share, Part(witness.start, witness.end))
    return weighed


def values_of(shares: Mapping[str, float]) -> Iterator[tuple[FactValue, float]]:
    """Yield what may be stated, as facts know it, with its share."""
    for word, share in shares.items():
        if word != NOTHING:
            yield {"True": True, "False": False}.get(word, word), share


def surest(values: Candidates, needed: float) -> FactValue | None:
    """Return the likeliest value; None where it is less likely than is needed."""
    value = max(values, key=lambda one: values[one].share, default=None)
    return value if value is not None and values[value].share >= needed else None
