"""What the benchmarks share: percentiles, tables, and the machine's name."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile; the only value for a single one."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that can be pasted into the README."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)
    print()


def describe_machine() -> str:
    """Return processor, cores, memory and Python in one line."""
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {gib:.0f} GiB, Python {platform.python_version()}"


async def time_each_ms(action: Callable[[int], Awaitable[object]], count: int) -> list[float]:
    """Return how long each of `count` calls took, in milliseconds."""
    taken = []
    for number in range(count):
        started = time.perf_counter()
        await action(number)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def p50_p99(taken_ms: Sequence[float]) -> tuple[str, str]:
    """Return both percentiles as they stand in a table."""
    return f"{percentile(taken_ms, 50):.2f} ms", f"{percentile(taken_ms, 99):.2f} ms"
