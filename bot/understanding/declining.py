"""What is getting worse or goes away: a fall is no satisfaction, and a retiring model has an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.decision.facts import Range
from bot.decision.thresholds import BASE_LIFE
from bot.understanding.found import Found
from bot.understanding.message import Message

_FALLS = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|fell|fallen|falling|sank|sunk|slip(?:s|ped|ping)?|declin\w+|degrad\w+|"
    r"deteriorat\w+|decay\w*) (?:down |back )?(?:from|to|by|below|under|since|after)\b|"
    r"\bdown (?:from|to) (?:\w+ ){0,2}?\d|\b(?:got(?:ten)?|gets|getting|becomes?|became) (?:\w+ )?worse\b"
)
_GOOD_TO_FALL = re.compile(
    r"\b(?:latency|delay|time|seconds|costs?|prices?|bill|spend\w*|errors?|error rate|mistakes|complaints?|"
    r"hallucinations?|escalations?|volume)\b[^.;:!?]{0,40}$"
)


def tells_of_a_fall(message: Message) -> bool:
    """Say whether something good is said to have got worse: "it was at 92, now it's down to 84"."""
    plain = message.plain
    return any(not _GOOD_TO_FALL.search(plain, 0, fall.start()) for fall in _FALLS.finditer(plain))


_GOES = r"(?:retir|sunsett?|deprecat|discontinu|decommission|phas)"
_A_MODEL = r"(?:model|version|snapshot|endpoint)"
_ENDS = re.compile(
    rf"\b{_GOES}(?:ing|es)(?: out)? (?:the|our|this|that|its) (?:\w+ ){{0,3}}?{_A_MODEL}\b|"
    rf"\b(?:shut(?:ting)? down|(?:switch|turn)(?:ing)? off) (?:the|our|this|that) "
    rf"(?:\w+ ){{0,3}}?{_A_MODEL}\b|"
    rf"\b{_A_MODEL} (?:\w+ ){{0,4}}?(?:is|gets|will|be|being|was) (?:\w+ ){{0,2}}?"
    rf"(?:{_GOES}ed|sunset|shut down|switched off|turned off|withdrawn)\b"
)
_SOON = Range(max=BASE_LIFE.value - 1)


def find_retirement(message: Message, found: Sequence[Found]) -> Iterator[Found]:
    """Yield that the model's end is near, where it is said to be switched off and no day is told."""
    ends = _ENDS.search(message.plain)
    if ends is not None and not any(one.fact == "base_retire_days" for one in found):
        yield Found("base_retire_days", _SOON, ends.start(), ends.end(), "inferred")
