"""Swaps: the words of a ground with two of them in each other's place, or one lever in another's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from bot.claims.levers import ANYWHERE
from bot.claims.stances import named
from bot.claims.words import clauses, content, fold, inner_sentences, stems

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ALIKE = 0.6
"""From this share of common words on, the order of a sentence is compared with that of a ground."""
_LEAST_GAIN = 2
"""How many more words must stand in the ground's order after the exchange: the two that were exchanged."""
_LONG = 6
"""From this many words on, one may stand elsewhere."""
_ORDERLY = 0.8
_MOST_TIMES_LONGER = 3
"""In a much longer ground nearly any order can be found."""
_MOST_WORDS = 40
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?: \w+){1,3} by\b")


def has_swap(text: str, template_sentence: str, cited: Sequence[str], facts: Iterable[str]) -> bool:
    """Say whether a text is a ground with two words exchanged, one word replaced, or another lever pulled.

    What the person said (`facts`) may stand in any place.
    """
    own, template_levers = named([text]) - ANYWHERE, named([template_sentence]) - ANYWHERE
    if own and template_levers and not own & template_levers and not own & named(cited):
        return True
    grounds = list(_grounds(template_sentence, cited))
    ordered = [(_tokens(ground), _is_passive(ground)) for ground in grounds]
    theirs, plain_grounds = stems(facts), [content(ground) for ground in grounds]
    return any(
        _is_replaced(content(sentence), plain_grounds, theirs)
        or any(
            _is_swapped(
                _tokens(part), [one for one, is_passive in ordered if is_passive is _is_passive(part)]
            )
            for part in dict.fromkeys((sentence, *clauses(sentence)))
        )
        for sentence in inner_sentences(text)
    )


def _is_passive(text: str) -> bool:
    """Say whether a text names who acts behind a "by", which turns the order around without a swap."""
    return _PASSIVE.search(fold(text)) is not None


def _grounds(template_sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield what a sentence may be made from: single sentences, and two in a row."""
    yield template_sentence
    for passage in cited:
        sentences = inner_sentences(passage)
        yield from sentences
        yield from (f"{one} {other}" for one, other in pairwise(sentences))


def _tokens(text: str) -> list[str]:
    """Return the words that carry meaning and the numbers, in order."""
    parts = re.split(rf"({_NUMBER.pattern})", fold(text))
    return [token for part in parts for token in ([part] if _NUMBER.fullmatch(part) else content(part))][
        :_MOST_WORDS
    ]


def _is_replaced(said: list[str], grounds: Sequence[list[str]], theirs: frozenset[str]) -> bool:
    """Say whether the ground nearest in order has other words in the place of some of these."""
    ground = max(grounds, key=lambda one: _in_order(said, one), default=[])
    if _in_order(said, ground) < _ALIKE * max(len(said), 1):
        return False
    return any(
        name == "replace" and not set(said[start:end]) <= theirs | set(ground)
        for name, start, end, _, _ in SequenceMatcher(None, said, ground, autojunk=False).get_opcodes()
    )


def _is_swapped(said: list[str], grounds: Sequence[list[str]]) -> bool:
    """Say whether a sentence stands in no ground's order, but does after one exchange."""
    near = [ground for ground in grounds if len(ground) <= _MOST_TIMES_LONGER * len(said)]
    if any(_in_order(said, ground) >= _ORDERLY * len(said) for ground in near):
        return False
    return any(_becomes_orderly(said, ground) for ground in near)


def _becomes_orderly(said: list[str], ground: list[str]) -> bool:
    shared = [token for token in said if token in ground]
    if len(shared) < max(_LEAST_GAIN + 1, _ALIKE * len(said)):
        return False
    least = max(_in_order(shared, ground) + _LEAST_GAIN, len(shared) - (len(shared) >= _LONG))
    return least <= len(shared) and any(
        _in_order(_exchanged(shared, one, other), ground) >= least
        for one, other in combinations(sorted(set(shared)), 2)
        # What each number belongs to, the check of numbers compares more closely.
        if not (one[0].isdigit() and other[0].isdigit())
    )


def _in_order(tokens: list[str], ground: list[str]) -> int:
    """Return how many tokens stand in the ground's order: their longest common subsequence."""
    row = [0] * (len(ground) + 1)
    for token in tokens:
        diagonal = 0
        for at, known in enumerate(ground, start=1):
            diagonal, row[at] = row[at], diagonal + 1 if token == known else max(row[at], row[at - 1])
    return row[-1]


def _exchanged(tokens: list[str], one: str, other: str) -> list[str]:
    return [other if token == one else one if token == other else token for token in tokens]
