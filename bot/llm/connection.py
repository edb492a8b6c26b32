"""How a model is reached: one setting names the provider and the model, LangChain knows the rest."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import httpx

from bot.errors import SettingsInvalid
from bot.llm.bounded import HOOKS, Through

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

MOST_TOKENS_OUT = 1_500
RETRIES = 1
"""By the vendor's own client: on a dropped connection, a time-out, 429 and 5xx, obeying Retry-After.

Ollama's client does not try again by itself, so `answering_in` does it there.
"""


@dataclass(frozen=True)
class ModelAddress:
    """Which model, where, and with which key; `name` is "provider:model"."""

    name: str
    base_url: str | None = None
    api_key: str | None = None
    timeout_s: float = 20.0
    """Of one try."""
    turn_s: float = 30.0
    """Of all calls and tries of a turn together."""

    @property
    def provider(self) -> str:
        """Return the part before the colon."""
        return self.name.partition(":")[0]

    @property
    def model(self) -> str:
        """Return the part after the colon."""
        return self.name.partition(":")[2]

    def __repr__(self) -> str:
        """Return it without the key."""
        return f"ModelAddress({self.name!r}, base_url={self.base_url!r})"


@asynccontextmanager
async def connect(address: ModelAddress) -> AsyncIterator[BaseChatModel]:
    """Give the model, ready to be asked; nothing is sent yet. Raises SettingsInvalid."""
    async with AsyncExitStack() as stack:
        yield await _opened(address, stack)


def answering_in(schema: dict[str, Any], chat: BaseChatModel, address: ModelAddress) -> Runnable[Any, Any]:
    """Return the model bound to a JSON schema; it gives the raw message too, as "raw" beside "parsed"."""
    chain: Runnable[Any, Any] = chat.with_structured_output(schema, include_raw=True)
    if address.provider != "ollama":
        return chain
    ollama = importlib.import_module("ollama")
    again = (ConnectionError, httpx.TransportError, ollama.ResponseError)
    return chain.with_retry(retry_if_exception_type=again, stop_after_attempt=RETRIES + 1)


async def _opened(address: ModelAddress, stack: AsyncExitStack) -> BaseChatModel:
    """Return the model on connections of its own, which end with the stack.

    Left alone, LangChain shares some vendors' clients among all event loops of the process, and closes none.
    """
    options = _options(address)
    client = httpx.AsyncClient(timeout=address.timeout_s, event_hooks=HOOKS)
    client = await stack.enter_async_context(client)
    match address.provider:
        case "openai":
            options["http_async_client"] = client
        case "ollama":
            options["async_client_kwargs"] = {"transport": Through(client)}
        case "google_genai":
            options["client_args"] = {"transport": Through(client)}
    chat: Any = _chat_model(address, options)
    if address.provider == "google_genai":
        stack.push_async_callback(chat.aclose)
    if address.provider == "anthropic":
        # It takes no client of ours; the tests against its own protocol notice when these names move.
        shared = importlib.import_module("langchain_anthropic._client_utils")
        chat._async_client._client.event_hooks = HOOKS  # noqa: SLF001 - as said above
        stack.callback(shared._get_default_async_httpx_client.cache_clear)  # noqa: SLF001 - as said above
        stack.push_async_callback(chat._async_client.close)  # noqa: SLF001 - as said above
    return cast("BaseChatModel", chat)


def _chat_model(address: ModelAddress, options: dict[str, Any]) -> BaseChatModel:
    # LangChain's vendors take a second to import, which nobody should wait for who sets no model.
    init_chat_model = importlib.import_module("langchain.chat_models").init_chat_model
    try:
        chat: BaseChatModel = init_chat_model(address.model, model_provider=address.provider, **options)
    except Exception as error:  # noqa: BLE001 - each vendor's package has errors of its own
        raise SettingsInvalid(
            f"LLM_MODEL={address.name} cannot be used ({type(error).__name__}); check it and LLM_BASE_URL"
        ) from None
    return chat


def _options(address: ModelAddress) -> dict[str, Any]:
    where = {"base_url": address.base_url} if address.base_url else {}
    if address.provider == "ollama":
        limits = {"num_predict": MOST_TOKENS_OUT, "client_kwargs": {"timeout": address.timeout_s}}
        return {**where, **limits}
    # Google's package counts the first try among its retries.
    retries = RETRIES + 1 if address.provider == "google_genai" else RETRIES
    options: dict[str, Any] = {**where, "timeout": address.timeout_s, "max_retries": retries}
    # A server of one's own may ask for no key, but vendors' clients do.
    options["api_key"] = address.api_key or "none"
    if address.provider == "openai" and address.base_url:
        # Other servers know the older name of the limit only, and would write without end.
        return {**options, "extra_body": {"max_tokens": MOST_TOKENS_OUT}}
    return {**options, "max_tokens": MOST_TOKENS_OUT}
