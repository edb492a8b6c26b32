from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.unit.deploy.reading import ROOT, health_check, image_environment, instructions

OF_PYTHON = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def test_every_variable_of_the_image_is_a_setting() -> None:
    assert {name.lower() for name in image_environment().keys() - OF_PYTHON} <= Settings.model_fields.keys()


def test_it_installs_the_lock_file_and_nothing_else() -> None:
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert len(installs) == 1
    assert installs[0].endswith("--require-hashes -r requirements.lock")


def test_it_runs_as_nobody_who_owns_the_code() -> None:
    steps = instructions()
    assert [rest for name, rest in steps if name == "USER"] == ["10001:10001"]
    user = steps.index(("USER", "10001:10001"))
    assert all(name != "USER" and "--chown" not in rest for name, rest in steps[:user])


def test_what_is_copied_is_there_and_let_through_to_the_builder() -> None:
    let_through = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        rest.split()[0] for name, rest in instructions() if name == "COPY" and not rest.startswith("--from=")
    }
    assert copied == let_through
    assert all((ROOT / name).exists() for name in copied)


class Probed(http.server.BaseHTTPRequestHandler):
    """Answers as the bot's own server does, with the status that the test chose."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/ready" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def probed() -> Iterator[tuple[type[Probed], int]]:
    handler = type("Answering", (Probed,), {})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield handler, server.server_port
        server.shutdown()
        serving.join()


def _asked(port: int) -> int:
    program, *arguments = health_check()
    assert program == "python"
    return subprocess.run(  # noqa: S603 - the image's own command
        [sys.executable, *arguments],
        env={"METRICS_PORT": str(port)},
        cwd=Path("/"),
        capture_output=True,
        check=False,
    ).returncode


def test_its_health_check_says_whether_it_is_ready(probed: tuple[type[Probed], int]) -> None:
    handler, port = probed
    assert _asked(port) == 0
    handler.status = 503
    assert _asked(port) != 0
    assert _asked(1) != 0
