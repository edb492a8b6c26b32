"""An OpenAI-compatible server on this machine that answers as a test wishes; real HTTP.

async with FakeModel() as model:
    model.answers = lambda request: says({"intent": "decision", "facts": []})
    chat = init_chat_model("openai:fake", base_url=model.url, api_key=model.key)
    await chat.ainvoke("Should we fine-tune?")
    assert "fine-tune" in model.requests[0].text

Personas that answer badly stand in `personas`.
"""

from __future__ import annotations

import json
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fake_model.answers import Persona, Refuses
from tests.fake_model.personas import propose_nothing
from tests.fake_model.requests import ModelRequest, RequestInvalid

_MOST_BYTES = 2**24


class FakeModel:
    """One model under one key."""

    name = "fake"
    key = "fake-key"

    def __init__(self, answers: Persona = propose_nothing) -> None:
        self.answers: Persona = answers
        self.requests: list[ModelRequest] = []
        self.refused: list[str] = []
        """Why requests were refused that no real server would have taken."""
        self._base = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_get("/v1/models", self._list_models)
        app.router.add_post("/v1/chat/completions", self._complete)
        # Those that never answer would hold up the end of every test.
        self._runner = web.AppRunner(app, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"{self._base}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings with which the bot uses this model."""
        return {
            "LLM_MODEL": f"openai:{self.name}",
            "LLM_BASE_URL": self.url,
            "LLM_API_KEY": self.key,
        }

    @property
    def sent(self) -> str:
        """Return everything that was sent here: all bodies, and their texts as they read unescaped."""
        return "\n".join(f"{request.raw}\n{request.text}" for request in self.requests)

    async def _list_models(self, _http: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": self.name, "object": "model"}]})

    async def _complete(self, http: web.Request) -> web.StreamResponse:
        asked = ModelRequest(await http.text(), dict(http.headers))
        if http.headers.get("Authorization") != f"Bearer {self.key}":
            return await self._refusal(401, "Incorrect API key provided").send(http, asked)
        try:
            asked.check()
        except RequestInvalid as error:
            return await self._refusal(400, str(error)).send(http, asked)
        self.requests.append(asked)
        return await self.answers(asked).send(http, asked)

    def _refusal(self, status: int, why: str) -> Refuses:
        self.refused.append(why)
        return Refuses(status, json.dumps({"error": {"message": why, "type": "invalid_request_error"}}))
