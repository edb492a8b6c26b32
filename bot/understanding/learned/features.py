"""What the learned readers look at: stemmed words and pairs of them, and a vector of the meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
import snowballstemmer

from bot.understanding.learned.linear import Array, Block, Sample
from knowledge.word_vectors import DIMENSIONS, has_vectors, text_vector

_WORD = re.compile(r"[a-z]+|\d[\d.,]*|[?%$€£]")
_MESSAGE_WEIGHT = 0.6
"""How much the whole message counts beside a clause of it; measured by cross-validation (`make learn`)."""
_CLAUSE_VECTOR_WEIGHT = 0.3
_MESSAGE_VECTOR_WEIGHT = 0.3
"""How much the vector counts beside the words. With thousands of examples the words tell more, and a heavy
vector drowns them."""

_UNKNOWN = "*"
"""Stands for the words that no example taught: an answer seldom has many of them, an aside often."""

_stemmer = snowballstemmer.stemmer("english")


def clause_sample(clause: str, message: str, question_id: str = "") -> Sample:
    """Return one clause of a message in plain form; with the id of the question that it answers, if any.

    A short answer means what its question makes of it, so its words count once more beside the question.
    """
    words = _words(clause)
    blocks = [
        Block(_grams("", words)),
        Block(tuple(f"m:{word}" for word in _words(message)), _MESSAGE_WEIGHT),
    ]
    if question_id:
        blocks.append(Block((f"{question_id}:", *_grams(f"{question_id}:", words))))
    return Sample(tuple(blocks), text_or_no_vector(clause) * _CLAUSE_VECTOR_WEIGHT)


def message_sample(message: str, question_id: str = "") -> Sample:
    """Return a whole message in plain form."""
    words = _words(message)
    blocks = [Block(_grams("", words))]
    if question_id:
        blocks.append(Block((f"{question_id}:", *_grams(f"{question_id}:", words))))
    # A full stop at the end says nothing, and must not tip what is on the edge.
    return Sample(tuple(blocks), text_or_no_vector(message.rstrip(" .!")) * _MESSAGE_VECTOR_WEIGHT)


def reply_sample(reply: str, question_id: str) -> Sample:
    """Return a whole reply in plain form; every word counts once more beside the question."""
    words = _words(reply)
    beside = (f"{question_id}:", *_grams(f"{question_id}:", words))
    blocks = (Block(_grams("", words), unknown=_UNKNOWN), Block(beside, unknown=f"{question_id}:{_UNKNOWN}"))
    return Sample(blocks, text_or_no_vector(reply))


def _grams(prefix: str, words: list[str]) -> tuple[str, ...]:
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    return tuple(prefix + gram for gram in (*words, *pairs))


def _words(plain: str) -> list[str]:
    return ["#" if word[0].isdigit() else _stem(word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def text_or_no_vector(text: str) -> Array:
    """Return the vector of a text; zeros on platforms without any, where words alone read less well."""
    return text_vector(text) if has_vectors() else np.zeros(DIMENSIONS, dtype=np.float32)
