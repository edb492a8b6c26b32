"""A score that somebody would be content with is needed: "the analysts would trust it at 90%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.units import share_of_percent

_WOULD_DO_AT = re.compile(
    r"(?:\b(?:would|will|wont|only)|\b\w+d) (?:\w+ ){0,2}?"
    r"(?:trust|accept|sign(?: off)?|take|buy|approve|believe|use|release|allow|adopt|live with)\b"
    r"(?: (?:it|this|that|on|off|with|the \w+|them))* "
    r"(?:at|from|with|above|over|below|under|before|unless|once|if)"
    r"(?: (?:it|its|is|at|about|least))*"
    r" (?P<score>[5-9]\d(?:\.\d+)?) ?(?:%|percent)"
)


def with_what_would_do(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, with such a score as the one that is needed, and not as today's."""
    would = _WOULD_DO_AT.search(message.plain)
    if would is None or any(one.fact == "target_score" for one in found):
        return list(found)
    start, end = would.span("score")
    others = [one for one in found if not (one.fact == "baseline_score" and start <= one.start < end)]
    return [*others, Found("target_score", share_of_percent(would["score"]), start, end)]
