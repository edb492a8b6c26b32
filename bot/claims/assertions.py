"""Claims that nobody may make here: certainty, promises, and somebody's word above the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.claims.words import fold, is_light, stem, words

_CERTAIN = re.compile(
    r"\b(?:guarante\w+|always|definite(?:ly)?|certain(?:ly|ty)|surely|undoubted(?:ly)?|doubtless|no doubt|without (?:a |any )?doubt|"
    r"never (?:fails?|wrong|breaks?|needs?|disappoints?|happens?|errs?|lies|lets?)|impossible|(?:works?|right|correct) every time|bound to|prov(?:en|es|ed)|clearly|obvious(?:ly)?|perfect(?:ly)?|ensures?|completely|"
    r"fully|entirely|totally|eliminat\w+|foolproof|risk free|zero risk|no risk|cannot fail|can't fail|cannot go wrong|"
    r"can't go wrong|absolute(?:ly)?|inevitabl[ey]|in every case|by far|nothing can|all you need|only way|"
    r"unquestionabl[ey]|for sure|beyond repair|hopeless|doomed|worthless|dead end|sure to|certain to|once and for all|in all cases|best in class|state of the art)\b"
)
_PROMISE = re.compile(
    r"(?<!\bi )\b(?:will|would|shall|going to|'ll)(?: \w+){0,2}? (?:fix|solve|cure|pay|improve|raise|boost|lift|cut|halve|double|"
    r"save|eliminate|end|remove|close|succeed|beat|outperform|work|win|reach|hit|help|match|exceed|push)\b"
)
_AUTHORITY = re.compile(
    r"\b(?:ceo|cto|cfo|coo|boss|bosses|manager|managers|management|director|executives?|leadership|lawyers?|legal team|"
    r"administrators?|admins?|approv\w+|authori[sz]\w+|sign(?:ed)?[ -]off|overrid\w+|overrul\w+|bypass\w*|waive\w*|"
    r"exempt\w*|disregard\w*|ignore|ignored|ignoring|exception|regardless of (?:the )?(?:rules?|policy)|"
    r"(?:rules?|polic(?:y|ies)|thresholds?|requirements?|conditions?|gates?) (?:do|does|did|is|are|was|were|has|have|no|can|may|need)\b|"
    r"decision (?:is|was|has been|stands)|(?:already|been) decided|final decision|decided (?:by|that|to)|"
    r"(?:officially|formally)|mandat\w+|compliance team|experts? (?:agree|say|said)|everyone agrees|it is (?:well )?known|"
    r"studies (?:show|prove)|research (?:shows|proves)|in my experience|consensus|audited|certified)\b"
)


def claims_too_much(text: str, grounds: Iterable[str]) -> bool:
    """Say whether a text is certain, promises or invokes an authority where no ground says so.

    A word such as "guarantees" passes behind the word that it stands behind in a ground: "a schema guarantees".
    """
    plain = fold(text).replace("-", " ")
    hits = [match for pattern in (_CERTAIN, _PROMISE, _AUTHORITY) for match in pattern.finditer(plain)]
    if not hits:
        return False
    known = {pair for ground in grounds for pair in _pairs(fold(ground).replace("-", " "))}
    return any((_word_before(plain[: hit.start()]), hit[0]) not in known for hit in hits)


def _pairs(plain: str) -> set[tuple[str, str]]:
    return {
        (_word_before(plain[: match.start()]), match[0])
        for pattern in (_CERTAIN, _PROMISE, _AUTHORITY)
        for match in pattern.finditer(plain)
    }


def _word_before(before: str) -> str:
    """Return the stem of the last word that carries meaning, within the sentence."""
    for word in reversed(words(re.split(r"[.?!;:]\s", before)[-1])):
        if not is_light(word):
            return stem(word)
    return ""
