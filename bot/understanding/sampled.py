"""How many are looked at each month: "we check 400 a month", in answer to what is tested, is no traffic."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.number_values import Numbers
from bot.understanding.stated_amount import StatedAmount

_SCORES_ASKED = "Q3"
_LOOK_AT = re.compile(
    r"\b(?:we|i|qa|samples?(?: of)?|sampling)(?: (?:also|do|still|always|just|only|random(?:ly)?))*"
    r"(?: (?:sample|check|spot-?check|grade|audit|score|test|look at))?"
    r"(?: (?:about|around|some|roughly|maybe|of))* ~?$"
)
_A_PERIOD = re.compile(
    r"(?: (?:of them|cases|answers|repl(?:y|ies)|outputs|tickets|mails|samples))?"
    r" (?:a|per|each|every) (?:week|month|quarter)\b"
)
_ASKED = re.compile(
    r"\b(?:requests?|calls?|queries|users?|traffic|volume|load|com(?:e|es|ing) (?:in|through)|"
    r"(?:go|goes|pass|passes) through|arriv\w+|in all|get|have)\b"
)


def without_sampled_requests(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated; who is asked for tests and looks at so many a month has as many cases."""
    kept = dict(stated)
    if numbers.question_id != _SCORES_ASKED:
        return kept
    for index, quantity in enumerate(numbers.quantities):
        plain = numbers.message.plain
        sentence = numbers.message.sentence_at(quantity.start)
        is_looked_at = _LOOK_AT.search(plain, sentence.start, quantity.start) is not None
        around = numbers.message.segment_at(quantity.start) if is_looked_at else sentence
        if not _A_PERIOD.match(plain, quantity.end) or _ASKED.search(plain, around.start, around.end):
            continue
        is_open = index not in kept or kept[index].role in ("requests_per_day", "examples_n")
        value = numbers.value(index, "eval_set_n")
        if is_open:
            kept.pop(index, None)
        if is_open and value is not None and is_looked_at:
            kept[index] = StatedAmount(index, "eval_set_n", value, 1.0)
    return kept
