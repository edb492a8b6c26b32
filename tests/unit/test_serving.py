from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import serving
from bot.errors import SettingsInvalid, SlackUnavailable, StoreUnavailable
from bot.serving import ROLES, Role, Share, serve
from bot.settings import Settings
from knowledge.errors import IndexUnavailable

TAKES_IN: tuple[Role, ...] = ("all", "listener")


def settings(**changes: object) -> Settings:
    given = {"slack_bot_token": SecretStr("xoxb-1"), "slack_app_token": SecretStr("xapp-1"), **changes}
    return Settings(**given)  # type: ignore[arg-type] # as the environment gives them


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setattr(serving, "WAITS_S", 0.001)


def failing(monkeypatch: pytest.MonkeyPatch, stop: asyncio.Event, errors: list[Exception]) -> None:
    """Let it fail so often to begin, and then end in order."""

    async def begin(*_: object) -> None:
        if errors:
            raise errors.pop(0)
        stop.set()

    monkeypatch.setattr(serving, "_serve", begin)


@pytest.mark.parametrize(
    ("error", "elsewhere"),
    [
        (StoreUnavailable("Redis did not answer"), {"redis_url": SecretStr("redis://there")}),
        (IndexUnavailable("Chroma did not answer"), {"chroma_url": "http://there:8000"}),
        (SlackUnavailable("auth.test", "HTTP 503"), {}),
    ],
)
async def test_what_is_away_at_the_start_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, error: Exception, elsewhere: dict[str, object]
) -> None:
    stop, said, errors = asyncio.Event(), list[str](), [error, error]
    failing(monkeypatch, stop, errors)
    await serve(settings(**elsewhere), said.append, stop, Share())
    assert errors == []
    assert [line.partition(";")[0] for line in said] == [str(error), str(error)]


@pytest.mark.parametrize("error", [StoreUnavailable("no server"), IndexUnavailable("locked")])
async def test_what_we_should_have_started_ourselves_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    stop = asyncio.Event()
    failing(monkeypatch, stop, [error])
    with pytest.raises(type(error)):
        await serve(settings(), lambda _: None, stop, Share())


async def test_waiting_ends_when_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "WAITS_S", 600)
    stop, said = asyncio.Event(), list[str]()
    failing(monkeypatch, stop, [SlackUnavailable("auth.test", "no answer")])
    waiting = asyncio.create_task(serve(settings(), said.append, stop, Share()))
    while not said:  # noqa: ASYNC110 - it waits for ten minutes now
        await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(waiting, 5)
    assert len(said) == 1


def test_a_role_gets_no_secret_that_it_does_not_need() -> None:
    everything = settings(slack_signing_secret=SecretStr("secret"))
    given = {
        (role, over_http): serving._needed(everything, Share(role, over_http))
        for role in ROLES
        for over_http in (False, True)
    }
    assert {key: bool(secrets.app_token) for key, secrets in given.items()} == {
        (role, over_http): role != "worker" and not over_http for role, over_http in given
    }
    assert {key: bool(secrets.signing_secret) for key, secrets in given.items()} == {
        (role, over_http): role != "worker" and over_http for role, over_http in given
    }


MANY = {
    "slack_bot_token": None,
    "slack_app_token": None,
    "slack_client_id": "1.1",
    "slack_client_secret": SecretStr("client"),
    "slack_signing_secret": SecretStr("signing"),
    "slack_token_keys": SecretStr(f"{'planted' * 6}A="),
    "http_public_url": "https://advisor.example",
    "slack_install_teams": "T0123ABCD",
}


def test_of_many_workspaces_only_who_takes_in_gets_the_apps_secrets() -> None:
    everything = settings(**MANY)
    for role in TAKES_IN:
        secrets = serving._needed(everything, Share(role, over_http=True))
        assert (secrets.client_secret, secrets.signing_secret) == ("client", "signing")
    for over_http in (False, True):
        secrets = serving._needed(everything, Share("worker", over_http))
        assert (secrets.client_secret, secrets.signing_secret, secrets.bot_token) == ("", "", "")


@pytest.mark.parametrize("role", TAKES_IN)
def test_many_workspaces_are_served_by_http_only(role: Role) -> None:
    with pytest.raises(SettingsInvalid, match="serve --http"):
        serving._needed(settings(**MANY), Share(role))


def test_of_many_workspaces_everything_that_is_missing_is_named() -> None:
    nothing = dict.fromkeys(("slack_client_secret", "slack_signing_secret", "slack_token_keys"))
    lacking = settings(**{**MANY, **nothing, "http_public_url": "", "slack_install_teams": ""})
    with pytest.raises(SettingsInvalid) as caught:
        serving._needed(lacking, Share("all", over_http=True))
    for name in (*nothing, "http_public_url", "slack_install_teams"):
        assert name.upper() in str(caught.value)
    with pytest.raises(SettingsInvalid, match="SLACK_TOKEN_KEYS must"):
        serving._needed(lacking, Share("worker"))
