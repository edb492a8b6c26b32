"""The one door to Redis: a time limit around every use, and every failure as StoreUnavailable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.exceptions import RedisClusterException, RedisError

from bot import tracing
from bot.errors import StoreUnavailable

PATIENCE_S = 2.0
"""Slack waits for 3 s; a store that needs longer is as good as away."""

# Looked for in the error's class and text: inside a script, the server's code stands somewhere in the text.
_ADVICE: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("AuthenticationError", "NOAUTH", "WRONGPASS"),
        "user name or password refused; check the ones in REDIS_URL",
    ),
    (("NoPermissionError", "NOPERM"), "this user may not do that; see ACL LOG on the server"),
    (("BusyLoadingError", "LOADING"), "it is still loading its data; try again in a moment"),
    (("ReadOnlyError", "READONLY"), "it is a read-only replica; point REDIS_URL at the primary"),
    (("OutOfMemoryError", "OOM command"), "its memory is full; raise its maxmemory"),
    (("MISCONF",), "it cannot write to its disk and refuses changes; check disk space and permissions"),
    (("MaxConnectionsError",), "too many requests at once; try again in a moment"),
    (("TimeoutError",), "no answer in time; check that it is running and not overloaded"),
)
_MAX_REASON_CHARS = 160


@asynccontextmanager
async def asking_redis(to: str, *, within_s: float = PATIENCE_S) -> AsyncIterator[None]:
    """Say StoreUnavailable, with one line, for whatever goes wrong inside; `to` ends "Redis did not …"."""
    try:
        # Connecting, signing in and asking each have their own limit; people wait for the sum.
        with tracing.call(f"redis: {to}"):
            async with asyncio.timeout(within_s):
                yield
    except (RedisError, RedisClusterException) as e:
        raise StoreUnavailable(f"Redis did not {to}: {why(e)}") from e
    except TimeoutError as e:
        raise StoreUnavailable(f"Redis did not {to}: no answer within {within_s:g} s") from e
    except OSError as e:
        raise StoreUnavailable(f"Redis did not {to}: {e.strerror or type(e).__name__}") from e


def why(error: RedisError | RedisClusterException) -> str:
    """Return what happened and what to do, in one line without anything that people wrote."""
    lines = str(error).splitlines()
    line = lines[0] if lines else ""
    # The client reports a refused sign-in as a failed connection, with the reason as its cause.
    looked_at = f"{type(error).__name__} {type(error.__cause__).__name__} {line}"
    for marks, advice in _ADVICE:
        if any(mark in looked_at for mark in marks):
            return advice
    # "unknown command …, with args beginning with: …" repeats arguments, which may be people's words.
    return line.partition(", with args")[0][:_MAX_REASON_CHARS] or type(error).__name__
