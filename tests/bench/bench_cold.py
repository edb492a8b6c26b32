"""How long a command takes from a cold start, and its peak memory, as a person at a terminal meets it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from tests.bench.measuring import percentile, print_table

RUNS = 5
COMMANDS = {
    "ask, with words": ("ask", "should we fine-tune? our bot makes up refund rules", "--json"),
    "ask, a term": ("ask", "what is RAG?", "--json"),
    "decisions": ("decisions", "--json"),
}


def run_once(arguments: tuple[str, ...], data_dir: str) -> tuple[float, float]:
    """Return seconds and peak memory in MiB of one run. Raises CalledProcessError."""
    environment = {**os.environ, "DATA_DIR": data_dir}
    command = [sys.executable, "-m", "bot", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return taken, used.ru_maxrss / 1024


def main() -> None:
    """Print one row a command; the first run of all also builds the index and is left out."""
    rows = []
    with tempfile.TemporaryDirectory() as data_dir:
        run_once(COMMANDS["ask, a term"], data_dir)
        for name, arguments in COMMANDS.items():
            runs = [run_once(arguments, data_dir) for _ in range(RUNS)]
            seconds = percentile([taken for taken, _ in runs], 50)
            rows.append((name, f"{seconds:.2f} s", f"{max(peak for _, peak in runs):.0f} MiB"))
    print_table(f"Cold start (median of {RUNS})", ("command", "time", "peak memory"), rows)


if __name__ == "__main__":
    main()
