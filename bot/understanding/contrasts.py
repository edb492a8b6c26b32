"""What an answer names only to say that it is not that: "the facts, not the tone", "not slow, wrong"."""

from __future__ import annotations

import re

from bot.understanding.format_in_order import FORMAT_IN_ORDER
from bot.understanding.message import Message, Part, made_of
from bot.understanding.restated import Restated

_FILLERS = r"\W{0,4}(?:(?:actually|sorry|no|nope|well|hm+|rather|i (?:meant?|said))[ ,.:]+)*"
_QUALITY = (
    r"(?:\w+(?:ed|ing)|right|good|great|well|valid|clear|consistent|correct|known|found|there|enough|always|"
    r"all|every|everything|able|what|how|as|like|up|on|in|at|to|sure|yet|only|just|even|very|much|a|an)\b"
)
"""What a thing should be and is not, or how it is not: such a word after "not" is the complaint itself."""
_NAMED = rf"(?:(?:about|with|that|so|too|really) )*(?:(?:the|our|its) |(?!{_QUALITY}))[a-z-]+"
_BEGINNING = re.compile(_FILLERS)
_ABSENT = (
    r"(?:(?:i dont think )?(?:its|it is|thats|it|that) )?(?:not|isnt)(?: because of| due to| really)? "
    rf"{_NAMED}(?: [a-z-]+)?"
    r"|(?:it|they|answers) (?:isnt|is not|arent|are not) (?:wrong|bad|off|incorrect)"
    r"(?: (?:about|on|with) (?:the |its |our )?[a-z]+)?"
)
_IN_ORDER = (
    r"(?:the |our )?[a-z]+ (?:is|are) "
    r"(?:fine|ok|okay|good|great|correct|alright|not (?:the|a) (?:problem|issue))"
    r"|(?:the |our )?[a-z]+ (?:isnt|arent) (?:the|a) (?:problem|issue)"
    rf"|{FORMAT_IN_ORDER}"
)
_DENIED_FIRST = re.compile(
    rf"{_FILLERS}(?:(?:{_ABSENT}|{_IN_ORDER}) ?[,.;:-]+ ?(?:but |rather |its |it is |just |only )*)+(?=[a-z])"
)
_ONLY_DENIED = re.compile(rf"{_FILLERS}(?:{_ABSENT}|{_IN_ORDER})\W*$")
_DENIED_LAST = re.compile(
    rf"(?: ?[,;(-]+ ?(?:and )?not {_NAMED}| not (?:the|our|its) [a-z-]+"
    rf"|,? (?:rather than|instead of) {_NAMED})\W*$"
)


def only_denies(message: Message) -> bool:
    """Say whether a message only tells what is not the problem: "not the format", "the facts are fine"."""
    return _ONLY_DENIED.match(message.plain) is not None


def without_denied(message: Message) -> Restated | None:
    """Return what holds in the first sentence that also names what does not; None where none does."""
    for sentence in message.sentences:
        part = _holding(message, sentence)
        if part is not None:
            places = tuple(range(part.start, part.end))
            return Restated(made_of(message, places), places, {})
    return None


def _holding(message: Message, sentence: Part) -> Part | None:
    plain = message.plain
    first = _DENIED_FIRST.match(plain, sentence.start)
    begins = first or _BEGINNING.match(plain, sentence.start)
    assert begins is not None
    end = message.sentence_at(begins.end()).end if first else sentence.end
    last = _DENIED_LAST.search(plain, begins.end(), end)
    part = Part(begins.end(), last.start() if last else end)
    return part if (first or last) and plain[part.start : part.end].strip() else None
