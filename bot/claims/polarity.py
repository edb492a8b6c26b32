"""Flips: a sentence that says the opposite of the ground it is made from, in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import permutations

from bot.claims.stances import NEGATORS
from bot.claims.words import clauses, content, fold, inner_sentences, stem, stems, words

_NEGATOR = re.compile(rf"\b{NEGATORS}\b")
_SOFT = re.compile(
    rf"\b(?:{NEGATORS}|poor\w*|bad\w*|slow\w*|rather than|instead of|un\w+|few|fewer|less|little|lack\w*|miss\w*|fail\w*|wrong\w*|"
    r"only|until|unless|too|before|untried|unseen|impossible|lost|loses?|stop\w*|avoid\w*|skip\w*|still|yet|short|far from|in vain|"
    r"exhausted|out of|except|beyond|nothing|free of|keep\w* out|outside|limit\w*)\b"
)
_ANSWERED_NO = re.compile(r"([^.?!]+)\? (?:No\b|Not\b)")
_REACH = 4
_OPPOSITES = tuple(
    tuple(frozenset(stem(word) for word in side.split()) for side in pair.split("|"))
    for pair in (
        "more greater higher|less fewer lower",
        "cheap cheaper cheapest affordable|dear dearer expensive costly",
        "raise increase grow boost|lower reduce cut decrease shrink",
        "slow slower slowly|fast faster quick quickly",
        "small smaller|large larger big bigger",
        "better best|worse worst",
        "before first|after last",
        "easy easier|hard harder difficult",
        "few fewest|many most",
        "minute minutes|hour hours|day days|week weeks|month months|year years",
        "apart separately|together jointly",
        "strongest|weakest",
        "close closest near nearest|far farthest",
        "stay|move",
        "stay|go",
        "on|off",
        "show shown shows|hide hidden",
        "easiest|hardest",
        "frequent common|rare rarest rarely seldom",
        "success successes pass|failure failures fail",
        "misused|missing",
        "native|foreign",
        "yes|no",
        "strong stronger|weak weaker",
        "high|low",
        "same|different",
        "static slowly|often weekly daily",
        "good well right|bad badly wrong poor poorly",
        "gain win benefit|loss lose cost",
        "possible|impossible",
        "enough sufficient|insufficient",
        "narrow specialised|broad general",
        "easiest|hardest",
        "with|without",
        "known seen|unknown unseen",
        "fixed unchanging|changing",
        "rarer rare|commoner common frequent",
        "tuned|untouched",
        "add|remove",
        "inside|outside",
        "most|least",
        "old older|new newer",
        "open|closed",
        "short shorter|long longer",
    )
)
_ALIKE = 0.5
"""From this share of common words on, a sentence counts as made from a ground; measured on claims cases."""


def is_flipped(text: str, template_sentence: str, cited: Sequence[str], others: Iterable[str]) -> bool:
    """Say whether a sentence turns around the ground nearest to it, or denies what no ground denies."""
    support = [template_sentence] if template_sentence else []
    support += [sentence for passage in cited for sentence in inner_sentences(passage)]
    denied = _soft_denied([*support, *cited, *others])
    return any(
        not _denied(sentence) <= denied
        or any(_turns(sentence, ground) for ground in _nearest(sentence, support))
        for sentence in inner_sentences(text)
    )


def _nearest(sentence: str, support: Sequence[str]) -> list[str]:
    """Return the ground that the sentence is made from, if one is near enough."""
    said = set(content(sentence))
    scored = [(len(said & set(content(ground))) / (len(said) or 1), ground) for ground in support]
    best = max(scored, default=(0.0, ""))
    return [best[1]] if best[0] >= _ALIKE else []


def _turns(sentence: str, ground: str) -> bool:
    has, had = _NEGATOR.search(fold(sentence)) is not None, _NEGATOR.search(fold(ground)) is not None
    if had and not has and not _SOFT.search(fold(sentence)):
        return True
    return has == had and _has_opposite(sentence, ground)


def _has_opposite(sentence: str, ground: str) -> bool:
    said, known = stems([sentence]), stems([ground])
    return any(
        (one & said and not other & said and other & known and not one & known)
        for pair in _OPPOSITES
        for one, other in permutations(pair, 2)
    )


def _denied(sentence: str) -> frozenset[str]:
    """Return the stems of the first words that a negation falls on."""
    return frozenset(
        word
        for clause in clauses(sentence)
        for match in _NEGATOR.finditer(fold(clause))
        for word in content(fold(clause)[match.end() :])[:1]
    )


def _soft_denied(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems near any word that denies or limits."""
    found: set[str] = set()
    for text in texts:
        for question in _ANSWERED_NO.findall(text):
            found.update(content(question))
        for clause in clauses(text):
            plain = fold(clause)
            found.update(stem(word.removeprefix("un")) for word in words(clause) if word.startswith("un"))
            for match in _SOFT.finditer(plain):
                found.update(content(plain[match.start() :])[: _REACH + 1])
                found.update(content(plain[: match.start()])[-_REACH:])
    return frozenset(found)
