"""The Redis clients, and what is checked before the first use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError

from bot.errors import SettingsInvalid, StoreUnavailable
from bot.stores.redis_errors import asking_redis

QUICK_TIMEOUT_S = 1.0
OLDEST_REDIS = (6, 2)
"""The first version with all commands that we use."""
_OPEN_WITHIN_S = 5.0
_MAX_CONNECTIONS = 50
_CONNECTION_OPTIONS: dict[str, Any] = {
    "socket_connect_timeout": QUICK_TIMEOUT_S,
    "protocol": 2,
    "decode_responses": True,
    # Garbage becomes StoredDataInvalid when it is read, not a crash inside the client.
    "encoding_errors": "replace",
}


@dataclass(frozen=True)
class RedisClients:
    """Two clients of one server, or of one Cluster.

    `quick` answers within a second or not at all, and never tries again: Slack waits for three seconds.
    `blocking` may wait for ever on a blocking read; whoever uses it sets the time limit.
    """

    quick: Redis
    blocking: Redis
    address: str
    """Where the server is, without user name and password."""
    version: str

    async def aclose(self) -> None:
        """Close all connections."""
        await self.quick.aclose()
        await self.blocking.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


@dataclass(frozen=True)
class Durability:
    """How the server keeps what it is given."""

    appends_to_file: bool
    """False: what was acknowledged is lost when the server dies."""
    eviction: str
    """Anything but "noeviction" may drop decisions when memory runs out."""


async def open_redis(url: str | Path) -> RedisClients:
    """Connect to `redis://…`, `rediss://…`, `unix://…` or a socket's path.

    Raises SettingsInvalid when the address makes no sense, and StoreUnavailable when nobody answers there,
    the password is wrong, or the server is older than 6.2. No error repeats the password.
    """
    if isinstance(url, Path):
        url = f"unix://{url}"
    address = describe_address(url)
    first = _client(url, socket_timeout=QUICK_TIMEOUT_S)
    try:
        version, is_cluster = await _ask_what_it_is(first, address)
    finally:
        await first.aclose()
    open_client = _cluster_client if is_cluster else _client
    return RedisClients(
        quick=open_client(url, socket_timeout=QUICK_TIMEOUT_S),
        blocking=open_client(url, socket_timeout=None),
        address=address,
        version=version,
    )


async def read_durability(redis: Redis) -> Durability:
    """Ask the server how it keeps things. Raises StoreUnavailable."""
    async with asking_redis("say how it keeps its data"):
        persistence = await redis.info("persistence")
        memory = await redis.info("memory")
    return Durability(
        appends_to_file=str(persistence.get("aof_enabled", 0)) == "1",
        eviction=str(memory.get("maxmemory_policy", "unknown")),
    )


def describe_address(url: str) -> str:
    """Return host and port, or the socket's path. Raises SettingsInvalid; never shows a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # Without its cause: a "/" in a password makes the parser quote the rest of it as a port.
        raise SettingsInvalid(_MALFORMED) from None
    # A password with "/", "#" or "?" that is not percent-encoded ends the host part too early.
    if "@" in f"{parts.path}{parts.query}{parts.fragment}":
        raise SettingsInvalid(_MALFORMED)
    if parts.scheme == "unix" and parts.path:
        return parts.path
    if parts.scheme in ("redis", "rediss") and parts.hostname:
        return f"{parts.hostname}:{port or 6379}"
    raise SettingsInvalid(_MALFORMED)


_MALFORMED = (
    "REDIS_URL cannot be read; write redis://[[user]:password@]host[:port][/db], rediss://… or unix:///path, "
    "with special characters of the password percent-encoded"
)


def _client(url: str, *, socket_timeout: float | None) -> Redis:
    try:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_MAX_CONNECTIONS,
            timeout=QUICK_TIMEOUT_S,
            socket_timeout=socket_timeout,
            retry=Retry(NoBackoff(), 0),
            **_CONNECTION_OPTIONS,
        )
    except ValueError:
        raise SettingsInvalid(_MALFORMED) from None
    return _FollowingRedis.from_pool(pool)


class _FollowingRedis(Redis):
    """Follows its address to another server: after a failover the old one may live on as a replica."""

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call] # redis has no types here
        except ResponseError as error:
            # Inside a script, the server's code stands somewhere in the text.
            if "READONLY" in str(error):
                await self.connection_pool.disconnect(inuse_connections=False)
            raise


def _cluster_client(url: str, *, socket_timeout: float | None) -> Redis:
    # One retry: after a node failed, the client must first learn who took over.
    cluster = RedisCluster.from_url(
        url, socket_timeout=socket_timeout, retry=Retry(NoBackoff(), 1), **_CONNECTION_OPTIONS
    )
    return cast(Redis, cluster)  # not a subclass, but it has the commands that we use


async def _ask_what_it_is(redis: Redis, address: str) -> tuple[str, bool]:
    """Return the version, and whether it is a node of a Cluster."""
    async with asking_redis(f"answer at {address} (REDIS_URL)", within_s=_OPEN_WITHIN_S):
        facts = await redis.info("server")
    version = str(facts["redis_version"])
    if _numbers(version) < OLDEST_REDIS:
        oldest = ".".join(map(str, OLDEST_REDIS))
        raise StoreUnavailable(f"Redis {version} at {address} is too old; {oldest} or newer is needed")
    return version, facts.get("redis_mode") == "cluster"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
