"""Flips: a sentence that says the opposite of the ground it is made from, in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import permutations

from bot.claims.stances import NEGATORS
from bot.claims.words import clauses, content, fold, inner_sentences, notions, stem, stems, words

_NEGATOR = re.compile(rf"\b{NEGATORS}\b")
_NEGATING = re.compile(
    rf"\b(?:{NEGATORS}|rather than|instead of|un(?:chang|seen|touch|review|tri|check)\w*)\b"
)
_OTHER_NEGATOR = re.compile(rf"\b(?:{NEGATORS}|rather than|instead of)\b")
_DISPENSES = re.compile(
    r"\b(?:no need|need not|needn't|not (?:need|needed|necessary|required)|don't (?:need|have) to|unnecessary|optional|needs? no|"
    r"no \w+ (?:is|are) needed|dispensable|nobody (?:has|needs) to|without having to|nothing (?:needs|has) to)\b"
)
"""Words that let somebody off a step."""
_CONDITION = re.compile(r"\b(?:provided that|if|unless|whether|as long as)\b|^check that\b")
_STILL_ONLY = re.compile(r"\b(?:only|just|alone|nothing but|no other|solely|already|merely|whatever)\b")
_STILL_OPEN = re.compile(
    r"\b(?:provided|if|unless|whether|depends?|once|when\w*|as long as|needs?|requires?|must|until|before|after|condition\w*|check|"
    r"make sure|confirm|assum\w+|where|so that|in case|only|wherever|should)\b"
)
_SOFT = re.compile(
    rf"\b(?:{NEGATORS}|poor\w*|bad\w*|slow\w*|rather than|instead of|un\w+|few|fewer|less|little|lack\w*|miss\w*|fail\w*|wrong\w*|"
    r"only|until|unless|too|before|untried|unseen|impossible|lost|loses?|stop\w*|avoid\w*|skip\w*|still|yet|short|far from|in vain|"
    r"exhausted|out of|except|beyond|nothing|free of|keep\w* out|outside|limit\w*)\b"
)
_ANSWERED_NO = re.compile(r"([^.?!]+)\? (?:No\b|Not\b)")
_ONLY = re.compile(
    r"(?<!would )(?<!will )\bonly\b(?! (?:a|an|then|when|once|if|after)\b)|\b(?:solely|exclusively)\b"
)
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
        "few fewest|many most enough",
        "minute minutes|hour hours|day days|week weeks|month months|year years",
        "apart separately|together jointly",
        "strongest|weakest",
        "close closest near nearest|far farthest",
        "stay|move",
        "stay stays|go goes",
        "on|off",
        "show shown shows|hide hidden",
        "easiest|hardest",
        "frequent common|rare rarest rarely seldom",
        "success successes pass|failure failures fail",
        "misused|missing",
        "native|foreign",
        "yes|no",
        "same|other different hold",
        "one|every all everything",
        "first|later last afterwards",
        "new|active existing",
        "little|lot plenty much",
        "worse|better",
        "anyone everyone anybody everybody|only",
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
_MISTAKEN = 0.7
_FEWEST_MISTAKEN = 3
_VERBATIM = 0.95
_SAME_SENTENCE = 0.8
_SAME_CLAUSE = 0.66
_ALIKE = 0.5
"""From this share of common words on, a sentence counts as made from a ground; measured on claims cases."""


def is_flipped(text: str, template_sentence: str, cited: Sequence[str], others: Iterable[str]) -> bool:
    """Say whether a sentence turns around the ground nearest to it, or denies what no ground denies."""
    support = [template_sentence] if template_sentence else []
    # A question claims nothing.
    support += [
        sentence for passage in cited for sentence in inner_sentences(passage) if not sentence.endswith("?")
    ]
    other = list(others)
    everything = [*support, *cited, *other]
    dispensing = (
        _DISPENSES.search(fold(ground)) or _ANSWERED_NO.search(ground) for ground in (*support, *cited)
    )
    if _DISPENSES.search(fold(text)) and not any(dispensing):
        return True
    denied = _soft_denied(everything)
    if _ONLY.search(fold(text)) and not any(_ONLY.search(fold(ground)) for ground in everything):
        return True
    if _is_negated_otherwise(text, [*support, *other]):
        return True
    return any(
        not _denied(sentence) <= denied
        or any(_turns(sentence, ground) for ground in _nearest(sentence, [*support, *other]))
        for sentence in inner_sentences(text)
    )


def repeats_mistake(text: str, mistakes: Iterable[str]) -> bool:
    """Say whether a sentence claims what a cited passage calls a mistake."""
    return any(
        len(said & notions(mistake)) > _MISTAKEN * len(said)
        for mistake in mistakes
        for sentence in inner_sentences(text)
        for clause in (sentence, *clauses(sentence))
        if len(said := notions(clause)) >= _FEWEST_MISTAKEN and not _NEGATOR.search(fold(sentence))
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
    if _drops_condition(sentence, ground):
        return True
    has, had = (
        _OTHER_NEGATOR.search(fold(sentence)) is not None,
        _OTHER_NEGATOR.search(fold(ground)) is not None,
    )
    if has and had and not (_denied(sentence) & frozenset(content(ground))) <= _denied_far(ground):
        return True
    return has == had and _has_opposite(sentence, ground)


def _drops_condition(sentence: str, ground: str) -> bool:
    said, known = fold(sentence), fold(ground)
    if any(
        re.search(r"\bonly\b", fold(clause))
        and 2 * len(notions(clause) & notions(sentence)) >= len(notions(clause))
        for clause in clauses(ground)
    ) and not _STILL_ONLY.search(said):
        return True
    return _CONDITION.search(known) is not None and _STILL_OPEN.search(said) is None


def _has_opposite(sentence: str, ground: str) -> bool:
    said, known = stems([sentence]), stems([ground])
    return any(
        one & said and other & known and not one & known
        for pair in _OPPOSITES
        for one, other in permutations(pair, 2)
    )


def _is_negated_otherwise(text: str, support: Sequence[str]) -> bool:
    """Say whether a sentence, or a part of one, has the words of a ground but not its negations."""
    parts = [(part, ground) for ground in support for part in clauses(ground)]
    return any(
        _negates_otherwise(sentence, sentence, [(ground, ground) for ground in support], _SAME_SENTENCE)
        or any(
            _negates_otherwise(part, sentence, parts, _SAME_CLAUSE)
            for part in clauses(sentence)
            if len(notions(part)) > 1
        )
        for sentence in inner_sentences(text)
    )


def _negates_otherwise(part: str, sentence: str, grounds: Sequence[tuple[str, str]], alike: float) -> bool:
    """Say whether neither a part nor its sentence has the negations of the ground nearest to it."""
    said = notions(part)
    scored = [(len(said & notions(known)) / (len(said) or 1), known, whole) for known, whole in grounds]
    best = max((score for score, _, _ in scored), default=0.0)
    # The first ground is the sentence's own: it need not be nearest.
    own = scored[0][2] if scored else ""
    return best >= alike and all(
        _differ(_negations(part), _negations(known))
        and _negations(whole)
        not in (
            {_negations(part) or None}
            | ({_negations(sentence)} if score < _VERBATIM or known == whole.rstrip(" .?") else set())
        )
        for score, known, whole in scored
        if score == best or (score >= alike and whole == own)
    )


def _differ(one: int, other: int) -> bool:
    """Say whether one text denies what the other says; two negations are none, unless there are none at all."""
    return one % 2 != other % 2 or bool(one) != bool(other)


def _negations(text: str) -> int:
    return len(_NEGATING.findall(fold(text)))


def _denied(sentence: str) -> frozenset[str]:
    """Return the stems of the first words that a negation falls on."""
    return frozenset(
        word
        for clause in clauses(sentence)
        for match in _OTHER_NEGATOR.finditer(fold(clause))
        for word in content(fold(clause)[match.end() :])[:1]
    )


def _denied_far(ground: str) -> frozenset[str]:
    """Return the stems of all words behind a negation, to the end of its clause."""
    return frozenset(
        word
        for clause in clauses(ground)
        for match in _OTHER_NEGATOR.finditer(fold(clause))
        for word in content(fold(clause)[match.end() :])
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
