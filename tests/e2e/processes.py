"""The bot and its Redis as processes of their own, to be stopped, killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import redis
import yaml

from bot.stores import server
from tests.fake_slack.server import FakeSlack

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "serve")
SERVES = '"event": "serving"'
READY_WITHIN_S = 60.0
ENDS_WITHIN_S = 20.0


@dataclass
class RedisProcess:
    """A redis-server that appends to a file, on a socket in a directory with a short name."""

    directory: Path
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.directory / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    async def start(self) -> None:
        command = [str(server._find_server(self.directory)), "--port", "0"]
        options = ["--unixsocket", str(self.socket), "--dir", str(self.directory), "--appendonly", "yes"]
        options += self.options
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)  # noqa: S603, ASYNC220 - our own server; starting it does not block
        await _until(self._answers, READY_WITHIN_S)

    def pause(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "redis-server ended"
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@dataclass
class BotProcess:
    """`python -m bot serve` against a fake Slack."""

    slack: FakeSlack
    redis_url: str
    data_dir: Path
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    """Of `serve`."""
    command: tuple[str, ...] = COMMAND
    process: subprocess.Popen[bytes] | None = None

    async def start(self, *, wait: bool = True) -> None:
        """Start it and, with `wait`, wait for its socket to Slack."""
        sockets = self.slack.sockets.connections
        marks = self.said().count(SERVES) if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own bot; starting it does not block
                (*self.command, *self.arguments),
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if wait:
            await _until(
                lambda: (
                    (
                        self.slack.sockets.connections > sockets
                        if not self.arguments
                        else self.said().count(SERVES) > marks
                    )
                    or self._ended()
                ),
                READY_WITHIN_S,
            )
            assert not self._ended(), self.said()

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        assert self.process is not None
        self.process.terminate()
        return await self.wait()

    def end(self) -> None:
        """Kill it if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    async def wait(self) -> int:
        """Wait for it to end, and return its exit code."""
        process = self.process
        assert process is not None
        await _until(lambda: process.poll() is not None, ENDS_WITHIN_S)
        return process.wait()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "REDIS_URL": self.redis_url,
            "DATA_DIR": str(self.data_dir),
            **self.environment,
        }


def app_scopes() -> frozenset[str]:
    """Return the scopes that the real manifest asks for."""
    manifest = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


async def _until(holds: object, within_s: float) -> None:
    assert callable(holds)
    end = asyncio.get_running_loop().time() + within_s
    while not holds():
        assert asyncio.get_running_loop().time() < end, f"it did not happen within {within_s} s"
        await asyncio.sleep(0.02)
