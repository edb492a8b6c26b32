"""Swaps: the words of a ground in another order, another word in the place of one, another lever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from bot.claims.levers import ANYWHERE
from bot.claims.stances import named
from bot.claims.word_lists import FUNCTION_WORDS
from bot.claims.words import clauses, content, fold, inner_sentences, notions, stem, stems, words

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ALIKE = 0.6
"""From this share of common words on, the order of a sentence is compared with that of a ground."""
_LONG = 6
"""From this many words on, one may stand elsewhere."""
_ORDERLY = 0.8
_MOST_TIMES_LONGER = 3
"""In a much longer ground nearly any order can be found."""
_LEAST_GAIN = 2
"""How many more words must stand in the ground's order after an exchange: the two that were exchanged."""
_MOST_WORDS = 40
_THEN = re.compile(r"\bthen\b")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?: \w+){1,3} by\b")
_RELATING = frozenset("before after than above without instead rather until only".split())  # noqa: SIM905 - words
_SEGMENT_END = re.compile(
    r"[,;:.?!)]+(?=\s|$)|\s\(|\s[-–—]\s|—|\s(?=(?:and|but|so|because|since|while|whereas|where|when|if|once|until|unless|before|after|"
    r"which|that|what|in|for|on|with|without|by|at|from|beside|among|than|whether)\s)",
    re.IGNORECASE,
)


def has_swap(text: str, template_sentence: str, cited: Sequence[str], facts: Iterable[str]) -> bool:
    """Say whether a text has the words of a ground, but not in its relations.

    What the person said (`facts`) may stand in any place.
    """
    if _pulls_another_lever(text, template_sentence, cited):
        return True
    grounds = list(_grounds(template_sentence, cited))
    theirs = stems(facts)
    return any(
        _is_replaced(content(sentence), [content(ground) for ground in grounds], theirs)
        or _is_crossed(sentence, max(grounds, key=lambda ground: _in_common(sentence, ground)))
        or _is_exchanged(sentence, grounds)
        or _is_disordered(sentence, grounds)
        for sentence in inner_sentences(text)
    )


def _pulls_another_lever(text: str, template_sentence: str, cited: Sequence[str]) -> bool:
    said, own = named([text]) - ANYWHERE, named([template_sentence]) - ANYWHERE
    if not said or not own or said & own:
        return False
    is_near = 2 * len(notions(text) & notions(template_sentence)) >= len(notions(text))
    return is_near or not said & named(cited)


def _grounds(template_sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield what a sentence may be made from: single sentences, and two in a row."""
    yield template_sentence
    for passage in cited:
        sentences = inner_sentences(passage)
        yield from sentences
        yield from (f"{one} {other}" for one, other in pairwise(sentences))


def _is_replaced(said: list[str], grounds: Sequence[list[str]], theirs: frozenset[str]) -> bool:
    """Say whether the ground nearest in order has other words in the place of some of these."""
    ground = max(grounds, key=lambda one: _in_order(said, one), default=[])
    if _in_order(said, ground) < _ALIKE * max(len(said), 1):
        return False
    return any(
        name == "replace" and not set(said[start:end]) <= theirs | set(ground)
        for name, start, end, _, _ in SequenceMatcher(None, said, ground, autojunk=False).get_opcodes()
    )


def _in_common(sentence: str, ground: str) -> float:
    """Return how many words of meaning two texts share; the shorter ground counts for more."""
    about = set(content(ground))
    return len(set(content(sentence)) & about) - len(about) / 1_000


def _is_crossed(sentence: str, ground: str) -> bool:
    """Say whether two clauses of a sentence each put together what stands in two clauses of a ground."""
    parts = [frozenset(content(clause)) for clause in clauses(ground)]
    seen: set[tuple[int, int]] = set()
    for clause in clauses(sentence):
        said = set(content(clause))
        mixed = {at for at, part in enumerate(parts) if said & part - _others(parts, at)}
        pairs = set(combinations(sorted(mixed), 2))
        if pairs & seen:
            return True
        seen |= pairs
    return False


def _others(parts: Sequence[frozenset[str]], but: int) -> frozenset[str]:
    return frozenset().union(*parts[:but], *parts[but + 1 :])


def _is_exchanged(sentence: str, grounds: Sequence[str]) -> bool:
    """Say whether a sentence, or a clause of it, stands in no ground's order, but does after one exchange."""
    ordered = [(_tokens(ground), _is_passive(ground)) for ground in grounds]
    return any(
        _is_swapped(_tokens(part), [one for one, is_passive in ordered if is_passive is _is_passive(part)])
        for part in dict.fromkeys((sentence, *clauses(sentence)))
    )


def _is_passive(text: str) -> bool:
    """Say whether a text names who acts behind a "by", which turns the order around without a swap."""
    return _PASSIVE.search(fold(text)) is not None


def _is_swapped(said: list[str], grounds: Sequence[list[str]]) -> bool:
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
        _in_order(exchanged, ground) >= least for exchanged in _exchanges(shared)
    )


def _in_order(tokens: list[str], ground: list[str]) -> int:
    """Return how many tokens stand in the ground's order: their longest common subsequence."""
    row = [0] * (len(ground) + 1)
    for token in tokens:
        diagonal = 0
        for at, known in enumerate(ground, start=1):
            diagonal, row[at] = row[at], diagonal + 1 if token == known else max(row[at], row[at - 1])
    return row[-1]


def _is_disordered(sentence: str, grounds: Iterable[str]) -> bool:
    """Say whether a sentence is near to grounds, but puts the words of each into relations of its own.

    The segments of a ground may come in any order unless one comes "then"; words of one may not stand among
    those of another, nor in another order within it.
    """
    said = _tokens(sentence)
    is_sequence = _THEN.search(fold(sentence)) is not None
    found = []
    for ground in grounds:
        segments = [_tokens(segment) for segment in _SEGMENT_END.split(ground) if segment]
        shared = [token for token in said if any(token in segment for segment in segments)]
        if len(shared) >= max(2, _ALIKE * len(said)):
            spare = int(len(shared) >= _LONG)
            is_orderly = (
                len(shared) - _in_order(shared, [token for one in segments for token in one]) <= spare
            )
            found.append(is_orderly or (not is_sequence and _misplaced(shared, segments) <= spare))
    return bool(found) and not any(found)


def _misplaced(tokens: list[str], segments: Sequence[list[str]]) -> int:
    """Return how many tokens stand among those of another segment, or before one that they should follow."""
    current, left, misplaced = -1, set[int](), 0
    placed: dict[int, list[str]] = {}
    for token in tokens:
        holding = [at for at, segment in enumerate(segments) if token in segment]
        if current not in holding:
            left.add(current)
            fresh = [at for at in holding if at not in left]
            misplaced += not fresh
            current = (fresh or holding)[0]
        placed.setdefault(current, []).append(token)
    return misplaced + sum(len(inside) - _in_order(inside, segments[at]) for at, inside in placed.items())


def _tokens(text: str) -> list[str]:
    """Return the stems of all words but those of grammar, and the numbers, in order."""
    parts = re.split(rf"({_NUMBER.pattern})", fold(text))
    return [
        token
        for part in parts
        for token in (
            [part]
            if _NUMBER.fullmatch(part)
            else [stem(word) for word in words(part) if word not in FUNCTION_WORDS or word in _RELATING]
        )
    ][:_MOST_WORDS]


def _exchanges(tokens: list[str]) -> Iterator[list[str]]:
    """Yield the tokens with two of them in each other's place.

    Two numbers stay: what each belongs to, the check of numbers compares more closely.
    """
    for one, other in combinations(sorted(set(tokens)), 2):
        if not (one[0].isdigit() and other[0].isdigit()):
            yield [other if token == one else one if token == other else token for token in tokens]
