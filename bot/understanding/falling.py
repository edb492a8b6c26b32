"""What has got worse: who tells of a fall is not content, whatever its score sounds like."""

from __future__ import annotations

import re

from bot.understanding.message import Message

_QUALITY = (
    r"(?:accuracy|f1|recall|precision|quality|scores?|results?|performance|(?:pass|hit|success) rate|"
    r"router|classifier|model|tagger|extractor|bot|it|its)"
)
_FALLS = re.compile(
    rf"\b{_QUALITY}\b(?: (?!(?:never|not|hardly|rarely|wont)\b)[\w%.]+){{0,4}}? "
    r"(?:drop(?:s|ped)?|fell|fallen|sank|sunk|slip(?:s|ped)?|declin\w+|degrad\w+|deteriorat\w+|decay\w+)\b"
    r"(?: (?:down|back))?(?: (?:from|to|by|below|under|since|after)\b|[.,;!?]|$)|"
    rf"\b{_QUALITY}\b[^.;!?]{{0,40}}?\b(?:down (?:from|to) (?:\w+ ){{0,2}}?\d|got(?:ten)? (?:\w+ )?worse|"
    r"gets worse|getting worse)"
)


def tells_of_a_fall(message: Message) -> bool:
    """Say whether how well it does is said to have fallen: "it was at 92, now it's down to 84"."""
    return _FALLS.search(message.plain) is not None
