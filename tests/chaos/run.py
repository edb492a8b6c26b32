"""The bot's processes and Redis are killed, Slack stumbles, and people are answered all the same.

    make chaos [ARGS="--seed 7"]

One listener and two workers. Everything is real but Slack and the index: processes, sockets, Redis with its
append-only file. `--without inbox` switches the durable path off and `--without search` the look before
posting: then the table must show losses and repeats, which proves that this run can fail.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.slack.scopes import needed
from bot.stores.connection import open_redis
from bot.stores.inbox import RedisInbox
from tests.bench.measuring import percentile, print_table
from tests.chaos.people import Crowd, Tally
from tests.chaos.steps import STEPS
from tests.e2e.processes import RedisProcess
from tests.fake_slack.faults import Broken, Fault, LostAnswer, RateLimited
from tests.fake_slack.server import FakeSlack

METHODS = (
    "chat.postMessage",
    "chat.update",
    "conversations.info",
    "conversations.replies",
    "conversations.history",
    "response_url",
)
SOON_S = 30.0
LATER_S = 120.0


@dataclass(frozen=True)
class Plan:
    """How much happens. Times in seconds."""

    seed: int = 1
    conversations: int = 300
    at_once: int = 40
    steps: tuple[str, ...] = STEPS
    kills_a_step: int = 20
    pause_s: float = 0.8
    """Between one ordered death and the next order."""
    random_kill_every_s: float = 6.0
    redis_kill_every_s: float = 20.0
    faults: float = 0.08
    """How many of the calls to Slack go wrong."""
    idle_ms: int = 10_000
    patience_s: float = 180.0
    without: str = ""


SHORT = Plan(
    conversations=15,
    at_once=15,
    kills_a_step=1,
    pause_s=0.3,
    random_kill_every_s=3.0,
    redis_kill_every_s=5.0,
    idle_ms=3_000,
    patience_s=90.0,
)
"""For `make test`."""


@dataclass
class Outcome:
    """What was done to the bot, and what people saw."""

    crowd: Crowd
    took_s: float = 0.0
    kills: Counter[str] = field(default_factory=Counter)
    random_kills: int = 0
    redis_kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    given_up: int = 0
    """Dead letters."""
    ended_in_order: bool = False

    @property
    def tallies(self) -> dict[str, Tally]:
        """Return what Slack lets us search, by where it was said."""
        crowd = self.crowd
        return {
            "in threads": crowd.in_threads,
            "in direct messages": crowd.in_direct_messages,
            "decisions": crowd.decisions,
        }

    @property
    def lost(self) -> int:
        """Return what was acknowledged and not answered, private answers among it."""
        return sum(tally.lost for tally in (*self.tallies.values(), self.crowd.private))

    @property
    def twice(self) -> int:
        """Return what was answered twice where Slack lets us search."""
        return sum(tally.twice for tally in self.tallies.values())

    @property
    def is_clean(self) -> bool:
        """Say whether the promise was kept."""
        return not (self.lost or self.twice or self.given_up or self.crowd.lost) and self.ended_in_order


class Processes:
    """The listener and the workers, each replaced when it dies."""

    def __init__(self, slack: FakeSlack, redis_url: str, folder: Path, plan: Plan) -> None:
        from tests.chaos.process import Part  # noqa: PLC0415 - the parent needs none of its weight

        common = Part(
            name="",
            is_listener=False,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            api_url=slack.api_url,
            redis_url=redis_url,
            folder=folder,
            idle_ms=plan.idle_ms,
            without=plan.without,
        )
        self._parts = [
            replace(common, name="listener", is_listener=True),
            replace(common, name="worker-1"),
            replace(common, name="worker-2"),
        ]
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.chaos.process"])
        self.running: list[ForkServerProcess] = []

    def start(self) -> None:
        """Start all."""
        self.running = [self._start(number) for number in range(len(self._parts))]

    async def replace_the_dead(self) -> None:
        """Start again what died, for ever."""
        while True:
            for number, process in enumerate(self.running):
                if not process.is_alive():
                    process.close()
                    self.running[number] = self._start(number)
            await asyncio.sleep(0.02)

    async def stop(self) -> bool:
        """Ask all to stop, and say whether they ended in order."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            await asyncio.to_thread(process.join, SOON_S)
        codes = [process.exitcode for process in self.running]
        for process in self.running:
            process.kill()
        return codes == [0] * len(codes)

    def _start(self, number: int) -> ForkServerProcess:
        from tests.chaos.process import run  # noqa: PLC0415 - as above

        process = self._context.Process(target=run, args=(self._parts[number],), daemon=True)
        process.start()
        return process


async def run(plan: Plan, folder: Path) -> Outcome:
    """Do it all and return what came of it."""
    chance = random.Random(plan.seed)
    pauses_s = (0.0, 0.3, 0.5, 1.0, *[2.0] * 60)
    async with FakeSlack(needed(), page_size=50, pauses_s=pauses_s) as slack:
        crowd = Crowd(slack, random.Random(plan.seed), plan.patience_s)
        outcome = Outcome(crowd)
        slack.stumbles = _stumbling(plan, outcome)
        redis = RedisProcess(folder, options=("--appendfsync", "always"))
        await redis.start()
        processes = Processes(slack, redis.url, folder, plan)
        processes.start()
        began = time.monotonic()
        try:
            await slack.until(lambda: slack.sockets.open, "nobody connected", SOON_S)
            supervising = asyncio.create_task(processes.replace_the_dead())
            troubles = [
                asyncio.create_task(trouble)
                for trouble in (
                    _kill_at_random(processes, plan, chance, outcome),
                    _kill_redis(redis, plan, chance, outcome),
                )
            ]
            marked = asyncio.create_task(_kill_at_steps(folder, plan, chance, outcome))
            await _converse(crowd, plan, marked)
            for task in troubles:
                task.cancel()
            await asyncio.gather(*troubles, return_exceptions=True)
            await crowd.settle()
            await _wait_until_idle(redis, slack)
            outcome.given_up = await _dead_letters(redis)
            supervising.cancel()
            await asyncio.gather(supervising, return_exceptions=True)
            outcome.ended_in_order = await processes.stop()
            crowd.count()
        finally:
            for process in processes.running:
                process.kill()
            redis.kill()
        outcome.took_s = time.monotonic() - began
        return outcome


async def _converse(crowd: Crowd, plan: Plan, marked: asyncio.Task[None]) -> None:
    """Keep conversations going until there were enough of them and every order to die was followed."""
    talking: set[asyncio.Task[None]] = set()
    begun = 0
    while begun < plan.conversations or not marked.done():
        while len(talking) < plan.at_once:
            talking.add(asyncio.create_task(crowd.hold_conversation()))
            begun += 1
        done, talking = await asyncio.wait(talking, return_when=asyncio.FIRST_COMPLETED)
        for task in (*done, *([marked] if marked.done() else [])):
            task.result()
    await asyncio.gather(*talking)


def _stumbling(plan: Plan, outcome: Outcome) -> Callable[[str], Fault | None]:
    """Return how Slack fails now and then, each time in one of its ways."""
    chance = random.Random(plan.seed)

    def stumble(method: str) -> Fault | None:
        if method not in METHODS or chance.random() >= plan.faults:
            return None
        ways: tuple[Fault, ...] = (RateLimited(1), Broken(500), Broken(503))
        fault = chance.choice(ways if method == "response_url" else (*ways, LostAnswer()))
        outcome.faults[type(fault).__name__ + (f" {fault.status}" if isinstance(fault, Broken) else "")] += 1
        return fault

    return stumble


async def _kill_at_steps(folder: Path, plan: Plan, chance: random.Random, outcome: Outcome) -> None:
    """Order deaths at every marked step, one after another in a random order, and see each one happen."""
    orders = [step for step in plan.steps for _ in range(plan.kills_a_step)]
    chance.shuffle(orders)
    for step in orders:
        order = folder / step
        order.touch()
        until = time.monotonic() + LATER_S
        while order.exists():
            if time.monotonic() > until:
                raise AssertionError(f"nobody came by {step!r} within {LATER_S:g} s")
            await asyncio.sleep(0.02)
        outcome.kills[step] += 1
        await asyncio.sleep(chance.uniform(0, 2) * plan.pause_s)


async def _kill_at_random(processes: Processes, plan: Plan, chance: random.Random, outcome: Outcome) -> None:
    while True:
        await asyncio.sleep(chance.expovariate(1 / plan.random_kill_every_s))
        chance.choice(processes.running[1:]).kill()
        outcome.random_kills += 1


async def _kill_redis(redis: RedisProcess, plan: Plan, chance: random.Random, outcome: Outcome) -> None:
    while True:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * plan.redis_kill_every_s)
        redis.kill()
        outcome.redis_kills += 1
        try:
            await asyncio.sleep(chance.uniform(0, 2))
        finally:
            await redis.start()


async def _wait_until_idle(redis: RedisProcess, slack: FakeSlack) -> None:
    """Wait until the inbox is empty and nobody has called Slack for a while."""
    until = time.monotonic() + LATER_S
    async with await open_redis(redis.url) as clients:
        inbox = RedisInbox(clients.quick, clients.blocking)
        calls = -1
        while time.monotonic() < until and (calls != len(slack.calls) or await inbox.backlog()):
            calls = len(slack.calls)
            await asyncio.sleep(1)


async def _dead_letters(redis: RedisProcess) -> int:
    async with await open_redis(redis.url) as clients:
        return (await RedisInbox(clients.quick, clients.blocking).state()).dead_letters


def show(plan: Plan, outcome: Outcome) -> None:
    """Print what was done, and what came of it."""
    crowd = outcome.crowd
    rows = [
        (kind, *map(str, (tally.acknowledged, tally.answered, tally.lost, tally.twice, tally.refused)))
        for kind, tally in outcome.tallies.items()
    ]
    private = crowd.private
    counted = map(str, (private.acknowledged, private.answered, private.lost))
    rows.append(("private (Slack cannot be searched)", *counted, f"({private.twice})", str(private.refused)))
    print_table(
        f"{crowd.finished} conversations in {outcome.took_s:.0f} s, seed {plan.seed}"
        + (f", without {plan.without}" if plan.without else ""),
        ("turns", "acknowledged", "answered", "lost", "twice", "refused honestly"),
        rows,
    )
    steps = [(step, str(outcome.kills[step])) for step in plan.steps]
    print_table("Killed at a marked step", ("step", "times"), steps)
    waited = crowd.waited_s or [0.0]
    faults = ", ".join(f"{count} {kind}" for kind, count in outcome.faults.items())
    print(
        f"Also: {outcome.random_kills} workers killed at random, Redis {outcome.redis_kills} times; "
        f"{crowd.delivered_again} deliveries repeated; Slack failed "
        f"{sum(outcome.faults.values())} times ({faults}).\n"
        f"Answered after p50 {percentile(waited, 50):.1f} s, p99 {percentile(waited, 99):.1f} s, at most "
        f"{max(waited):.1f} s. Given up: {outcome.given_up}. Ended in order: {outcome.ended_in_order}."
    )
    for line in crowd.lost[:10]:
        print(f"lost: {line}")
    for line in crowd.doubled[:10]:
        print(f"twice: {line}")
    print("Zero lost, zero doubled." if outcome.is_clean else "The promise was broken.")


def main() -> int:
    """Run with a fixed seed and say by the exit code whether the promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--without", choices=("", "inbox", "search"), default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    plan = replace(SHORT if options.short else Plan(), seed=options.seed, without=options.without)
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
        outcome = asyncio.run(run(plan, Path(folder)))
        show(plan, outcome)
    return 0 if outcome.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
