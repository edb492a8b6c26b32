"""What stands in a prompt to be copied: "a quick prompt with 10 good headlines in it" has no test cases."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.number_values import COUNTS, Numbers
from bot.understanding.stated_amount import StatedAmount

_IN_IT = re.compile(
    r"(?: (?!in\b|for\b|to\b|of\b|on\b|that\b|we\b|test\w*|eval\w*)[a-z][a-z-]*){0,3} "
    r"in (?P<it>it|there|(?:the|our|its|that) (?:system )?prompt)"
    r"(?=\s*(?:[.,;:!?)]|$)| (?:and|but|so|now|already)\b)"
)
"""After the number; "it" is the prompt where nothing else was named."""
_PROMPT_WITH = re.compile(
    r"\b(?:a|the|our|one|this|quick|simple|short|long|plain|few-shot|better) (?:system )?prompt "
    r"(?:with|containing|that (?:has|contains|shows))(?: (?:about|some|maybe|around|just|only))* ~?$"
)
_ON_WHICH_IT_RAN = re.compile(
    r"\b(?:test\w*|check\w*|evaluat\w+|eval|measur\w+|scor\w+|compar\w+|run|ran|running|benchmark\w*)\b"
)
_AS_EXAMPLES = re.compile(
    r"(?: (?!test\w*|eval\w*|held|labell?ed|reviewed)[a-z][a-z-]*){0,2} "
    r"(?:examples?|shots|samples|demonstrations|exemplars)(?=\s*(?:[.,;:!?)]|$)| (?:and|but|so)\b)"
)

_OF_EXAMPLES = COUNTS - {"label_count"}
"""The kinds to sort into are as many, whatever the prompt lists."""


def without_what_is_shown(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, without counts of examples that are only shown in the prompt."""
    return {
        index: one
        for index, one in stated.items()
        if one.role not in _OF_EXAMPLES or not _is_shown(numbers, index)
    }


def _is_shown(numbers: Numbers, index: int) -> bool:
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    sentence = numbers.message.sentence_at(quantity.start)
    is_with = _PROMPT_WITH.search(plain, sentence.start, quantity.start)
    inside = _IN_IT.match(plain, quantity.end)
    if inside is not None and (is_with or inside["it"].endswith("prompt")):
        return True
    has_run = _ON_WHICH_IT_RAN.search(plain, sentence.start, quantity.start)
    return is_with is not None and not has_run and _AS_EXAMPLES.match(plain, quantity.end) is not None
