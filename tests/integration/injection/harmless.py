"""What may stand in a payload to Slack: nothing from outside that pings, links, formats or poses as ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

SHOWN_BY = ("chat.postMessage", "chat.postEphemeral", "chat.update", "response_url", "views.open")
MARKS = "✓✔✅☑✎✕↪"
_TOKEN = re.compile(r"<([^<>]*)>")
_DATE = re.compile(r"!date\^\d+\^\{date_(long|short_pretty)\}\|[^<>|]*")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")
_TURNS_ROUND = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MARKDOWN_LINK = re.compile(r"\]\(")


def shown(calls: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the calls by which somebody is shown something."""
    return [(method, arguments) for method, arguments in calls if method in SHOWN_BY]


def texts(part: Any, *, is_markup: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield every text of a payload, and whether Slack reads it as markup."""
    if isinstance(part, str) and part[:1] in ("[", "{"):
        part = json.loads(part)
    if isinstance(part, list):
        for one in part:
            yield from texts(one, is_markup=is_markup)
        return
    if not isinstance(part, dict):
        return
    here = part.get("text")
    if isinstance(here, str):
        yield here, part.get("type", "mrkdwn") != "plain_text"
    for name, value in part.items():
        if isinstance(value, dict | list) or name in ("blocks", "view"):
            yield from texts(value)


def assert_harmless(
    calls: list[tuple[str, dict[str, Any]]], *, links_to: str, people: frozenset[str] = frozenset()
) -> None:
    """Fail for what no payload may hold; only `people` may be named, and only `links_to` linked."""
    for method, arguments in shown(calls):
        if method.startswith("chat."):
            assert arguments.get("parse") == "none", method
            assert str(arguments.get("link_names")).lower() in ("0", "false"), method
        assert '"url"' not in json.dumps(arguments), "no button of ours leads anywhere"
        for text, is_markup in texts(arguments):
            _assert_text_harmless(text, is_markup=is_markup, links_to=links_to, people=people)


def _assert_text_harmless(text: str, *, is_markup: bool, links_to: str, people: frozenset[str]) -> None:
    assert not _TURNS_ROUND.search(text), text
    assert not _CONTROL.search(text), text
    if not is_markup:
        # Nothing but text for Slack; a line of its own would still pose as ours.
        assert "\n" not in text, text
        return
    for token in _TOKEN.findall(text):
        is_date = _DATE.fullmatch(token) is not None
        is_link = token.startswith(links_to) and "|" in token
        is_person = token.startswith("@") and token[1:] in people
        assert is_date or is_link or is_person, f"{token!r} stands in {text!r}"
    assert "<" not in _TOKEN.sub("", text), text
    assert ">" not in _TOKEN.sub("", text), text
    assert not _EMOJI.search(_TOKEN.sub("", text)), text
    for line in text.splitlines():
        assert not re.search(rf"[{MARKS}]", line[1:]), f"a mark inside {line!r}"
    assert not re.search(r"(?<![\w\u2060])[@#](?=\w)", _TOKEN.sub("", text)), text


def assert_no_markdown_links(calls: list[tuple[str, dict[str, Any]]]) -> None:
    """Fail for a block of markdown whose link hides where it leads; other texts know no such links."""
    for _, arguments in shown(calls):
        blocks = arguments.get("blocks") or []
        for block in json.loads(blocks) if isinstance(blocks, str) else blocks:
            if block["type"] == "markdown":
                assert not _MARKDOWN_LINK.search(block["text"]), block
