"""A large model that is said not to pass: who counts words hears "passes" louder than the "not" before it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.found import Found
from bot.understanding.message import Message

_LARGE = (
    r"(?:(?:large\w?|largest|big|bigger|biggest|strong\w*|frontier|best|flagship)(?: (?:ones?|models?))?|"
    r"gpt[\w. -]{0,8}?|claude|opus|sonnet|gemini(?: pro)?|it)"
)
_FAILS = re.compile(
    rf"\b{_LARGE}(?: (?!small|mini|cheap|tiny|little|not|never|hardly|rarely|\w+nt\b)\w+){{0,2}}? "
    r"(?:(?:does not|doesnt|do not|dont|did not|didnt|cannot|cant|never|wont|could not|couldnt) "
    r"(?:(?!fail)\w+ ){0,2}?"
    r"(?:pass(?:es)?|gets?|manage|do|solve|reach|work|handle|make|meet|succeed)|fails?|failed)\b"
)
_SMALL = re.compile(r"\b(?:small\w*|mini|nano|haiku|flash|cheap\w*|tiny|little|lite)\b")


def turned_where_it_fails(message: Message, one: Found) -> Found:
    """Return what was found; a large model that passes is turned round where its clause says it does not."""
    if (one.fact, one.value) != ("teacher_ok", True):
        return one
    clause = message.plain[one.start : one.end]
    is_denied = _FAILS.search(clause) is not None and _SMALL.search(clause) is None
    return replace(one, value=False) if is_denied else one
