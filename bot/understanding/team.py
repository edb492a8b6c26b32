"""People who are counted: "three machine learning specialists" are a team of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

_SEVERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|[1-9]\d)"
_PEOPLE = re.compile(
    rf"\b{_SEVERAL}(?: (?:other|more|full[ -]time|senior|junior|good))* (?:ml|machine[ -]learning) "
    r"(?:engineers?|engs?|scientists?|specialists?|people|researchers?|folks|experts|devs?)\b"
)
_NOT_NOW = re.compile(
    r"\b(?:were|was|had|used to|left|gone|remains?|would|could|might|hir(?:e|ing)|approved|next|plan\w*|"
    r"part[ -]time|shared|if|not|no|but|consult\w*|agency|head ?office|a week|elsewhere)\b"
)
"""Beside them, in their sentence: they are not there, or not for this."""


def find_team(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield that there is a team where several such people are named to who asked for it."""
    if "team_ml" not in asked:
        return
    for people in _PEOPLE.finditer(message.plain):
        sentence = message.sentence_at(people.start())
        is_open = _NOT_NOW.search(message.plain, sentence.start, sentence.end)
        if not is_open and not is_denied_before(message, people.start()):
            yield Found("team_ml", "strong", *people.span())
            return
