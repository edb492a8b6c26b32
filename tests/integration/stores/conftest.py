"""Each store twice: in memory, and in a real Redis."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from bot.language_model import Ledger
from bot.ports import (
    Conversations,
    DecisionLog,
    DigestMarks,
    FirstContacts,
    Inbox,
    OutreachMarks,
    PostedReplies,
)
from bot.stores import server
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.ledger import RedisLedger
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.posted_replies import RedisPostedReplies
from tests.fakes.stores import (
    FakeConversations,
    FakeDecisionLog,
    FakeDigestMarks,
    FakeFirstContacts,
    FakeLedger,
    FakeOutreachMarks,
    FakePostedReplies,
)
from tests.integration.stores.inboxes import Tried, in_memory, on_redis

Where = Literal["memory", "redis"]


@pytest.fixture(params=["memory", "redis"])
def where(request: pytest.FixtureRequest) -> Where:
    kind: Where = request.param
    return kind


@pytest.fixture
def clients_if_needed(where: Where, request: pytest.FixtureRequest) -> RedisClients | None:
    return request.getfixturevalue("redis_clients") if where == "redis" else None


@pytest.fixture
def conversations(clients_if_needed: RedisClients | None) -> Conversations:
    return RedisConversations(clients_if_needed.quick) if clients_if_needed else FakeConversations()


@pytest.fixture
def decisions(clients_if_needed: RedisClients | None) -> DecisionLog:
    return RedisDecisionLog(clients_if_needed.quick) if clients_if_needed else FakeDecisionLog()


@pytest.fixture
def digest_marks(clients_if_needed: RedisClients | None) -> DigestMarks:
    return RedisDigestMarks(clients_if_needed.quick) if clients_if_needed else FakeDigestMarks()


@pytest.fixture
def outreach_marks(clients_if_needed: RedisClients | None) -> OutreachMarks:
    return RedisOutreachMarks(clients_if_needed.quick) if clients_if_needed else FakeOutreachMarks()


@pytest.fixture
def posted_replies(clients_if_needed: RedisClients | None) -> PostedReplies:
    return RedisPostedReplies(clients_if_needed.quick) if clients_if_needed else FakePostedReplies()


@pytest.fixture
def first_contacts(clients_if_needed: RedisClients | None) -> FirstContacts:
    return RedisFirstContacts(clients_if_needed.quick) if clients_if_needed else FakeFirstContacts()


@pytest.fixture
def ledger(clients_if_needed: RedisClients | None) -> Ledger:
    return RedisLedger(clients_if_needed.quick) if clients_if_needed else FakeLedger()


@dataclass
class BareRedis:
    """A redis-server without a keeper, to be mistreated."""

    process: subprocess.Popen[bytes]
    socket: Path

    def pause(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


@pytest.fixture
def start_bare_redis() -> Iterator[Callable[..., BareRedis]]:
    """Start a server with the given options, in a directory with a name short enough for a socket."""
    with ExitStack() as cleanup:

        def start(*options: str, at: Path | None = None) -> BareRedis:
            directory = Path(cleanup.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
            path = at or directory / "redis.sock"
            command = [str(server._find_server(directory)), "--port", "0", "--unixsocket", str(path)]
            process = subprocess.Popen(  # noqa: S603 - the server that we ship
                [*command, "--dir", str(directory), "--save", "", *options], stdout=subprocess.DEVNULL
            )
            cleanup.callback(process.wait)
            cleanup.callback(process.kill)
            while not _accepts(path):
                assert process.poll() is None
                time.sleep(0.01)
            return BareRedis(process, path)

        yield start


@pytest.fixture
def tried(clients_if_needed: RedisClients | None) -> Tried:
    return on_redis(clients_if_needed) if clients_if_needed else in_memory()


@pytest.fixture
def inbox(tried: Tried) -> Inbox:
    return tried.inbox
