"""Words of a sentence: their stems, which of them carry meaning, and the sentences and clauses in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from bot.claims.word_lists import FUNCTION_WORDS, GLUE, SAME_MEANING

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bfine[ -]?tun"), "tun"),
    (re.compile(r"\bmade[ -]up\b"), "invented"),
    (re.compile(r"\blanguage models?\b"), "model"),
    (re.compile(r"\bswitch(?:ing)? on\b"), "turn on"),
    (re.compile(r"\b(?:look|looks|looked|looking) (?:\w+ ){0,2}?up\b"), "retrieve"),
    (re.compile(r"\b(?:held|hold)[ -](?:out|back)\b|\bset(?:ting)? (?:\w+ ){0,3}?aside\b"), "hold"),
)
"""What means one thing in several words."""
_SENTENCE_END = re.compile(r"""(?<=[.?!])["”’)]*(?:\s*\[[\w-]+\])*\**\s+(?=["“(*-]?\s?["“]?[A-Z0-9])|\n+""")
_CLAUSE_END = re.compile(
    r"[,;:.?!)]+(?=\s|$)|\s\(|\s[-–—]\s|—|\s(?:and|but|so|because|while|whereas|although|though|which|then)\s",
    re.IGNORECASE,
)

_stemmer = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Return the text in lower case, without accents and curly apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what all forms of a word share, and all words of one meaning."""
    stemmed = str(_stemmer.stemWord(word))
    return _HEADS.get(stemmed, stemmed)


_HEADS = {
    str(_stemmer.stemWord(word)): str(_stemmer.stemWord(group.split()[0]))
    for group in SAME_MEANING
    for word in group.split()
}
_LIGHT = FUNCTION_WORDS | GLUE
_LIGHT_STEMS = frozenset(str(_stemmer.stemWord(word)) for word in GLUE)


def words(text: str) -> list[str]:
    """Return the words in lower case; "fine-tuning" is "tuning", "don't" and "user's" are one each."""
    plain = fold(text)
    for pattern, word in _PHRASES:
        plain = pattern.sub(word, plain)
    return _WORD.findall(plain)


def is_light(word: str) -> bool:
    """Say whether a word claims nothing by itself: "the", "therefore", "start"."""
    bare = word.removesuffix("'s")
    return bare in _LIGHT or bare.replace("'", "") in _LIGHT or str(_stemmer.stemWord(bare)) in _LIGHT_STEMS


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of all words of the texts."""
    return frozenset(stem(word.removesuffix("'s")) for text in texts for word in words(text))


def content(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    return [stem(word.removesuffix("'s")) for word in words(text) if not is_light(word)]


def notions(text: str) -> frozenset[str]:
    """Return the stems of all words but those of grammar: what a sentence is recognised by."""
    return frozenset(stem(word) for word in words(text) if word not in FUNCTION_WORDS)


def inner_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line of a list is one."""
    return [part.strip(" -*\n") for part in _SENTENCE_END.split(text) if part and part.strip(" -*\n")]


def clauses(sentence: str) -> list[str]:
    """Return the parts of a sentence that may each claim something."""
    return [part.strip() for part in _CLAUSE_END.split(sentence) if part and part.strip()]
