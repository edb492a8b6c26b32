"""Keeps one redis-server running for as long as anybody uses it, and stops it in order when nobody does.

A script that `bot.stores.server` starts; it uses the standard library only, so that it is small and quick.
How it knows: everyone who uses the server holds a shared lock on one file, and the operating system takes the
lock away from whoever dies, however suddenly. The keeper waits for an exclusive lock on that file. When it
gets it, nobody is left.

    the last user ends or is killed   the server writes everything and ends, then the keeper
    the server is killed or crashes   it is started again, and reads its append-only file
    the server ends by itself         so does the keeper: someone asked it to, or it cannot run
    the keeper is killed              the kernel ends the server in order (elsewhere than on Linux, the next
                                      user does); its users get StoreUnavailable until someone starts anew

Usage: keeper.py DIRECTORY COMMAND…
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

USERS_LOCK = "users.lock"
"""Shared by all who use the server; held alone by the keeper while it stops the server."""
KEEPER_LOCK = "keeper.lock"
"""Held while a keeper lives."""
SERVER_LOCK = "server.lock"
"""Held while a server lives: two of them on one directory would destroy its files."""
ALREADY_RUNNING = 75
"""Exit code when there is a server, or another keeper, in this directory."""
_PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>
_MAX_RESTARTS = 5
_RESTARTS_WITHIN_S = 60.0


def main(directory: Path, command: list[str]) -> int:
    """Look after one server until it is no longer used, and return an exit code."""
    ours, servers = (directory / KEEPER_LOCK).open("a"), (directory / SERVER_LOCK).open("a")
    try:
        for lock in (ours, servers):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return ALREADY_RUNNING
    if os.fork():
        # Whoever started us need not wait for us, and must not be asked to: they may end long before.
        os._exit(0)
    # Away from the terminal: after a Ctrl-C the bot still needs Redis to finish its work.
    os.setsid()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    Server(command, servers).keep_while_used(directory / USERS_LOCK)
    return 0


class Server:
    """One redis-server, started again when it is killed."""

    def __init__(self, command: list[str], lock: IO[str]) -> None:
        self._command = command
        self._lock = lock
        self._process: subprocess.Popen[bytes] | None = None
        self._is_unused = threading.Event()

    def keep_while_used(self, users_lock: Path) -> None:
        """Return when nobody uses it any more, or it does not want to run."""
        threading.Thread(target=self._stop_when_unused, args=[users_lock], daemon=True).start()
        starts: list[float] = []
        while len(starts) <= _MAX_RESTARTS:
            self._process = subprocess.Popen(  # noqa: S603 - the command comes from bot.stores.server
                self._command,
                # The lock on the directory lasts until the server is gone, even if we are gone before.
                pass_fds=[self._lock.fileno()],
                preexec_fn=_ends_with_its_parent(os.getpid()),  # noqa: PLW1509 - it only makes system calls
            )
            if self._is_unused.is_set():
                self._process.terminate()
            exit_code = self._process.wait()
            if exit_code >= 0 or self._is_unused.is_set():
                return
            now = time.monotonic()
            starts = [*(start for start in starts if now - start < _RESTARTS_WITHIN_S), now]

    def _stop_when_unused(self, users_lock: Path) -> None:
        with users_lock.open("a") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            self._is_unused.set()
            if self._process is not None:
                self._process.terminate()
            # Newcomers wait for this lock: none may look for a server that is about to end.
            threading.Event().wait()


def _ends_with_its_parent(parent: int) -> Callable[[], None] | None:
    """Return what makes a child end in order when its parent is killed; only Linux can."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_for_a_signal() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # killed before we could ask
            os._exit(1)

    return ask_for_a_signal


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
