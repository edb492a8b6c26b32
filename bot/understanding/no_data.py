"""Who is asked for the right to train on the data and only says that there is none: no word of the right.

Whatever stands beside it may be the answer: "the hospital won't let us, so we have no data" is a no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import Question
from bot.understanding.found import Found
from bot.understanding.message import Message

_YET = r"(?:yet|so far|at the moment|right now)"
_DATA = r"(?:training )?(?:data|examples)"
_NO_DATA = re.compile(
    rf"\W*(?:(?:well|hm+|honestly|sorry)\W+)?"
    rf"(?:(?:none|nothing|no {_DATA}) {_YET}"
    rf"|(?:we have|weve|there is|theres|there are) no {_DATA}(?: {_YET})?"
    rf"|(?:(?:we|there) )?(?:dont have|havent got|isnt|arent) any {_DATA}(?: {_YET})?"
    rf"|(?:there is|theres) nothing to train (?:it )?on(?: {_YET})?)\W*"
)


def says_only_that_there_is_no_data(message: Message, pending: Question) -> bool:
    """Say whether an answer about the right to the data is nothing but that there is none."""
    return "data_rights" in pending.facts and _NO_DATA.fullmatch(message.plain) is not None


def with_no_data(message: Message, pending: Question, found: Sequence[Found]) -> list[Found]:
    """Return what was found, or only that there are no examples where they say no more than that."""
    if not says_only_that_there_is_no_data(message, pending):
        return list(found)
    return [Found("examples_n", 0, 0, len(message.plain))]
