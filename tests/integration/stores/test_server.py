"""The server of our own: started once, joined by many, gone when nobody uses it, and nothing lost."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock
import psutil  # type: ignore[import-untyped]  # its types are a package that we do not need elsewhere
import pytest
import redis

from bot.errors import StoreUnavailable
from bot.stores import server
from bot.stores.keeper import KEEPER_LOCK, SERVER_LOCK
from bot.stores.server import RunningRedis, start_redis

ROOT = Path(server.__file__).parents[2]
USER_OF_THE_SERVER = """
import sys
from pathlib import Path
from bot.stores.server import start_redis
with start_redis(Path(sys.argv[1])) as running:
    print(running.socket, flush=True)
    sys.stdin.read()
"""


@dataclass
class User:
    """Another process that uses the server until it is told to end or killed."""

    process: subprocess.Popen[str]

    @property
    def socket(self) -> Path:
        assert self.process.stdout is not None
        return Path(self.process.stdout.readline().strip())

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(30) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def start_user(tmp_path: Path) -> Iterator[Callable[..., User]]:
    users: list[User] = []

    def start(**changes: str | None) -> User:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for name, value in changes.items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", USER_OF_THE_SERVER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        users.append(User(process))
        return users[-1]

    yield start
    for user in users:
        user.kill()
        for stream in (user.process.stdin, user.process.stdout):
            assert stream is not None
            stream.close()


@contextlib.contextmanager
def client_of(socket: Path) -> Iterator[redis.Redis]:
    with redis.Redis(unix_socket_path=str(socket), decode_responses=True) as client:
        yield client


def server_of(socket: Path) -> psutil.Process:
    with client_of(socket) as client:
        return psutil.Process(client.info("server")["process_id"])


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline, f"not within 30 s: {what}"
        time.sleep(0.01)


def test_processes_that_start_at_the_same_time_end_up_on_one_server(start_user: Callable[..., User]) -> None:
    users = [start_user() for _ in range(4)]

    assert len({server_of(user.socket).pid for user in users}) == 1


def test_the_server_outlives_its_starter_while_someone_else_uses_it(start_user: Callable[..., User]) -> None:
    starter = start_user()
    running = server_of(starter.socket)
    joined = start_user()
    socket = joined.socket

    starter.kill()

    with client_of(socket) as client:
        assert client.ping()
    assert server_of(socket).pid == running.pid
    joined.end()
    assert not running.is_running()


def test_killing_its_only_user_leaves_no_server_behind(start_user: Callable[..., User]) -> None:
    user = start_user()
    running = server_of(user.socket)
    keeper = running.parent()
    assert keeper is not None

    user.kill()

    wait_until(lambda: not running.is_running(), "the server ends")
    wait_until(lambda: not keeper.is_running(), "the keeper ends")


def test_closing_as_the_last_waits_until_the_server_has_ended(tmp_path: Path) -> None:
    first, second = start_redis(tmp_path), start_redis(tmp_path)
    running = server_of(first.socket)

    first.close()
    assert running.is_running()
    second.close()
    second.close()

    assert not running.is_running()
    assert not second.socket.exists()


def test_a_data_directory_that_was_removed_meanwhile_does_not_keep_the_server(tmp_path: Path) -> None:
    running = start_redis(tmp_path)
    left = server_of(running.socket)
    shutil.rmtree(tmp_path)

    running.close()

    wait_until(lambda: not left.is_running(), "the server ends")
    assert not tmp_path.exists()


def test_closing_does_not_wait_for_someone_who_is_starting_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start_redis(tmp_path)
    left = server_of(running.socket)
    monkeypatch.setattr(server, "_READY_WITHIN_S", 0.1)
    with filelock.FileLock(running.directory / "start.lock"):
        running.close()

    wait_until(lambda: not left.is_running(), "the server ends")
    assert not left.is_running()


def test_what_was_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    with start_redis(tmp_path) as first, client_of(first.socket) as client:
        client.set("kept", "yes")

    with start_redis(tmp_path) as second, client_of(second.socket) as client:
        assert client.get("kept") == "yes"


def is_written(client: redis.Redis) -> bool:
    told = client.info("persistence")
    return (told["aof_pending_bio_fsync"], told["aof_buffer_length"]) == (0, 0)


def test_a_killed_server_is_started_again_with_what_it_had(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running:
        with client_of(running.socket) as client:
            for number in range(300):
                client.xadd("stream", {"number": number})
            # While the disk is busy, Redis answers before it writes.
            wait_until(lambda: is_written(client), "all is in the file")
        killed = server_of(running.socket)

        killed.kill()

        wait_until(lambda: not killed.is_running(), "the server is dead")
        wait_until(lambda: server._answers(running.socket), "the server is back")
        with client_of(running.socket) as client:
            assert client.xlen("stream") == 300


def test_after_the_keeper_was_killed_the_server_ends_and_the_next_start_works(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running:
        with client_of(running.socket) as client:
            client.set("kept", "yes")
        left = server_of(running.socket)
        keeper = left.parent()
        assert keeper is not None

        keeper.kill()
        wait_until(lambda: not server._is_held(running.directory / KEEPER_LOCK), "the keeper is dead")

        with start_redis(tmp_path) as again, client_of(again.socket) as client:
            wait_until(lambda: not left.is_running(), "the server without a keeper ends")
            assert client.get("kept") == "yes"


def test_a_server_that_was_asked_to_end_is_not_started_again(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running:
        ended = server_of(running.socket)

        ended.send_signal(signal.SIGTERM)

        wait_until(lambda: not server._is_held(running.directory / SERVER_LOCK), "the keeper ends too")
        assert not server._answers(running.socket)


def test_neither_an_overlong_tmpdir_nor_a_missing_home_matters(
    start_user: Callable[..., User], tmp_path: Path
) -> None:
    overlong = tmp_path / ("x" * 120)
    overlong.mkdir()
    odd, ordinary = start_user(TMPDIR=str(overlong), HOME=None), start_user()

    assert server_of(odd.socket).pid == server_of(ordinary.socket).pid


def test_a_data_directory_may_have_any_name(tmp_path: Path) -> None:
    with start_redis(tmp_path / "a 'b' \"c\" Größe $HOME" / ("long " * 40)) as running:
        assert server_of(running.socket).is_running()


def test_two_data_directories_have_two_servers(tmp_path: Path) -> None:
    with start_redis(tmp_path / "a") as one, start_redis(tmp_path / "b") as other:
        assert server_of(one.socket).pid != server_of(other.socket).pid


def test_only_our_user_reaches_the_server_and_only_over_its_socket(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running:
        with client_of(running.socket) as client:
            settings = client.config_get("*")

        assert settings["port"] == "0"
        assert settings["appendonly"] == "yes"
        assert settings["appendfsync"] == "everysec"
        assert settings["maxmemory-policy"] == "noeviction"
        assert stat.S_IMODE(running.socket.parent.stat().st_mode) == 0o700


def test_a_file_cut_off_by_a_power_cut_is_read_up_to_there(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running, client_of(running.socket) as client:
        client.set("kept", "yes")
    with (running.directory / "appendonly.aof").open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nkep")

    with start_redis(tmp_path) as running, client_of(running.socket) as client:
        assert client.get("kept") == "yes"


def test_a_damaged_file_is_reported_in_one_line(tmp_path: Path) -> None:
    with start_redis(tmp_path) as running, client_of(running.socket) as client:
        client.set("kept", "yes")
    file = running.directory / "appendonly.aof"
    file.write_bytes(b"nonsense\r\n" + file.read_bytes())

    line = refusal(tmp_path)

    assert "Bad file format reading the append only file" in line
    assert str(running.directory) in line
    assert not server._is_held(running.directory / SERVER_LOCK)


def test_a_data_directory_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "Not a directory" in refusal(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_data_directory_is_reported_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    assert "Permission denied" in refusal(tmp_path)


def test_a_data_directory_that_another_server_holds_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_READY_WITHIN_S", 0.3)
    (tmp_path / "redis").mkdir()
    with (tmp_path / "redis" / SERVER_LOCK).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        assert "another redis-server" in refusal(tmp_path)


def test_without_any_redis_server_we_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_servers", lambda: iter(()))

    assert "no redis-server is on the PATH" in refusal(tmp_path)


def test_a_server_on_the_path_that_is_too_old_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path / "bin", "Redis server v=5.0.7 sha=0", monkeypatch)

    with start_redis(tmp_path) as running:
        assert server_of(running.socket).is_running()


def test_files_of_a_newer_redis_are_not_taken_for_an_empty_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path / "bin", "Redis server v=6.2.99 sha=0", monkeypatch)
    (tmp_path / "redis" / "appendonlydir").mkdir(parents=True)

    assert "7.0 or newer is needed for the files" in refusal(tmp_path)


def test_a_socket_directory_that_others_can_open_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_SOCKETS", tmp_path)
    planted = tmp_path / f"finetune-advisor-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)

    assert str(planted) in refusal(tmp_path)


def test_the_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_MAX_LOG_BYTES", 1)
    for _ in range(2):
        running: RunningRedis = start_redis(tmp_path)
        running.close()

    assert (running.directory / "redis.log").read_text().count("Server initialized") == 1


def put_on_path(directory: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    directory.mkdir()
    program = directory / "redis-server"
    program.write_text(f"#!/bin/sh\necho '{version}'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{directory}:{os.environ['PATH']}")


def refusal(data_dir: Path) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        start_redis(data_dir)
    line = str(caught.value)
    assert "REDIS_URL" in line
    assert "\n" not in line
    return line
