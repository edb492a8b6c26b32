"""What was spent on language models, in Redis: one hash for each account and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal, TypeGuard, get_args
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError
from redis.asyncio import Redis

from bot.erasure import ErasePerson, Erasure
from bot.errors import StoredDataInvalid
from bot.language_model import Budgets, Spender, UsageRow
from bot.model_use import ModelUse
from bot.stores import keys
from bot.stores import ledger_scripts as scripts
from bot.stores.redis_errors import asking_redis
from bot.stores.scanning import keys_like

_Kind = Literal["workspace", "channel", "person"]
_Account = tuple[_Kind, str]
"""A kind, and the id of the workspace, channel or person."""

_KINDS = get_args(_Kind)
_LIFETIME_S = timedelta(days=keys.USAGE_DAYS) // timedelta(seconds=1)
_MICRO = 1_000_000
_PAGE = 100


class _Counts(BaseModel):
    """An account's hash without what is set aside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: NonNegativeInt = 0
    failures: NonNegativeInt = 0
    tokens_in: NonNegativeInt = 0
    tokens_cached: NonNegativeInt = 0
    tokens_out: NonNegativeInt = 0
    cost_micro_usd: NonNegativeInt = 0
    unpriced_calls: NonNegativeInt = 0
    accepted: NonNegativeInt = 0
    replaced: NonNegativeInt = 0


class RedisLedger:
    """Implements `bot.language_model.Ledger`, and `bot.ports.HoldsWords` for the ids of people.

    What was set aside and never settled, because its process died, is free again after RESERVED_MINUTES.
    """

    def __init__(
        self, redis: Redis, *, reserved_for: timedelta = timedelta(minutes=keys.RESERVED_MINUTES)
    ) -> None:
        self._redis = redis
        self._reserved_for_ms = reserved_for // timedelta(milliseconds=1)

    async def reserve(
        self, spender: Spender, day: str, tokens: int, budgets: Budgets, *, cost_usd: float = 0
    ) -> str:
        """Set tokens and dollars aside on all accounts of the spender on `day`, or on none.

        A budget of 0 lets nothing through. Raises StoreUnavailable and StoredDataInvalid.
        """
        async with asking_redis("set tokens aside"):
            used_up = await self._redis.eval(
                scripts.RESERVE,
                3,
                *_account_keys(spender, day),
                tokens,
                *(budgets.tokens_per_person, budgets.tokens_per_channel, budgets.tokens_per_workspace),
                budgets.usd_per_workspace * _MICRO,
                uuid4().hex,
                self._reserved_for_ms,
                _LIFETIME_S,
                round(cost_usd * _MICRO),
            )
        return _readable(str(used_up), spender, day)

    async def settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
        """Put what was really used in the place of what was set aside, even if that ran out meanwhile.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        teams = keys.usage_teams(day)
        async with asking_redis("keep what the language model used"):
            # Before the counts: a workspace listed in vain is harmless, counts in no list are not.
            await self._redis.sadd(teams, spender.team_id)
            await self._redis.expire(teams, _LIFETIME_S)
            answer = await self._redis.eval(
                scripts.SETTLE,
                4,
                *_account_keys(spender, day),
                keys.usage_accounts(spender.team_id, day),
                reserved,
                _LIFETIME_S,
                *(f"{kind}:{id_}" for kind, id_ in _accounts(spender)),
                *(part for count in _added(use).items() for part in count),
            )
        _readable(str(answer), spender, day)

    async def erase(self, erasure: Erasure) -> int:
        """Delete a person's accounts; what they used stays in those of channels and the workspace.

        Raises StoreUnavailable.
        """
        if not isinstance(erasure, ErasePerson):
            return 0
        team_id, user_id = erasure.team_id, erasure.user_id
        async with asking_redis("delete a person's accounts", within_s=keys.SWEEP_SECONDS):
            accounts = await keys_like(self._redis, keys.usage_of_team(team_id))
            theirs = [key for key in accounts if key.endswith(keys.usage_account_end("person", user_id))]
            for key in theirs:
                await self._redis.unlink(key)
            for key in await keys_like(self._redis, keys.usage_accounts(team_id, "")):
                await self._redis.srem(key, f"person:{user_id}")
        return len(theirs)

    async def judge(self, spender: Spender, day: str, *, accepted: int, replaced: int) -> None:
        """Add to what was taken of its proposals, and what was not. Raises StoreUnavailable."""
        async with (
            asking_redis("keep how the language model's words were judged"),
            self._redis.pipeline(transaction=True) as commands,
        ):
            for key in _account_keys(spender, day):
                commands.hincrby(key, "accepted", accepted)
                commands.hincrby(key, "replaced", replaced)
                commands.expire(key, _LIFETIME_S)
            await commands.execute()

    async def usage(self, days: Sequence[str]) -> Sequence[UsageRow]:
        """Return all accounts of these days; see the protocol. Raises StoreUnavailable, StoredDataInvalid."""
        rows: list[UsageRow] = []
        for day in set(days):
            async with asking_redis("list the workspaces"):
                teams = await self._redis.smembers(keys.usage_teams(day))
            for team_id in teams:
                rows += await self._usage_of_team(str(team_id), day)
        return sorted(rows, key=lambda row: (row.day, row.team_id, _KINDS.index(row.kind), row.id))

    async def _usage_of_team(self, team_id: str, day: str) -> list[UsageRow]:
        async with asking_redis("list the accounts"):
            members = await self._redis.smembers(keys.usage_accounts(team_id, day))
        accounts = [_account(str(member), team_id, day) for member in members]
        rows: list[UsageRow] = []
        for start in range(0, len(accounts), _PAGE):
            page = accounts[start : start + _PAGE]
            async with (
                asking_redis("give the accounts"),
                self._redis.pipeline(transaction=False) as commands,
            ):
                for kind, id_ in page:
                    commands.hgetall(keys.usage_account(team_id, day, kind, id_))
                hashes = await commands.execute()
            # An account runs out a little earlier than the set that lists it.
            rows += [
                _row(day, team_id, account, hash_)
                for account, hash_ in zip(page, hashes, strict=True)
                if hash_
            ]
        return rows


def _accounts(spender: Spender) -> tuple[_Account, _Account, _Account]:
    return ("person", spender.user_id), ("channel", spender.channel_id), ("workspace", spender.team_id)


def _account_keys(spender: Spender, day: str) -> list[str]:
    return [keys.usage_account(spender.team_id, day, kind, id_) for kind, id_ in _accounts(spender)]


def _account(member: str, team_id: str, day: str) -> _Account:
    kind, _, id_ = member.partition(":")
    if not _is_kind(kind):
        raise _unreadable(f"account {member!r} of workspace {team_id}", day, "it is of no known kind")
    return kind, id_


def _added(use: ModelUse) -> dict[str, int]:
    """Return what one call adds to each count of an account."""
    return _Counts(
        calls=1,
        failures=1 if use.failure else 0,
        tokens_in=use.tokens_in,
        tokens_cached=use.tokens_cached,
        tokens_out=use.tokens_out,
        cost_micro_usd=round((use.cost_usd or 0) * _MICRO),
        unpriced_calls=1 if use.cost_usd is None else 0,
        accepted=use.accepted,
        replaced=use.replaced,
    ).model_dump()


def _readable(answer: str, spender: Spender, day: str) -> str:
    if answer == scripts.UNREADABLE:
        raise _unreadable(f"an account of workspace {spender.team_id}", day, "it holds what is no count")
    return answer


def _row(day: str, team_id: str, account: _Account, hash_: Mapping[str, str]) -> UsageRow:
    kind, id_ = account
    settled = {name: count for name, count in hash_.items() if not name.startswith(scripts.RESERVED_PREFIX)}
    try:
        counts = _Counts.model_validate(settled)
    except ValidationError as e:
        first = e.errors(include_url=False, include_context=False, include_input=False)[0]
        what = f"account {kind}:{id_} of workspace {team_id}"
        raise _unreadable(what, day, f"{first['type']} in {first['loc'][0]}") from None
    return UsageRow(
        day=day,
        team_id=team_id,
        kind=kind,
        id=id_,
        cost_usd=counts.cost_micro_usd / _MICRO,
        **counts.model_dump(exclude={"cost_micro_usd"}),
    )


def _is_kind(kind: str) -> TypeGuard[_Kind]:
    return kind in _KINDS


def _unreadable(what: str, day: str, why: str) -> StoredDataInvalid:
    return StoredDataInvalid(f"{what} on {day} cannot be read: {why}")
