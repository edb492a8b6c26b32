"""Listeners and workers as processes of their own, over a socket and by HTTP."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.processes import COMMAND, ROOT, BotProcess, RedisProcess, app_scopes
from tests.fake_slack.requests import SIGNING_SECRET
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel

pytestmark = pytest.mark.e2e

VAGUE = "Should we fine-tune our support assistant?"
WAY_OUT = "Just tell me"
MakeBot = Callable[..., BotProcess]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def http_slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(app_scopes(), by_http=True) as fake:
        yield fake


@pytest.fixture
def make_replica(
    http_slack: FakeSlack, redis_process: RedisProcess, data_dir: Path, tmp_path: Path
) -> Iterator[Callable[[str], tuple[BotProcess, str]]]:
    """Make a process that takes requests by HTTP, in one of the roles, and say where."""
    with ExitStack() as stack:

        def make(role: str) -> tuple[BotProcess, str]:
            port = free_port()
            made = BotProcess(http_slack, redis_process.url, data_dir, tmp_path / f"{role}-{port}.log")
            environment = {
                "SLACK_APP_TOKEN": "",
                "SLACK_SIGNING_SECRET": SIGNING_SECRET,
                "HTTP_PORT": str(port),
            }
            made = replace(made, environment=environment, arguments=("--http", "--role", role))
            stack.callback(made.end)
            return made, f"http://127.0.0.1:{port}"

        yield make


async def test_a_listener_without_an_index_and_a_worker_without_a_socket_answer_together(
    slack: FakeSlack, make_bot: MakeBot, ana: str, general: Channel, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no-index"
    listener = make_bot("listener", arguments=("--role", "listener"), data_dir=nowhere)
    worker = make_bot("worker", arguments=("--role", "worker"), environment={"SLACK_APP_TOKEN": ""})
    await listener.start()
    await worker.start()
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    await slack.reply_in(general, said.ts, number=2)
    assert len(slack.sockets.open) == 1
    assert not nowhere.exists()
    assert await worker.stop() == 0
    assert await listener.stop() == 0


async def test_what_a_listener_took_in_waits_for_a_worker(
    slack: FakeSlack, make_bot: MakeBot, ana: str, general: Channel
) -> None:
    listener = make_bot("listener", arguments=("--role", "listener"))
    await listener.start()
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    assert await listener.stop() == 0
    assert slack.workspace.ours(general.id, said.ts) == []
    await make_bot("worker", arguments=("--role", "worker")).start()
    await slack.reply_in(general, said.ts)


async def test_any_number_of_http_replicas_answer_and_one_may_leave(
    http_slack: FakeSlack, make_replica: Callable[[str], tuple[BotProcess, str]]
) -> None:
    slack = http_slack
    ana = slack.add_user("ana")
    general = slack.add_channel("general", {ana})
    listeners = [make_replica("listener") for _ in range(2)]
    worker, health = make_replica("worker")
    for replica, url in listeners:
        await replica.start()
        await slack.send_to(url)
    await worker.start()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{health}/ready") as answer:
            assert (await answer.json())["ready"] is True
        async with session.post(f"{health}/slack/events", data="{}") as answer:
            assert answer.status == 503
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(general, said.ts)
    assert await listeners[0][0].stop() == 0
    assert slack.requests is not None
    slack.requests.addresses.pop(0)
    await slack.press(ana, question, WAY_OUT)
    await slack.reply_in(general, said.ts, number=2)
    assert len(slack.workspace.ours(general.id, said.ts)) == 2


async def test_while_redis_is_away_at_the_start_it_is_alive_not_ready_and_begins_by_itself(
    http_slack: FakeSlack,
    redis_process: RedisProcess,
    make_replica: Callable[[str], tuple[BotProcess, str]],
) -> None:
    redis_process.kill()
    replica, url = make_replica("listener")
    await replica.start(wait=False)

    async def status(path: str) -> int:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{url}{path}") as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0

    async with asyncio.timeout(30):
        while await status("/health") != 200 or "trying again" not in replica.said():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    assert await status("/ready") == 503
    await redis_process.start()
    await http_slack.send_to(url)
    assert await status("/ready") == 200
    assert await replica.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "missing"),
    [
        ((), {"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN"),
        (("--http",), {}, "SLACK_SIGNING_SECRET"),
        (("--role", "worker"), {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}, "SLACK_BOT_TOKEN"),
    ],
)
def test_what_is_missing_for_a_role_is_named(
    slack: FakeSlack,
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    missing: str,
) -> None:
    bot = BotProcess(slack, "redis://127.0.0.1:1", tmp_path, tmp_path / "log", environment=environment)
    done = subprocess.run(  # noqa: S603 - our own bot
        (*COMMAND, *arguments), cwd=ROOT, env=bot._environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    assert missing in done.stderr
    assert done.stderr.count("\n") == 1
