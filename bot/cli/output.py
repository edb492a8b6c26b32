"""What the commands print: results on stdout, everything else on stderr."""

from __future__ import annotations

import sys

PROGRAM = "python -m bot"


def show(text: str) -> None:
    """Print a result."""
    print(text)


def say(line: str) -> None:
    """Print progress or a failure, out of the way of results."""
    print(line, file=sys.stderr, flush=True)
