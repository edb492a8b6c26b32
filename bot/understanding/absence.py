"""What a reply says there is none of, or that nobody knows, in words that hold no number: "we go by vibes".

Which of the two, of each amount that a question asks for, is learned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bot.decision.questions import Question
from bot.understanding.found import Found
from bot.understanding.kind_lists import SORTS_NOTHING
from bot.understanding.learned.encoder import together, understood
from bot.understanding.learned.features import reply_sample
from bot.understanding.learned.linear import Sample
from bot.understanding.learned.number_model import ABSENCE, load_numbers
from bot.understanding.message import Message, Part
from bot.understanding.number_values import NOUGHT, SIZES

THERE_IS_NONE, NOBODY_KNOWS = "none", "unknown"
_AMOUNTS = frozenset(
    {
        "examples_n",
        "eval_set_n",
        "baseline_score",
        "target_score",
        "corpus_tokens",
        "prompt_tokens",
        "requests_per_day",
        "label_count",
        "budget_usd",
    }
)
_SURE_OF_NONE, _SURE_OF_UNKNOWN, _SURE_AGAINST_DOUBT = 0.4, 0.4, 0.8
"""Above these probabilities it counts as said; measured on replies left out."""
_BARE_NO = re.compile(r"\W*(?:no|nope|nah|not really|nein|non|not)\W*")

Absences = Mapping[str, Mapping[str, float]]
"""How likely it is of each amount asked for that there is none of it, and that nobody knows it."""
NOTHING_ABSENT: Absences = {}


def amounts_asked(question: Question) -> tuple[str, ...]:
    """Return the amounts that a question asks for."""
    return tuple(fact for fact in question.facts if fact in _AMOUNTS)


def absence_sample(plain: str, fact: str) -> Sample:
    """Return a reply in plain form beside an amount; what all amounts have in common is learned once."""
    return reply_sample(plain, fact)


def absence_of(fact: str) -> str:
    """Return the encoder's head for an amount: it reads a reply once, and so has one for each."""
    return f"{ABSENCE} {fact}"


def hear_absences(message: Message, question: Question) -> Absences:
    """Return how likely each amount that is asked for is said to be nought or unknown."""
    model = load_numbers(question.id)
    encoded = understood(message.plain, question.id).shares(Part(0, len(message.plain)))
    return {
        fact: together(
            {ABSENCE: model.probabilities(absence_sample(message.plain, fact))[ABSENCE]},
            {ABSENCE: encoded.get(absence_of(fact), {})},
        )[ABSENCE]
        for fact in amounts_asked(question)
    }


def find_noughts(
    message: Message, absences: Absences, stated: Collection[str], unknown: Collection[str]
) -> Iterator[Found]:
    """Yield what there is none of; a number that states the fact says it better.

    `unknown` are the facts that other words say they do not know.
    """
    if "label_count" in absences and SORTS_NOTHING.search(message.plain):
        return
    for fact, shares in absences.items():
        if fact in SIZES and _BARE_NO.fullmatch(message.plain):
            continue  # no answer to how big it is
        needed = _SURE_AGAINST_DOUBT if fact in unknown else _SURE_OF_NONE
        if fact in NOUGHT and fact not in stated and shares.get(THERE_IS_NONE, 0) >= needed:
            yield Found(fact, 0, 0, len(message.plain))


def unknown_in(absences: Absences) -> tuple[str, ...]:
    """Return the amounts that a reply says nobody knows."""
    return tuple(fact for fact, shares in absences.items() if shares.get(NOBODY_KNOWS, 0) >= _SURE_OF_UNKNOWN)
