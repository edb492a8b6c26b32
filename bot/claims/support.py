"""Whether what a sentence says stands in its grounds: by words, and by closeness of meaning if we have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.claims.words import content, inner_sentences, stems
from bot.understanding.learned.features import text_or_no_vector

MOST_NEW_SHARE = 0.25
"""The most that may be new among the words that carry meaning; measured in `tests/golden/claims`."""
_ONE_NEW_FROM = 4
"""One new word is let pass in a sentence of at least as many."""
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
    said = content(sentence)
    new = [word for word in said if word not in known]
    most = max(len(said) * MOST_NEW_SHARE, 1 if len(said) >= _ONE_NEW_FROM else 0)
    return len(new) <= most


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
