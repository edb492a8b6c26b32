"""How many questions a person, a channel and a workspace asked within the last hour, in Redis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from redis.asyncio import Redis

from bot.erasure import ErasePerson, Erasure
from bot.ports import Admitted, Asking, Refused
from bot.stores import keys
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like

_Whose = Literal["person", "channel", "workspace"]
_WHOSE: tuple[_Whose, ...] = ("person", "channel", "workspace")

# KEYS: windows of person, channel, workspace, then for each of them whether the person was told. ARGV: what
# identifies the question, length of the window in ms, the three limits (0: none). The clock is the server's.
# A window is a sorted set of questions by when they were asked; one that stands in it was counted before.
# Returns {} or {number of the window, ms since 1970 when it has room again, whether to say so}.
_ADMIT = """
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local window_ms = tonumber(ARGV[2])
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return {} end
for i = 1, 3 do
  local limit = tonumber(ARGV[i + 2])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now_ms - window_ms)
  if limit > 0 and redis.call('ZCARD', KEYS[i]) >= limit then
    local oldest = redis.call('ZRANGE', KEYS[i], -limit, -limit, 'WITHSCORES')
    local again_ms = tonumber(oldest[2]) + window_ms
    local told = redis.call('GET', KEYS[i + 3])
    if not told then redis.call('SET', KEYS[i + 3], ARGV[1], 'PX', math.max(1, again_ms - now_ms)) end
    return {i, string.format('%.0f', again_ms), (not told or told == ARGV[1]) and 1 or 0}
  end
end
for i = 1, 3 do
  redis.call('ZADD', KEYS[i], now_ms, ARGV[1])
  redis.call('PEXPIRE', KEYS[i], window_ms)
end
return {}
"""


@dataclass(frozen=True)
class HourlyLimits:
    """The most questions within an hour; 0 means no limit."""

    of_person: int
    of_channel: int
    of_workspace: int


class RedisQuestionLimits:
    """Implements `bot.ports.QuestionLimits`, and `HoldsWords` for the ids of people in its keys."""

    def __init__(
        self, redis: Redis, limits: HourlyLimits, *, window: timedelta = timedelta(hours=keys.LIMIT_HOURS)
    ) -> None:
        self._redis = redis
        self._limits = limits
        self._window_ms = window // timedelta(milliseconds=1)

    async def admit(self, asking: Asking) -> Admitted | Refused:
        """Count a question on all three windows, or on none when one of them is full.

        Raises StoreUnavailable.
        """
        ids = (asking.user_id, asking.channel_id, asking.team_id)
        windows = list(zip(_WHOSE, ids, strict=True))
        async with asking_redis("count the question"):
            answer = await self._redis.eval(
                _ADMIT,
                2 * len(windows),
                *(keys.asked_window(asking.team_id, whose, id_) for whose, id_ in windows),
                *(keys.limit_told(asking.team_id, asking.user_id, whose, id_) for whose, id_ in windows),
                asking.once,
                self._window_ms,
                *(self._limits.of_person, self._limits.of_channel, self._limits.of_workspace),
            )
        if not answer:
            return Admitted()
        number, again_ms, is_news = cast(tuple[int, str, int], tuple(answer))
        again_at = datetime.fromtimestamp(int(again_ms) / 1000, UTC)
        return Refused(_WHOSE[number - 1], again_at, is_news=bool(is_news))

    async def erase(self, erasure: Erasure) -> int:
        """Forget how much a person has asked and been told; nothing else here has words or ids of people."""
        if not isinstance(erasure, ErasePerson):
            return 0
        async with asking_redis("forget what a person has asked", within_s=keys.SWEEP_SECONDS):
            told = await keys_like(self._redis, keys.limit_told_of(erasure.team_id, erasure.user_id))
            window = keys.asked_window(erasure.team_id, "person", erasure.user_id)
            return int(await self._redis.delete(window, *told))
