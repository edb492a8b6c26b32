"""Praise of something else than the system, or of it for something less: "happy with the new office"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.found import Found
from bot.understanding.message import Message

_ELSE = (
    r"(?:office|building|room|desk|chairs?|coffee|machine|laptops?|vendor|supplier|contract|offer|price|manager|"
    r"boss|lead|team|colleagues?|hires?|interns?|trainees?|consultants?|lawyers?|support|meeting|workshop|demo|"
    r"party|event|holiday|raise|salary|website|intranet|crm|erp|printer|phones?)\b"
)
_OF_ELSE = re.compile(
    r"\b(?:happy|pleased|satisfied|content|delighted|thrilled) with "
    rf"(?:the|our|their|his|her|my|an?) (?:[a-z]+ ){{0,2}}?{_ELSE}"
    r"|\benough for (?:an? |the |our |my )?(?:\w+ )?(?:demo|pilot|prototype|test|show|meeting|trial|toy)\b"
    r"[^.;!?]*\b(?:not|but|never|no)\b"
)


def without_praise_of_else(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without contentment that is about something else, or enough for less only."""
    if not _OF_ELSE.search(message.plain):
        return list(found)
    return [one for one in found if (one.fact, one.value) != ("satisfied", True)]
