"""Whether a sentence is ours, word for word, perhaps behind something that the person said.

Another order, one word less or more, even an article ("a little" is not "little"): each can turn a sentence
round, and no list of what is dangerous is ever complete. So what may differ is said here, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")
_SAID = re.compile(r"You (?:said|told me)(?: that)? (?P<said>[^:]+): (?P<rest>.+)")
_JOINED = re.compile(r",? and (?:that )?")
_THEIRS = re.compile(r"(?:your|the) (?:bot|model|assistant|system|tool) ", re.IGNORECASE)
"""What "it" is called in their facts: "your bot gets facts wrong"."""


def keeps_wording(text: str, ground: str, facts: Iterable[str]) -> bool:
    """Say whether a text is its ground, with nothing before it but "You said …: " and facts of the person."""
    said, wanted = _plain(text), _plain(ground)
    if said == wanted:
        return True
    opened = _SAID.fullmatch(said)
    if opened is None or opened["rest"] not in (wanted, wanted[:1].lower() + wanted[1:]):
        return False
    known = {_plain(fact) for fact in facts}
    # A fact may hold an "and" of its own.
    return _told(opened["said"]) in known or all(_told(one) in known for one in _JOINED.split(opened["said"]))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("’", "'")).strip().removesuffix(".")


def _told(said: str) -> str:
    return _THEIRS.sub("it ", said, count=1) if _THEIRS.match(said) else said
