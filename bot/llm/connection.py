"""How a model is reached: one setting names the provider and the model, LangChain knows the rest."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsInvalid

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_TOKENS_OUT = 1_500
RETRIES = 1
"""By the vendor's own client: on a dropped connection, a time-out, 429 and 5xx, obeying Retry-After.

Ollama's client does not try again; a server of one's own rarely answers better the second time.
"""


@dataclass(frozen=True)
class ModelAddress:
    """Which model, where, and with which key; `name` is "provider:model"."""

    name: str
    base_url: str | None = None
    api_key: str | None = None
    timeout_s: float = 20.0

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
        options = _options(address)
        if address.provider == "openai":
            # LangChain would share one client among all event loops of the process, and close none.
            client = importlib.import_module("httpx").AsyncClient(timeout=address.timeout_s)
            options["http_async_client"] = await stack.enter_async_context(client)
        yield _chat_model(address, options)


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
    options: dict[str, Any] = {**where, "timeout": address.timeout_s, "max_retries": RETRIES}
    # A server of one's own may ask for no key, but vendors' clients do.
    options["api_key"] = address.api_key or "none"
    if address.provider == "openai" and address.base_url:
        # Other servers know the older name of the limit only, and would write without end.
        return {**options, "extra_body": {"max_tokens": MOST_TOKENS_OUT}}
    return {**options, "max_tokens": MOST_TOKENS_OUT}
