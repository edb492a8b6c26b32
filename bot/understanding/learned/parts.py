"""The parts of a message that the learned models read one by one."""

from __future__ import annotations

import re

from bot.understanding.message import Message, Part

_WORD = re.compile(r"\w")


def everything(message: Message) -> Part:
    """Return all of a message as one part."""
    return Part(0, len(message.plain))


def clauses_of(message: Message) -> list[Part]:
    """Return the segments that hold a word; the message as a whole when none does."""
    told = [part for part in message.segments if _WORD.search(message.plain, part.start, part.end)]
    return told or [Part(0, len(message.plain))]
