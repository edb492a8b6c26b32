"""Servers that speak as Anthropic, Google and Ollama do, as far as their own clients need it; real HTTP.

async with OtherVendors() as server:
    server.answer = {"intent": "decision", "facts": []}
    chat = init_chat_model("anthropic:fake", base_url=server.url, api_key=server.key)

Each answers with one JSON object, in the form in which the vendor hands over what followed a schema. Seen
with langchain-anthropic 1.7, langchain-google-genai 4.4 and langchain-ollama 1.1 in November 2026.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fake_model.answers import pour

TOKENS_IN = 2_000
TOKENS_CACHED = 1_500
TOKENS_OUT = 40


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class OtherVendors:
    """One server with a path for each vendor."""

    key = "fake-key"

    def __init__(self) -> None:
        self.answer: Any = {}
        self.failures: list[int] = []
        """Statuses of the next answers, before it answers well."""
        self.floods = False
        self.poured: list[int] = []
        self.requests: list[Asked] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/messages", self._answering(_as_anthropic))
        app.router.add_post(
            r"/{version:v1|v1beta}/models/{model}:generateContent", self._answering(_as_google)
        )
        app.router.add_post("/api/chat", self._answering(_as_ollama))
        self._runner = web.AppRunner(app, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def _answering(self, form: Callable[[dict[str, Any], Any], Any]) -> Any:
        async def handle(http: web.Request) -> web.StreamResponse:
            body = await http.json()
            self.requests.append(Asked(http.path, dict(http.headers), body))
            if self.floods:
                return await pour(http, self.poured)
            if self.failures:
                return web.json_response({"error": {"message": "not now"}}, status=self.failures.pop(0))
            return web.Response(
                text=json.dumps(form(body, self.answer)) + "\n", content_type="application/json"
            )

        return handle


def _as_anthropic(body: dict[str, Any], answer: Any) -> Any:
    chosen = {"type": "tool_use", "id": "t1", "name": body["tools"][0]["name"], "input": answer}
    return {
        "id": "m1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [chosen],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        # Anthropic counts what it read from its cache beside the rest of the prompt.
        "usage": {
            "input_tokens": TOKENS_IN - TOKENS_CACHED,
            "cache_read_input_tokens": TOKENS_CACHED,
            "cache_creation_input_tokens": 0,
            "output_tokens": TOKENS_OUT,
        },
    }


def _as_google(_body: dict[str, Any], answer: Any) -> Any:
    said = {"role": "model", "parts": [{"text": json.dumps(answer)}]}
    return {
        "candidates": [{"content": said, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {
            "promptTokenCount": TOKENS_IN,
            "cachedContentTokenCount": TOKENS_CACHED,
            "candidatesTokenCount": TOKENS_OUT,
            "totalTokenCount": TOKENS_IN + TOKENS_OUT,
        },
    }


def _as_ollama(body: dict[str, Any], answer: Any) -> Any:
    return {
        "model": body["model"],
        "created_at": "2026-11-28T12:00:00Z",
        "message": {"role": "assistant", "content": json.dumps(answer)},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": TOKENS_IN,
        "eval_count": TOKENS_OUT,
    }
