"""What all or none of the test cases do or must do, in words without a share: "all of them have to pass"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message

_ALL = (
    r"(?:all|every(?: (?:single )?(?:one|case|test)|thing)?|each(?: (?:one|case|test))?)"
    r"(?: of (?:them|those|these|it))?(?: the)?(?: (?!to\b)[\w-]+)?"
)
_GOOD = r"(?:right|green|correct|perfect|fine|ok|okay)"
_FINE = rf"(?:pass(?:e[sd])?|(?:is|are|be|come out|get) {_GOOD}|succeeds?|works?)"
_EACH = r"(?:every(?: single)?|each) (?:one|case|test)"
_MUST = r"(?:must|have to|has to|had to|needs? to|should|ought to|gotta)"
_FAULTS = r"(?:failures?|errors?|mistakes?|misses|red ones|wrong ones|slips)"
_END = r"(?=[ ]*(?:$|[.,;:!?)]|before\b|or (?:we|it)\b))"
_ALL_MUST = re.compile(
    rf"\b(?:{_ALL} {_MUST}(?: {_FINE}\b|{_END})"
    rf"|{_MUST} {_FINE} (?:on )?(?:all|{_EACH})\b"
    rf"|{_MUST} (?:get|have) (?:them all|all(?: of them)?|{_EACH}) {_GOOD}\b"
    rf"|{_MUST} all {_FINE}\b"
    rf"|(?:need|want|require)s? {_ALL} to {_FINE}\b"
    rf"|(?:none|not (?:a single )?one|no(?: [\w-]+)?) (?:of (?:them|those|these) )?(?:may|can|must|should) "
    r"(?:ever )?(?:fail|be wrong|be missed|be red|go wrong)\b"
    rf"|(?:zero|no) {_FAULTS} "
    r"(?:(?:are |is )?(?:allowed|tolerated|accepted|acceptable)\b|or (?:we|it) \w+nt\b)"
    rf"|(?:need|want|require)s?(?: us)? (?:(?:all(?: of (?:them|those|these))?|{_EACH})(?: {_GOOD}\b|{_END})"
    rf"|(?:zero|no) {_FAULTS}\b))"
)
_ALL_DO = re.compile(rf"\b{_ALL} {_FINE}\b(?! (?:the|a|our|on|in|through|except|but|apart|besides)\b)")
_NONE_DO = re.compile(rf"\b(?:none|not (?:a single )?one)(?: of (?:them|those|these))? {_FINE}\b")
_NOT_SO = re.compile(r"\b(?:not|nearly|almost|dont|doesnt|didnt|wont|percent of)\b[^.;,]*$|% of $")
_NOT_YET = re.compile(r"\b(?:if|when|until|once|hope|should|do|does)\b[^.;,]*$")


def find_all_or_none(message: Message) -> Iterator[Found]:
    """Yield the score that is needed and the one there is, as far as all or none of the cases say it."""
    must = _first(message, _ALL_MUST, _NOT_SO)
    if must is not None:
        yield Found("target_score", 1.0, must.start(), must.end())
    for pattern, share in ((_ALL_DO, 1.0), (_NONE_DO, 0.0)):
        does = _first(message, pattern, _NOT_SO, _NOT_YET)
        if does is not None and not (must is not None and must.start() <= does.start() < must.end()):
            yield Found("baseline_score", share, does.start(), does.end())


def _first(message: Message, pattern: re.Pattern[str], *undone_by: re.Pattern[str]) -> re.Match[str] | None:
    """Return the first match that nothing before it in its part of the sentence undoes."""
    for match in pattern.finditer(message.plain):
        start = message.segment_at(match.start()).start
        if not any(words.search(message.plain, start, match.start()) for words in undone_by):
            return match
    return None
