"""The bot as processes of their own, installed through its pages in two workspaces, and removed from one."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import redis

from tests.e2e.processes import COMMAND, ROOT, BotProcess, RedisProcess, app_scopes
from tests.fake_slack.requests import SIGNING_SECRET
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.teams import CLIENT_ID, CLIENT_SECRET, NORTH, SOUTH, Teams
from tests.fake_slack.workspace import Channel
from tests.integration.stores.examples import TOKEN_KEY

pytestmark = pytest.mark.e2e

VAGUE = "Should we fine-tune our support assistant?"
SETTINGS = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_APP_TOKEN": "",
    "SLACK_CLIENT_ID": CLIENT_ID,
    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_SIGNING_SECRET": SIGNING_SECRET,
    "SLACK_TOKEN_KEYS": TOKEN_KEY,
    "SLACK_INSTALL_TEAMS": f"{NORTH},{SOUTH}",
}
Make = Callable[[str], tuple[BotProcess, str]]


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    async with Teams(app_scopes()) as slack:
        yield slack


@pytest.fixture
def make(teams: Teams, redis_process: RedisProcess, data_dir: Path, tmp_path: Path) -> Iterator[Make]:
    """Make a process in one of the roles, and say where it is."""
    with ExitStack() as stack:

        def made(role: str) -> tuple[BotProcess, str]:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            url = f"http://127.0.0.1:{port}"
            teams.redirect_urls.append(f"{url}/slack/oauth_redirect")
            bot = BotProcess(teams.teams[NORTH], redis_process.url, data_dir, tmp_path / f"{role}-{port}.log")
            environment = {
                **SETTINGS,
                "SLACK_API_URL": teams.api_url,
                "HTTP_PORT": str(port),
                "HTTP_PUBLIC_URL": url,
            }
            if role == "worker":
                # It needs no more than this.
                environment |= dict.fromkeys(
                    ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "HTTP_PUBLIC_URL", "SLACK_INSTALL_TEAMS"),
                    "",
                )
            bot = replace(bot, environment=environment, arguments=("--http", "--role", role))
            stack.callback(bot.end)
            return bot, url

        yield made


async def install(teams: Teams, url: str, team_id: str) -> str:
    """Install the app as a person does, and return the last page."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        async with session.get(f"{url}/slack/install", allow_redirects=False) as begun:
            assert begun.status == 302
            cookie = begun.headers["Set-Cookie"].partition(";")[0]
            back = teams.approve(begun.headers["Location"], team_id)
        async with session.get(back, headers={"Cookie": cookie}) as ended:
            assert ended.status == 200
            return await ended.text()


def people_of(team: FakeSlack) -> tuple[str, Channel]:
    ana = team.add_user("ana")
    return ana, team.add_channel("general", {ana})


async def test_two_workspaces_install_it_are_answered_and_one_removes_it(
    teams: Teams, make: Make, redis_process: RedisProcess
) -> None:
    bot, url = make("all")
    await bot.start()
    for team in teams.teams.values():
        await team.send_to(url)
    for team_id in (NORTH, SOUTH):
        assert "Installed" in await install(teams, url, team_id)
        team = teams.teams[team_id]
        ana, general = people_of(team)
        called = await team.command(ana, general, f"/finetune {VAGUE}")
        assert called.is_acknowledged
        await team.whisper_to(ana)
    north = teams.teams[NORTH]
    tokens = [team.bot_token for team in teams.teams.values()]
    with redis.Redis(unix_socket_path=str(redis_process.socket), decode_responses=True) as kept:
        dump = "".join(str(kept.get(key)) for key in kept.keys("*installation*"))
        assert dump.count("locked_token") == 2
        assert not [token for token in tokens if token in dump]
        await teams.uninstall(NORTH, at=time.time())
        await north.until(lambda: kept.zscore("finetune-advisor:{#departures}", NORTH), "nothing was noted")
        assert not kept.exists(f"finetune-advisor:{{{NORTH}}}:installation")
        before = len(north.calls)
        await north.command("U000001", north.workspace.channels["C000002"], f"/finetune {VAGUE}")
        south = teams.teams[SOUTH]
        said = await south.say("U000001", south.workspace.channels["C000002"], f"{south.mention} {VAGUE}")
        await south.reply_in(south.workspace.channels["C000002"], said.ts)
        assert len(north.calls) == before
        # Back within the day: everything is there again.
        await install(teams, url, NORTH)
        assert kept.zscore("finetune-advisor:{#departures}", NORTH) is None
    said = await north.say("U000001", north.workspace.channels["C000002"], f"{north.mention} {VAGUE}")
    await north.reply_in(north.workspace.channels["C000002"], said.ts)
    assert await bot.stop() == 0
    assert not [secret for secret in (*tokens, CLIENT_SECRET, TOKEN_KEY) if secret in bot.said()]


async def test_who_installs_it_at_one_listener_is_served_by_all_processes(teams: Teams, make: Make) -> None:
    (first, first_url), (second, second_url), (worker, _) = make("listener"), make("listener"), make("worker")
    for process in (first, second, worker):
        await process.start()
    north = teams.teams[NORTH]
    await north.send_to(second_url)
    await install(teams, first_url, NORTH)
    ana, general = people_of(north)
    said = await north.say(ana, general, f"{north.mention} {VAGUE}")
    await north.reply_in(general, said.ts)
    for process in (first, second, worker):
        assert await process.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "changes", "says"),
    [
        ((), {}, "serve --http"),
        (("--http",), {"SLACK_TOKEN_KEYS": ""}, "SLACK_TOKEN_KEYS"),
        (
            ("--http",),
            {"SLACK_CLIENT_SECRET": "", "HTTP_PUBLIC_URL": ""},
            "SLACK_CLIENT_SECRET, HTTP_PUBLIC_URL",
        ),
        (("--http", "--role", "worker"), {"SLACK_TOKEN_KEYS": ""}, "SLACK_TOKEN_KEYS"),
        (("--http",), {"SLACK_BOT_TOKEN": "xoxb-1"}, "take one away"),
    ],
)
def test_what_does_not_fit_is_named_in_one_line(
    teams: Teams, tmp_path: Path, arguments: tuple[str, ...], changes: dict[str, str], says: str
) -> None:
    environment = {**SETTINGS, "HTTP_PUBLIC_URL": "https://advisor.example", **changes}
    bot = BotProcess(teams.teams[NORTH], "redis://127.0.0.1:1", tmp_path, tmp_path / "log", environment)
    done = subprocess.run(  # noqa: S603 - our own bot
        (*COMMAND, *arguments), cwd=ROOT, env=bot._environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
