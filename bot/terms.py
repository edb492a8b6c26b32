"""What a decision can be found by: who, where, what became of it, and the stems of its words.

A term is "KIND:VALUE". The store keeps a list of decisions under each; a query names the terms that all have
to hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from bot.decision.options import Option
from bot.record import DecisionRecord
from knowledge.words import STOP_WORDS, fold

MOST_STEMS = 120
"""Of one record; a question holds about a hundred words at most. The first ones count."""
MOST_STEM_CHARS = 40

_WORD = re.compile(r"[^\W_]+")
_FINE_TUNE = re.compile(r"\bfine[ -]tun")
_stemmer = snowballstemmer.stemmer("english")


def terms_of(record: DecisionRecord) -> frozenset[str]:
    """Return everything that this record is found by."""
    return facets_of(record) | words_of(record)


def facets_of(record: DecisionRecord) -> frozenset[str]:
    """Return who, where and what became of it."""
    people = {record.owner, *(change.by for change in record.history)}
    return frozenset(
        {
            f"status:{record.status}",
            f"outcome:{outcome_of(record)}",
            f"channel:{record.place.channel_id}",
            within(record.audience.channel_id),
            *(f"person:{user_id}" for user_id in people),
        }
    )


def words_of(record: DecisionRecord) -> frozenset[str]:
    """Return the stems of the question, the headline and the reasons."""
    text = "\n".join((record.context, record.current.headline, *record.current.rationale))
    stems = dict.fromkeys(stem for stem in _stems(text) if stem not in _GRAMMAR)
    return _word_terms(list(stems)[:MOST_STEMS])


def within(channel_id: str) -> str:
    """Return the term of what everyone in a channel may see there."""
    return f"within:{channel_id}"


def outcome_of(record: DecisionRecord) -> Option:
    """Return what people decided, or what is recommended as long as they have not."""
    return record.decided_option or record.current.option


def words_wanted(words: str) -> frozenset[str]:
    """Return the terms of words to look for; words of grammar only where there are no others."""
    stems = frozenset(_stems(words))
    return _word_terms(stems - _GRAMMAR or stems)


def _word_terms(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(f"word:{stem}" for stem in stems)


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(_FINE_TUNE.sub("finetun", fold(text)))]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word[:MOST_STEM_CHARS]))


_GRAMMAR = frozenset(map(_stem, STOP_WORDS))
