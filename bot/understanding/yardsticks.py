"""Models that are named and are nobody's base: yardsticks, judges, and those that are flatly forbidden."""

from __future__ import annotations

import re

_OTHER_USE_AFTER = re.compile(
    r"[ -](?:class|level|style|like|quality)\b"
    r"| (?:as (?:a |the )?judge|grad\w+|judg\w+|to grade|"
    r"says?|said|prompts?|answers we|outputs?|accepts?|recommends?|docs|nails)\b"
)
_YARDSTICK = re.compile(
    r"\b(?:as (?:good|strong|smart|capable) as|comparable to|on (?:a )?par with|(?:level|quality) of|"
    r"(?:something|anything) like|to (?:match|beat|rival)) (?:an? |the )?$"
)
"""Before a name that only says how good a model should be."""
_BANS_BEFORE = re.compile(
    r"\b(?:forbids?|forbade|bans?|banned|prohibits?|prohibited|blocked|ruled out)(?: us from| the)?"
    r"(?: us(?:e of|ing))? $"
)
_BANNED_AFTER = re.compile(
    r" (?:is|are|has been)(?: (?:strictly|simply|not))? (?<!not )(?:banned|forbidden|prohibited|blocked|"
    r"off[ -]limits|out of the question)"
    r"| (?:isnt|arent|is not|are not) (?:allowed|permitted)"
    r"|[,;.]? (?:(?:but|and|which) )?(?:(?:we|i) )?(?:cant|cannot|may not|must not|mustnt) "
    r"(?:use (?:it|that)|be used)(?! for)"
)
_ENDS = re.compile(r"(?: (?:here|at all|for us|for (?:the|our) [a-z]+(?: [a-z]+)?))?\s*(?:[.,;:!?)]|$)")
_IN_USE = re.compile(
    r"\b(?:use[sd]?|using|runs?|running|works?|pilot|only|everyone else|rest|yet|now we|again|until|but|"
    r"except|unless)\b"
)
"""Words after a ban that tell that it is used all the same, or was, or by others."""
_SPARED = re.compile(r"\b(?:but|except|only|than)(?: for)? $")


def is_no_ones_base(before: str, after: str) -> bool:
    """Say whether the words around a model's name tell that they do not run it: "a GPT-4-class model"."""
    return bool(
        _OTHER_USE_AFTER.match(after) or _YARDSTICK.search(before) or _is_flatly_forbidden(before, after)
    )


def _is_flatly_forbidden(before: str, after: str) -> bool:
    banned = _BANNED_AFTER.match(after)
    if _SPARED.search(before) or (banned is None and _BANS_BEFORE.search(before) is None):
        return False
    end = _ENDS.match(after, banned.end() if banned else 0)
    return end is not None and _IN_USE.search(after, end.end()) is None
