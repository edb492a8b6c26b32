"""Speed that is in order now: "it's fast enough now", "speed is solved", "it runs in 1.8 s" of 2 s.

Who reports that it has become fast enough names speed, as do those whom it troubles, and takes that back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.decision.facts import Amount, Facts, Range
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message, Part
from bot.understanding.number_values import measured
from bot.understanding.numbers import find_quantities

_SPEED = r"(?:the |our |its )?(?:latency|speed|response times?)"
_NOW = r"(?: (?:now|finally|already|all|really|basically|meanwhile|actually|well))*"
_IN_LIMITS = r"(?:well )?(?:under|below|within|inside) (?:the |our |its )?(?:target|limit|budget|sla|goal)"
_DONE = rf"(?:solved|sorted(?: out)?|fixed|settled|dealt with|under control|{_IN_LIMITS})"
_NO_LONGER = r"(?:no longer|not) (?:an? |the |our )?(?:problem|issue|concern|worry)"
_IS_FAST = (
    rf"(?:(?:its|it is|it runs|thats|that is|the (?:bot|model|system) is){_NOW} (?:fast|quick) enough"
    rf"|{_SPEED} (?:is|are){_NOW} (?:fast|quick|low|good) enough)"
)
_IS_SOLVED = rf"{_SPEED}(?: (?:problem|issue))? (?:is|are|has been|got){_NOW} (?:{_DONE}|{_NO_LONGER})"
_HAS_FALLEN = (
    rf"{_SPEED} (?:is|are|went|came|has come|dropped|has dropped|fell)(?: now)?(?: down)?(?: to| at)? "
    rf"~?[\d.]+ ?[a-z]+(?: now)?,? (?:and |so |and so |which is |thats )?{_IN_LIMITS}"
)
_NO_CARE = (
    rf"(?:we|they|i) (?:no longer|dont|do not)(?: really)? (?:care|worry)(?: much)? about {_SPEED}"
    r"(?: any ?more)?"
)
_NO_LONGER_SLOW = r"(?:its|it is|the (?:bot|model|system) is) no longer (?:too |so )?slow"
_BEGINS = r"(?:(?<![^.,;:!()\n-] )(?<![^ ()\n])|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bok )|(?<=\bnow ))"
_ENDS = (
    r"(?: (?:now|for us|these days|by now|any ?more))*"
    r"(?=\s*(?:[.,;:!)]|$)| and\b| but\b(?! (?:only|not|when|if)\b))"
)
_FAST_ENOUGH = re.compile(
    rf"{_BEGINS}(?:{_IS_FAST}|{_IS_SOLVED}|{_HAS_FALLEN}|{_NO_CARE}|{_NO_LONGER_SLOW}){_ENDS}"
)
_NOT_SO = re.compile(
    r"\b(?:if|when|once|until|unless|whether|should|would|could|might|may|must|hope\w*|needs?|wants?|make|makes|"
    r"suppos\w+|assum\w+|think|believe|says?|said|claims?|claimed|promis\w+|only|except|almost|nearly|sometimes|"
    r"usually|mostly|once|mini|nano|small\w*|haiku|flash|tiny|cheaper|other|competitors?|vendors?|they|"
    r"as long as|provided|demo|dev|lab|plan\w*|will|going to|later|tomorrow|next)\b"
)
"""In the same sentence: it is so under a condition, of another model or elsewhere, or not for certain."""
_STILL_SLOW = re.compile(
    r"\b(?:too slow|still (?:so |very |quite |a bit )?slow|slower|slows|not fast|isnt fast|too long|"
    r"timeouts?|still takes?|waits?|waiting|(?:just|only|but|bit|quite|very) slow|"
    r"(?<!doesnt )(?<!not )(?<!longer )takes? (?:so |very |quite )?(?:long|ages|forever)|"
    r"hangs?|freezes|stalls|another \d+)\b"
)
_TAKES = re.compile(
    r"(?:\b(?:it|its|now|that|(?:model|bot|system|quantised|quantized|\d+b|one|version|answers?|"
    r"replies|calls?)) "
    r"(?:(?:is |are |now |then |all |only |just |it )*)"
    r"(?:runs?|responds?|answers?|repl(?:y|ies)|returns?|finish(?:es)?|takes?|down to|comes? in)"
    rf"|^(?:now )?(?:runs?|takes?|responds?|answers?)"
    rf"|\b{_SPEED} (?:is|are|came|has come|went|dropped|fell)(?: now)?(?: down)?(?: to| at)?"
    r"|\b(?:its|it is|were|we are) (?:now )?(?:down to|at))"
    r"(?: (?:now|only|just|about|around|roughly|in|within|under|at))* ?~?$"
)
"""Before a time: that it takes so long today."""
_A_PART = re.compile(
    r"\b(?:retriev\w+|search\w*|embed\w*|first token|first word|ttft|prefill|rerank\w*|stream\w*|train\w*|"
    r"tun(?:e|ing)|ocr|parsing|upload\w*|median|average|mean|p\d\d|best|fastest|least|cached?|warm|idle|alone|"
    r"per|each|a page|every|on|with|for|using|staging|test\w*|old|previous|former|first|humans?|"
    r"target|limit|budget|allowed|within|sla|without|"
    r"was|were|used to|from)\b"
)
_ALL_TOLD = re.compile(r"(?: (?:now|today|already|flat))*(?=\s*(?:[.,;:!)]|$)| (?:and|but|so|which)\b)")
_PAST = re.compile(
    r"\b(?:was|were|from|before|used to|instead of|down from|took|not|versus|vs|than)\b[^.;!?]{0,16}$"
)


def find_fast_enough(message: Message) -> Iterator[Part]:
    """Yield where it says that speed is in order."""
    if _STILL_SLOW.search(message.plain):
        return
    for found in _FAST_ENOUGH.finditer(message.plain):
        sentence = message.sentence_at(found.start())
        is_asked = message.is_asked(sentence)
        if not is_asked and not _NOT_SO.search(message.plain, sentence.start, sentence.end):
            yield Part(*found.span())


def find_speed_within(message: Message, limit: Amount | None) -> Part | None:
    """Return where a time is told that it takes now and that is allowed; None where another takes longer."""
    most = limit.max if isinstance(limit, Range) else limit
    if most is None or _STILL_SLOW.search(message.plain):
        return None
    numbers = measured(message, find_quantities(message), "")
    told: Part | None = None
    least, its = most, 0
    for index, (quantity, unit) in enumerate(zip(numbers.quantities, numbers.units, strict=True)):
        milliseconds = numbers.value(index, "latency_budget_ms")
        if unit.dimension != "time" or not isinstance(milliseconds, int):
            continue
        if milliseconds > most and not _PAST.search(message.plain, 0, quantity.start):
            return None
        least = min(least, milliseconds)
        if milliseconds <= most and _is_todays(message, quantity.start, unit.end):
            told, its = Part(quantity.start, unit.end), milliseconds
    return told if its <= least else None  # a smaller time beside it may be what is allowed now


def allowed_now(found: Sequence[Found], known: Facts) -> Amount | None:
    """Return how long it may take, by what was known before and by what is said now."""
    said = [one.value for one in found if one.fact == "latency_budget_ms" and isinstance(one.value, int)]
    before = known.latency_budget_ms
    return min([*said, before]) if isinstance(before, int) else before


def _is_todays(message: Message, start: int, end: int) -> bool:
    sentence, segment = message.sentence_at(start), message.segment_at(start)
    return (
        _TAKES.search(message.plain, segment.start, start) is not None
        and not message.is_asked(sentence)
        and _NOT_SO.search(message.plain, sentence.start, sentence.end) is None
        and _A_PART.search(message.plain, segment.start, segment.end) is None
        and _ALL_TOLD.match(message.plain, end) is not None
    )


def without_speed_in_order(
    message: Message, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, without that it is too slow where it says that it is fast enough."""
    limit = allowed_now(found, understand(earlier).facts)
    if not any(find_fast_enough(message)) and find_speed_within(message, limit) is None:
        return list(found)
    is_dear = any(one.value == "too_expensive" for one in found)
    return [
        one
        for one in found
        if (one.fact, one.value) != ("failure_mode", "too_slow")
        and (is_dear or (one.fact, one.value) != ("gap", "cost_latency"))
    ]
