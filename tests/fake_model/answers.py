"""What can come back from a model: words, refusals, silence, and connections that break."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web

from tests.fake_model.requests import ModelRequest

CHARACTERS_PER_TOKEN = 4
_CHUNK_CHARACTERS = 40

Usage = Callable[[int, int], object]
"""From the tokens that went in and came out to what the answer says of them."""


class Answer(Protocol):
    """One thing that comes back."""

    async def send(self, http: web.Request, asked: ModelRequest) -> web.StreamResponse:
        """Send it, or break the connection."""
        ...


class Persona(Protocol):
    """A way of answering; a plain function is one."""

    def __call__(self, request: ModelRequest, /) -> Answer:
        """Return the answer to one request."""
        ...


def tokens_of(text: str) -> int:
    """Return about how many tokens a text has."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def counted(tokens_in: int, tokens_out: int) -> object:
    """Return honest usage."""
    return {
        "prompt_tokens": tokens_in,
        "completion_tokens": tokens_out,
        "total_tokens": tokens_in + tokens_out,
    }


def says(value: object) -> Says:
    """Return an answer that holds a value as JSON."""
    return Says(json.dumps(value, ensure_ascii=False))


@dataclass(frozen=True)
class Says:
    """Words, as content or as the arguments of the tool that was asked for."""

    text: str
    finish_reason: str = "stop"
    usage: Usage = counted
    after_s: float = 0

    async def send(self, http: web.Request, asked: ModelRequest) -> web.StreamResponse:
        await asyncio.sleep(self.after_s)
        if not asked.streams:
            return web.json_response(self.completion(asked))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(http)
        for chunk in self._chunks(asked):
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response

    def completion(self, asked: ModelRequest) -> dict[str, Any]:
        """Return the whole answer of the API."""
        message: dict[str, Any] = {"role": "assistant", "content": self.text, "refusal": None}
        if asked.tool:
            message |= {"content": None, "tool_calls": [self._call(asked.tool, self.text)]}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason, "logprobs": None}
        return {**_envelope(asked, "chat.completion"), "choices": [choice], **self._usage(asked)}

    def _chunks(self, asked: ModelRequest) -> Iterator[dict[str, Any]]:
        envelope = _envelope(asked, "chat.completion.chunk")
        for start in range(0, len(self.text), _CHUNK_CHARACTERS):
            part = self.text[start : start + _CHUNK_CHARACTERS]
            delta: dict[str, Any] = {"role": "assistant", "content": part}
            if asked.tool:
                delta = {
                    "role": "assistant",
                    "tool_calls": [self._call(asked.tool if not start else "", part)],
                }
            yield {**envelope, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        yield {**envelope, "choices": [{"index": 0, "delta": {}, "finish_reason": self.finish_reason}]}
        if asked.streams_usage:
            yield {**envelope, "choices": [], **self._usage(asked)}

    def _call(self, tool: str, arguments: str) -> dict[str, Any]:
        named = {"id": "call-1", "type": "function"} if tool else {}
        function = {"name": tool, "arguments": arguments} if tool else {"arguments": arguments}
        return {"index": 0, **named, "function": function}

    def _usage(self, asked: ModelRequest) -> dict[str, Any]:
        usage = self.usage(tokens_of(asked.text), tokens_of(self.text))
        return {} if usage is None else {"usage": usage}


def _envelope(asked: ModelRequest, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-fake", "object": kind, "created": 1_795_000_000, "model": asked.body["model"]}


@dataclass(frozen=True)
class Refuses:
    """An error of the API, or anything else that is no answer."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, _http: web.Request, _asked: ModelRequest) -> web.StreamResponse:
        body = self.body or json.dumps({"error": {"message": "refused by the fake model", "type": "fake"}})
        return web.Response(
            status=self.status, text=body, content_type=self.content_type, headers=self.headers
        )


@dataclass(frozen=True)
class NeverAnswers:
    """The connection stays open and nothing comes."""

    async def send(self, _http: web.Request, _asked: ModelRequest) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError


@dataclass(frozen=True)
class Drips:
    """A byte now and then and never an end, so that no wait for the next byte is ever too long."""

    pause_s: float = 0.05

    async def send(self, http: web.Request, asked: ModelRequest) -> web.StreamResponse:
        kind = "text/event-stream" if asked.streams else "application/json"
        response = web.StreamResponse(headers={"Content-Type": kind})
        await response.prepare(http)
        while True:
            await response.write(b": wait\n\n" if asked.streams else b" ")
            await asyncio.sleep(self.pause_s)


@dataclass(frozen=True)
class Pours:
    """As many bytes as anybody takes, for as long as anybody listens; or little that unfolds to very much."""

    is_packed: bool = False
    poured: list[int] = field(default_factory=list)
    """The lengths of what was sent."""

    async def send(self, http: web.Request, asked: ModelRequest) -> web.StreamResponse:
        kind = "text/event-stream" if asked.streams else "application/json"
        if self.is_packed:
            packed = gzip.compress(b" " * MOST_POURED)
            return web.Response(body=packed, headers={"Content-Type": kind, "Content-Encoding": "gzip"})
        return await pour(http, self.poured, kind)


MOST_POURED = 200_000_000
"""A client that takes so much would take anything."""


async def pour(http: web.Request, poured: list[int], kind: str = "application/json") -> web.StreamResponse:
    """Send blanks until the other side has had enough, and note how many."""
    response = web.StreamResponse(headers={"Content-Type": kind})
    await response.prepare(http)
    blanks = b" " * 65_536
    try:
        for _ in range(MOST_POURED // len(blanks)):
            await response.write(blanks)
            poured.append(len(blanks))
    except ConnectionError:
        # They have hung up.
        pass
    return response


@dataclass(frozen=True)
class BreaksOff:
    """The connection is reset, after this much of an answer."""

    after: bytes = b""

    async def send(self, http: web.Request, _asked: ModelRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "4096"})
        transport = http.transport
        assert transport is not None
        if self.after:
            await response.prepare(http)
            await response.write(self.after)
        else:
            # Lingering for no time makes the kernel send a reset instead of a polite end.
            linger = struct.pack("ii", 1, 0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
        return response
