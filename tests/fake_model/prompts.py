"""Finds in a prompt what a persona needs to lie well: the ids of messages, and words that were really said.

Prompts are ours to change, so nothing here relies on one form: ids are whatever is called an id, and what was
said is what remains without markup.
"""

from __future__ import annotations

import json
import re

from tests.fake_model.requests import ModelRequest

_ID = re.compile(r"""\b(?:id|text|message)["']?\s*[=:#]\s*["']?([\w.-]*\d[\w.-]*)""", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_QUOTED_WORDS = 12
_FEWEST_WORDS = 3


def message_ids(request: ModelRequest) -> list[str]:
    """Return the ids of messages in the order of the prompt; ["1"] when nothing looks like one."""
    return _ID.findall(request.last_said) or ["1"]


def id_before(request: ModelRequest, text: str) -> str:
    """Return the id that stands nearest before a text; the last one when the text is not there."""
    prompt = request.last_said
    starts = [start for form in _forms(text) if (start := prompt.rfind(form)) >= 0]
    before = _ID.findall(prompt[: starts[0]]) if starts else []
    return (before or message_ids(request))[-1]


def holds(request: ModelRequest, text: str) -> bool:
    """Say whether the prompt has this text in it, as it is or as JSON."""
    return any(form in request.text for form in _forms(text))


def really_said(request: ModelRequest) -> str:
    """Return some words that stand in the prompt one after another, from its end."""
    lines = [" ".join(_MARKUP.sub("\n", line).split()) for line in request.last_said.splitlines()]
    spoken = [line for line in lines if len(line.split()) >= _FEWEST_WORDS]
    return " ".join(spoken[-1].split()[-_QUOTED_WORDS:]) if spoken else ""


def _forms(text: str) -> tuple[str, ...]:
    """Return a text as it may stand in a prompt: itself, and within JSON with or without escapes."""
    return text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]
