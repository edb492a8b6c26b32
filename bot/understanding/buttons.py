"""From tapped quick replies to statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.decision.facts import FactValue
from bot.decision.questions import Question
from bot.decision.statements import Source, Statement
from bot.understanding.named_model import NamedModel


def statements_from_buttons(
    question: Question,
    picked: Sequence[str],
    author_id: str,
    message_id: str,
    find_model: Callable[[str], NamedModel | None],
) -> tuple[Statement, ...]:
    """Return what the tapped replies state; ids that the question does not have are passed over.

    In a multiple choice, what was not picked was not tried.
    """
    replies = [reply for reply in question.replies if reply.id in picked]
    values: dict[str, FactValue] = dict(question.unpicked) if replies else {}
    for reply in replies:
        values |= reply.values
    quote = "; ".join(reply.label for reply in replies)

    def state(fact: str, value: FactValue, source: Source) -> Statement:
        return Statement(
            fact=fact, value=value, quote=quote, source=source, author_id=author_id, message_id=message_id
        )

    stated = [state(fact, value, "button") for fact, value in values.items()]
    model = find_model(str(values["base_model"])) if "base_model" in values else None
    implied = [state(fact, value, "inferred") for fact, value in implied_by(model)]
    return (*stated, *implied)


def implied_by(model: NamedModel | None) -> Iterator[tuple[str, FactValue]]:
    """Yield the facts that follow from which model it is."""
    if model is None:
        return
    yield "base_tunable", model.tunable
    if model.retire_days is not None:
        yield "base_retire_days", model.retire_days
