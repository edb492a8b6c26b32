"""Whether the glossary covers a question at all.

A shared word is not enough ("temperature in the city tomorrow"), so several signs are weighed: how near the
nearest passage and the nearest subject of elsewhere are, how much of the question the glossary's own words
and names make up, and how much of it belongs to elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.vocabulary import Vocabulary
from knowledge.words import content_words

# Weights of a logistic model; positive means covered. Fitted to hand-made questions and rounded;
# tests/bench/bench_retrieval.py prints what each sign adds, tests/golden/test_retrieval.py holds the floors.
_CONSTANT = -1.7
_NEAREST_PASSAGE = 1.9
_NEAREST_ELSEWHERE = -4.1
_KNOWN_WORDS = 3.9
_WORDS_OF_ELSEWHERE = -4.4
_NAMES = 1.3

# A word in this many chunks of the glossary is at home there; fewer count in part.
_AT_HOME_CHUNKS = 4
# A name that stands for one term only scores about 3; more certainty than that adds nothing.
_CERTAIN_NAME = 3.0
# What a question of nothing but stop words ("why does it do that") counts as known.
_NO_CONTENT_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen about one question; every sign but the similarities lies between 0 and 1.

    The similarities are cosines, brought to the scale of the bundled embedding model.
    """

    nearest_passage: float
    nearest_elsewhere: float
    known_words: float
    words_of_elsewhere: float
    names: float

    @property
    def score(self) -> float:
        """Log-odds that the glossary covers the question; above 0 it is answered."""
        return (
            _CONSTANT
            + _NEAREST_PASSAGE * self.nearest_passage
            + _NEAREST_ELSEWHERE * self.nearest_elsewhere
            + _KNOWN_WORDS * self.known_words
            + _WORDS_OF_ELSEWHERE * self.words_of_elsewhere
            + _NAMES * self.names
        )


class Coverage:
    """Weighs the signs of a question against the words of the glossary and of elsewhere."""

    def __init__(self, glossary_texts: Sequence[str], elsewhere_texts: Sequence[str]) -> None:
        self.glossary_words = Vocabulary(glossary_texts)
        self._elsewhere_words = Vocabulary(elsewhere_texts)

    def weigh(
        self,
        question: str,
        named_words: set[str],
        name_strength: float,
        nearest_passage: float,
        nearest_elsewhere: float,
    ) -> Signs:
        """Collect the signs; `named_words` are those that belong to a name of a term."""
        words = [word for word in content_words(question) if word in named_words or _carries_meaning(word)]
        known = elsewhere = 0.0
        for word in words:
            if word in named_words:
                known += 1
                continue
            count = self.glossary_words.count(word)
            known += min(1.0, math.log1p(count) / math.log1p(_AT_HOME_CHUNKS))
            elsewhere += count <= _AT_HOME_CHUNKS and self._elsewhere_words.count(word) > 0
        return Signs(
            nearest_passage=nearest_passage,
            nearest_elsewhere=nearest_elsewhere,
            known_words=known / len(words) if words else _NO_CONTENT_WORDS,
            words_of_elsewhere=elsewhere / len(words) if words else 0.0,
            names=min(name_strength, _CERTAIN_NAME) / _CERTAIN_NAME,
        )

    def close(self) -> None:
        """Give the memory back."""
        self.glossary_words.close()
        self._elsewhere_words.close()


def _carries_meaning(word: str) -> bool:
    """Amounts and single letters occur everywhere and say nothing about the subject."""
    return len(word) > 1 and not any(character.isdigit() for character in word)
