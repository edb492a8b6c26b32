"""The thing that somebody asks the meaning of, where they ask nothing else.

"What is model merging?" names a thing, and either the glossary has it or it does not. What stands near it is
no answer then, though it would be one to a question that describes its subject.
"""

from __future__ import annotations

import re

from knowledge.words import STOP_WORDS, split_words

_MOST_WORDS = 4
_ASKS_WHAT = re.compile(
    r"(?:.* )?(?:whats|what (?:is|are|s)|define|explain|(?:meaning|definition) of|what is meant by)(?: an?)?"
)
_ASKS_WHAT_IT_MEANS = re.compile(r"(?:.* )?what (?:does|do)(?: an?)?")
_MEANS = re.compile(r"(?:really |actually |exactly )?(?:mean|means|stand for|stands for)(?: .*)?")
_CLOSING = re.compile(r"(?:(?:again|please|pls|exactly|actually|really|then|huh|mean|in plain english) ?)*")
_STANDS = frozenset({"stand", "stands"})


def asked_name(question: str) -> tuple[str, ...]:
    """Return the words of the name that a question asks the meaning of; empty for any other question."""
    words = split_words(question)
    of_the_name = [at for at, word in enumerate(words) if word not in STOP_WORDS and word not in _STANDS]
    if not of_the_name:
        return ()
    start, end = of_the_name[0], of_the_name[-1] + 1
    before, name, after = " ".join(words[:start]), tuple(words[start:end]), " ".join(words[end:])
    asks = (_ASKS_WHAT.fullmatch(before) and _CLOSING.fullmatch(after)) or (
        _ASKS_WHAT_IT_MEANS.fullmatch(before) and _MEANS.fullmatch(after)
    )
    return name if asks and len(name) == len(of_the_name) <= _MOST_WORDS else ()
