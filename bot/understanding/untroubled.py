"""What a message names only to say that it is no trouble: "answers are rude, cost is fine", "it's not cost".

A message is judged as a whole by the words in it, and cost, speed and formats are mostly named by people whom
they trouble. So where somebody says that they do not, that much is left out of the judgement.
"""

from __future__ import annotations

import re

from bot.decision.facts import Amount
from bot.understanding.fast_enough import find_fast_enough, find_speed_within
from bot.understanding.format_in_order import FORMAT_IN_ORDER
from bot.understanding.message import Message, Part, made_of, places_outside

_SUBJECT = r"(?:the |our |its )?(?:costs?|prices?|pricing|bills?|budget|money|latency|speed|response times?)"
_SUBJECTS = rf"{_SUBJECT}(?:(?:,| and|, and) {_SUBJECT})*"
_VERDICT = (
    r"(?:is|are) (?:(?:all|both|perfectly|totally|quite|really) )?"
    r"(?:fine|ok|okay|alright|good|great|low|negligible|irrelevant|acceptable|"
    r"(?:no|not an?|not the|not our) (?:problem|issue|concern|worry))"
    r"|(?:isnt|arent) (?:an?|the|our) (?:problem|issue|concern|worry)"
    r"|(?:doesnt|dont|does not|do not) matter"
)
_IN_ORDER = rf"{_SUBJECTS} (?:{_VERDICT})\b(?! (?:but|if|when|until|only|as long))"
_DENIED = (
    rf"(?:its|it is|thats|that is|this is) not (?:about |because of |for )?{_SUBJECTS}\b(?= ?[,;.:]| but\b)"
)
_TROUBLE = r"(?:too )?(?:slow|costly|expensive|dear|pricey)"
_NOT_SO = (
    rf"(?:its|it is|thats|that is|theyre|they are|it isnt|isnt) (?:not )?(?<=(?:not|.nt) ){_TROUBLE}"
    rf"(?:(?:,| or| nor| and) {_TROUBLE})*(?= ?[,;.]| but\b)"
)
_UNTROUBLED = re.compile(rf"\b(?:{_IN_ORDER}|{_DENIED}|{_NOT_SO}|{FORMAT_IN_ORDER})[ ,;.]*")


def without_what_is_no_trouble(message: Message) -> Message:
    """Return the message without cost, speed and format where it says that they are in order, else itself.

    Nothing is left where it says nothing else.
    """
    in_order = [Part(*found.span()) for found in _UNTROUBLED.finditer(message.plain)]
    in_order.extend(find_fast_enough(message))
    return made_of(message, places_outside(message, in_order)) if in_order else message


_OF_COST = re.compile(r"\b(?:costs?|prices?|pricing|bills?|budget|money|costly|expensive|dear|pricey)\b")
_OF_SPEED = re.compile(r"\b(?:latency|speed|response times?|slow)\b")


def trouble_denied(message: Message, limit: Amount | None = None) -> tuple[frozenset[str], Part] | None:
    """Return which of `too_expensive` and `too_slow` it says are not so, and where; None where neither.

    What takes no longer than the `limit` that was told before is not too slow.
    """
    found = [Part(*one.span()) for one in _UNTROUBLED.finditer(message.plain)]
    fast = [*find_fast_enough(message), *filter(None, [find_speed_within(message, limit)])]
    if not found and not fast:
        return None
    words = " ".join(message.plain[one.start : one.end] for one in found)
    named = (("too_expensive", _OF_COST), ("too_slow", _OF_SPEED))
    denied = {failure for failure, pattern in named if pattern.search(words)}
    places = sorted([*found, *fast], key=lambda one: one.start)
    return frozenset(denied | ({"too_slow"} if fast else set())), Part(places[0].start, places[-1].end)


_NOTHING_WRONG = re.compile(
    r"\W*(?:(?:honestly|well|actually),? )?(?:nothing|there is nothing|theres nothing)"
    r"(?: really| much| at all)? (?:(?:goes|is|went|going|seems) )?(?:really |much )?"
    r"(?:wrong|bad|broken|amiss)"
    r"(?: (?:today|so far|really|yet))?(?=\W|$)(?! (?:but|except))"
)


def says_nothing_is_wrong(message: Message) -> bool:
    """Say whether it begins with that nothing goes wrong."""
    return _NOTHING_WRONG.match(message.plain) is not None
