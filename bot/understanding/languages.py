"""The languages it has to work in, `languages`; and whether a message itself is in another than English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from bot.decision.language_names import LANGUAGE_CODES
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before
from bot.understanding.number_words import LANGUAGE_MARKS

_NAME = re.compile(rf"\b(?P<name>{'|'.join(LANGUAGE_CODES)})\b")
_USED_BEFORE = re.compile(
    r"\b(?:in|into|from|to|formal|informal|only|plain|mostly|mainly|speak|speaks|"
    r"languages?:?|and|plus|or|both|support|supports|handle|handles) (?:\w+ )?$|[+/&,] ?$"
)
_USED_AFTER = re.compile(
    r"(?: |-)?(?:only|language|speaking|texts?|reports?|docs|documents|mails?|emails?|"
    r"tickets|customers|letters|speakers|prompts|queries|content|replies)\b| ?[+/&]|"
    r" and (?:\w+)"
)


_SCHOOL = r"department|teachers?\b|class(?:es)?\b|lessons?|literature|studies|branch"
_CODES = frozenset(LANGUAGE_CODES.values())
_SHORT = {"cz": "cs", "jp": "ja", "eng": "en", "ger": "de"}
_WORDS = frozenset({"it", "is", "no", "am", "so", "my", "be"})
"""Codes that are English words."""
_ITEM = rf"(?:{'|'.join(sorted({*_CODES, *_SHORT, *LANGUAGE_CODES} - _WORDS))})"
_BARE_CODE = rf"(?:{'|'.join(sorted(_CODES | _SHORT.keys()))})"
_LISTED = re.compile(
    rf"(?<![\w'-])(?:{_BARE_CODE}(?:\s*[,/+]\s*{_BARE_CODE})+"
    rf"|{_ITEM}(?:\s*(?:,|/|\+|&|,? and)\s*(?:(?:a )?(?:bit|little) of |some )?{_ITEM})+"
    r"(?=\s*(?:[,.;:!?()]|$)))"
    r"(?![\w'-])"
)
"""Languages in a row, by name or by code, for who is asked for them: a code alone may be any short word."""
_BETWEEN_SLIPS = re.compile(
    r"[^a-z]*(?:(?:oh|hm+|uh|er|no|not|wait|sorry|i mean|scratch that|oops|its|actually)\b[ ,.!:-]*)+"
)
_RATHER = re.compile(r"\b(?:wait|sorry|i mean|scratch that|oops)\b")
"""Between two names and nothing but fillers: the first was a slip."""
_SLIP = re.compile(r"\b(?:wait|sorry|oops|hm+)[, ]+no,? $")
"""Before a name: the no is to the one before, and not to this."""
_SPOKEN_OF = re.compile(
    r"\b(?:answer|repl|respond|forgot|forget|switch|writes?|speaks? (?:bad|poor)|how to)\w*[^,.;]{0,24}$"
)
"""Then the language is what goes wrong, not what the texts are in."""


def find_languages(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield the languages that the texts are in; a language that only happens to be named is left out."""
    matches = [
        match
        for match in _NAME.finditer(message.plain)
        if (not is_denied_before(message, match.start()) or _SLIP.search(message.plain, 0, match.start()))
        and ("languages" in asked or _is_used(message, match))
    ]
    spans = [(match.start(), match.end()) for match in matches]
    if "languages" in asked:
        spans = _last_said(message, sorted({*spans, *_listed(message)}))
    codes = tuple(dict.fromkeys(_code_of(message.plain[start:end]) for start, end in spans))
    if codes:
        yield Found("languages", codes, spans[0][0], spans[-1][1])


def _listed(message: Message) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list of languages stand."""
    for row in _LISTED.finditer(message.plain):
        for word in re.finditer(r"[a-z]+", row[0]):
            if word[0] in LANGUAGE_CODES or word[0] in _CODES | _SHORT.keys():
                yield row.start() + word.start(), row.start() + word.end()


def _last_said(message: Message, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the names from the last on that was said instead of the one before it."""
    begin = 0
    for place, ((_, end), (start, _)) in enumerate(pairwise(spans), start=1):
        between = message.plain[end:start]
        if _BETWEEN_SLIPS.fullmatch(between) and _RATHER.search(between):
            begin = place
    return spans[begin:]


def _code_of(said: str) -> str:
    return LANGUAGE_CODES.get(said) or _SHORT.get(said, said)


def _is_used(message: Message, match: re.Match[str]) -> bool:
    before = message.plain[max(0, match.start() - 24) : match.start()]
    after = message.plain[match.end() : match.end() + 40]
    if _SPOKEN_OF.search(message.plain[max(0, match.start() - 40) : match.start()]):
        return False
    if re.match(rf" (?:region|servers?|data ?cent|law|team|office|market|only cloud|{_SCHOOL})", after):
        return False
    is_whole = not before.strip() and not after.strip(" .,!")
    at_start = message.segment_at(match.start()).start >= match.start() - 1
    at_end = message.segment_at(match.start()).end <= match.end() + 1
    return is_whole or (at_start and at_end) or bool(_USED_BEFORE.search(before) or _USED_AFTER.match(after))


_FEWEST_WORDS = 8
_FEWEST_LETTERS = 16
"""As many letters of another script are no name; some scripts put no space between words."""
_FEWEST_MARKS = 2
_WORDS_TO_AN_ENGLISH_ONE = 12
_ENGLISH = re.compile(
    r"\b(?:the|and|of|with|for|our|are|have|it|that|this|you|they|what|should|but|from|which|not|how|can|when)\b"
)
"""Frequent words that hardly any other language writes the same."""
_WORD = re.compile(r"[^\W\d_]+")


def is_other_than_english(message: Message) -> bool:
    """Say whether a message of some length is clearly not written in English."""
    letters = [letter for letter in message.said if letter.isalpha()]
    foreign = [letter for letter in letters if not unicodedata.name(letter, "LATIN").startswith("LATIN")]
    if len(foreign) >= max(_FEWEST_LETTERS, len(letters) / 2):
        return True
    words = _WORD.findall(message.plain)
    if len(words) < _FEWEST_WORDS or len(_ENGLISH.findall(message.plain)) * _WORDS_TO_AN_ENGLISH_ONE > len(
        words
    ):
        return False
    marked = max(len(marks & set(words)) for marks in LANGUAGE_MARKS.values())
    accented = sum(not word.isascii() for word in _WORD.findall(message.said))
    return max(marked, accented) >= _FEWEST_MARKS
