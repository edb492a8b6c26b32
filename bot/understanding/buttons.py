"""From tapped quick replies to statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from bot.decision.facts import FactValue
from bot.decision.questions import Question
from bot.decision.statements import Source, Statement, Understanding
from bot.understanding.named_model import NamedModel


def statements_from_buttons(
    question: Question,
    picked: Sequence[str],
    author_id: str,
    message_id: str,
    find_model: Callable[[str], NamedModel | None],
    *,
    known: Collection[str] = (),
) -> tuple[Statement, ...]:
    """Return what the tapped replies state; ids that the question does not have are passed over.

    In a multiple choice, what was not picked was not tried, unless it is among the facts that are `known`: an
    empty box takes nothing back. It quotes nothing.
    """
    replies = [reply for reply in question.replies if reply.id in picked]
    values: dict[str, FactValue] = {}
    for reply in replies:
        values |= reply.values
    left = {fact: value for fact, value in question.unpicked.items() if fact not in {*values, *known}}
    quote = "; ".join(reply.label for reply in replies)

    def state(fact: str, value: FactValue, source: Source, said: str = quote) -> Statement:
        return Statement(
            fact=fact, value=value, quote=said, source=source, author_id=author_id, message_id=message_id
        )

    stated = [state(fact, value, "button") for fact, value in values.items()]
    if replies:
        stated += [state(fact, value, "button", "") for fact, value in left.items()]
    model = find_model(str(values["base_model"])) if "base_model" in values else None
    implied = [state(fact, value, "inferred") for fact, value in implied_by(model)]
    return (*stated, *implied)


def what_boxes_leave(understanding: Understanding) -> frozenset[str]:
    """Return the facts that an empty box takes nothing back of: what somebody said that they do, or ticked.

    Whoever had tried nothing and ticks one box now has begun since.
    """
    return frozenset(
        fact
        for fact, one in understanding.evidence.items()
        if one.source != "inferred" and one.value not in ("none", False)
    )


def implied_by(model: NamedModel | None) -> Iterator[tuple[str, FactValue]]:
    """Yield the facts that follow from which model it is."""
    if model is None:
        return
    yield "base_tunable", model.tunable
    if model.retire_days is not None:
        yield "base_retire_days", model.retire_days
