"""Words that say less than they seem to: a schema that is only described, and models that nobody tried."""

from __future__ import annotations

import re

from bot.understanding.message import Message

_ONLY_IN_THE_PROMPT = re.compile(
    r"\b(?:schema|format) (?:is |was |stands )?(?:\w+ )?in "
    r"(?:it|(?:the|our) (?:system )?(?:prompt|instructions?))\b"
)
_ENFORCED = re.compile(
    r"\b(?:json[ _](?:mode|schema)|response[ _]format|strict|enforc\w+|constrain\w+|structured outputs?|"
    r"grammars?|tools?|functions?|guided|guarantees?|outlines|pydantic|instructor|validat\w+)\b"
)
_TRIED_NEITHER = re.compile(
    r"\bneither (?:\w+ )?tried\b|\btried neither\b|\b(?:not|havent|never) tried,? neither\b"
)


_A_LARGE_ONE = re.compile(r"\b(?:large|larger|big|bigger|strong|stronger|frontier|hosted)\b")
_A_SMALL_ONE = re.compile(r"\b(?:small|smaller|tiny|cheap|cheaper|mini|nano|haiku|flash|\d+b)\b")


def speaks_of_a_large_model_alone(clause: str) -> bool:
    """Say whether a clause names a large model and no small one: what was not tried is no small one then."""
    return _A_LARGE_ONE.search(clause) is not None and _A_SMALL_ONE.search(clause) is None


_NO_SORTING = re.compile(
    r"\b(?:not|isnt)(?: (?:an?|really|actually|about|just|doing))* "
    r"(?:sorting|classification|classifying|categori[sz](?:ation|ing))"
    r"(?= (?:into|anything|problem|task|job)\b|\W*$|[.,;:!?)])"
    r"|\b(?:doesnt|does not|dont|do not) (?:sort|classify|categori[sz]e)(?: (?:anything|things))?"
    r"(?=\W*$| ?[.,;:!])"
    r"|(?:^|[.,;:!] ?)no (?:sorting|classification)(?=\W*$| ?[.,;:!])"
)
_NOBODY = r"(?:not|havent|hasnt|didnt|never|nobody(?: has| ever)?|no one(?: has| ever)?)"
_NOT_TRIED_LARGE = re.compile(
    rf"\b{_NOBODY}(?: (?:yet|even|really|ever))* (?:tr(?:y|ied)|test(?:ed)?|run)(?: out)?"
    r"(?: (?:an?|any|the))? (?:really )?(?:large|larger|big|bigger|strong|stronger|frontier)\b"
)


def denies_sorting(message: Message) -> bool:
    """Say whether it is told to be no sorting: "ranking, not classification". To sort badly is to sort."""
    return _NO_SORTING.search(message.plain) is not None


def tried_no_large_one(message: Message) -> bool:
    """Say whether no large model was tried, so that none passes and none fails."""
    return _NOT_TRIED_LARGE.search(message.plain) is not None


def only_describes_the_schema(message: Message) -> bool:
    """Say whether a schema stands in the prompt and nothing is said to hold the model to it."""
    plain = message.plain
    return _ONLY_IN_THE_PROMPT.search(plain) is not None and _ENFORCED.search(plain) is None


def tried_neither(message: Message) -> bool:
    """Say whether of a large and a small model neither was tried, so that neither has failed."""
    return _TRIED_NEITHER.search(message.plain) is not None
