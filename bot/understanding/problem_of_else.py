"""A problem of something else than the model: the leaks that it finds in mails, the price that customers pay.

What it is there to find is its task, and what people who buy find too dear is no bill of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.decision.implied import GAP_OF_FAILURE
from bot.understanding.found import Found
from bot.understanding.message import Message

_BUYERS = r"(?:customers?|clients?|buyers?|guests?|shoppers?|passengers?|patients?|tenants?|readers?)"
_WATCHES = r"(?:it|(?:the|our) (?:bot|model|assistant|classifier|filter))"
_ELSE: Mapping[str, re.Pattern[str]] = {
    "unsafe": re.compile(
        rf"\b{_WATCHES} (?:only |just |should |must |has to )*"
        r"(?:flags?|detects?|finds?|spots?|catch(?:es)?|blocks?|filters?|marks?|masks?|redacts?|hides?)\b"
        r"[^.;!?]*\b(?:that|which|who|with|containing)\b"
    ),
    "too_expensive": re.compile(
        rf"\b{_BUYERS} (?:\w+ )?(?:complain|say|find|think|moan|grumble|write)\w*\b[^.;!?]*"
        r"\b(?:price|prices|expensive|dear|fees?|costs?)\b"
    ),
}


def without_problem_of_else(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without a failure that is told of something else, and the gap behind it."""
    told = next((one for one in found if one.fact == "failure_mode"), None)
    of_else = _ELSE.get(str(told.value)) if told else None
    if told is None or of_else is None or not of_else.search(message.plain):
        return list(found)
    gap = GAP_OF_FAILURE[str(told.value)]
    return [one for one in found if one is not told and (one.fact, one.value) != ("gap", gap)]
