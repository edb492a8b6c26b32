"""A message in the middle of a conversation, in which the same person goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.decision.facts import Facts, FactValue
from bot.decision.questions import BY_ID
from bot.decision.statements import Statement, understand
from bot.understanding.reading import read


def told(known: Mapping[str, FactValue]) -> list[Statement]:
    """Return these facts as the first message stated them."""
    return [
        Statement(fact=fact, value=value, quote="", author_id="U1", message_id="1")
        for fact, value in known.items()
    ]


def opened(opening: str) -> tuple[Statement, ...]:
    """Return what the first message states."""
    return read(opening, author_id="U1", message_id="1").statements


def statements_after(
    earlier: Sequence[Statement], said: str, question: str = "", *, continues: bool = True
) -> tuple[Statement, ...]:
    """Return what the next message states, in answer to the question that waits, if one does."""
    return read(
        said,
        pending=BY_ID.get(question),
        author_id="U1",
        message_id="2",
        earlier=earlier,
        continues=continues,
    ).statements


def facts_after(
    earlier: Sequence[Statement], said: str, question: str = "", *, continues: bool = True
) -> Facts:
    """Return what is known once the next message was said."""
    return understand([*earlier, *statements_after(earlier, said, question, continues=continues)]).facts
