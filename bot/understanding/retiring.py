"""A model that its vendor is about to switch off has an end, though nobody names the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.decision.facts import Range
from bot.decision.thresholds import BASE_LIFE
from bot.understanding.found import Found
from bot.understanding.message import Message

_VENDOR = r"(?:vendor|provider|supplier|openai|azure|microsoft|google|anthropic|aws|cohere|mistral|they)"
_GOES = r"(?:retir|sunsett?|deprecat|discontinu)"
_ENDS = re.compile(
    rf"\b{_VENDOR}(?: is| are|s|re)? (?:now |soon )?"
    rf"(?:{_GOES}(?:ing|es)|shutting down|switching off|turning off) "
    r"(?:the|our|this|that) (?:\w+ ){0,2}?(?:model|version|snapshot)\b(?! of\b)|"
    r"\b(?:our|this|the) (?:(?:fine[ -]?)?tuned |current |base |production )?(?:model|snapshot)"
    r"(?: (?:that )?we (?:use|(?:fine[ -]?)?tuned|rely on))? (?:is|gets|will be) (?:being |soon )?"
    rf"(?:{_GOES}ed|sunset|switched off|shut down)\b(?! (?:at|every|for|over|each)\b)"
)
"""What is, not what was; "the phone model is discontinued" and "shut down at night" are none."""
_SOON = Range(max=BASE_LIFE.value - 1)


def find_retirement(message: Message, found: Sequence[Found]) -> Iterator[Found]:
    """Yield that the model's end is near, where it is said to be switched off and no day is told."""
    ends = _ENDS.search(message.plain)
    if ends is not None and not any(one.fact == "base_retire_days" for one in found):
        yield Found("base_retire_days", _SOON, ends.start(), ends.end(), "inferred")
