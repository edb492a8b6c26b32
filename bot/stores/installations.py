"""Which workspaces installed the app, in Redis; their tokens are encrypted."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from bot.erasure import ErasePerson, Erasure
from bot.errors import ErasedInPart, StoredDataInvalid, StoreUnavailable
from bot.ports import Installation
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.stored_json import Migrations, read_stored
from bot.stores.token_safe import TokenSafe

MIGRATIONS: Migrations = {}
"""There has been one form so far."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ATTEMPTS = 5

# KEYS: installation. ARGV: json as it was read, json.
_REPLACE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""


class KeptInstallation(BaseModel):
    """An installation as Redis holds it; all but the token can be read without a key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str
    bot_name: str
    scopes: tuple[str, ...]
    installed_by: str
    installed_at: datetime
    locked_token: str


class RedisInstallations:
    """Implements `bot.ports.Installations`."""

    def __init__(self, redis: Redis, safe: TokenSafe) -> None:
        self._redis = redis
        self._safe = safe

    async def save(self, installation: Installation) -> None:
        """Keep it, in the place of an earlier one in the same workspace. Raises StoreUnavailable."""
        kept = KeptInstallation(
            team_id=installation.team_id,
            team_name=installation.team_name,
            bot_user_id=installation.bot_user_id,
            bot_id=installation.bot_id,
            bot_name=installation.bot_name,
            scopes=tuple(sorted(installation.scopes)),
            installed_by=installation.installed_by,
            installed_at=installation.installed_at,
            locked_token=self._safe.lock(installation.team_id, installation.token),
        )
        since = (kept.installed_at - _EPOCH) // _MICROSECOND
        async with asking_redis("keep the installation"):
            await self._redis.set(keys.installation(kept.team_id), kept.model_dump_json())
            await self._redis.zadd(keys.INSTALLED, {kept.team_id: since})

    async def load(self, team_id: str) -> Installation | None:
        """Return the app in a workspace; None where it is not. Raises StoreUnavailable, StoredDataInvalid."""
        kept = await self.look_up(team_id)
        if kept is None:
            return None
        return Installation(
            team_id=team_id,
            team_name=kept.team_name,
            bot_user_id=kept.bot_user_id,
            bot_id=kept.bot_id,
            bot_name=kept.bot_name,
            scopes=frozenset(kept.scopes),
            installed_by=kept.installed_by,
            installed_at=kept.installed_at,
            token=self._safe.open(team_id, kept.locked_token),
        )

    async def delete(self, team_id: str) -> bool:
        """Forget it, its token first; False where there was none. Raises StoreUnavailable."""
        async with asking_redis("forget the workspace's token"):
            was_there = bool(await self._redis.delete(keys.installation(team_id)))
            await self._redis.zrem(keys.INSTALLED, team_id)
        return was_there

    async def installed_at(self, team_id: str) -> datetime | None:
        """Return since when; None where it is not installed. Raises StoreUnavailable."""
        async with asking_redis("say whether the app is installed"):
            since = await self._redis.zscore(keys.INSTALLED, team_id)
        return None if since is None else _moment(since)

    async def listed(self) -> Mapping[str, datetime]:
        """Return every workspace that has it, and since when, the oldest first. Raises StoreUnavailable."""
        async with asking_redis("list the workspaces"):
            found = await self._redis.zrange(keys.INSTALLED, 0, -1, withscores=True)
        rows = cast(list[tuple[str, float]], found)
        return {team_id: _moment(since) for team_id, since in rows}

    async def look_up(self, team_id: str) -> KeptInstallation | None:
        """Return what can be read without a key. Raises StoreUnavailable, StoredDataInvalid."""
        stored = await self._stored(team_id)
        return None if stored is None else _read(team_id, stored)

    async def lock_anew(self, team_id: str) -> bool:
        """Encrypt its token with the first key; False where the app is not installed.

        Raises StoreUnavailable, and StoredDataInvalid when no key opens it.
        """

        def locked_anew(kept: KeptInstallation) -> KeptInstallation:
            token = self._safe.open(team_id, kept.locked_token)
            return kept.model_copy(update={"locked_token": self._safe.lock(team_id, token)})

        return await self._change(team_id, locked_anew)

    async def erase(self, erasure: Erasure) -> int:
        """Forget who installed it, where it was this person.

        Raises StoreUnavailable, and ErasedInPart when it cannot be read.
        """
        if not isinstance(erasure, ErasePerson):
            return 0

        def without(kept: KeptInstallation) -> KeptInstallation:
            is_theirs = kept.installed_by == erasure.user_id
            return kept.model_copy(update={"installed_by": ""}) if is_theirs else kept

        try:
            return int(await self._change(erasure.team_id, without))
        except StoredDataInvalid as error:
            raise ErasedInPart(0, [str(error)]) from error

    async def _change(self, team_id: str, change: Callable[[KeptInstallation], KeptInstallation]) -> bool:
        """Keep it as it is after a change; False where there is nothing to change."""
        for _ in range(_ATTEMPTS):
            stored = await self._stored(team_id)
            if stored is None:
                return False
            kept = _read(team_id, stored)
            changed = change(kept)
            if changed is kept:
                return False
            async with asking_redis("change what is kept of the installation"):
                # Not over that of whoever installs it anew at this moment.
                if await self._redis.eval(
                    _REPLACE, 1, keys.installation(team_id), stored, changed.model_dump_json()
                ):
                    return True
        raise StoreUnavailable(f"the installation in workspace {team_id} keeps changing; try again")

    async def _stored(self, team_id: str) -> str | None:
        async with asking_redis("give the workspace's token"):
            stored = await self._redis.get(keys.installation(team_id))
        return None if stored is None else str(stored)


class RedisInstallStates:
    """Implements `bot.ports.InstallStates`: one list, which drops the oldest when too many begin at once."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def issue(self, now: datetime) -> str:
        """Return a new state, which nobody can guess. Raises StoreUnavailable."""
        state = secrets.token_urlsafe(32)
        ends = now + timedelta(minutes=keys.INSTALL_STATE_MINUTES)
        async with asking_redis("note that somebody installs the app"):
            await self._redis.zadd(keys.INSTALL_STATES, {state: ends.timestamp()})
            await self._redis.zremrangebyrank(keys.INSTALL_STATES, 0, -keys.MAX_INSTALL_STATES - 1)
            await self._redis.expire(keys.INSTALL_STATES, timedelta(minutes=keys.INSTALL_STATE_MINUTES))
        return state

    async def consume(self, state: str, now: datetime) -> bool:
        """Use it up; False when it is not ours, used or too old. Raises StoreUnavailable."""
        async with asking_redis("say whether this person installs the app"):
            ends = await self._redis.zscore(keys.INSTALL_STATES, state)
            # Of several who bring the same one, a single one takes it away.
            was_there = bool(await self._redis.zrem(keys.INSTALL_STATES, state))
        return was_there and ends is not None and now.timestamp() < float(ends)


def _read(team_id: str, stored: str) -> KeptInstallation:
    what = f"the installation in workspace {team_id}"
    kept = read_stored(KeptInstallation, stored, what, MIGRATIONS)
    if kept.team_id != team_id:
        raise StoredDataInvalid(f"{what} is another workspace's: somebody changed Redis")
    return kept


def _moment(microseconds: float) -> datetime:
    return _EPOCH + timedelta(microseconds=int(microseconds))
