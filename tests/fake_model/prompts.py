"""Finds in a prompt what a persona needs to lie well: the ids of messages, and words that were really said.

Prompts are ours to change, so little is relied on: messages are JSON objects with an id and a text, or lines
in which something is called an id; what was said is what remains without markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.fake_model.requests import ModelRequest

_ID = re.compile(r"""\bid["']?\s*[=:]\s*["']?([\w.-]+)""", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_QUOTED_WORDS = 12
_FEWEST_WORDS = 3
_NO_ID = "1"


def last_id(request: ModelRequest) -> str:
    """Return the id of the last message."""
    return next((id_ for id_, _ in reversed(_messages(request)) if id_), _NO_ID)


def id_of(request: ModelRequest, text: str) -> str:
    """Return the id of the last message with this text in it; "" when there is none."""
    return next((id_ or _NO_ID for id_, said in reversed(_messages(request)) if text in said), "")


def really_said(request: ModelRequest) -> str:
    """Return some words that stand in the last message one after another, from its end."""
    lines = [line for _, text in _messages(request) for line in text.splitlines()]
    spoken = [line.split() for line in lines if len(line.split()) >= _FEWEST_WORDS]
    return " ".join(spoken[-1][-_QUOTED_WORDS:]) if spoken else ""


def _messages(request: ModelRequest) -> list[tuple[str, str]]:
    """Return every message in the prompt as its id, if it has one, and its text."""
    found: list[tuple[str, str]] = []
    for line in request.last_said.splitlines():
        try:
            found += _in_json(json.loads(line))
        except ValueError:
            id_ = _ID.search(line)
            found.append((id_[1] if id_ else "", " ".join(_MARKUP.sub(" ", line).split())))
    return found


def _in_json(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and "id" in value and isinstance(value.get("text"), str):
        yield str(value["id"]), value["text"]
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _in_json(part)
