"""True sentences turned wrong: negated, freed of their negation, with another number."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AUXILIARY = re.compile(r"\b(?:is|are|can|may|must|should|will|would|was|were|has to)\b(?! not\b)")
_THIRD_PERSON = re.compile(
    r"\b(?:it|model|retrieval|tuning|gain|score|format|choice|behaviour|remains|definition)"
    r" (?P<verb>reaches|meets|gets|brings|fits|retires|outweighs|succeeds|helps|has|settles|learns|costs)\b"
)
_ORDER = re.compile(
    r"^(?:Retrieve|Index|Show|Build|Put|Hold|Run|Collect|Write|Work|Try|Use|Train|Fit|Let|Give|Check|Keep|Turn|Measure|"
    r"Score|Read|Send|Compare|Distil|Cache|Repair|Enforce|Tune|Move|Choose|Ask|Find|Label|Ship|Add|Take|Fetch|Split|"
    r"Serve|Start|Paste|Look|Note|Fine-tune)\b"
)
_LOST: tuple[tuple[str, str], ...] = (
    (r"\bcannot\b", "can"),
    (r"\bdon't ", ""),
    (r"\bdo not\b", "do"),
    (r"\bdid not\b", "did"),
    (r"\bdoes not\b", "does"),
    (r"\bmay not\b", "may"),
    (r"\bis not\b", "is"),
    (r"\bhas not\b", "has"),
    (r"\bnever\b", "always"),
    (r"\b[Nn]obody\b", "everybody"),
    (r"\bneed no\b", "need"),
    (r"\bno (?=training|weights|price|examples)", "the "),
    (r"\bnothing has to\b", "everything has to"),
)
_NUMBERS = ("two", "three", "five", "eight", "ten", "twenty", "fifty", "hundred")


def negated(sentence: str) -> Iterator[str]:
    """Yield the sentence with a negation more."""
    if match := _AUXILIARY.search(sentence):
        word = match[0]
        for negation in ("not", "no longer", "never"):
            yield f"{sentence[: match.end()]} {negation}{sentence[match.end() :]}"
        if word in ("is", "are", "was", "were", "should", "would"):
            yield f"{sentence[: match.end()]}n't{sentence[match.end() :]}"
    if match := _THIRD_PERSON.search(sentence):
        yield f"{sentence[: match.start('verb')]}does not {match['verb'].removesuffix('s')}{sentence[match.end() :]}"
    if _ORDER.match(sentence):
        rest = sentence[0].lower() + sentence[1:]
        yield from (
            f"{order} {rest}" for order in ("Don't", "Do not", "Never", "You need not", "There is no need to")
        )


def freed(sentence: str) -> Iterator[str]:
    """Yield the sentence with a negation less."""
    for pattern, instead in _LOST:
        if re.search(pattern, sentence):
            yield re.sub(pattern, instead, sentence, count=1)


def renumbered(sentence: str) -> Iterator[str]:
    """Yield the sentence with one number changed."""
    for match in re.finditer(r"(?<![\w\[])\d+(?![\w\]])", sentence):
        for changed in (int(match[0]) * 10, int(match[0]) + 1, int(match[0]) // 2):
            yield f"{sentence[: match.start()]}{changed}{sentence[match.end() :]}"
    for match in re.finditer(rf"\b(?:{'|'.join(_NUMBERS)})\b", sentence):
        for other in ("two", "four", "thirty", "a million"):
            if other != match[0]:
                yield f"{sentence[: match.start()]}{other}{sentence[match.end() :]}"
