from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StoredDataInvalid, StoreUnavailable
from bot.language_model import Budgets, Ledger, Spender, UsageRow
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.ledger import RedisLedger
from bot.stores.ledger_scripts import RESERVED_PREFIX
from tests.fakes.stores import FakeLedger
from tests.integration.stores.examples import DAY, PLENTY, SPENDER, a_use

NEXT_DAY = "2026-11-29"
ACCOUNTS = [("workspace", "T1"), ("channel", "C1"), ("person", "U1")]
HUNDRED = a_use(80, 20)
"""A use of one hundred tokens."""


async def accounts(ledger: Ledger, *days: str) -> list[tuple[str, str]]:
    return [(row.kind, row.id) for row in await ledger.usage(days)]


async def reservations(clients: RedisClients) -> list[str]:
    accounts = [keys.usage_account("T1", DAY, *account) for account in ACCOUNTS]
    fields = [str(field) for account in accounts for field in await clients.quick.hkeys(account)]
    return [field for field in fields if field.startswith(RESERVED_PREFIX)]


async def test_a_use_is_kept_on_the_accounts_of_person_channel_and_workspace(ledger: Ledger) -> None:
    assert await ledger.reserve(SPENDER, DAY, 2_000, PLENTY) == ""
    await ledger.settle(SPENDER, DAY, 2_000, a_use())

    workspace, channel, person = await ledger.usage([DAY])

    assert workspace == UsageRow(
        day=DAY,
        team_id="T1",
        kind="workspace",
        id="T1",
        calls=1,
        failures=0,
        tokens_in=800,
        tokens_cached=400,
        tokens_out=200,
        cost_usd=0.0025,
        unpriced_calls=0,
        accepted=3,
        replaced=1,
    )
    assert channel == replace(workspace, kind="channel", id="C1")
    assert person == replace(workspace, kind="person", id="U1")


async def test_uses_add_up(ledger: Ledger) -> None:
    await ledger.settle(SPENDER, DAY, 0, a_use())
    await ledger.settle(SPENDER, DAY, 0, a_use(100, 0, cost_usd=None, failure="late"))

    [row, *_] = await ledger.usage([DAY])

    assert (row.calls, row.failures, row.unpriced_calls) == (2, 1, 1)
    assert (row.tokens_in, row.tokens_cached, row.tokens_out) == (900, 450, 200)
    assert (row.cost_usd, row.accepted, row.replaced) == (0.0025, 6, 2)


async def test_what_became_of_the_proposals_is_added_without_another_call(ledger: Ledger) -> None:
    await ledger.settle(SPENDER, DAY, 0, a_use())
    await ledger.judge(SPENDER, DAY, accepted=2, replaced=4)
    for row in await ledger.usage([DAY]):
        assert (row.calls, row.accepted, row.replaced) == (1, 5, 5)


async def test_many_small_costs_add_up_exactly(ledger: Ledger) -> None:
    for _ in range(30):
        await ledger.settle(SPENDER, DAY, 0, a_use(cost_usd=0.000_1))

    assert {row.cost_usd for row in await ledger.usage([DAY])} == {0.003}


async def test_people_and_channels_share_what_is_above_them(ledger: Ledger) -> None:
    for spender in (SPENDER, Spender("T1", "C1", "U2"), Spender("T1", "C2", "U1")):
        await ledger.settle(spender, DAY, 0, a_use())

    calls = {(row.kind, row.id): row.calls for row in await ledger.usage([DAY])}

    assert calls == {
        ("workspace", "T1"): 3,
        ("channel", "C1"): 2,
        ("channel", "C2"): 1,
        ("person", "U1"): 2,
        ("person", "U2"): 1,
    }


async def test_usage_is_in_order_and_of_the_days_that_were_asked_for(ledger: Ledger) -> None:
    for day in (NEXT_DAY, DAY, "2026-11-27"):
        for team_id in ("T2", "T1"):
            await ledger.settle(Spender(team_id, "C1", "U1"), day, 0, a_use())

    rows = await ledger.usage([NEXT_DAY, DAY, DAY])

    assert [(row.day, row.team_id, row.kind) for row in rows] == [
        (day, team_id, kind)
        for day in (DAY, NEXT_DAY)
        for team_id in ("T1", "T2")
        for kind in ("workspace", "channel", "person")
    ]
    assert await ledger.usage([]) == []


async def test_ids_of_any_form_come_back_as_they_were(ledger: Ledger) -> None:
    odd = Spender("T:{1}", "C%3A:1", "")
    await ledger.reserve(odd, DAY, 100, PLENTY)
    await ledger.settle(odd, DAY, 100, a_use())

    assert await accounts(ledger, DAY) == [("workspace", "T:{1}"), ("channel", "C%3A:1"), ("person", "")]


@pytest.mark.parametrize(
    ("budgets", "used_up"),
    [
        (replace(PLENTY, tokens_per_person=100), ""),
        (replace(PLENTY, tokens_per_person=99), "person"),
        (replace(PLENTY, tokens_per_channel=100), ""),
        (replace(PLENTY, tokens_per_channel=99), "channel"),
        (replace(PLENTY, tokens_per_workspace=100), ""),
        (replace(PLENTY, tokens_per_workspace=99), "workspace"),
        (replace(PLENTY, tokens_per_person=99, tokens_per_workspace=99), "person"),
        (replace(PLENTY, usd_per_workspace=float("inf")), ""),
    ],
)
async def test_tokens_fit_up_to_the_budget_and_not_beyond(
    ledger: Ledger, budgets: Budgets, used_up: str
) -> None:
    assert await ledger.reserve(SPENDER, DAY, 100, budgets) == used_up


@pytest.mark.parametrize("tokens", [0, 1])
@pytest.mark.parametrize(
    ("budgets", "used_up"),
    [
        (replace(PLENTY, tokens_per_person=0), "person"),
        (replace(PLENTY, tokens_per_channel=0), "channel"),
        (replace(PLENTY, tokens_per_workspace=0), "workspace"),
        (replace(PLENTY, usd_per_workspace=0), "workspace"),
    ],
)
async def test_a_budget_of_nothing_lets_nothing_through(
    ledger: Ledger, budgets: Budgets, used_up: str, tokens: int
) -> None:
    assert await ledger.reserve(SPENDER, DAY, tokens, budgets) == used_up


async def test_what_was_refused_takes_nothing_from_any_budget(ledger: Ledger) -> None:
    tight = replace(PLENTY, tokens_per_person=100, tokens_per_channel=100, tokens_per_workspace=50)
    assert await ledger.reserve(SPENDER, DAY, 100, tight) == "workspace"

    assert await ledger.reserve(SPENDER, DAY, 100, replace(tight, tokens_per_workspace=100)) == ""


async def test_what_is_used_and_what_is_set_aside_count_together(ledger: Ledger) -> None:
    budgets = replace(PLENTY, tokens_per_person=300)
    await ledger.settle(SPENDER, DAY, 0, HUNDRED)
    assert await ledger.reserve(SPENDER, DAY, 150, budgets) == ""

    assert await ledger.reserve(SPENDER, DAY, 51, budgets) == "person"
    assert await ledger.reserve(SPENDER, DAY, 50, budgets) == ""


async def test_settling_frees_what_was_not_used(ledger: Ledger) -> None:
    budgets = replace(PLENTY, tokens_per_person=1_000)
    await ledger.reserve(SPENDER, DAY, 1_000, budgets)
    await ledger.settle(SPENDER, DAY, 1_000, HUNDRED)

    assert await ledger.reserve(SPENDER, DAY, 901, budgets) == "person"
    assert await ledger.reserve(SPENDER, DAY, 900, budgets) == ""


async def test_settling_frees_one_reservation_of_several(ledger: Ledger) -> None:
    budgets = replace(PLENTY, tokens_per_person=1_000)
    for tokens in (400, 400, 200):
        assert await ledger.reserve(SPENDER, DAY, tokens, budgets) == ""
    await ledger.settle(SPENDER, DAY, 400, HUNDRED)

    assert await ledger.reserve(SPENDER, DAY, 301, budgets) == "person"
    assert await ledger.reserve(SPENDER, DAY, 300, budgets) == ""


async def test_settling_what_was_never_set_aside_frees_nothing(ledger: Ledger) -> None:
    budgets = replace(PLENTY, tokens_per_person=1_000)
    await ledger.reserve(SPENDER, DAY, 800, budgets)
    await ledger.settle(SPENDER, DAY, 500, HUNDRED)

    assert await ledger.reserve(SPENDER, DAY, 101, budgets) == "person"


async def test_dollars_already_spent_close_the_workspace(ledger: Ledger) -> None:
    await ledger.settle(SPENDER, DAY, 0, a_use(cost_usd=0.5))
    elsewhere = Spender("T1", "C2", "U2")

    assert await ledger.reserve(elsewhere, DAY, 1, replace(PLENTY, usd_per_workspace=0.5)) == "workspace"
    assert await ledger.reserve(elsewhere, DAY, 1, replace(PLENTY, usd_per_workspace=0.500001)) == ""


async def test_dollars_of_calls_under_way_count_until_they_are_settled(ledger: Ledger) -> None:
    three = replace(PLENTY, usd_per_workspace=0.003)
    assert [await ledger.reserve(SPENDER, DAY, 10, three, cost_usd=0.001) for _ in range(4)] == [
        *("", "", ""),
        "workspace",
    ]
    await ledger.settle(SPENDER, DAY, 10, a_use(cost_usd=0.0002))
    assert await ledger.reserve(SPENDER, DAY, 10, three, cost_usd=0.001) == "workspace"
    assert await ledger.reserve(SPENDER, DAY, 10, three, cost_usd=0.0008) == ""


async def test_another_person_channel_workspace_and_day_have_budgets_of_their_own(ledger: Ledger) -> None:
    one = replace(PLENTY, tokens_per_person=100)
    assert await ledger.reserve(SPENDER, DAY, 100, one) == ""

    assert await ledger.reserve(SPENDER, DAY, 100, one) == "person"
    assert await ledger.reserve(replace(SPENDER, user_id="U2"), DAY, 100, one) == ""
    assert await ledger.reserve(replace(SPENDER, team_id="T2"), DAY, 100, one) == ""
    assert await ledger.reserve(SPENDER, NEXT_DAY, 100, one) == ""
    by_channel = replace(PLENTY, tokens_per_channel=200)
    assert await ledger.reserve(replace(SPENDER, user_id="U3"), DAY, 1, by_channel) == "channel"
    assert await ledger.reserve(Spender("T1", "C2", "U3"), DAY, 1, by_channel) == ""


async def test_what_is_only_set_aside_is_no_use(ledger: Ledger) -> None:
    await ledger.reserve(SPENDER, DAY, 100, PLENTY)

    assert await ledger.usage([DAY]) == []


@pytest.mark.parametrize("limited", ["tokens_per_person", "tokens_per_channel", "tokens_per_workspace"])
async def test_fifty_at_once_never_exceed_a_budget(ledger: Ledger, limited: str) -> None:
    budgets = replace(PLENTY, **{limited: 1_000})

    async def spend() -> str:
        used_up = await ledger.reserve(SPENDER, DAY, 100, budgets)
        if not used_up:
            await asyncio.sleep(0.001)
            await ledger.settle(SPENDER, DAY, 100, HUNDRED)
        return used_up

    answers = await asyncio.gather(*(spend() for _ in range(50)))

    assert answers.count("") == 10
    assert set(answers) == {"", limited.removeprefix("tokens_per_")}
    assert {row.tokens_in + row.tokens_out for row in await ledger.usage([DAY])} == {1_000}


async def test_a_fake_ledger_can_be_down_and_can_forget_reservations() -> None:
    ledger = FakeLedger()
    budgets = replace(PLENTY, tokens_per_person=100)
    await ledger.reserve(SPENDER, DAY, 100, budgets)
    ledger.forget_reservations()
    assert await ledger.reserve(SPENDER, DAY, 100, budgets) == ""

    ledger.is_down = True

    with pytest.raises(StoreUnavailable):
        await ledger.usage([DAY])


async def test_what_a_crashed_process_set_aside_is_free_again_after_a_while(
    redis_clients: RedisClients,
) -> None:
    budgets = replace(PLENTY, tokens_per_person=100)
    crashed = RedisLedger(redis_clients.quick, reserved_for=timedelta(0))
    assert await crashed.reserve(SPENDER, DAY, 100, budgets) == ""
    survivor = RedisLedger(redis_clients.quick)

    assert await survivor.reserve(SPENDER, DAY, 100, budgets) == ""
    await survivor.settle(SPENDER, DAY, 100, HUNDRED)
    assert await reservations(redis_clients) == []


async def test_a_reservation_that_ran_out_is_settled_all_the_same(redis_clients: RedisClients) -> None:
    ledger = RedisLedger(redis_clients.quick, reserved_for=timedelta(0))
    await ledger.reserve(SPENDER, DAY, 100, PLENTY)
    await ledger.settle(SPENDER, DAY, 100, HUNDRED)

    assert [row.calls for row in await ledger.usage([DAY])] == [1, 1, 1]
    assert await reservations(redis_clients) == []


async def test_of_reservations_of_one_size_the_one_that_runs_out_first_is_left(
    redis_clients: RedisClients,
) -> None:
    await RedisLedger(redis_clients.quick, reserved_for=timedelta(minutes=1)).reserve(
        SPENDER, DAY, 100, PLENTY
    )
    abandoned = await reservations(redis_clients)
    ledger = RedisLedger(redis_clients.quick)
    await ledger.reserve(SPENDER, DAY, 100, PLENTY)
    await ledger.settle(SPENDER, DAY, 100, HUNDRED)

    assert await reservations(redis_clients) == abandoned


async def test_many_accounts_are_listed_in_pages(redis_clients: RedisClients) -> None:
    ledger = RedisLedger(redis_clients.quick)
    people = [replace(SPENDER, user_id=f"U{number:03}") for number in range(150)]
    await asyncio.gather(*(ledger.settle(person, DAY, 0, a_use()) for person in people))

    rows = await ledger.usage([DAY])

    assert [row.id for row in rows if row.kind == "person"] == [person.user_id for person in people]
    assert rows[0].calls == 150


async def test_everything_about_usage_expires(redis_clients: RedisClients) -> None:
    ledger = RedisLedger(redis_clients.quick)
    await ledger.reserve(SPENDER, DAY, 100, PLENTY)
    reserved = await redis_clients.quick.keys("*")
    await ledger.settle(Spender("T2", "C1", "U1"), DAY, 0, a_use())

    stored = await redis_clients.quick.keys("*")

    assert (len(reserved), len(stored)) == (3, 8)
    day_s = 24 * 60 * 60
    for key in stored:
        assert 99 * day_s < await redis_clients.quick.ttl(key) <= keys.USAGE_DAYS * day_s


async def test_an_account_that_expired_before_its_list_is_left_out(redis_clients: RedisClients) -> None:
    ledger = RedisLedger(redis_clients.quick)
    await ledger.settle(SPENDER, DAY, 0, a_use())
    await redis_clients.quick.delete(keys.usage_account("T1", DAY, "channel", "C1"))

    assert await accounts(ledger, DAY) == [("workspace", "T1"), ("person", "U1")]


@pytest.mark.parametrize("garbage", ["many", "-1", "1.5", ""])
@pytest.mark.parametrize("name", ["tokens_in", "reserved:99999999999999:1"])
async def test_an_account_that_cannot_be_read_is_said_so_and_left_as_it_is(
    redis_clients: RedisClients, name: str, garbage: str
) -> None:
    ledger = RedisLedger(redis_clients.quick)
    await ledger.settle(SPENDER, DAY, 0, a_use())
    key = keys.usage_account("T1", DAY, "workspace", "T1")
    await redis_clients.quick.hset(key, name, garbage)
    before = {key: await redis_clients.quick.dump(key) for key in await redis_clients.quick.keys("*")}

    for use in (ledger.reserve(SPENDER, DAY, 1, PLENTY), ledger.settle(SPENDER, DAY, 1, a_use())):
        with pytest.raises(StoredDataInvalid, match="workspace T1 on 2026-11-28 cannot be read"):
            await use

    assert {key: await redis_clients.quick.dump(key) for key in before} == before


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("tokens_in", "many", "int_parsing in tokens_in"), ("colour", "1", "extra_forbidden in colour")],
)
async def test_a_list_with_an_account_that_cannot_be_read_is_refused(
    redis_clients: RedisClients, name: str, value: str, why: str
) -> None:
    ledger = RedisLedger(redis_clients.quick)
    await ledger.settle(SPENDER, DAY, 0, a_use())
    await redis_clients.quick.hset(keys.usage_account("T1", DAY, "person", "U1"), name, value)

    with pytest.raises(StoredDataInvalid, match=f"person:U1 of workspace T1 .* cannot be read: {why}"):
        await ledger.usage([DAY])


async def test_a_list_with_an_account_of_an_unknown_kind_is_refused(redis_clients: RedisClients) -> None:
    ledger = RedisLedger(redis_clients.quick)
    await ledger.settle(SPENDER, DAY, 0, a_use())
    await redis_clients.quick.sadd(keys.usage_accounts("T1", DAY), "planet:P1")

    with pytest.raises(StoredDataInvalid, match=r"'planet:P1' .* no known kind"):
        await ledger.usage([DAY])
