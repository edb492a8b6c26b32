"""The log of a big workspace: how long finding and erasing decisions takes, and how much memory they need.

Beside each figure stands what raw redis-py needs for the same commands, with nothing done with the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

from redis.asyncio import Redis

from bot.app import open_reference
from bot.conversation import Audience
from bot.digest import Period, build_digest
from bot.erasure import BY_AGE, EraseDecision, EraseOld, ErasePerson, words_of
from bot.likeness import mark_of
from bot.lookup import Lookup
from bot.query import Query
from bot.record import DecisionRecord
from bot.settings import Settings
from bot.stores import keys
from bot.stores.connection import RedisClients, open_redis
from bot.stores.decisions import RedisDecisionLog
from bot.stores.server import start_redis
from bot.visibility import Viewer
from bot.weeks import week_of
from tests.bench.many_decisions import (
    CLOSED_CHANNELS,
    LAST,
    OPEN_CHANNELS,
    PEOPLE,
    TEAM_ID,
    TIME_SPAN,
    decisions,
    revisions,
    situations,
)
from tests.bench.measuring import describe_machine, p50_p99, percentile, print_table, time_each_ms

RECORDS = 100_000
TIMES = 300
AT_ONCE = 8
DIGEST = 5_000
SAMPLE = 500
ERASED = 20
A_HUNDRED = 100

Step = Callable[[int], Awaitable[object]]


@dataclass
class Kept:
    """What is remembered of the records: holding them all would measure Python's garbage collector."""

    count: int
    sample: list[DecisionRecord] = field(default_factory=list)
    decided_and_open: int = 0
    seconds: float = 0.0


async def fill(log: RedisDecisionLog, records: Iterator[DecisionRecord], count: int) -> Kept:
    """Keep all records, some at once."""
    kept = Kept(count)
    started = time.perf_counter()

    async def keep() -> None:
        for record in records:
            await log.save(record)
            kept.decided_and_open += int(bool(mark_of(record)) and record.audience.kind == "workspace")
            if int(record.place.thread.partition(".")[0]) % max(1, count // SAMPLE) == 0:
                kept.sample.append(record)

    await asyncio.gather(*(keep() for _ in range(AT_ONCE)))
    kept.seconds = time.perf_counter() - started
    return kept


class Commands:
    """Remembers what is asked of a client, to ask it again without doing anything with the answers."""

    def __init__(self, redis: Redis) -> None:
        self._redis: Any = redis
        self._batches: list[list[tuple[Any, Any]]] = []

    @contextmanager
    def recorded(self) -> Any:
        """Remember what is asked inside."""
        send, pipeline = self._redis.execute_command, self._redis.pipeline
        self._batches = []

        async def execute_command(*command: Any, **options: Any) -> Any:
            self._batches.append([(command, options)])
            return await send(*command, **options)

        def recording_pipeline(**options: Any) -> Any:
            made = pipeline(**options)
            execute = made.execute

            async def execute_recorded() -> Any:
                self._batches.append(list(made.command_stack))
                return await execute()

            made.execute = execute_recorded
            return made

        self._redis.execute_command, self._redis.pipeline = execute_command, recording_pipeline
        try:
            yield
        finally:
            self._redis.execute_command, self._redis.pipeline = send, pipeline

    async def again(self) -> None:
        """Ask all of it again."""
        for batch in self._batches:
            async with self._redis.pipeline(transaction=False) as pipe:
                for command, options in batch:
                    pipe.execute_command(*command, **options)
                await pipe.execute()


async def beside_raw(redis: Redis, step: Step) -> tuple[str, str, str, str]:
    """Return p50 and p99 of a step, the p99 of its commands alone, and the p99 of its work in this process.

    The last one is what stays the same on a machine that others use, too.
    """
    await time_each_ms(step, 10)
    taken, busy = [], []
    for number in range(TIMES):
        started, worked = time.perf_counter(), time.process_time()
        await step(number)
        taken.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    commands, raw = Commands(redis), []
    for number in range(TIMES):
        with commands.recorded():
            await step(number)
        started = time.perf_counter()
        await commands.again()
        raw.append((time.perf_counter() - started) * 1000)
    return (*p50_p99(taken), f"{percentile(raw, 99):.2f} ms", f"{percentile(busy, 99):.2f} ms")


def readings(lookup: Lookup, sample: list[DecisionRecord]) -> dict[str, Step]:
    """Return what is measured, each a step that takes its number."""
    chance = random.Random(7)
    viewers = [
        Viewer(chance.choice(PEOPLE), chance.choice(OPEN_CHANNELS + CLOSED_CHANNELS), False, False)
        for _ in range(TIMES)
    ]
    asked = [chance.choice(sample).context.split() for _ in range(TIMES)]
    words = [" ".join(chance.sample(of_one, min(2, len(of_one)))) for of_one in asked]
    questions = chance.sample(situations(), TIMES)

    async def page(number: int) -> None:
        await lookup.find(TEAM_ID, viewers[number])

    async def filtered(number: int) -> None:
        query = Query(channel_id=chance.choice(OPEN_CHANNELS), status="accepted")
        await lookup.search(TEAM_ID, viewers[number], query)

    async def two_words(number: int) -> None:
        await lookup.find(TEAM_ID, viewers[number], words[number])

    async def common_words(number: int) -> None:
        await lookup.find(TEAM_ID, viewers[number], "model prompt")

    async def similar(number: int) -> None:
        await lookup.recall(TEAM_ID, viewers[number], questions[number], 10)

    return {
        "a page of the log": page,
        "… of one channel and status": filtered,
        "two words of some question": two_words,
        "two words of very many": common_words,
        "the ten nearest questions": similar,
    }


async def measure_digest(log: RedisDecisionLog, kept: Kept) -> list[str]:
    """Return the seconds and the memory that a digest of many decisions takes."""
    count = min(DIGEST, kept.count)
    since = LAST - TIME_SPAN * (count / kept.count)

    weeks = Period(week_of(since.date()), week_of(LAST.date()), ZoneInfo("UTC"))

    async def everyone(_record: DecisionRecord) -> bool:
        return True

    async def build() -> None:
        await build_digest(log.between(TEAM_ID, since, LAST), everyone, weeks, LAST.date())

    started = time.perf_counter()
    await build()
    seconds = time.perf_counter() - started
    tracemalloc.start()
    await build()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [f"a digest of {count:,}", f"{seconds:.2f} s", f"{peak / 2**20:.0f} MiB"]


async def measure_erasing(log: RedisDecisionLog, kept: Kept) -> list[tuple[str, str, str]]:
    """Return p50 and p99 of each way to erase. It comes last: what is erased is not there any more."""
    a_hundred = TIME_SPAN * min(1, A_HUNDRED / kept.count)
    first = LAST - TIME_SPAN

    async def nothing(_: int) -> None:
        await log.erase(EraseOld(TEAM_ID, BY_AGE, LAST, before=first))

    async def old(number: int) -> None:
        await log.erase(EraseOld(TEAM_ID, BY_AGE, LAST, before=first + (number + 1) * a_hundred))

    async def decision(number: int) -> None:
        record = kept.sample[-1 - number % len(kept.sample)]
        await log.erase(EraseDecision(TEAM_ID, "operator", LAST, record.id, said=words_of(record)))

    async def person(number: int) -> None:
        await log.erase(ErasePerson(TEAM_ID, "operator", LAST, PEOPLE[number]))

    steps = {
        f"one of {len(PEOPLE):,} people's words": person,
        "the words of one decision": decision,
        f"records older than (some {A_HUNDRED} each)": old,
        "records older than, when there are none": nothing,
    }
    return [(what, *p50_p99(await time_each_ms(step, ERASED))) for what, step in steps.items()]


async def memory_rows(redis: Redis, kept: Kept, before: int) -> list[tuple[str, str]]:
    """Return bytes a record, and where they are."""

    async def usage(key: str) -> int:
        return int(await redis.memory_usage(key, samples=0) or 0)

    after = int((await redis.info("memory"))["used_memory"])
    sizes = [await usage(keys.decision(TEAM_ID, record.id)) for record in kept.sample]
    json_bytes = mean(len(record.model_dump_json()) for record in kept.sample)
    by_time = await usage(keys.decisions_by_time(TEAM_ID)) / kept.count
    shelves = await redis.smembers(keys.decision_shelves(TEAM_ID))
    shelf_keys = [keys.decision_shelf(TEAM_ID, str(shelf)) for shelf in shelves]
    mark_keys = [keys.decision_marks(TEAM_ID, str(shelf)) for shelf in shelves]
    lists = sum([await usage(key) for key in shelf_keys]) / kept.count
    marks = sum([await usage(key) for key in mark_keys]) / kept.count
    return [
        ("all in Redis", f"{(after - before) / kept.count:,.0f}"),
        (f"the record, compressed ({json_bytes:,.0f} as JSON)", f"{mean(sizes):,.0f}"),
        ("its place in time", f"{by_time:,.0f}"),
        ("the lists that find it", f"{lists:,.0f}"),
        ("what similar questions find it by, if decided", f"{marks:,.0f}"),
    ]


async def unchanged(audience: Audience) -> Audience:
    """Return who may see it: nothing has turned private."""
    return audience


async def measure(clients: RedisClients, records: Iterator[DecisionRecord], count: int) -> None:
    """Print all tables."""
    redis = clients.quick
    before = int((await redis.info("memory"))["used_memory"])
    log = RedisDecisionLog(redis)
    kept = await fill(log, records, count)
    lookup = Lookup(log, unchanged)
    gc.collect()
    gc.freeze()
    rows = [(what, *await beside_raw(redis, step)) for what, step in readings(lookup, kept.sample).items()]
    channels = len(OPEN_CHANNELS) + len(CLOSED_CHANNELS)
    title = f"{count:,} decisions in {channels} channels, {kept.decided_and_open:,} decided and open to all"
    print_table(
        title, (f"{TIMES} of each", "p50", "p99", "its commands alone, p99", "its own work, p99"), rows
    )
    print_table("Digest", ("what", "time", "peak memory"), [await measure_digest(log, kept)])
    print_table("Bytes a decision", ("what", "bytes"), await memory_rows(redis, kept, before))
    title = f"Erasing from the log, {ERASED} of each"
    print_table(title, ("what", "p50", "p99"), await measure_erasing(log, kept))
    print(f"Kept in {kept.seconds:.0f} s, {1000 * kept.seconds / count:.2f} ms each")


async def main() -> None:
    """Fill a Redis of our own and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=RECORDS)
    count = parser.parse_args().records
    print(f"Machine: {describe_machine()}; decisions of {TIME_SPAN.days} days\n")
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        settings = Settings(data_dir=data_dir, redis_url=None, slack_bot_token=None, slack_app_token=None)
        with open_reference(settings, lambda _: None) as reference:
            given = await revisions(reference)
        server = await asyncio.to_thread(start_redis, data_dir)
        try:
            async with await open_redis(server.url) as clients:
                await measure(clients, decisions(count, given), count)
        finally:
            await asyncio.to_thread(server.close)


if __name__ == "__main__":
    asyncio.run(main())
