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


def only_describes_the_schema(message: Message) -> bool:
    """Say whether a schema stands in the prompt and nothing is said to hold the model to it."""
    plain = message.plain
    return _ONLY_IN_THE_PROMPT.search(plain) is not None and _ENFORCED.search(plain) is None


def tried_neither(message: Message) -> bool:
    """Say whether of a large and a small model neither was tried, so that neither has failed."""
    return _TRIED_NEITHER.search(message.plain) is not None
