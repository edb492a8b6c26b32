"""Where a language model helps: before the answer it reads along, after it it writes. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.explaining import Writer, define, explain
from bot.hearing import SecondReader
from bot.language_model import Spender
from bot.model_use import ModelUse
from bot.replies import Clarify, Define, Recommend, Reply


@dataclass(frozen=True)
class Assistant:
    """One language model in its two parts."""

    reader: SecondReader
    writer: Writer


async def arranged(
    reply: Reply, question: str, spender: Spender, assistant: Assistant
) -> tuple[Reply, tuple[ModelUse, ...]]:
    """Return the reply with its reasons or passages as the model arranged them, and what that took.

    One call at most: of a recommendation that also explains a term, the reasons are what is arranged.
    """
    match reply:
        case Recommend():
            explained = await explain(reply, spender, assistant.writer)
            return explained.reply, explained.uses
        case Define(definition=definition) | Clarify(definition=definition) if definition is not None:
            defined = await define(definition, question, spender, assistant.writer)
            update = {"definition": defined.definition, "notes": (*reply.notes, *defined.notes)}
            return reply.model_copy(update=update), defined.uses
        case _:
            return reply, ()


def with_notes(reply: Reply, notes: tuple[str, ...]) -> Reply:
    """Return the reply with what people should know about how it came about, each thing once."""
    if isinstance(reply, Recommend | Clarify | Define):
        return reply.model_copy(update={"notes": tuple(dict.fromkeys((*reply.notes, *notes)))})
    return reply
