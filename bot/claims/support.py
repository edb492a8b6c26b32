"""Whether what a sentence says stands in its grounds: by words, and by closeness of meaning if we have it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.claims.words import content, inner_sentences, notions, stems
from bot.understanding.learned.features import text_or_no_vector

_ALWAYS_KNOWN = stems(
    [
        "model answer question",
        "january february march april may june july august september october november december",
        "one two three four five six seven eight nine ten twenty fifty hundred thousand half third tenth",
    ]
)
"""What every answer is about; dates and numbers, which have a check of their own."""
_FROM_ONE_GROUND = 0.7
"""The share of a sentence's words that one ground must hold; measured, as what follows, on golden claims."""
_LEAST_SHARED = 0.15
_LEAST_CLOSENESS = 0.45


def is_supported(text: str, template_sentence: str, cited: Sequence[str], facts: Sequence[str]) -> bool:
    """Say whether each sentence of a text is carried by its grounds and the whole stays at its subject.

    `template_sentence` is the one it stands for, "" for a definition.
    """
    known = stems([template_sentence, *cited, *facts])
    theirs = stems(facts)
    subjects = [template_sentence, *(piece for passage in cited for piece in inner_sentences(passage))]
    pairs = [f"{one} {other}" for one, other in pairwise(subjects[1:])]
    return all(
        _has_words(sentence, known)
        and any(_carries(subject, sentence, theirs) for subject in (*subjects, *pairs))
        for sentence in inner_sentences(text)
    ) and any(_is_near(text, subject) for subject in subjects)


def _carries(subject: str, sentence: str, theirs: frozenset[str]) -> bool:
    """Say whether a sentence takes most of its words from one ground, not a few from each."""
    said = set(content(sentence)) - _ALWAYS_KNOWN
    return len(said & (stems([subject]) | theirs)) >= _FROM_ONE_GROUND * len(said)


def _has_words(sentence: str, known: frozenset[str]) -> bool:
    """Say whether all words are known: one new word is enough to turn a sentence around, such as "rarely"."""
    return set(content(sentence)) <= known | _ALWAYS_KNOWN


def _is_near(text: str, subject: str) -> bool:
    said, about = (set(content(one)) or notions(one) for one in (text, subject))
    if not said or not about:
        return False
    shared = len(said & about) / min(len(said), len(about))
    if shared >= _LEAST_CLOSENESS:
        return True
    return (
        shared >= _LEAST_SHARED
        and float(text_or_no_vector(text) @ text_or_no_vector(subject)) >= _LEAST_CLOSENESS
    )
