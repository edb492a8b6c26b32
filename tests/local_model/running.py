"""The small model as a process of its own, for as long as a `with` block takes."""

from __future__ import annotations

import http.client
import json
import select
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from tests.local_model.build import Say, ensure_built

_SERVE = Path(__file__).with_name("serve.py")
_LOADED_WITHIN_S = 60.0
_ENDS_WITHIN_S = 5.0


class ModelDidNotStart(Exception):
    """The server ended, or said nothing for a minute; the message holds its own last words."""


@dataclass(frozen=True)
class Call:
    """One answer of the model, with the tokens as it counted them."""

    tokens_in: int
    tokens_out: int
    text: str


class RunningModel:
    """`SmolLM2-135M-Instruct` behind an OpenAI-compatible server on this machine. Raises CannotBuild."""

    name = "smollm2"

    def __init__(self, say: Say) -> None:
        self._say = say
        self._port = 0

    def __enter__(self) -> Self:
        python = ensure_built(self._say)
        self._log = tempfile.TemporaryFile()
        self._transcript = tempfile.NamedTemporaryFile(suffix=".jsonl")
        self._process = subprocess.Popen(  # noqa: S603 - our own server
            [str(python), str(_SERVE), self._transcript.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        try:
            self._port = self._wait_for_port()
            self._say(f"{self.list_models()[0]} answers at {self.url}")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings with which the bot uses it: patient, and with budgets that no test reaches."""
        plenty = str(10**9)
        return {
            "LLM_MODEL": f"openai:{self.name}",
            "LLM_BASE_URL": self.url,
            "LLM_API_KEY": "local",
            "LLM_TIMEOUT_S": "120",
            "LLM_TURN_TIMEOUT_S": "240",
            "LLM_TOKENS_PER_PERSON_DAY": plenty,
            "LLM_TOKENS_PER_CHANNEL_DAY": plenty,
            "LLM_TOKENS_PER_WORKSPACE_DAY": plenty,
        }

    @property
    def calls(self) -> list[Call]:
        """Return every answer so far, in order; what was refused is none."""
        lines = Path(self._transcript.name).read_text(encoding="utf-8").splitlines()
        return [_call(answer) for line in lines if "choices" in (answer := json.loads(line))]

    def list_models(self) -> list[str]:
        """Ask the server what it serves; it answers as soon as it can."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_LOADED_WITHIN_S)
        try:
            connection.request("GET", "/v1/models")
            return [model["id"] for model in json.load(connection.getresponse())["data"]]
        finally:
            connection.close()

    def _wait_for_port(self) -> int:
        output = self._pipe(self._process.stdout)
        readable, _, _ = select.select([output], [], [], _LOADED_WITHIN_S)
        line = output.readline() if readable else b""
        if not line:
            self._log.seek(0)
            last_words = self._log.read()[-2_000:].decode(errors="replace")
            raise ModelDidNotStart(f"the small model did not start:\n{last_words}")
        return int(line)

    def _end(self) -> None:
        """Close its input, at which it ends by itself, and kill it if it does not."""
        self._pipe(self._process.stdin).close()
        try:
            self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._pipe(self._process.stdout).close()
        self._log.close()
        self._transcript.close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def _call(answer: dict[str, Any]) -> Call:
    message, usage = answer["choices"][0]["message"], answer["usage"]
    tools = message.get("tool_calls") or []
    text = tools[0]["function"]["arguments"] if tools else message.get("content") or ""
    return Call(usage["prompt_tokens"], usage["completion_tokens"], text)
