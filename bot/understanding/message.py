"""A message in a plain form that patterns can rely on, and the way back to the exact words.

Plain means: lower case, no accents, no apostrophes inside words ("don't" is "dont"), single spaces, short
forms written out ("w/o" is "without"), frequent slips of the keyboard repaired. Each character of the plain
form knows where it came from, so that a quote is always a substring of what was said.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.conversation import MAX_TEXT_CHARS
from bot.understanding.vocabulary import CORRECT_NEIGHBOURS, OFTEN_MISSPELT, SHORT_FORMS

MAX_QUOTE_CHARS = 600
"""As long as a statement's quote may be."""

_UNSAID = re.compile(
    r"```.*?(?:```|\Z)"  # code and logs are not what the person says
    r"|<[@#!][^>\n]{1,80}>"  # Slack mentions
    r"|<?https?://[^\s>|]+(?:\|[^>\n]*)?>?"
    r"|^[ \t]*(?:>|&gt;)[^\n]*",  # quoted lines are somebody else's words
    re.DOTALL | re.MULTILINE,
)
_UNIT = re.compile(
    r"(?<=\d)(?P<fraction> ?[¼-¾⅐-⅞])"
    r"|(?<=\d)(?P<thousands>[\u00a0\u2009\u202f](?=\d{3}(?!\d)))"
    r"|(?<=\d)(?P<power>[⁰¹²³⁴-⁹]+)"
    r"|\s+"
    r"|(?i:ca|approx|aprox|vs|max|min|avg|env)\.(?=\s*[\d~])"
    r"|(?i:w/o|b/c|w/)"
    r"|:(?:x|heavy_multiplication_x|no_entry|(?:white|heavy)_check_mark|ballot_box_with_check):"
    r"|[^\W\d_]+(?:['’´`][^\W\d_]+)*"
    r"|.",
    re.DOTALL,
)
_CHARACTERS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "…": ".",
        "¼": "a quarter",
        "½": "half",
        "¾": "three quarters",
        "⅓": "a third",
        "⅔": "two thirds",
    }
)
MARKS = r"\[[xv✓✔ ]?\]|[✓✔✅☑✗✘❌☐]"
"""What ticks a step off in a list, or not."""
_SENTENCE_END = re.compile(r"[.!?;\n]+(?=[\s\"')]|$)|\n")
_SEGMENT_END = re.compile(
    rf"{MARKS}|"
    r",(?!\d{3}(?!\d))|[()]|:(?= )| [-|] |->|→|"
    r"\b(?:but|though|tho|however|while|whereas|although|because|aber|pero|mais|sondern|sino)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the plain form, `start` included, `end` not."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        """Say whether a position lies inside."""
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class Message:
    """One message: as it was said, in plain form, and cut into sentences and their segments."""

    said: str
    plain: str
    origins: tuple[int, ...]
    """For each plain character, where it starts in `said`; one more for the end."""
    sentences: tuple[Part, ...]
    segments: tuple[Part, ...]

    def is_asked(self, part: Part) -> bool:
        """Say whether a part stands before a question mark."""
        return self.plain[part.end : part.end + 1] == "?"

    @property
    def questions(self) -> tuple[Part, ...]:
        """Return the sentences that end with a question mark."""
        return tuple(part for part in self.sentences if self.is_asked(part))

    def quote(self, start: int, end: int) -> str:
        """Return the said words behind a stretch of the plain form, without surrounding blanks."""
        return self.said[self.origins[start] : self.origins[end]].strip()[:MAX_QUOTE_CHARS].strip()

    def sentence_at(self, position: int) -> Part:
        """Return the sentence that holds a position."""
        return _part_at(self.sentences, position)

    def segment_at(self, position: int) -> Part:
        """Return the segment that holds a position: a sentence ends it, and so do commas and "but"."""
        return _part_at(self.segments, position)

    def quote_around(self, start: int, end: int) -> str:
        """Return the segment's words around a match, or only the match where the segment is long."""
        first, last = self.segment_at(start), self.segment_at(max(start, end - 1))
        begin, finish = min(first.start, start), max(last.end, end)
        if finish - begin > MAX_QUOTE_CHARS // 3:
            begin, finish = start, end
        return self.quote(begin, finish)


def prepare(text: str) -> Message:
    """Return the message ready for reading; longer ones are read from their beginning only."""
    said = text[:MAX_TEXT_CHARS]
    visible = _UNSAID.sub(lambda match: " " * len(match[0]), said)
    pieces: list[str] = []
    origins: list[int] = []
    for match in _UNIT.finditer(visible):
        plain = _plain_number(match) or _plain(match[0])
        pieces.append(plain)
        origins.extend(_spread(match.start(), len(match[0]), len(plain)))
    origins.append(len(said))
    return _message(said, "".join(pieces), tuple(origins))


def made_of(message: Message, places: Sequence[int]) -> Message:
    """Return the message that these characters of its plain form make, in this order."""
    origins = (*(message.origins[place] for place in places), message.origins[-1])
    return _message(message.said, "".join(message.plain[place] for place in places), origins)


def places_outside(message: Message, parts: Sequence[Part]) -> tuple[int, ...]:
    """Return the places of the plain form that none of the parts holds, for `made_of`."""
    return tuple(place for place in range(len(message.plain)) if not any(part.holds(place) for part in parts))


def _message(said: str, plain: str, origins: tuple[int, ...]) -> Message:
    sentences = _cut(plain, _SENTENCE_END, Part(0, len(plain)))
    segments = tuple(part for whole in sentences for part in _cut(plain, _SEGMENT_END, whole))
    return Message(said, plain, origins, sentences, segments)


def _spread(start: int, said_length: int, plain_length: int) -> list[int]:
    """Return an origin for each plain character; a word that changed its length is quoted as a whole."""
    if said_length == plain_length:
        return list(range(start, start + plain_length))
    return [start] * plain_length


def _plain_number(match: re.Match[str]) -> str:
    """Return a mark inside a number as it is typed on any keyboard; "" for all other units."""
    if match["fraction"]:
        return f"{unicodedata.numeric(match[0].strip()):g}".removeprefix("0")
    if match["power"]:
        return f"^{unicodedata.normalize('NFKD', match[0])}"
    return "'" if match["thousands"] else ""


def _plain(unit: str) -> str:
    if unit.isspace():
        return "\n" if "\n" in unit else " "
    if len(unit) == 1 and unit.isascii():
        return unit.lower()
    return _plain_word(unit)


@lru_cache(maxsize=4096)
def _plain_word(unit: str) -> str:
    letters = unicodedata.normalize("NFKD", unit.translate(_CHARACTERS).lower())
    word = "".join(letter for letter in letters if not unicodedata.combining(letter))
    word = word.replace("ß", "ss").replace("'", "") if len(word) > 1 else word
    return SHORT_FORMS.get(word) or _repaired(word)


_SHORTEST_REPAIRED = 7


def _repaired(word: str) -> str:
    """Return the word we know that is one slip away, for long words only: short ones have too many near."""
    if len(word) < _SHORTEST_REPAIRED or not word.isascii() or word in CORRECT_NEIGHBOURS:
        return word
    for known in OFTEN_MISSPELT:
        if known[0] == word[0] and abs(len(known) - len(word)) <= 1 and OSA.distance(known, word) == 1:
            return word if _is_inflected(known, word) else known
    return word


def _is_inflected(known: str, word: str) -> bool:
    """Say whether the difference is grammar ("prompted", "examples") and no slip."""
    return word.rstrip("sd") == known.rstrip("sd")


def _cut(text: str, boundary: re.Pattern[str], whole: Part) -> tuple[Part, ...]:
    parts: list[Part] = []
    start = whole.start
    for match in boundary.finditer(text, whole.start, whole.end):
        if match.start() > start:
            parts.append(Part(start, match.start()))
        start = max(start, match.end())
    if start < whole.end or not parts:
        parts.append(Part(start, max(whole.end, start)))
    return tuple(parts)


def _part_at(parts: tuple[Part, ...], position: int) -> Part:
    index = bisect.bisect_right(parts, position, key=lambda part: part.start) - 1
    return parts[max(index, 0)]
