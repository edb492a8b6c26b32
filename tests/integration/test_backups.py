"""Backing up, restoring, and taking away, by the very commands that the pages show."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from pydantic import SecretStr

from bot.app import Stores, open_index, open_stores
from bot.conversation import Conversation, Place
from bot.exam import ExamResult
from bot.record import DecisionRecord
from bot.settings import Settings
from bot.stores import server

ROOT = Path(__file__).parents[2]
RUNBOOK, ADMIN = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("runbook.md", "admin.md"))
FORM_1 = ROOT / "tests" / "fixtures" / "form_1"
DECISIONS = tuple(
    DecisionRecord.model_validate_json((FORM_1 / f"decision-{name}.json").read_bytes())
    for name in ("accepted", "overridden", "saved")
)
EXAM = ExamResult.model_validate_json((FORM_1 / "exam.json").read_bytes())
# Both are of one conversation; here each is the first turn of its own.
CONVERSATIONS = tuple(
    Conversation.model_validate_json((FORM_1 / f"conversation-{name}.json").read_bytes()).model_copy(
        update={"place": Place(team_id="T0FORM1", channel_id="C0SUPPORT", thread=name), "revision": 1}
    )
    for name in ("decided", "waiting")
)


def _commands(heading: str, page: str = RUNBOOK) -> str:
    """Return what stands to be typed under a heading of a page."""
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", page, re.DOTALL | re.MULTILINE)
    assert section, f"there is no heading “{heading}”"
    blocks = re.findall(r"^```sh\n(.*?)^```", section[1], re.DOTALL | re.MULTILINE)
    assert blocks, f"nothing stands to be typed under “{heading}”"
    return "".join(blocks)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a directory that looks like the repository to whoever types the commands."""
    for name in ("bot", "knowledge", "deploy"):
        (tmp_path / name).symlink_to(ROOT / name)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("redis-server", "redis-cli"):
        (tools / name).symlink_to(server._find_server(tmp_path).with_name(name))
    return tmp_path


def _type(commands: str, place: Path, redis_url: str = "") -> str:
    """Run commands as they stand, and return what they printed."""
    environment = {
        "PATH": f"{place / 'tools'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(place),
        "DATA_DIR": "data",
        "REDIS_URL": redis_url,
    }
    run = subprocess.run(  # noqa: S603 - the runbook's own commands
        ["/bin/sh", "-eu", "-c", commands],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout + run.stderr


def _settings(place: Path, redis_url: str = "") -> Settings:
    return Settings(
        data_dir=place / "data",
        redis_url=SecretStr(redis_url) if redis_url else None,
        slack_bot_token=None,
        slack_app_token=None,
    )


async def _fill(settings: Settings) -> None:
    async with open_stores(settings) as stores:
        for record in DECISIONS:
            await stores.log.save(record)
        for conversation in CONVERSATIONS:
            await stores.conversations.save(conversation)
        await stores.exams.save(EXAM)
        await stores.first_contacts.mark_greeted("T0FORM1", "C0SUPPORT")
        for number in (1, 2):
            await stores.inbox.append(f'{{"n": {number}}}', order_key=f"T:C:{number}", once=f"once-{number}")
        # One is with a worker that the disaster takes along.
        assert len(await stores.inbox.take("lost", 1, 0)) == 1


async def _assert_all_is_there(settings: Settings) -> None:
    async with open_stores(settings) as stores:
        for record in DECISIONS:
            assert await stores.log.load("T0FORM1", record.id) == record
        for conversation in CONVERSATIONS:
            assert await stores.conversations.load(conversation.place) == conversation
        assert await stores.exams.load(EXAM.model, EXAM.prompt_version) == EXAM
        assert await stores.first_contacts.was_greeted("T0FORM1", "C0SUPPORT")
        assert await stores.inbox.backlog() == 2
        assert not await stores.inbox.append("{}", order_key="T:C:1", once="once-1")
        await _assert_they_expire(stores)


async def _assert_they_expire(stores: Stores) -> None:
    with redis.Redis.from_url(stores.redis_url, decode_responses=True) as client:
        conversations = list(client.scan_iter("*:conversation:*"))
        assert len(conversations) == len(CONVERSATIONS)
        assert all(client.ttl(key) > 0 for key in conversations)


def _replayed(place: Path, redis_url: str = "") -> dict[str, str]:
    """Return how each decision comes out again, by its id."""
    (asks,) = re.findall(r"^python -m bot decisions replay$", _commands("After a restore"), re.MULTILINE)
    rows = json.loads(_type(f"{asks} --json", place, redis_url))
    return {row["decision_id"]: row["outcome"] for row in rows}


def _add_document(place: Path, settings: Settings) -> None:
    document = place / "house-rules.md"
    document.write_text("# House rules\n\nEvery model has an owner.\n", encoding="utf-8")
    with open_index(settings, lambda _line: None) as index:
        index.add_document(document)
    document.unlink()


def _documents(settings: Settings) -> int:
    with open_index(settings, lambda _line: None) as index:
        return len(index.stats().documents)


async def test_redis_of_our_own_comes_back_from_a_back_up(place: Path) -> None:
    settings = _settings(place)
    await _fill(settings)
    _add_document(place, settings)
    derived = _replayed(place)
    _type(_commands("Back up the Redis of its own"), place)
    async with open_stores(settings) as stores:
        await stores.log.save(DECISIONS[0].model_copy(update={"id": "D-AFTERWARDS"}))
    shutil.rmtree(place / "data" / "redis")
    _type(_commands("Restore the Redis of its own"), place)
    await _assert_all_is_there(settings)
    async with open_stores(settings) as stores:
        assert await stores.log.load("T0FORM1", "D-AFTERWARDS") is None
    assert _documents(settings) == 1
    assert _replayed(place) == derived
    assert set(derived) == {record.id for record in DECISIONS}


class _Redis:
    """A redis-server for everybody: on a port, appending to files."""

    def __init__(self, directory: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        directory.mkdir(exist_ok=True)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = [str(server._find_server(directory)), "--bind", "127.0.0.1", "--port", str(self.port)]
        options = ["--dir", str(directory), "--appendonly", "yes", "--save", ""]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not answer"
            assert self.process.poll() is None, "redis-server ended"
            time.sleep(0.02)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@pytest.fixture
def start_redis() -> Iterator[Callable[[Path], _Redis]]:
    with ExitStack() as stack:

        def start(directory: Path) -> _Redis:
            started = _Redis(directory)
            stack.callback(started.kill)
            return started

        yield start


async def test_redis_of_a_team_comes_back_from_a_back_up(
    place: Path, start_redis: Callable[[Path], _Redis]
) -> None:
    first = start_redis(place / "redis-old")
    settings = _settings(place, first.url)
    await _fill(settings)
    _add_document(place, settings)
    derived = _replayed(place, first.url)
    _type(_commands("Back up a Redis at `REDIS_URL`"), place, first.url)
    first.kill()
    shutil.rmtree(place / "redis-old")
    shutil.rmtree(place / "data")
    _type(_commands("Restore a Redis at `REDIS_URL`"), place)
    second = start_redis(place / "redis-new")
    settings = _settings(place, second.url)
    await _assert_all_is_there(settings)
    assert _documents(settings) == 1
    assert _replayed(place, second.url) == derived
    assert set(derived) == {record.id for record in DECISIONS}
    # Of another version of the policy, once there is one; never different.
    assert set(derived.values()) <= {"same", "saved", "other_version"}


async def test_what_is_taken_away_is_gone_and_nothing_else_is(
    place: Path, start_redis: Callable[[Path], _Redis]
) -> None:
    shared = start_redis(place / "redis")
    await _fill(_settings(place, shared.url))
    with redis.Redis.from_url(shared.url, decode_responses=True) as client:
        client.set("of-somebody-else", "precious")
        assert len(client.keys()) > len(DECISIONS) + len(CONVERSATIONS)
        _type(_commands("Taking it away", ADMIN), place, shared.url)
        assert client.keys() == ["of-somebody-else"]


@pytest.mark.parametrize(
    ("backup", "directory", "complaint"),
    [
        ("nowhere.rdb", "new", "nowhere.rdb is not there, or empty"),
        ("broken.rdb", "new", "redis-server ended"),
        ("broken.rdb", "used", "used is not empty; move it away first"),
    ],
)
def test_what_cannot_be_restored_is_said_in_one_line_and_leaves_nothing(
    place: Path, backup: str, directory: str, complaint: str
) -> None:
    (place / "broken.rdb").write_text("this is no back-up", encoding="utf-8")
    (place / "used").mkdir()
    (place / "used" / "appendonly.aof").write_text("precious", encoding="utf-8")
    with pytest.raises(AssertionError) as caught:
        _type(f"sh deploy/restore-redis.sh {backup} {directory}", place)
    assert complaint in str(caught.value)
    assert [path.name for path in (place / "used").iterdir()] == ["appendonly.aof"]
    assert list((place / "new").glob("*")) == []
