"""What all or none of the test cases do or must do, in words without a share: "all of them have to pass"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message

_ALL = (
    r"(?:all|every(?: (?:single )?(?:one|case|test)|thing)?|each(?: (?:one|case|test))?)"
    r"(?: of (?:them|those|these|it))?(?: the)?(?: [\w-]+)?"
)
_GOOD = r"(?:right|green|correct|perfect|fine|ok|okay)"
_FINE = rf"(?:pass(?:e[sd])?|(?:is|are|be|come out|get) {_GOOD}|succeeds?|works?)"
_EACH = r"(?:every(?: single)?|each) (?:one|case|test)"
_MUST = r"(?:must|have to|has to|had to|needs? to|should|ought to|gotta)"
_FAULTS = r"(?:failures?|errors?|mistakes?|misses|red ones|wrong ones|slips)"
_DONE = r"(?=[ ]*(?:$|[.,;:!?)]|before\b|or\b))"
_ALL_MUST = re.compile(
    rf"\b(?:{_ALL} {_MUST}(?: {_FINE}|{_DONE})"
    rf"|{_MUST} (?:{_FINE} )?(?:on )?(?:all|{_EACH})\b"
    rf"|{_MUST} (?:get|have) (?:them all|all(?: of them)?|{_EACH}) {_GOOD}"
    rf"|{_MUST} all {_FINE}"
    rf"|(?:none|not (?:a single )?one|no(?: [\w-]+)?) (?:of (?:them|those|these) )?(?:may|can|must|should) "
    r"(?:ever )?(?:fail|be wrong|be missed|be red|go wrong)"
    rf"|(?:zero|no) {_FAULTS} (?:are |is )?(?:allowed|tolerated|accepted|acceptable|or )"
    r"|(?:need|want|allow|accept|tolerate|require)s?(?: us)? "
    rf"(?:all\b|{_EACH}\b|perfection\b|(?:zero|no) {_FAULTS}))"
)
_ALL_DO = re.compile(rf"\b{_ALL} {_FINE}\b(?! (?:the|a|our|on|in|through))")
_NONE_DO = re.compile(rf"\b(?:none|not (?:a single )?one)(?: of (?:them|those|these))? {_FINE}\b")
_NOT_SO = re.compile(r"\b(?:not|nearly|almost|if|when|until|once|hope|should|dont|doesnt|didnt)\b[^.;,]*$")


def find_all_or_none(message: Message) -> Iterator[Found]:
    """Yield the score that is needed and the one there is, as far as all or none of the cases say it."""
    plain = message.plain
    must = _ALL_MUST.search(plain)
    if must is not None:
        yield Found("target_score", 1.0, must.start(), must.end())
    for pattern, share in ((_ALL_DO, 1.0), (_NONE_DO, 0.0)):
        does = pattern.search(plain)
        is_demanded = does is not None and must is not None and must.start() <= does.start() < must.end()
        if does is not None and not is_demanded and not _is_doubted(message, does.start()):
            yield Found("baseline_score", share, does.start(), does.end())


def _is_doubted(message: Message, position: int) -> bool:
    return _NOT_SO.search(message.plain, message.segment_at(position).start, position) is not None
