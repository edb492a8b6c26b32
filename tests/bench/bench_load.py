"""What the bot bears: acknowledgements under load beside an empty Bolt app, conversations a second, memory.

Every process is one of its own, as it is run: a listener, one or two workers, the empty app, Redis with its
append-only file. The fake Slack and the people share the machine with them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import backing_of, open_advisor
from bot.dialogue import Dialogue
from bot.logs import configure_logs
from bot.settings import Settings
from bot.slack.scopes import needed
from bot.slack.serving import SlackSurface
from tests.bench.measuring import p50_p99, print_table
from tests.e2e.processes import COMMAND, BotProcess, RedisProcess
from tests.fake_slack.server import FakeSlack

RATES = (10, 50, 100)
SECONDS = 8
CONVERSATIONS = 200
MEMORY_CONVERSATIONS = 10_000
TOLD = 200
BARE = (sys.executable, "-m", "tests.bench.bare_bolt")
MAKES_UP = "should we fine-tune? our bot makes up facts about our products. just tell me"
MIB = 1024
NO_LIMITS: dict[str, Any] = {"limit_person_hour": 0, "limit_channel_hour": 0, "limit_workspace_hour": 0}


async def acknowledge(folder: Path) -> list[tuple[str, ...]]:
    """Return rows of (who, what, p50 and p99 at each rate)."""
    rows = []
    for name, command in (("a Bolt app that does nothing", BARE), ("ours, kept in Redis first", COMMAND)):
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(FakeSlack(needed()))
            redis = await _redis(stack, folder / name.split(",", maxsplit=1)[0].replace(" ", "-"))
            arguments = ("--role", "listener") if command is COMMAND else ()
            process = BotProcess(
                slack, redis.url, folder, folder / "log", command=command, arguments=arguments
            )
            process.environment |= {"PYTHONPATH": ".", **_without_limits()}
            stack.callback(process.end)
            await process.start(wait=False)
            await slack.until(lambda: slack.sockets.open, "nobody connected", 60)  # noqa: B023 - awaited here
            ana = slack.add_user("ana")
            general = slack.add_channel("general", {ana})

            async def mention(number: int) -> bool:
                said = slack.keep(ana, general, f"{slack.mention} should we fine-tune, {number}?")  # noqa: B023 - as above
                return (await slack.deliver(slack.events_of(said)[-1])).is_acknowledged  # noqa: B023 - as above

            async def command_(number: int) -> bool:
                called = await slack.command(ana, general, f"/finetune should we, {number}?")  # noqa: B023 - as above
                return called.is_acknowledged

            for what, act in (("mention", mention), ("command", command_)):
                await _at_rate(act, 20, 2)
                taken = [p50_p99(await _at_rate(act, rate, SECONDS)) for rate in RATES]
                rows.append((f"{what}, {name}", *(" / ".join(pair) for pair in taken)))
    return rows


async def _at_rate(act: Callable[[int], Awaitable[bool]], rate: int, seconds: int) -> list[float]:
    """Return the milliseconds of each call; calls begin on time, however long the ones before take."""

    async def one(number: int) -> float:
        started = time.perf_counter()
        assert await act(number), "not acknowledged"
        return (time.perf_counter() - started) * 1000

    began = time.perf_counter()
    tasks = []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number)))
    return await asyncio.gather(*tasks)


async def answer(folder: Path, workers: int, conversations: int) -> tuple[float, float, float]:
    """Return conversations a second, and a worker's MiB at its first answer and at its last."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack(needed(), page_size=50))
        redis = await _redis(stack, folder / f"redis-{workers}-{conversations}")
        processes = []
        for role, number in [("listener", 0), *[("worker", number) for number in range(workers)]]:
            data, log = folder / f"data-{number}", folder / f"{role}-{number}.log"
            process = BotProcess(slack, redis.url, data, log, arguments=("--role", role))
            process.environment |= _without_limits()
            stack.callback(process.end)
            processes.append(process)
        for process in processes:
            await process.start()
        await slack.until(lambda: slack.sockets.open, "nobody connected", 60)
        ana = slack.add_user("ana")
        # A channel for each twenty threads: the fake looks through all messages of a channel.
        channels = [slack.add_channel(f"c{n}", {ana}) for n in range(max(1, conversations // 20))]
        posted: list[float] = []
        first_mib = 0.0

        def note(_: Any) -> None:
            nonlocal first_mib
            posted.append(time.perf_counter())
            if len(posted) == workers * 8:
                first_mib = _mib(processes[1])

        slack.api.on_posted = note
        for number in range(conversations):
            said = slack.keep(ana, channels[number % len(channels)], f"{slack.mention} {MAKES_UP}")
            assert (await slack.deliver(slack.events_of(said)[-1])).is_acknowledged
        await slack.until(lambda: len(posted) >= conversations, "not all were answered", conversations)
        return (conversations - 1) / (posted[-1] - posted[0]), first_mib, _mib(processes[1])


def _without_limits() -> dict[str, str]:
    return {name.upper(): str(limit) for name, limit in NO_LIMITS.items()}


def _mib(process: BotProcess) -> float:
    assert process.process is not None
    status = Path(f"/proc/{process.process.pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / MIB


async def _redis(stack: AsyncExitStack, _name: Path) -> RedisProcess:
    directory = stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True))
    redis = RedisProcess(Path(directory))
    await redis.start()
    stack.callback(redis.kill)
    return redis


async def where_it_goes(folder: Path) -> list[tuple[str, str, str]]:
    """Return rows of (part, milliseconds, share) of the handling of a mention, on average."""
    spent: dict[str, float] = {"Slack's Web API (the fake, on this machine)": 0, "Redis": 0, "judging": 0}
    names = list(spent)
    undo = [
        _timed(AsyncWebClient, "api_call", spent, names[0]),
        _timed(Redis, "execute_command", spent, names[1]),
        _timed(Dialogue, "answer", spent, names[2]),
    ]
    settings = Settings(
        data_dir=folder, redis_url=None, slack_bot_token=None, slack_app_token=None, **NO_LIMITS
    )
    turns: list[float] = []
    try:
        async with FakeSlack(needed()) as slack, open_advisor(settings, print) as (advisor, stores):
            surface = SlackSurface(
                bot_token=slack.bot_token,
                app_token=slack.app_token,
                backing=backing_of(settings, stores, advisor.turn),
                api_url=slack.api_url,
            )
            stop = asyncio.Event()
            running = asyncio.create_task(surface.run(stop))
            await slack.connected()
            ana = slack.add_user("ana")
            for number in range(TOLD + 20):
                if number == 20:
                    spent.update(dict.fromkeys(spent, 0.0))
                channel = slack.add_channel(f"c{number}", {ana})
                said = slack.keep(ana, channel, f"{slack.mention} {MAKES_UP}")
                started = time.perf_counter()
                await slack.deliver(slack.events_of(said)[-1])
                await slack.reply_in(channel, said.ts)
                turns.append((time.perf_counter() - started) * 1000)
            stop.set()
            await running
    finally:
        for put_back in undo:
            put_back()
    whole = sum(turns[20:]) / TOLD
    parts = {name: seconds * 1000 / TOLD for name, seconds in spent.items()}
    parts["reading, policy, glossary, words"] = parts.pop("judging")
    parts["the rest: Bolt, inbox, blocks, waiting"] = whole - sum(parts.values())
    rows = [(name, f"{ms:.1f} ms", f"{ms / whole:.0%}") for name, ms in parts.items()]
    return [*rows, ("from delivery to reply", f"{whole:.1f} ms", "100%")]


def _timed(owner: Any, name: str, spent: dict[str, float], part: str) -> Callable[[], None]:
    """Count the time that is spent in a method while no blocking read waits; return what undoes it."""
    original = getattr(owner, name)

    async def timed(self: Any, *args: Any, **options: Any) -> Any:
        if args[:1] == ("XREADGROUP",):
            return await original(self, *args, **options)
        started = time.perf_counter()
        try:
            return await original(self, *args, **options)
        finally:
            spent[part] += time.perf_counter() - started

    setattr(owner, name, timed)
    return lambda: setattr(owner, name, original)


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    configure_logs("INFO")
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", type=int, default=MEMORY_CONVERSATIONS, help="conversations to hold")
    options = parser.parse_args(arguments if arguments is not None else [])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rates = [f"{rate} a second, p50 / p99" for rate in RATES]
        rows = asyncio.run(acknowledge(folder))
        print_table("Acknowledged under load", ("what", *rates), rows)
        speeds = []
        for workers in (1, 2):
            speed, *_ = asyncio.run(answer(folder, workers, CONVERSATIONS))
            speeds.append((f"{workers}", f"{speed:.1f}"))
        print_table("Conversations without a language model", ("workers", "a second"), speeds)
        parts = asyncio.run(where_it_goes(folder))
        print_table("Where the time of one mention goes", ("part", "time", "share"), parts)
        speed, first, last = asyncio.run(answer(folder, 1, options.memory))
        row = (f"{options.memory:,}", f"{first:.0f} MiB", f"{last:.0f} MiB", f"{speed:.1f}")
        print_table("Memory of a worker", ("conversations", "at first", "at last", "a second"), [row])


if __name__ == "__main__":
    main(sys.argv[1:])
