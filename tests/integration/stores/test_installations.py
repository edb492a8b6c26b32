"""Installations and the states that lead there; what a dump of Redis shows, and what a change of it does."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from bot.erasure import ErasePerson
from bot.errors import KeptByNewer, SettingsInvalid, StoredDataInvalid
from bot.ports import Installations, InstallStates
from bot.stores import keys
from bot.stores.connection import RedisClients
from bot.stores.installations import RedisInstallations, RedisInstallStates
from bot.stores.token_safe import TokenSafe
from tests.fakes.stores import FakeInstallations, FakeInstallStates
from tests.integration.stores.examples import NOW, TOKEN_KEY, an_installation


@pytest.fixture
def installations(clients_if_needed: RedisClients | None) -> Installations:
    if clients_if_needed is None:
        return FakeInstallations()
    return RedisInstallations(clients_if_needed.quick, TokenSafe([TOKEN_KEY]))


@pytest.fixture
def states(clients_if_needed: RedisClients | None) -> InstallStates:
    return RedisInstallStates(clients_if_needed.quick) if clients_if_needed else FakeInstallStates()


async def test_what_is_saved_is_loaded_and_listed(installations: Installations) -> None:
    at = datetime(2026, 11, 23, 12, 0, 0, 123457, tzinfo=UTC)
    for team_id in ("T2", "T1"):
        await installations.save(an_installation(team_id, installed_at=at))
    assert await installations.load("T1") == an_installation("T1", installed_at=at)
    assert await installations.installed_at("T1") == at
    assert await installations.listed() == {"T1": at, "T2": at}


async def test_where_it_is_not_installed_there_is_nothing(installations: Installations) -> None:
    assert await installations.load("T1") is None
    assert await installations.installed_at("T1") is None
    assert await installations.listed() == {}
    assert not await installations.delete("T1")


async def test_a_later_installation_takes_the_place_of_an_earlier_one(installations: Installations) -> None:
    await installations.save(an_installation(token="xoxb-old"))
    later = an_installation(token="xoxb-new", installed_at=NOW + timedelta(microseconds=1))
    await installations.save(later)
    assert await installations.load("T1") == later
    assert await installations.listed() == {"T1": later.installed_at}


async def test_what_is_deleted_is_gone_and_nothing_else(installations: Installations) -> None:
    for team_id in ("T1", "T2"):
        await installations.save(an_installation(team_id))
    assert await installations.delete("T1")
    assert not await installations.delete("T1")
    assert await installations.load("T1") is None
    assert list(await installations.listed()) == ["T2"]


async def test_a_state_is_good_once(states: InstallStates) -> None:
    state = await states.issue(NOW)
    assert await states.consume(state, NOW)
    assert not await states.consume(state, NOW)


async def test_a_state_is_good_for_ten_minutes(states: InstallStates) -> None:
    early, late = await states.issue(NOW), await states.issue(NOW)
    lasts = timedelta(minutes=keys.INSTALL_STATE_MINUTES)
    assert await states.consume(early, NOW + lasts - timedelta(seconds=1))
    assert not await states.consume(late, NOW + lasts)
    assert not await states.consume(late, NOW)


async def test_a_state_that_was_never_issued_is_refused(states: InstallStates) -> None:
    await states.issue(NOW)
    for guessed in ("", "guessed", "\x00", "é" * 10_000):
        assert not await states.consume(guessed, NOW)


async def test_of_many_who_bring_the_same_state_at_once_one_gets_through(redis_clients: RedisClients) -> None:
    states = RedisInstallStates(redis_clients.quick)
    state = await states.issue(NOW)
    got_through = await asyncio.gather(*(states.consume(state, NOW) for _ in range(20)))
    assert got_through.count(True) == 1


async def test_however_many_begin_only_so_many_states_are_kept(
    redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MAX_INSTALL_STATES", 3)
    states = RedisInstallStates(redis_clients.quick)
    issued = [await states.issue(NOW + timedelta(seconds=number)) for number in range(5)]
    assert len(set(issued)) == 5
    assert min(map(len, issued)) >= 43
    assert await redis_clients.quick.zcard(keys.INSTALL_STATES) == 3
    assert 0 < await redis_clients.quick.ttl(keys.INSTALL_STATES) <= keys.INSTALL_STATE_MINUTES * 60
    assert [await states.consume(state, NOW) for state in issued] == [False, False, True, True, True]


async def test_a_dump_of_redis_shows_no_token(redis_clients: RedisClients) -> None:
    await RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY])).save(an_installation())
    kept = str(await redis_clients.quick.get(keys.installation("T1")))
    assert "xoxb-" not in kept
    assert "planted" not in kept
    assert json.loads(kept)["installed_by"] == "U1"


async def test_without_its_key_no_token_can_be_read_and_the_rest_can(redis_clients: RedisClients) -> None:
    await RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY])).save(an_installation())
    for others in ([Fernet.generate_key().decode()], []):
        stranger = RedisInstallations(redis_clients.quick, TokenSafe(others))
        with pytest.raises(StoredDataInvalid, match="SLACK_TOKEN_KEYS") as caught:
            await stranger.load("T1")
        assert "xoxb" not in str(caught.value)
        assert "\n" not in str(caught.value)
        looked_up = await stranger.look_up("T1")
        assert looked_up is not None
        assert looked_up.team_name == "Team T1"


async def test_without_a_key_nothing_is_kept(redis_clients: RedisClients) -> None:
    with pytest.raises(SettingsInvalid, match="SLACK_TOKEN_KEYS"):
        await RedisInstallations(redis_clients.quick, TokenSafe([])).save(an_installation())
    assert await redis_clients.quick.keys("*") == []


def _with_another_letter(text: str) -> str:
    # Tokens are made at random: what is put there must differ from whatever stood there.
    return text[:20] + ("B" if text[20] == "A" else "A") + text[21:]


@pytest.mark.parametrize(
    "damage",
    [lambda text: text[:-9], _with_another_letter, lambda _: "é"],
)
async def test_a_damaged_token_is_refused(redis_clients: RedisClients, damage: object) -> None:
    assert callable(damage)
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    await installations.save(an_installation())
    row = json.loads(str(await redis_clients.quick.get(keys.installation("T1"))))
    row["locked_token"] = damage(row["locked_token"])
    await redis_clients.quick.set(keys.installation("T1"), json.dumps(row))
    with pytest.raises(StoredDataInvalid, match="cannot be decrypted"):
        await installations.load("T1")


@pytest.mark.parametrize("noise", [b"\xb0\xca\xee", b"no JSON", b""])
async def test_what_decrypts_to_noise_is_refused(redis_clients: RedisClients, noise: bytes) -> None:
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    await installations.save(an_installation())
    row = json.loads(str(await redis_clients.quick.get(keys.installation("T1"))))
    row["locked_token"] = Fernet(TOKEN_KEY).encrypt(noise).decode()
    await redis_clients.quick.set(keys.installation("T1"), json.dumps(row))
    with pytest.raises(StoredDataInvalid, match="cannot be decrypted"):
        await installations.load("T1")


async def test_who_writes_to_redis_cannot_give_one_workspace_the_token_of_another(
    redis_clients: RedisClients,
) -> None:
    quick = redis_clients.quick
    installations = RedisInstallations(quick, TokenSafe([TOKEN_KEY]))
    for team_id in ("T1", "T2"):
        await installations.save(an_installation(team_id))
    theirs = str(await quick.get(keys.installation("T2")))
    ours = json.loads(str(await quick.get(keys.installation("T1"))))
    await quick.set(keys.installation("T1"), theirs)
    with pytest.raises(StoredDataInvalid, match="another workspace's"):
        await installations.load("T1")
    ours["locked_token"] = json.loads(theirs)["locked_token"]
    await quick.set(keys.installation("T1"), json.dumps(ours))
    with pytest.raises(StoredDataInvalid, match="another workspace's"):
        await installations.load("T1")


async def test_keys_are_rotated_without_anybody_noticing(redis_clients: RedisClients) -> None:
    quick, new_key = redis_clients.quick, Fernet.generate_key().decode()
    await RedisInstallations(quick, TokenSafe([TOKEN_KEY])).save(an_installation())
    both = RedisInstallations(quick, TokenSafe([new_key, TOKEN_KEY]))
    assert await both.load("T1") == an_installation()
    assert await both.lock_anew("T1")
    assert not await both.lock_anew("T2")
    assert await RedisInstallations(quick, TokenSafe([new_key])).load("T1") == an_installation()
    with pytest.raises(StoredDataInvalid):
        await RedisInstallations(quick, TokenSafe([TOKEN_KEY])).load("T1")


async def test_rotating_never_puts_an_old_token_over_that_of_a_new_installation(
    redis_clients: RedisClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = TokenSafe([TOKEN_KEY])
    installations = RedisInstallations(redis_clients.quick, safe)
    await installations.save(an_installation(token="xoxb-old"))
    newer = an_installation(token="xoxb-new", installed_at=NOW + timedelta(seconds=1))
    stored, reads = installations._stored, 0

    async def read_then_installed_anew(team_id: str) -> str | None:
        nonlocal reads
        reads += 1
        found = await stored(team_id)
        if reads == 1:
            await installations.save(newer)
        return found

    monkeypatch.setattr(installations, "_stored", read_then_installed_anew)
    assert await installations.lock_anew("T1")
    assert reads == 2
    assert await installations.load("T1") == newer


async def test_what_a_newer_version_kept_is_said_to_be_so(redis_clients: RedisClients) -> None:
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    await redis_clients.quick.set(keys.installation("T1"), '{"schema_version":2}')
    with pytest.raises(KeptByNewer):
        await installations.load("T1")


async def test_who_installed_it_is_forgotten_when_their_id_is_to_be_erased(
    redis_clients: RedisClients,
) -> None:
    installations = RedisInstallations(redis_clients.quick, TokenSafe([TOKEN_KEY]))
    for team_id in ("T1", "T2"):
        await installations.save(an_installation(team_id, installed_by="U7"))
    assert await installations.erase(ErasePerson("T1", "operator", NOW, "U8")) == 0
    assert await installations.erase(ErasePerson("T1", "operator", NOW, "U7")) == 1
    assert await installations.erase(ErasePerson("T1", "operator", NOW, "U7")) == 0
    assert await installations.load("T1") == an_installation("T1", installed_by="")
    assert await installations.load("T2") == an_installation("T2", installed_by="U7")
