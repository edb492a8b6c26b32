"""What people take as it is: "doctors still accept 89%" is a score of today, and no need."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.amount_parts import is_share
from bot.understanding.number_values import Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_PEOPLE = (
    r"(?:doctors|nurses|editors|agents|lawyers|reviewers|experts|analysts|teachers|clerks|people|they|users|"
    r"customers|translators|adjusters|colleagues|inspectors)"
)
_TAKE = r"(?:accept(?:ed)?|approved?|keep|kept|send|sent|use|used|take|took|like)"
_STILL_TAKE = re.compile(
    rf"\b{_PEOPLE} (?:still|already|now|currently) {_TAKE}"
    r"(?: (?:about|around|only|some|roughly|as many as))* ?~?$"
)
_WANTED = re.compile(
    r"\b(?:needs?|needed|goal|target|should|wants?|must|aim\w*|hop(?:e|es|ing)|ideally|so that|until|if|"
    r"once|would|will)\b[^.,;!?]*$"
)
"""Before them: then they are to accept as much."""
_ALL = re.compile(
    r"(?: of (?:it|them|its (?:answers|drafts|texts)|the (?:answers|drafts|texts|letters|replies)))?"
    r"(?: (?:as (?:it is|they are)|unedited|unchanged|untouched))?(?=\s*(?:[.,;:!?)]|$)| (?:and|but|so|on)\b)"
)


def with_accepted_today(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with a share that people still accept as today's score."""
    plain, kept = numbers.message.plain, dict(stated)
    for index, one in stated.items():
        quantity = numbers.quantities[index]
        value = numbers.value(index, "baseline_score")
        if (
            fact_of(one.role) == "target_score"
            and is_share(quantity)
            and value is not None
            and (told := _STILL_TAKE.search(plain, 0, quantity.start))
            and not _WANTED.search(plain, 0, told.start())
            and _ALL.match(plain, quantity.end)
        ):
            kept[index] = StatedAmount(index, "baseline_score", value, 1.0)
    return kept
