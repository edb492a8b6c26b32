"""Where a language model helps: it reads along before an answer, and arranges it. It decides nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.decision.statements import Understanding
from bot.explaining import Writer, define, explain
from bot.hearing import SecondReader
from bot.language_model import Spender
from bot.model_use import ModelUse
from bot.replies import Clarify, Define, Recommend, Reply
from bot.understanding.witness import Trust


@dataclass(frozen=True)
class Assistant:
    """One language model in its two parts; `trust_now` says what its word counts for, if that may change."""

    reader: SecondReader
    writer: Writer
    trust_now: Callable[[], Awaitable[Trust]] | None = None

    async def as_of_now(self) -> Assistant:
        """Return it as far as its word counts now, for one turn."""
        if self.trust_now is None:
            return self
        trust = await self.trust_now()
        return replace(
            self,
            reader=replace(self.reader, trust=trust),
            writer=replace(self.writer, knows_what_is_covered=trust.counts),
        )


async def arranged(
    reply: Reply,
    understanding: Understanding,
    question: str,
    spender: Spender,
    assistant: Assistant,
    *,
    spent_s: float = 0,
) -> tuple[Reply, tuple[ModelUse, ...]]:
    """Return the reply with its reasons or passages as the model arranged them, and what that took.

    One call at most: of a recommendation that also explains a term, the reasons are what is arranged. Where
    they were read before and are not shown, nothing is.
    """
    match reply:
        case Recommend(is_brief=True):
            return reply, ()
        case Recommend():
            explained = await explain(reply, understanding, spender, assistant.writer, spent_s=spent_s)
            return explained.reply, explained.uses
        case Define(definition=definition) | Clarify(definition=definition) if definition is not None:
            defined = await define(definition, question, spender, assistant.writer, spent_s=spent_s)
            update = {"definition": defined.definition, "notes": (*reply.notes, *defined.notes)}
            return reply.model_copy(update=update), defined.uses
        case _:
            return reply, ()


def with_notes(reply: Reply, notes: tuple[str, ...]) -> Reply:
    """Return the reply with what people should know about how it came about, each thing once."""
    if isinstance(reply, Recommend | Clarify | Define):
        return reply.model_copy(update={"notes": tuple(dict.fromkeys((*reply.notes, *notes)))})
    return reply
