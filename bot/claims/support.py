"""Whether what a sentence says stands in its grounds: by words, and by closeness of meaning if we have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.claims.words import content, inner_sentences, stems
from bot.understanding.learned.features import text_or_no_vector

_ALWAYS_KNOWN = stems(
    [
        "model answer question one two three four five six seven eight nine ten twenty fifty hundred thousand half third tenth"
    ]
)
"""What every answer is about; and numbers, which have a check of their own."""
LEAST_OWN_SHARE = 0.15
LEAST_CLOSENESS = 0.45


def is_supported(text: str, template_sentence: str, cited: Sequence[str], others: Iterable[str]) -> bool:
    """Say whether each sentence of a text is carried by its grounds and the whole stays at its subject.

    `template_sentence` is the one it stands for, "" for a definition; `others` is what else may lend words.
    """
    known = stems([template_sentence, *cited, *others])
    subjects = [template_sentence, *(piece for passage in cited for piece in inner_sentences(passage))]
    return all(_has_words(sentence, known) for sentence in inner_sentences(text)) and any(
        _is_near(text, subject) for subject in subjects
    )


def _has_words(sentence: str, known: frozenset[str]) -> bool:
    """Say whether all words are known. One new word is enough to turn a sentence around: "rarely", "weakest"."""
    return set(content(sentence)) <= known | _ALWAYS_KNOWN


def _is_near(text: str, subject: str) -> bool:
    said, about = set(content(text)), set(content(subject))
    if not said or not about:
        return False
    shared = len(said & about) / min(len(said), len(about))
    if shared >= LEAST_CLOSENESS:
        return True
    return (
        shared >= LEAST_OWN_SHARE
        and float(text_or_no_vector(text) @ text_or_no_vector(subject)) >= LEAST_CLOSENESS
    )
