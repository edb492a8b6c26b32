"""What the commands print: results on stdout, everything else on stderr."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROGRAM = "python -m bot"


def show(text: str) -> None:
    """Print a result."""
    print(text)


def say(line: str) -> None:
    """Print progress or a failure, out of the way of results."""
    print(line, file=sys.stderr, flush=True)


def open_what_is_closed() -> None:
    """Give a process that was started with closed outputs some that lead nowhere; a service has no others."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as we do
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as above
        say(f"{PROGRAM}: standard output is closed, so no results are shown")


def discard_results() -> None:
    """Have what is still to be written to stdout go nowhere: nobody reads it, or there is no room for it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
