"""Whether the glossary covers a question at all.

A shared word is not enough ("temperature in the city tomorrow"), so several signs are weighed: how near the
nearest passage and the nearest subject of elsewhere are, which names the question holds, and whether the rest
of its words are at home in the glossary or elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.aliases import NameFound
from knowledge.elsewhere import EVERYDAY, EVERYDAY_NAMES, NEIGHBOURS, OTHER_MEANINGS
from knowledge.vocabulary import Vocabulary
from knowledge.words import content_words, split_words

# Weights of a logistic model, fitted by tests/bench/bench_retrieval.py to hand-made questions and rounded.
CONSTANT = -3.5
WEIGHTS = {
    "nearest_passage": 2.0,
    "nearest_elsewhere": -2.3,
    "known_words": 4.3,
    "everyday_words": -2.5,
    "neighbours_words": -2.8,
    "own_names": 2.1,
    "everyday_names": -0.4,
    "most_at_home": 1.5,
    "first_is_named": 1.3,
    "mentions_model": 1.6,
}

# A word in this many chunks of the glossary is at home there; fewer count in part.
_AT_HOME_CHUNKS = 4
# What people call a language model and what is built on it; beside these our meaning of a word is meant.
_MODEL_WORDS = frozenset(
    """
    ai assistant bot bots chatbot chatbots chatgpt claude gemini genai gpt llama llm llms mistral nlp openai
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)
_LANGUAGE_MODEL = "language model"
# A word in this many chunks ("model") is as typical of the glossary as can be.
_TYPICAL_CHUNKS = 200
# A name that stands for one term only scores about 3; more certainty than that adds nothing.
_CERTAIN_NAME = 3.0
# Every question counts one word that is known by half, so that a single word does not decide.
_UNDECIDED = 0.5
# What a question of nothing but stop words ("why does it do that") counts as known.
_NO_CONTENT_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen about one question.

    The two similarities are cosines on the scale of the bundled embedding model; the others lie between 0 and
    1: shares of the content words (known, everyday, of neighbouring subjects), the strength of the best
    name (its own, or one with an everyday meaning too), how typical the most typical word is, whether the
    term that fits best is one that the question names, and whether a language model is mentioned.
    """

    nearest_passage: float
    nearest_elsewhere: float
    known_words: float
    everyday_words: float
    neighbours_words: float
    own_names: float
    everyday_names: float
    most_at_home: float
    first_is_named: bool
    mentions_model: bool

    @property
    def score(self) -> float:
        """Log-odds that the glossary covers the question; above 0 it is answered."""
        return CONSTANT + sum(weight * float(getattr(self, sign)) for sign, weight in WEIGHTS.items())


class Coverage:
    """Weighs the signs of a question against the words of the glossary and of elsewhere."""

    def __init__(self, glossary_texts: Sequence[str]) -> None:
        self._glossary = Vocabulary(glossary_texts)
        self._everyday = Vocabulary(EVERYDAY)
        self._neighbours = Vocabulary(NEIGHBOURS + OTHER_MEANINGS)

    def is_word(self, word: str) -> bool:
        """Tell whether the glossary uses this word anywhere."""
        return self._glossary.count(word) > 0

    def weigh(
        self,
        question: str,
        names: Sequence[tuple[NameFound, float]],
        nearest_passage: float,
        nearest_elsewhere: float,
        *,
        best_term: str | None = None,
    ) -> Signs:
        """Collect the signs; `names` are those found in the question, each with its strength."""
        question_words = split_words(question)
        named = {word for name, _ in names for word in question_words[name.start : name.end]}
        content = content_words(question)
        others = [kept for word in content if word not in named and (kept := _without_amount(word))]
        total = max(1, len(others) + len(named.intersection(content)))
        counts = {word: self._glossary.count(word) for word in others}
        rare = [word for word in others if counts[word] <= _AT_HOME_CHUNKS]
        return Signs(
            nearest_passage=nearest_passage,
            nearest_elsewhere=nearest_elsewhere,
            known_words=_known_share(
                [counts[word] for word in others], content, named, has_words=bool(question_words)
            ),
            everyday_words=sum(self._everyday.count(word) > 0 for word in rare) / total,
            neighbours_words=sum(self._neighbours.count(word) > 0 for word in rare) / total,
            own_names=_strongest(strength for name, strength in names if not _is_everyday(name)),
            everyday_names=_strongest(strength for name, strength in names if _is_everyday(name)),
            most_at_home=max(
                (
                    min(1.0, math.log1p(counts[word]) / math.log(_TYPICAL_CHUNKS))
                    for word in others
                    if not self._everyday.count(word)
                ),
                default=0.0,
            ),
            first_is_named=best_term in {name.slug for name, _ in names},
            mentions_model=not _MODEL_WORDS.isdisjoint(question_words)
            or any(name.name.startswith(_LANGUAGE_MODEL) for name, _ in names),
        )

    def close(self) -> None:
        """Give the memory back."""
        for vocabulary in (self._glossary, self._everyday, self._neighbours):
            vocabulary.close()


def _known_share(counts: Sequence[int], content: Sequence[str], named: set[str], *, has_words: bool) -> float:
    """How much of what stands beside the names is known; a question of names alone is known whole."""
    if counts:
        shares = [min(1.0, math.log1p(count) / math.log1p(_AT_HOME_CHUNKS)) for count in counts]
        return (sum(shares) + _UNDECIDED) / (len(shares) + 1)
    if named:
        return 1.0
    return _NO_CONTENT_WORDS if has_words and not content else 0.0


def _strongest(strengths: Iterable[float]) -> float:
    return min(max(strengths, default=0.0), _CERTAIN_NAME) / _CERTAIN_NAME


def _is_everyday(name: NameFound) -> bool:
    return name.name in EVERYDAY_NAMES or name.name.removesuffix("s") in EVERYDAY_NAMES


def _without_amount(word: str) -> str:
    """Return what a word says about the subject: "gpt" of "gpt4", nothing of "175b", "800" or "r"."""
    letters = word.rstrip("0123456789")
    return letters if len(letters) > 1 and not letters[0].isdigit() else ""
