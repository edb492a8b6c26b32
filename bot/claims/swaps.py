"""Swaps: the words of a ground with two of them in each other's place, or one lever in another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from bot.claims.levers import ANYWHERE
from bot.claims.stances import named
from bot.claims.words import content, fold

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ALIKE = 0.6
"""From this share of common words on, the order of a sentence is compared with that of a ground."""
_LEAST_GAIN = 2
"""How many more neighbours must agree after the exchange; in the shortest sentences one is all there is."""
_SHORT = 4
_AGREEMENT = 0.6
"""How many of all neighbours must agree then."""
_MOST_WORDS = 40


def has_swap(text: str, template_sentence: str, cited: Sequence[str]) -> bool:
    """Say whether exchanging two words brings a text nearer to a ground, or it pulls another lever."""
    own, template_levers = named([text]) - ANYWHERE, named([template_sentence]) - ANYWHERE
    if own and template_levers and not own & template_levers and not own & named(cited):
        return True
    said = _tokens(text)
    return any(_is_swapped(said, _tokens(ground)) for ground in (template_sentence, *cited))


def _tokens(text: str) -> list[str]:
    """Return the words that carry meaning and the numbers, in order."""
    parts = re.split(rf"({_NUMBER.pattern})", fold(text))
    return [token for part in parts for token in ([part] if _NUMBER.fullmatch(part) else content(part))][
        :_MOST_WORDS
    ]


def _is_swapped(said: list[str], ground: list[str]) -> bool:
    shared = sorted(set(said) & set(ground))
    if len(shared) < _ALIKE * len(set(said)):
        return False
    known = _neighbours(ground)
    before = len(_neighbours(said) & known)
    least = before + (_LEAST_GAIN if len(shared) > _SHORT else 1)
    return any(
        len(after & known) >= max(least, _AGREEMENT * len(after))
        for one, other in combinations(shared, 2)
        if not _are_adjacent(said, one, other)
        for after in [_neighbours(_exchanged(said, one, other))]
    )


def _are_adjacent(tokens: list[str], one: str, other: str) -> bool:
    """Say whether two words stand together, where their order rarely matters: "a wrong answer"."""
    return any({one, other} == {left, right} for left, right in pairwise(tokens))


def _neighbours(tokens: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(tokens)) | set(zip(tokens, tokens[2:], strict=False))


def _exchanged(tokens: list[str], one: str, other: str) -> list[str]:
    return [other if token == one else one if token == other else token for token in tokens]
