"""Facts that the learned models find in a message, each in the clause that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.decision.facts import FactValue
from bot.decision.questions import Question
from bot.understanding.found import Found
from bot.understanding.learned.examples import FOLDER
from bot.understanding.learned.features import clause_sample, message_sample
from bot.understanding.learned.linear import NOTHING, LinearModel, load
from bot.understanding.message import Message, Part

CLAUSES, MESSAGES = "clauses.npz", "messages.npz"

INTENT = "intent"
MESSAGE_FACTS: tuple[str, ...] = ("goal_kind", "gap", "failure_mode", "asks")
"""Facts that a message states as a whole."""
CLAUSE_FACTS: tuple[str, ...] = (
    "satisfied",
    "deterministic",
    "needs_live_data",
    "examples_at_hand",
    "labels_on_demand",
    "data_quality",
    "data_rights",
    "feedback_kind",
    "grader",
    "knowledge_change",
    "citations_needed",
    "access_control",
    "same_prefix",
    "tried_prompting",
    "tried_few_shot",
    "tried_structured",
    "tried_rag",
    "tried_models",
    "tried_caching",
    "tried_small_model",
    "tried_long_context",
    "tried_finetune",
    "teacher_ok",
    "small_model_ok",
    "volume",
    "cost_pressure",
    "hosting",
    "base_tunable",
    "team_ml",
    "domain",
    "regulated",
)
"""Facts that one clause states."""

_LATIN = re.compile(r"[a-z]{2}")
"""Other scripts have no word that the models know, and nothing should follow from that."""
_FEWEST_WORDS = 3
"""A shorter message that answers nothing describes no situation."""
_MAY_CONTRADICT = frozenset({"knowledge_change", "tried_prompting"})
"""Facts of which two clauses may say two things; both are kept where both are clear."""
_CLEAR = 0.6
_SURE_OF_A_CLAUSE = 0.35
_SURE_OF_A_MESSAGE = 0.4
_SURE_BESIDE_THE_QUESTION = 0.8
"""Below these probabilities nothing is said to be stated; measured by `make evaluate` on blind cases."""


def find_learned(message: Message, question: Question | None = None) -> Iterator[Found]:
    """Yield what the models are sure enough of.

    An answer to a question states, in all likelihood, only what was asked: anything else has to be plain.
    """
    if len(_LATIN.findall(message.plain)) >= (1 if question else _FEWEST_WORDS):
        yield from _from_clauses(message, question)
        yield from _from_message(message, question)


def likely_intents(message: Message) -> dict[str, float]:
    """Return how likely each intent is of a message that answers no question."""
    return _model(MESSAGES).probabilities(message_sample(message.plain))[INTENT]


def _from_clauses(message: Message, question: Question | None) -> Iterator[Found]:
    model = _model(CLAUSES)
    question_id = question.id if question else ""
    parts = [*message.segments, *([Part(0, len(message.plain))] if question else [])]
    best: dict[str, tuple[float, str, Part]] = {}
    clear: dict[tuple[str, str], Part] = {}
    for part in parts:
        clause = message.plain[part.start : part.end]
        for fact, shares in model.probabilities(clause_sample(clause, message.plain, question_id)).items():
            share, value = _likeliest(shares)
            if share < _needed(fact, question, _SURE_OF_A_CLAUSE):
                continue
            if share > best.get(fact, _NONE)[0]:
                best[fact] = (share, value, part)
            if fact in _MAY_CONTRADICT and share >= _CLEAR:
                clear[fact, value] = part
    for fact, (_, value, part) in best.items():
        yield Found(fact, _value(value), part.start, part.end)
    for (fact, value), part in clear.items():
        if value != best[fact][1]:
            yield Found(fact, _value(value), part.start, part.end)


def _from_message(message: Message, question: Question | None) -> Iterator[Found]:
    model = _model(MESSAGES)
    question_id = question.id if question else ""
    for fact, shares in model.probabilities(message_sample(message.plain, question_id)).items():
        if fact == INTENT:
            continue
        share, value = _likeliest(shares)
        if share >= _needed(fact, question, _SURE_OF_A_MESSAGE):
            part = _most_telling(model, message, question_id, fact, value)
            yield Found(fact, _value(value), part.start, part.end)


_NONE: tuple[float, str, Part] = (0.0, "", Part(0, 0))


def _likeliest(shares: Mapping[str, float]) -> tuple[float, str]:
    return max((share, value) for value, share in shares.items() if value != NOTHING)


def _needed(fact: str, question: Question | None, usual: float) -> float:
    return usual if question is None or fact in question.facts else _SURE_BESIDE_THE_QUESTION


def _most_telling(model: LinearModel, message: Message, question_id: str, fact: str, value: str) -> Part:
    """Return the clause that by itself says it most clearly."""
    return max(
        message.segments,
        key=lambda part: model.probabilities(
            message_sample(message.plain[part.start : part.end], question_id)
        )[fact][value],
    )


def _value(word: str) -> FactValue:
    return {"True": True, "False": False}.get(word, word)


@lru_cache(maxsize=2)
def _model(name: str) -> LinearModel:
    return load(FOLDER / name)
