"""One question to a model and its answer in the shape that was asked for; or why there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot import tracing
from bot.errors import ModelFailure, ModelUnavailable
from bot.llm.connection import ModelAddress, answering_in
from bot.llm.prompts import prompt_version

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Answer:
    """What came back: the raw message, and what was made of it."""

    raw: Any
    parsed: Any

    def as_shape(self, shape: type[Shape]) -> Shape:
        """Return it in its shape. Raises ModelUnavailable."""
        try:
            return shape.model_validate(self.parsed)
        except ValidationError:
            raise ModelUnavailable(
                "unusable", "the model's answer has not the shape that was asked for"
            ) from None


def messages_of(instructions: str, material: str, address: ModelAddress) -> Sequence[BaseMessage]:
    """Return the prompt: first what is the same for everyone, marked for the caches that want a mark."""
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - slow to import

    stable: str | list[str | dict[Any, Any]] = instructions
    if address.provider == "anthropic":
        # The others cache what begins alike by themselves.
        stable = [{"type": "text", "text": instructions, "cache_control": {"type": "ephemeral"}}]
    return (SystemMessage(stable), HumanMessage(material))


async def ask(
    chat: BaseChatModel,
    address: ModelAddress,
    messages: Sequence[BaseMessage],
    shape: type[BaseModel],
    *,
    purpose: str,
    within_s: float,
) -> Answer:
    """Return the answer. Raises ModelUnavailable, also when all tries together take too long."""
    schema = {"description": (shape.__doc__ or "").strip(), **shape.model_json_schema()}
    chain = answering_in(schema, chat, address)
    try:
        async with asyncio.timeout(within_s):
            with tracing.step("ask the language model", model=address.name, purpose=purpose):
                answer: Any = await chain.ainvoke(
                    list(messages),
                    config={"run_name": purpose, "metadata": {"prompt_version": prompt_version()}},
                )
    except Exception as error:  # noqa: BLE001 - each vendor's client raises errors of its own
        # Without its cause: some of them quote the prompt or the key.
        raise ModelUnavailable(
            _why(error), f"{address.name} did not answer: {type(error).__name__}"
        ) from None
    return Answer(answer.get("raw"), answer.get("parsed"))


def _why(error: Exception) -> ModelFailure:
    name = type(error).__name__
    if "Timeout" in name:
        return "late"
    return "unusable" if "Length" in name or "Parser" in name else "refused"
