"""What a client asked of the model, as tests and personas look at it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.fake_model.schemas import Schema, strictness_broken

_KNOWN_FIELDS = frozenset(
    {
        "frequency_penalty",
        "max_completion_tokens",
        "max_tokens",
        "messages",
        "metadata",
        "model",
        "n",
        "parallel_tool_calls",
        "presence_penalty",
        "reasoning_effort",
        "response_format",
        "seed",
        "service_tier",
        "stop",
        "store",
        "stream",
        "stream_options",
        "temperature",
        "tool_choice",
        "tools",
        "top_p",
        "user",
    }
)
_ROLES = frozenset({"assistant", "developer", "system", "tool", "user"})


class RequestInvalid(Exception):
    """A real server would refuse the request with status 400."""


@dataclass(frozen=True)
class Said:
    """One message of the prompt."""

    role: str
    text: str


@dataclass(frozen=True)
class ModelRequest:
    """One request; `raw` is its whole body, so that nothing that left the process stays unseen."""

    raw: str
    headers: Mapping[str, str]

    @cached_property
    def body(self) -> dict[str, Any]:
        loaded = json.loads(self.raw)
        assert isinstance(loaded, dict)
        return loaded

    @property
    def messages(self) -> tuple[Said, ...]:
        return tuple(Said(said["role"], _plain(said.get("content"))) for said in self.body["messages"])

    @property
    def text(self) -> str:
        """Return every message as plain text, one after another."""
        return "\n\n".join(said.text for said in self.messages)

    @property
    def last_said(self) -> str:
        """Return the last message that is not our own instruction."""
        return next((said.text for said in reversed(self.messages) if said.role == "user"), "")

    @property
    def schema(self) -> Schema | None:
        """Return the JSON schema that the answer is to follow, by whichever way it was given."""
        wanted = self.body.get("response_format") or {}
        if wanted.get("type") == "json_schema":
            schema: Schema = wanted["json_schema"]["schema"]
            return schema
        return self._tools[0]["parameters"] if self._tools else None

    @property
    def tool(self) -> str:
        """Return the name of the tool whose arguments are the answer, or "" when it is plain content."""
        is_content = (self.body.get("response_format") or {}).get("type") == "json_schema"
        return str(self._tools[0]["name"]) if self._tools and not is_content else ""

    @property
    def max_tokens(self) -> int | None:
        limit = self.body.get("max_completion_tokens") or self.body.get("max_tokens")
        return int(limit) if limit else None

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def streams_usage(self) -> bool:
        return bool((self.body.get("stream_options") or {}).get("include_usage"))

    @property
    def _tools(self) -> list[dict[str, Any]]:
        return [tool["function"] for tool in self.body.get("tools") or []]

    def check(self) -> None:
        """Raise RequestInvalid when a real server would refuse it."""
        try:
            body = json.loads(self.raw)
        except ValueError as error:
            raise RequestInvalid("the body is not JSON") from error
        _require(isinstance(body, dict), "the body is no object")
        unknown = sorted(set(body) - _KNOWN_FIELDS)
        _require(not unknown, f"unknown fields {unknown}")
        _require(isinstance(body.get("model"), str) and body["model"] != "", "model is missing")
        messages = body.get("messages")
        _require(isinstance(messages, list) and messages != [], "messages are missing")
        for said in messages:
            _require(isinstance(said, dict) and said.get("role") in _ROLES, f"no such role in {said!r}")
        _require(self.max_tokens is None or self.max_tokens > 0, "the limit of tokens is not positive")
        wanted = (body.get("response_format") or {}).get("json_schema") or {}
        broken = strictness_broken(wanted.get("schema") or {}) if wanted.get("strict") else ""
        _require(not broken, f"Invalid schema for response_format: {broken}")


def _plain(content: object) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content)
    return "" if content is None else str(content)


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence where it is used
    if not holds:
        raise RequestInvalid(otherwise)
