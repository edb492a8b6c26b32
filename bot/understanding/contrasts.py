"""What an answer names only to say that it is not that: "the facts, not the tone", "not slow, wrong"."""

from __future__ import annotations

import re

from bot.understanding.message import Message, made_of
from bot.understanding.restated import Restated

_FILLERS = r"\W*(?:(?:actually|sorry|no|nope|well|hm+|rather|i (?:meant?|said))[ ,.:]+)*"
_QUALITY = (
    r"(?:\w+(?:ed|ing)|right|good|great|well|valid|clear|consistent|correct|known|found|there|enough|always|"
    r"all|every|everything|able|what|how|as|like|up|on|in|at|to|sure|yet|only|just|even|very|much|a|an)\b"
)
"""What a thing should be and is not, or how it is not: such a word after "not" is the complaint itself."""
_NAMED = rf"(?:(?:about|with|that|so|too|really) )*(?:(?:the|our|its) |(?!{_QUALITY}))[a-z-]+"
_BEGINNING = re.compile(_FILLERS)
_DENIED_FIRST = re.compile(
    rf"{_FILLERS}(?:(?:its|it is|thats|it|that) )?(?:not|isnt) {_NAMED}(?: [a-z-]+)? ?[,.;:-]+ ?"
    r"(?:but |rather |its |it is |just |only )*(?=[a-z])"
)
_DENIED_LAST = re.compile(rf"[ ,;.(-]{{1,4}}(?:and )?(?:not|rather than|instead of) {_NAMED}\W*$")


def without_denied(message: Message) -> Restated | None:
    """Return the message without what it names to deny it, if it says what holds instead; else None."""
    plain = message.plain
    denied_first, denied_last = _DENIED_FIRST.match(plain), _DENIED_LAST.search(plain)
    begins = denied_first or _BEGINNING.match(plain)
    assert begins is not None
    places = tuple(range(begins.end(), denied_last.start() if denied_last else len(plain)))
    if (denied_first is None and denied_last is None) or not places:
        return None
    return Restated(made_of(message, places), places, {})
