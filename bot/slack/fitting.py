"""Everything that must fit Slack's limits: split where it can be, shortened at a word where it must be."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import Block

SECTION_CHARS = 3_000
BUTTON_CHARS = 75
ACTIONS_ELEMENTS = 25
CHECKBOX_OPTIONS = 10
MESSAGE_BLOCKS = 49
"""Slack takes 50; one is left for the line that says what people decided."""
MESSAGE_CHARS = 11_500
"""Of JSON. People measured a refusal at about 13,200 for a whole message, with what people decided."""
VIEW_BLOCKS = 100
VIEW_CHARS = 60_000
"""Of JSON; Slack refuses 250 kB, and a character may have four bytes."""
FALLBACK_CHARS = 3_000
MOST_MESSAGES = 3
"""A private answer has five uses of its address; nobody reads more than this either."""

SHORTENED = "… (shortened)"
_ENTITY_CHARS = len("&amp;")


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut at a word, saying that it was cut when there is room to."""
    if len(text) <= limit:
        return text
    mark = SHORTENED if limit > 3 * len(SHORTENED) else "…"
    cut, _ = _cut(text, limit - len(mark) - 1)
    return f"{cut.rstrip()} {mark}" if mark == SHORTENED else f"{cut.rstrip()}{mark}"


def split(text: str, limit: int) -> list[str]:
    """Return the text in pieces of at most `limit` characters, cut between lines or words; none is empty."""
    pieces = []
    while len(text) > limit:
        piece, text = _cut(text, limit)
        if piece.strip():
            pieces.append(piece)
    return [*pieces, text] if text.strip() else pieces


def _cut(text: str, limit: int) -> tuple[str, str]:
    for space in ("\n", " "):
        at = text.rfind(space, limit // 2, limit + 1)
        if at > 0:
            return text[:at], text[at + 1 :]
    at = limit
    # Never inside "&amp;": half of it would be shown as it stands.
    start = text.rfind("&", max(0, limit - _ENTITY_CHARS + 1), limit)
    if start > 0 and ";" not in text[start:limit]:
        at = start
    return text[:at], text[at:]


def pack(
    blocks: Sequence[Block], last: Sequence[Block], overflow: Block, room: int = MOST_MESSAGES
) -> list[list[Block]]:
    """Return the blocks as messages within the limits; `last` always ends the last one, whatever is cut.

    When `room` messages do not hold everything, `overflow` stands where the rest is missing.
    """
    reserved_blocks, reserved_chars = len(last) + 1, _chars([*last, overflow])
    messages: list[list[Block]] = [[]]
    for block in blocks:
        message = messages[-1]
        is_full = (
            len(message) + 1 + reserved_blocks > MESSAGE_BLOCKS
            or _chars([*message, block]) + reserved_chars > MESSAGE_CHARS
        )
        if is_full and len(messages) == room:
            return [*messages[:-1], [*message, overflow, *last]]
        if is_full and message:
            messages.append([block])
        else:
            message.append(block)
    return [*messages[:-1], [*messages[-1], *last]]


def fit_view(blocks: Sequence[Block], overflow: Sequence[Block]) -> list[Block]:
    """Return as many blocks as a view has room for, with `overflow` behind them when some are missing."""
    if len(blocks) <= VIEW_BLOCKS and _chars(blocks) <= VIEW_CHARS:
        return list(blocks)
    room = VIEW_CHARS - _chars(overflow)
    fitting: list[Block] = []
    for block in blocks[: VIEW_BLOCKS - len(overflow)]:
        room -= _chars([block])
        if room < 0:
            break
        fitting.append(block)
    return [*fitting, *overflow]


def _chars(blocks: Sequence[Block]) -> int:
    return sum(len(json.dumps(block.to_dict(), ensure_ascii=False)) + 2 for block in blocks)
