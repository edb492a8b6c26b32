"""Names of terms found in a question, typing errors included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.words import split_words

# A slip in a short word makes another word (rag, bag); from these lengths on one or two slips are forgiven.
_ONE_SLIP_FROM = 5
_TWO_SLIPS_FROM = 9


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name of a term in a question: which of its words it covers, and how many slips were forgiven."""

    slug: str
    name: str
    start: int
    end: int
    slips: int

    @property
    def length(self) -> int:
        """How many words of the question it covers."""
        return self.end - self.start


class Aliases:
    """All names of all terms; safe to use from several threads."""

    def __init__(self, names: Mapping[str, Iterable[str]], is_word: Callable[[str], bool]) -> None:
        """`names` holds for every slug its term and aliases; what `is_word` knows is no typing error."""
        self._is_word = is_word
        self._slugs: dict[str, str] = {}
        for slug, all_names in names.items():
            for name in all_names:
                self._slugs.setdefault(_joined(split_words(name)), slug)
        self._long_names = [name for name in self._slugs if len(name) >= _ONE_SLIP_FROM]
        self.names = tuple(self._slugs)
        self._longest = max((name.count(" ") + 1 for name in self._slugs), default=0)

    def find(self, question: str) -> list[NameFound]:
        """Return the names in the question, longest first; none lies inside another."""
        words = split_words(question)
        taken = [False] * len(words)
        found: list[NameFound] = []
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if any(taken[start : start + length]):
                    continue
                match = self._match(_joined(words[start : start + length]))
                if match:
                    name, slips = match
                    found.append(NameFound(self._slugs[name], name, start, start + length, slips))
                    taken[start : start + length] = [True] * length
        return found

    def _match(self, text: str) -> tuple[str, int] | None:
        for form in _forms(text):
            if form in self._slugs:
                return form, 0
        allowed = _slips_allowed(text)
        if not allowed:
            return None
        best = process.extractOne(text, self._long_names, scorer=OSA.distance, score_cutoff=allowed)
        # The first letter is almost never the slip, and without it "mode" would be "node".
        if best is None or best[0][0] != text[0] or best[1] > _slips_allowed(best[0]):
            return None
        if all(self._is_word(word) for word in text.split()):
            return None
        return best[0], int(best[1])


def _joined(words: list[str]) -> str:
    return " ".join(words)


def _forms(text: str) -> Iterable[str]:
    """The text as it stands, in the singular and the plural, and written as one word."""
    yield text
    yield text + "s"
    if text.endswith("s"):
        yield text[:-1]


def _slips_allowed(text: str) -> int:
    return 2 if len(text) >= _TWO_SLIPS_FROM else 1 if len(text) >= _ONE_SLIP_FROM else 0
