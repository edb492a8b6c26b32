"""A format that is in order beside content that is not: "everything parses now, but the amounts are wrong".

Nobody names a format as often as who has trouble with it, so whoever has none is easily misheard. That it is
valid is not enough: keys may be missing all the same, or there is text around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import OPENING, Question
from bot.understanding.found import Found
from bot.understanding.message import Message

_FORMAT = r"(?:the |our |its |all )?(?:json|xml|yaml|csv|sql|format|syntax|output|outputs)(?: outputs?)?"
_SO = r"(?:now|always|all|still|by now|reliably|perfectly|syntactically|technically|fine|every time)"
_VALID = (
    rf"(?:(?:everything|{_FORMAT})(?: {_SO}){{0,3}} (?:parses?|validates?)"
    rf"|{_FORMAT} (?:is|are)(?: {_SO}){{0,3}} (?:valid|well-?formed|fine|ok|okay|right|correct)"
    r"(?: (?:json|xml|yaml|csv|sql))?)"
    rf"(?: {_SO}){{0,2}}"
)
_CONTENT = (
    r"(?:amounts?|values?|numbers?|totals?|dates?|figures?|facts?|prices?|sums?|quantit(?:y|ies)|contents?|"
    r"answers?|suppliers?|diagnos[ei]s)"
)
_WORD = (
    r"(?:(?!(?:not|no|never|invalid|malformed|broken|format\w*|schemas?|json|xml|yaml|csv|sql|keys?|fields?|"
    r"columns?|if|when|where)\b|breaks|fails)[\w%]+ )"
)
_IS_WRONG = (
    rf"(?:{_CONTENT} (?:is|are)(?: (?:often|sometimes|still|just|all|mostly|completely))? "
    r"(?:wrong|off|incorrect|made up|invented)"
    rf"|(?:wrong|incorrect|invented|made-?up) {_CONTENT})(?! formats?| format?ted| order)\b"
)
FORMAT_IN_ORDER = (
    rf"(?<![^.,;:!?] )(?<![^ \n]){_VALID}"
    rf"(?= ?[,;.:]* ?(?:(?:but|yet|still|and|though|only|just) ){{0,2}}{_WORD}{{0,5}}{_IS_WRONG})"
)
"""Words that say so, at the beginning of a clause, before those that say what is wrong instead."""
_IN_ORDER = re.compile(FORMAT_IN_ORDER)
FORMAT_HOLDS = re.compile(
    rf"(?<![^.,;:!?] )(?<![^ \n]){_VALID}(?! (?:if|when|unless|only|in \d|but not)\b)"
    r"(?=\W*$| ?[.,;:!]| (?:but|now|and)\b)"
)
"""A clause that says no more than that it holds."""
_TROUBLE = frozenset({("failure_mode", "invalid_format"), ("gap", "format"), ("goal_kind", "format")})
_SWITCHED_ON = re.compile(
    r"\b(?:json[ _](?:mode|schema)|response[ _]format|strict|enforc\w+|constrain\w+|structured outputs?|"
    r"schemas?|grammars?|tools?|functions?|guided|guarantees?|outlines|pydantic|instructor|zod|forced?)\b"
)


def without_format_in_order(
    message: Message, pending: Question | None, found: Sequence[Found]
) -> list[Found]:
    """Return what was found, without trouble with a format in order, and a schema that nobody named.

    Only where the subject is what goes wrong: asked for anything else, they may speak of a check.
    """
    is_on_what_is_wrong = pending is None or pending.id == OPENING.id
    if not is_on_what_is_wrong or _IN_ORDER.search(message.plain) is None:
        return list(found)
    misheard = _TROUBLE if _SWITCHED_ON.search(message.plain) else _TROUBLE | {("tried_structured", True)}
    return [one for one in found if (one.fact, one.value) not in misheard]
