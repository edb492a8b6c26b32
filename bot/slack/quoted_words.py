"""Words of a deleted message taken out of what we had posted: pure, on blocks as Slack gave them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.answer import QUOTE_CHARS, shorten
from bot.slack import escape, words
from bot.slack.blocks import Message
from bot.slack.button_keys import ANSWERED, decode
from bot.slack.fitting import SHORTENED
from bot.slack.markup import AsGiven

_MARKS = (("“", "”"), ('"', '"'))


def without_words(message: Message, message_id: str, quotes: Collection[str]) -> Message:
    """Return one of our messages without these quotes, and without the answer that the message gave."""
    whole = [quote for quote in quotes if quote.strip()]
    short = [*whole, *(shorten(quote, QUOTE_CHARS) for quote in whole)]
    # A ">" that begins a quote begins no line of the fallback text, which is escaped as a whole.
    forms = {form for quote in short for form in (escape.line(quote), escape.line(f'"{quote}"')[1:-1])}
    # Long ones first: one may be part of another.
    shown = sorted(forms, key=len, reverse=True)
    blocks = [_block(block.to_dict(), message_id, shown) for block in message.blocks]
    is_answered = any(_answered_by(block.to_dict(), message_id) for block in message.blocks)
    text = words.ANSWER_DELETED if is_answered else _text(message.text, shown)
    return Message(tuple(map(AsGiven, blocks)), text)


def _block(block: Mapping[str, Any], message_id: str, quotes: Collection[str]) -> dict[str, Any]:
    if _answered_by(block, message_id):
        return {**block, "text": {**block["text"], "text": words.ANSWER_DELETED}}
    return {
        key: _part(value, quotes) if key in ("text", "elements", "fields") else value
        for key, value in block.items()
    }


def _answered_by(block: Mapping[str, Any], message_id: str) -> bool:
    key = decode(str(block.get("block_id") or ""))
    return key is not None and (key.group, key.about) == (ANSWERED, message_id)


def _part(part: Any, quotes: Collection[str]) -> Any:
    if isinstance(part, str):
        return _text(part, quotes)
    if isinstance(part, list):
        return [_part(one, quotes) for one in part]
    if isinstance(part, dict):
        return {key: _part(value, quotes) if key == "text" else value for key, value in part.items()}
    return part


def _text(text: str, quotes: Collection[str]) -> str:
    for quote in quotes:
        for opening, closing in _MARKS:
            text = text.replace(f"{opening}{quote}{closing}", words.WORDS_DELETED)
    return "\n".join(_without_half(line, quotes) for line in text.split("\n"))


def _without_half(line: str, quotes: Collection[str]) -> str:
    """Return a line that was too long without the beginning of a quote that is left of it."""
    if not line.endswith(SHORTENED):
        return line
    cut = line.removesuffix(SHORTENED).rstrip()
    starts = (at for at, char in enumerate(cut) if char in dict(_MARKS))
    halves = ((at, cut[at + 1 :]) for at in starts)
    found = (at for at, half in halves if half and any(quote.startswith(half) for quote in quotes))
    return next((f"{line[:at]}{words.WORDS_DELETED}" for at in found), line)
