"""What the learned reader of number roles sees of a quantity: its kind and size, and the words around it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.understanding.learned.features import text_or_no_vector
from bot.understanding.learned.linear import Array, Block, Sample
from bot.understanding.message import Part
from bot.understanding.number_concepts import concepts_of
from bot.understanding.number_values import Numbers

_WORD = re.compile(r"[a-z]+|[^\sa-z\d]")
_NEAR, _WINDOW = 3, 8
"""Words whose distance counts; words of which only the side counts."""
_MEANT, _VECTOR_WEIGHT = 5, 0.5
"""Words on each side whose meaning counts, and how much beside the words; measured on replies left out."""
_STEM = 5
_MOST_NOUN = 4
_ENDS_NOUN = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "for",
        "with",
        "to",
        "from",
        "by",
        "at",
        "that",
        "which",
        "who",
        "we",
        "our",
        "they",
        "it",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "so",
        "as",
        "per",
        "each",
        "plus",
        "than",
        "then",
        "all",
        "not",
        "no",
        "only",
        "out",
        "if",
        "when",
        "where",
        "what",
        "its",
        "your",
        "my",
        "their",
        "been",
        "be",
        "can",
        "will",
        "would",
        "should",
        "could",
        "do",
        "does",
        "did",
        "get",
        "gets",
        "got",
        "need",
        "needs",
        "want",
    ]
)
_MANY = 3

Tokens = Sequence[tuple[int, str]]
"""The words and signs of a message, each with its place."""


def samples(numbers: Numbers) -> list[Sample]:
    """Return what there is to see of each quantity of a message, in order."""
    tokens = _tokens(numbers)
    whole = Block(tuple(f"m:{name}" for _, word in tokens for name in concepts_of(word)), 0.4)
    return [_sample(numbers, index, tokens, whole) for index in range(len(numbers.quantities))]


def _sample(numbers: Numbers, index: int, tokens: Tokens, whole: Block) -> Sample:
    quantity, message = numbers.quantities[index], numbers.message
    kind = kind_of(numbers, index)
    before = [word for place, word in tokens if place < quantity.start][-_WINDOW:][::-1]
    after = [word for place, word in tokens if place >= quantity.end][:_WINDOW]
    before += ["<edge>"] * (_NEAR - len(before))
    after += ["<edge>"] * (_NEAR - len(after))
    near = tuple(_near(before, after, kind))
    own = tuple(_own(numbers, index))
    blocks = [
        Block(own, 1.5),
        Block(near, 1.5),
        Block(tuple(_window(before, after, kind))),
        Block(tuple(_part("g", tokens, message.segment_at(quantity.start), quantity.start)), 0.8),
        Block(tuple(_part("s", tokens, message.sentence_at(quantity.start), quantity.start)), 0.6),
        whole,
    ]
    if numbers.question_id:
        asked = numbers.question_id
        blocks.append(Block((f"{asked}:", *(f"{asked}:{one}" for one in (*own, *near))), 1.5))
    return Sample(tuple(blocks), _vector(before, after))


def _vector(before: Sequence[str], after: Sequence[str]) -> Array:
    """Return what the words around a number mean."""
    around = [*reversed(before[:_MEANT]), *after[:_MEANT]]
    return text_or_no_vector(" ".join(word for word in around if not word.startswith("<"))) * _VECTOR_WEIGHT


def kind_of(numbers: Numbers, index: int) -> str:
    """Return in one word what sort of number it is: "percent", "tokens", "rate", "decimal", "number"."""
    quantity, unit = numbers.quantities[index], numbers.units[index]
    if quantity.unit or unit.dimension:
        return quantity.unit or unit.dimension
    if quantity.said != round(quantity.said):
        return "decimal" if quantity.said < 1 else "fraction"
    return "range" if quantity.is_range else "number"


def _tokens(numbers: Numbers) -> Tokens:
    """Return the words of a message; each quantity is one word of its kind."""
    plain, position = numbers.message.plain, 0
    found: list[tuple[int, str]] = []
    for index, quantity in enumerate(numbers.quantities):
        if quantity.whole:
            continue  # its two numbers stand for it
        found.extend((match.start(), match[0]) for match in _WORD.finditer(plain, position, quantity.start))
        found.append((quantity.start, f"<{kind_of(numbers, index)}>"))
        position = max(position, quantity.end)
    found.extend((match.start(), match[0]) for match in _WORD.finditer(plain, position))
    return found


def _stem(word: str) -> str:
    return word[:_STEM]


def _own(numbers: Numbers, index: int) -> Iterator[str]:
    quantity, unit = numbers.quantities[index], numbers.units[index]
    kind = kind_of(numbers, index)
    size = math.floor(math.log10(quantity.said) * 2) if quantity.said > 0 else "nought"
    yield from (f"kind:{kind}", f"unit:{unit.name}", f"size:{size}", f"size:{size}:{kind}")
    yield f"place:{min(index, _MANY)}"
    yield f"place:{index}:{len(numbers.quantities)}"
    for other in range(len(numbers.quantities)):
        if other != index:
            yield f"other:{'before' if other < index else 'after'}:{kind_of(numbers, other)}"
    alike = [one.said for place, one in enumerate(numbers.quantities) if kind_of(numbers, place) == kind]
    rank = sum(said > quantity.said for said in alike)
    yield f"alike:{kind}:{min(len(alike), _MANY)}:{min(rank, _MANY)}"
    yield f"alike:{kind}:{'last' if quantity.said == alike[-1] else 'earlier'}"
    for one in numbers.quantities:
        if one.whole and one is not quantity and one.start <= quantity.start and quantity.end <= one.end:
            yield "ratio:part" if one.start == quantity.start else "ratio:whole"


def _near(before: Sequence[str], after: Sequence[str], kind: str) -> Iterator[str]:
    """Yield the next words with their distance, and the noun that the number seems to count."""
    for side, words in (("l", before), ("r", after)):
        for distance, word in enumerate(words[:_NEAR]):
            yield f"{side}{distance}:{_stem(word)}"
            for name in concepts_of(word):
                yield f"{side}{distance}c:{name}"
                yield f"{side}{distance}c:{name}:{kind}"
        for distance in range(_NEAR - 1):
            yield f"{side}{distance}+:{_stem(words[distance])} {_stem(words[distance + 1])}"
    yield f"lr:{_stem(before[0])} {_stem(after[0])}"
    noun = list(takewhile(lambda word: word.isalpha() and word not in _ENDS_NOUN, after[:_MOST_NOUN]))
    if not noun:
        return
    yield f"head:{_stem(noun[-1])}"
    for name in concepts_of(noun[-1]):
        yield f"head:{name}"
        for where, words in (("l", before[:_NEAR]), ("mod", noun[:-1]), ("post", after[len(noun) :])):
            yield from (f"head:{name}:{where}:{other}" for word in words for other in concepts_of(word))


def _window(before: Sequence[str], after: Sequence[str], kind: str) -> Iterator[str]:
    for side, words in (("l", before), ("r", after)):
        for word in words:
            yield f"{side}:{_stem(word)}"
            for name in concepts_of(word):
                yield f"{side}c:{name}"
                yield f"{side}c:{name}:{kind}"


def _part(prefix: str, tokens: Tokens, part: Part, middle: int) -> Iterator[str]:
    for place, word in tokens:
        if part.holds(place) and word.isalpha():
            side = "b" if place < middle else "a"
            yield f"{prefix}:{_stem(word)}"
            yield from (f"{prefix}c:{name}:{side}" for name in concepts_of(word))
