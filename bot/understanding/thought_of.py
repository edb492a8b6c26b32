"""What is only thought of or asked: "maybe we could try examples", "can we even train on those?".

It names a step or a ban, as those do who took the one or have the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.found import Found
from bot.understanding.message import Message

_THOUGHT_OF = re.compile(
    r"\b(?:could|might|maybe we|perhaps we|should we|shall we|why not|how about|what about|lets|"
    r"want to|plan(?:ning)? to|going to|thinking (?:of|about)|consider\w*|suggests?|proposes?)\b"
)
_DONE = re.compile(
    r"\b(?:tried|did|done|used|using|use|added|built|ran|run|running|put|have had|already|in place|got|gets|"
    r"switched|enforced?|since|works?|worked)\b"
)
_ASKED = re.compile(
    r"\W*(?:and |but |so |or |ok |then |also )*"
    r"(?:(?:can|may|could|are|is|do|does|should|would) (?:we|i|they|it|you|that|this|those)\b"
    r"|(?:we|i) (?:cant|can not|cannot|may not|arent allowed to|are not allowed to)\b)"
)
_OF_RIGHT = frozenset({"data_rights", "base_tunable"})


def without_what_is_thought_of(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, without steps that are only thought of, and rights that are only asked about."""
    return [one for one in found if not (_is_thought_of(message, one) or _is_asked_about(message, one))]


def _is_thought_of(message: Message, one: Found) -> bool:
    """Say whether a step is named with "could" and its like, and nothing says that it was taken."""
    if not (one.fact.startswith("tried_") and one.value is True):
        return False
    segment = message.segment_at(one.start)
    start, end = min(segment.start, one.start), max(segment.end, one.end)
    thought_of = _THOUGHT_OF.search(message.plain, start, end)
    return thought_of is not None and _DONE.search(message.plain, start, end) is None


def _is_asked_about(message: Message, one: Found) -> bool:
    if one.fact not in _OF_RIGHT or one.source == "inferred":
        return False
    sentence = message.sentence_at(one.start)
    return (
        message.is_asked(sentence) and _ASKED.match(message.plain, sentence.start, sentence.end) is not None
    )
