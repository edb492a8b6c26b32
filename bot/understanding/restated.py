"""A message that corrects itself, as if its last word had been said at once: "900, sorry, 90 pages".

Numbers are read in this form, so that what is read, and learned, need not know how people take a number back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.message import Message, Part, made_of
from bot.understanding.numbers import Quantity, find_quantities


@dataclass(frozen=True, slots=True)
class Restated:
    """The message without a part of it, such as what it takes back, and where each character of it stood."""

    message: Message
    places: tuple[int, ...]
    corrected: Mapping[int, Quantity]
    """By where a number stood that nothing tells what it counts: the one that it was said instead of."""

    def place(self, start: int, end: int) -> Part:
        """Return where a stretch stood; of one that was put together, where its beginning stood."""
        last = self.places[start]
        for place in self.places[start + 1 : end]:
            if place != last + 1:
                break
            last = place
        return Part(self.places[start], last + 1)


_TAIL = r"[a-z]*(?P<tail>(?: [^.,;:!?\d()]{0,24}?)?)"
"""The words after a number up to a mark: what it counts."""
_FILL = (
    r"(?:(?:its|it is|is|was|were|we have|weve|we are|were at|only|about|just|around|roughly|more like|"
    r"at|to|the|a)[ ,]*)*~?"
)
_TAKES_BACK = (
    r"(?>(?:no|not) longer(?! (?:the )?$)|nope|actually|make (?:that|it)|(?:scratch|strike) that|sorry|sry|"
    r"pardon me|i meant?|correction|rather|(?<![a-z] )wait|(?<=no )wait|wait(?=,? no)|hm+,? let me check|"
    r"typo|oops|"
    r"no(?=[, ] ?(?:sorry|wait|make|its))|no(?=,))\b[ ,:.]*"
)
"""Atomic, and repeated possessively: to try every way to read a row of "no wait" takes minutes."""
_INSTEAD = re.compile(rf"{_TAIL}[.,;:!?)( -]*\b{_TAKES_BACK}(?:{_TAKES_BACK}|no )*+{_FILL}")
"""What stands between a number and the one said in its place: "scratch that", "no, make it"."""
_TAKEN_BACK = re.compile(
    rf"{_TAIL}[.,;:!? -]*\b(?:(?:no,? )?(?:wait|hang on|sorry|hm+)[ ,]*)?(?:thats|that was|that is|"
    r"which (?:is|was)|those (?:are|were)|"
    r"(?:was|were|is|are)(?= (?:from |for )?(?:the |an? )?(?:other|another|old|wrong))) "
    r"(?:just|only|from|for|the old|an old|the wrong|the other|the previous|last|before|old|"
    r"the training|the raw|without)\b[^;!?\d]{0,48}? ?~?"
)
"""What says of the number before it that it is another one: "that's the old one, the new one is"."""
_RATHER = re.compile(
    rf"{_TAIL}[.,;:! -]*\b(?:but|more like|rather|its|it is|only|closer to|actually|really|now|just)\b"
    rf"[ ,:]*{_FILL}"
)
_DENIED = re.compile(
    r"\b(?:its |it is |thats |was |were )?(?:not|no longer|isnt|wasnt|arent|never) "
    r"(?:the |a |really |quite )?$"
)
"""With `_RATHER` after the number: "not 500 pages, more like"."""
_WAS = re.compile(
    r"\b(?:was|(?:there|they|those) were|used to (?:be|have)|started (?:out )?(?:at|with|from)?|"
    r"began (?:at|with)|initially|originally|formerly|previously|i said|i thought|we thought|"
    r"last (?:year|month|week|time|quarter)(?: was| it was)?) "
    r"(?:like |about |around |only |just |at |it was |we had )*$"
)
_NOW = re.compile(
    rf"{_TAIL}(?:[.,:-][^;!?\d]{{0,40}}?)?[ .,]*\b(?:now|today|currently|these days|by now|meanwhile|"
    r"(?:down|up|lowered|raised|cut|changed|reduced|bumped)(?: \w+)? to|"
    r"(?:real|actual|new|right|correct|true|current) (?:number|one|figure|count|score|total|value)|"
    r"in reality|actually)\b[^.;!?\d]{0,16}"
)
"""With `_WAS` before the number: "was 64 in the deck, real number"."""
_TURNED = re.compile(
    r"(?:\b(?:rais|lower|bump|mov|chang|drop|improv|climb|increas|reduc|correct|push|gr[eo]w)\w*|"
    r"\b(?:cut|went|go(?:es)?|rose|fell|shrank|upped|up|down|brought|took|takes|got)) "
    r"(?:\w+ ){0,3}?(?P<from>from )$"
)
"""With `_TO` after the number: "went from 60 to"."""
_TO = re.compile(rf"{_TAIL} to (?:about |around )?")
_NOT = re.compile(r" ?[,(]? ?(?:and |so )?(?:not|no longer|instead of|rather than) (?:the )?")
_NOT_THAT_EITHER = re.compile(r"(?: percent)? ?(?:yet|as|like|we|but|that we|enough|or)\b")
_NO_NUMBER = frozenset({"share", "list", "none"})
_MOST_SLIPS = 4
_FAR = 60
"""Characters before a number in which a word says that it holds no longer."""
_MOST_BETWEEN = 120


@dataclass(frozen=True, slots=True)
class _Slip:
    """What is cut out of the plain form, and what is put there: the new number with the old one's unit."""

    cut: Part
    instead: tuple[Part, ...] = ()
    corrected: Quantity | None = None
    """The old number, where it alone tells what the new one counts."""


def restate(message: Message) -> Restated:
    """Return the message without the numbers that it takes back and the words that do so."""
    places = list(range(len(message.plain)))
    restated, corrected = message, {}
    for _ in range(_MOST_SLIPS):
        slip = _first_slip(restated)
        if slip is None:
            break
        if slip.corrected is not None:
            corrected[places[slip.cut.end]] = slip.corrected
        kept = [places[place] for part in slip.instead for place in range(part.start, part.end)]
        places[slip.cut.start : slip.cut.end] = kept
        restated = made_of(message, places)
    return Restated(restated, tuple(places), corrected)


def _first_slip(message: Message) -> _Slip | None:
    whole = [one for one in find_quantities(message) if one.unit not in _NO_NUMBER]
    for first, second in pairwise(whole):
        if _may_be_the_same(message, first, second):
            slip = _taken_back(message, first, second) or _ruled_out(message, first, second)
            if slip is not None:
                return slip
    return None


def _may_be_the_same(message: Message, first: Quantity, second: Quantity) -> bool:
    is_apart = first.end <= second.start <= first.end + _MOST_BETWEEN and first.said != second.said
    if first.unit == second.unit:
        return is_apart
    return is_apart and any(not one.unit and _is_bare(message, one) for one in (first, second))


def _taken_back(message: Message, first: Quantity, second: Quantity) -> _Slip | None:
    """Return the slip of a number that the next one takes the place of."""
    plain, between = message.plain, Part(first.end, second.start)
    earliest = max(0, first.start - _FAR)
    denied = _DENIED.search(plain, earliest, first.start)
    was = _WAS.search(plain, max(earliest, message.segment_at(first.start).start), first.start)
    turned = _TURNED.search(plain, earliest, first.start)
    match = (
        _INSTEAD.fullmatch(plain, between.start, between.end)
        or (_RATHER.fullmatch(plain, between.start, between.end) if denied else None)
        or (_TO.fullmatch(plain, between.start, between.end) if turned else None)
    )
    if match is None and not _counts_something_else(message, first, second):
        match = _TAKEN_BACK.fullmatch(plain, between.start, between.end) or (
            _NOW.fullmatch(plain, between.start, between.end) if was else None
        )
    if match is None:
        return None
    lead = denied or was or turned
    start = first.start if lead is None else lead.start("from" if lead is turned else 0)
    if _is_bare(message, second) and _NOUN.match(match["tail"]):
        return _Slip(
            Part(start, second.end), (Part(second.start, second.end), Part(first.end, match.end("tail")))
        )
    return _Slip(Part(start, second.start), corrected=first if _is_bare(message, second) else None)


def _ruled_out(message: Message, first: Quantity, second: Quantity) -> _Slip | None:
    """Return the slip of a number that is named only to say that it is not meant: "60, not 600"."""
    is_ruled_out = _NOT.fullmatch(message.plain, first.end, second.start) and not _NOT_THAT_EITHER.match(
        message.plain, second.end
    )
    return _Slip(Part(first.end, second.end)) if is_ruled_out else None


_NOUN = re.compile(
    r" ?(?!(?:from|by|for|in|on|with|of|at|to|and|were|was|is|are|thats|that|right|which|i|we|"
    r"now|today|earlier|before|currently)\b)(?P<noun>\w+)"
)


def _is_bare(message: Message, quantity: Quantity) -> bool:
    """Say whether nothing after a number tells what it counts."""
    return not quantity.unit and not _noun(message, quantity)


def _noun(message: Message, quantity: Quantity) -> str:
    """Return the word after a number that tells what it counts, or ""."""
    noun = _NOUN.match(message.plain, quantity.end, message.segment_at(quantity.start).end)
    return noun["noun"] if noun else ""


_STEM = 5
_HAVING = re.compile(r"\b(?:have|weve|has|got|there (?:is|are))\b")


def _counts_something_else(message: Message, first: Quantity, second: Quantity) -> bool:
    """Say whether the second number has a noun of its own: "300 mails, those are from May, and 50 cases"."""
    own, other = (_noun(message, one)[:_STEM] for one in (second, first))
    if own and other:
        return not (own.startswith(other) or other.startswith(own))
    return bool(own) and _HAVING.search(message.plain, first.end, second.start) is not None
