"""Facts that the learned models find in a message, each in the clause that states it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.learned.examples import FOLDER
from bot.understanding.learned.features import clause_sample, message_sample
from bot.understanding.learned.linear import NOTHING, LinearModel, load
from bot.understanding.message import Message, Part

CLAUSES, MESSAGES = "clauses.npz", "messages.npz"

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

_SURE_OF_A_CLAUSE = 0.35
_SURE_OF_A_MESSAGE = 0.4
"""Below these probabilities nothing is said to be stated; measured by `make evaluate` on blind cases."""


def find_learned(message: Message, question_id: str = "") -> Iterator[Found]:
    """Yield what the models are sure enough of; `question_id` is the question that the message answers."""
    yield from _from_clauses(message, question_id)
    yield from _from_message(message, question_id)


def _from_clauses(message: Message, question_id: str) -> Iterator[Found]:
    model = _model(CLAUSES)
    parts = list(message.segments)
    if question_id:
        parts.append(Part(0, len(message.plain)))
    best: dict[str, tuple[float, str, Part]] = {}
    for part in parts:
        clause = message.plain[part.start : part.end]
        for fact, shares in model.probabilities(clause_sample(clause, message.plain, question_id)).items():
            share, value = max((share, value) for value, share in shares.items() if value != NOTHING)
            if share >= _SURE_OF_A_CLAUSE and share > best.get(fact, (0.0, "", part))[0]:
                best[fact] = (share, value, part)
    for fact, (_, value, part) in best.items():
        yield Found(fact, _value(value), part.start, part.end)


def _from_message(message: Message, question_id: str) -> Iterator[Found]:
    model = _model(MESSAGES)
    for fact, shares in model.probabilities(message_sample(message.plain, question_id)).items():
        share, value = max((share, value) for value, share in shares.items() if value != NOTHING)
        if share >= _SURE_OF_A_MESSAGE:
            part = _most_telling(model, message, question_id, fact, value)
            yield Found(fact, _value(value), part.start, part.end)


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
