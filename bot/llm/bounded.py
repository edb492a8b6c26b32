"""A bound on what a model's server may send: without one, a hostile or broken one could fill our memory.

Every vendor's client reads an answer whole before anybody looks at it, so the bound lies below them, where
bytes come in. Answers are asked for uncompressed: a few packed bytes could unfold to any size.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import httpx2

MOST_BYTES = 1_000_000
"""Some hundred times the longest answer that we ask for."""


class AnswerTooLong(httpx.TransportError):
    """The server sent more than any answer holds, or packed it although it was asked not to."""


async def ask_for_plain_bytes(request: httpx.Request | httpx2.Request) -> None:
    """Have the server send its answer uncompressed."""
    request.headers["Accept-Encoding"] = "identity"


async def bound(response: Any) -> None:
    """Have a response of httpx or httpx2 break off where it gets too long.

    Raises AnswerTooLong when it is compressed.
    """
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise AnswerTooLong("the answer is compressed, though it was asked for plain")
    response.stream = _Bounded(response.stream)


HOOKS: dict[str, list[Any]] = {"request": [ask_for_plain_bytes], "response": [bound]}
"""What makes a client of httpx a bounded one."""


class _Bounded(httpx.AsyncByteStream, httpx2.AsyncByteStream):
    """What comes in, as far as it is allowed to; Anthropic's package speaks httpx2, the others httpx."""

    def __init__(self, stream: httpx.AsyncByteStream | httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise AnswerTooLong(f"the answer is longer than {MOST_BYTES:,} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class Through(httpx.AsyncBaseTransport):
    """Sends what a vendor's client wants sent through a bounded client, which the caller closes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it. Redirects are the vendor's client's business."""
        return await self._client.send(request, stream=True, follow_redirects=False)

    def close(self) -> None:
        """Do nothing: Google's package gives its client for calls that wait the same transport."""
