"""Names in a sentence: people, products, identifiers. A new one has no ground."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.claims.words import inner_sentences, is_light, stem, stems

_TOKEN = re.compile(r"[A-Za-z0-9À-ÿ](?:[\w.+'’/-]*[\w+])?")
_ALWAYS_KNOWN = frozenset({"rag", "i", "i'd", "llm", "llms"})
"""Names that readers of any answer know."""


def new_names(text: str, grounds: Iterable[str]) -> list[str]:
    """Return the capitalised words and identifiers of the text that occur nowhere in the grounds."""
    known_texts = list(grounds)
    known = {piece for ground in known_texts for token in _TOKEN.findall(ground) for piece in _pieces(token)}
    known_stems = stems(known_texts)
    return [
        token
        for sentence in inner_sentences(text)
        for position, match in enumerate(_TOKEN.finditer(sentence))
        if _is_name(token := match[0], sentence[: match.start()], position)
        and not _pieces(token) & (known | _ALWAYS_KNOWN)
        and not (token.isalpha() and token[1:].islower() and stem(token.lower()) in known_stems)
    ]


def _pieces(token: str) -> set[str]:
    plain = token.lower().replace("’", "'").removesuffix("'s")
    return {plain}


def _is_name(token: str, before: str, position: int) -> bool:
    if any(character.isdigit() for character in token):
        return any(character.isalpha() for character in token) and not re.fullmatch(
            r"\d[\d.,]*(?:k|m|x|bn|st|nd|rd|th|s)|\d+-[a-z]+(?:-[a-z]+)*|[a-z]+-\d+", token
        )
    starts = position == 0 or before.rstrip().endswith((":", "“", '"'))
    inner = any(character.isupper() for character in token[1:])
    return (inner or (token[:1].isupper() and not starts)) and not is_light(token.lower())
