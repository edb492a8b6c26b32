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


def without_words(message: Message, message_id: str, quotes: Collection[str]) -> Message:
    """Return one of our messages without these quotes, and without the answer that the message gave."""
    shown = [escape.line(shorten(quote, QUOTE_CHARS)) for quote in quotes if quote.strip()]
    # Long ones first: one may be part of another.
    shown.sort(key=len, reverse=True)
    blocks = [_block(block.to_dict(), message_id, shown) for block in message.blocks]
    is_answered = any(_answered_by(block.to_dict(), message_id) for block in message.blocks)
    text = words.ANSWER_DELETED if is_answered else _text(_whole_lines(message.text), shown)
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


def _whole_lines(text: str) -> str:
    """Return a fallback text without its last line if that was cut: half a quote would not be found."""
    return text[: text.rfind("\n")] if text.endswith(SHORTENED) and "\n" in text else text


def _text(text: str, quotes: Collection[str]) -> str:
    for quote in quotes:
        for opening, closing in (("“", "”"), ('"', '"')):
            text = text.replace(f"{opening}{quote}{closing}", words.WORDS_DELETED)
    return text
