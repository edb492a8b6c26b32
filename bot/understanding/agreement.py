"""How far people agree among themselves, which scores no model and is nobody's target.

"Two inspectors agree on 84% of the notes" says how hard the task is, and which score nobody can expect to be
passed. Whoever agrees with the model scores it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.understanding.numbers import Quantity

_PEOPLE = (
    r"(?:annotators?|moderators?|raters?|labell?ers?|reviewers?|experts?|humans?|people|colleagues|doctors|"
    r"radiologists|editors|lawyers|judges|inspectors|coders|graders|taggers|adjusters|nurses|physicians|"
    r"clinicians|pathologists|teachers|examiners|assessors|auditors|analysts|paralegals|attorneys|"
    r"underwriters|translators|clerks|specialists|two of (?:us|them))"
)
_EACH_OTHER = (
    r"(?:(?:with )?(?:each other|one another)|among(?:st)? (?:themselves|ourselves|them|us)|"
    r"between themselves)"
)
_WHO = rf"(?:(?:two|three|both|several|different) (?:[a-z-]+ )?)?{_PEOPLE}(?: {_EACH_OTHER})?"
_AGREE = rf"(?:dis)?agree[ds]?(?: {_EACH_OTHER})?(?! to\b)"
_SAME = r"(?:give|gave|assign(?:ed)?|pick(?:ed)?|chose|choose|c[ao]me to)(?: exactly)? the same [a-z]+"
_CONCUR = r"(?:match(?:e[ds])?|overlap(?:ped|s)?|concur(?:red|s)?|coincide[ds]?|consistent)"
_MEASURE = r"(?:agreement|concordance|reliability|(?:[a-z]+ )?kappa)"
_AMONG = r"(?:inter|intra)[ -]?[a-z]+"
_FILL = (
    r"(?: (?:themselves|who|that|only|also|even|just|already|still|barely|hardly|do|did|would|can|could))*"
)
_LEAD = (
    r"(?: (?:on|in|to|for|at|only|just|barely|about|around|roughly|maybe|some|is|was|are|were|of|rate|score|"
    r"stands|a|an|the))*(?: ?[:=])? ?~?$"
)
"""Between what is measured and the number."""
_AGREED = re.compile(
    rf"\b(?:{_WHO}{_FILL} (?:{_AGREE}|{_SAME})"
    rf"|{_PEOPLE}\b[^.;!?]{{0,60}}\bthe same\b[^.;!?]{{0,30}}? they{_FILL} {_AGREE}"
    rf"|(?:{_CONCUR}|(?:dis)?agree[ds]?|in agreement) {_EACH_OTHER}"
    rf"|(?:{_AMONG}|{_PEOPLE}) {_MEASURE}"
    r"|human(?:-| to | vs\.? | versus |/)human(?: (?:f1|accuracy|score|match))?"
    rf"|{_MEASURE}(?: rate| score)? (?:between|among|amongst|of)(?: our| the| any)? {_WHO}){_LEAD}"
)
"""Before the number."""
_ITSELF = rf"(?:(?:dis)?agree[ds]?(?! (?:that|to|with (?!each|one))\b)|{_CONCUR} {_EACH_OTHER})"
_IS = r" (?:is|was|being)(?: (?:only|just|merely|simply|about|our|the))*"
_IS_AGREEMENT = re.compile(
    rf"{_IS} (?:how (?:often|far|much|well|many times)|what|where|as (?:often|far|much) as)(?: even)?"
    rf"(?: our| the)? (?:{_WHO}|we|they){_FILL} {_ITSELF}"
    rf"|(?: of (?:the |all |our )?[a-z]+)?,?(?: even)?(?: our| the)? {_WHO}{_FILL} {_ITSELF}"
    rf"(?!(?: {_EACH_OTHER})?(?: (?:on|in|about|around|only|just|at|least|that))* ~?\d)"
    rf"|(?:{_IS})? {_AMONG} {_MEASURE}\b"
    rf"|(?:{_IS})? {_MEASURE} (?:between|among|amongst)(?: our| the)? {_WHO}\b"
)
"""After it."""
_THE_MODEL = (
    r"(?:model|bot|llm|gpt[\w.-]*|claude|gemini|llama|ai|machine|classifier|router|system|tool|assistant|it|"
    r"outputs?|predictions?)"
)
_BESIDE = r"(?: and| or| &| versus| vs)(?: the| our| its)?"
_WITH_THE_MODEL = re.compile(rf"\b{_THE_MODEL}{_BESIDE} $")
_AND_THE_MODEL = re.compile(rf"{_BESIDE} {_THE_MODEL}\b")
"""Then the model is one of those who agree."""
_SET = re.compile(r"\bagreed(?: on| to)(?: (?:a|an|the|about|at least))* ?~?$")
_IS_HOW_OFTEN = re.compile(
    r" of (?:the time|them|(?!its )(?:the |all |our )?(?:\d[\d,]* )?(?:cases|[a-z]+s))\b"
)
_NEEDED = re.compile(
    r" (?:(?:is|are) )?(?:needed|required)\b"
    r"| as (?:a|the|our) (?:[a-z]+ )?(?:goal|target|bar|minimum|threshold)\b"
    r"| (?:is|are|would be)(?: (?:the|a|our|good|not|really))* "
    r"(?:right|correct|enough|fine|ok|okay|necessary|goal|target|bar)\b"
)
"""After it: on what they agree, not how often."""
_PERCENT = 100
_FEWEST_BARE_PERCENT = 30
_THEY_AGREE = re.compile(rf"\bthey{_FILL} (?:now )?(?:{_AGREE}){_LEAD}")
_AMONG_THEM = re.compile(
    r"\b(?:two|three|both|several|different|annotat\w+|talked|discussed|compared|calibrat\w+|the same)\b"
)
"""Without one of these, "they" may agree with what they were shown."""
_WITH_WHAT_THEY_SEE = re.compile(
    r"\b(?:judge|model|bot|llm|gpt\S*|claude\S*|gemini\S*|ai|classifier|its|drafts?|suggest\w+|proposals?|"
    r"predict\w+)\b"
    r"|\b(?:show|see|get|read|receive)\w* [^.;!?]{0,20}\b(?:answers?|repl(?:y|ies)|outputs?|results?)\b"
)
_MODELS = re.compile(r"\b(?:models|prompts|versions|llms|runs|bots|classifiers)\b")
"""Then "they" may be those."""
_FAR = 240
"""No words that far before a number tell what it is of; the bound keeps the work small."""
_NO_SHARE = re.compile(r"\b(?:kappa|reliability|concordance)\b")
_THEY_DISAGREE = re.compile(r"\bdisagree")
_WITH_IT = re.compile(rf"\b{_PEOPLE} (?:agreement|kappa){_LEAD}")
"""It may be people's agreement with the model, and its score."""


def agreement_told(plain: str, start: int, end: int) -> str:
    """Return the words by which the number from `start` to `end` tells how far people agree, or "".

    "Two agree on only" of "two agree on only 87%". What they "agreed on" by itself, they have set.
    """
    if _NEEDED.match(plain, end):
        return ""
    if after := _IS_AGREEMENT.match(plain, end):
        return after[0]
    near = max(0, start - _FAR)
    agreed = _AGREED.search(plain, near, start) or _they_agree(plain, near, start)
    if agreed is None or (_SET.search(plain, near, start) and not _IS_HOW_OFTEN.match(plain, end)):
        return ""
    is_with_it = _WITH_THE_MODEL.search(plain, near, agreed.start()) or _AND_THE_MODEL.search(agreed[0])
    return "" if is_with_it else agreed[0]


def _they_agree(plain: str, near: int, start: int) -> re.Match[str] | None:
    """Return where "they" agree, who are several people; None where they may be others."""
    said = _THEY_AGREE.search(plain, near, start)
    if said is None or _MODELS.search(plain, near, start):
        return None
    named = next(_AMONG_THEM.finditer(plain, near, said.start()), None)
    if named is None:
        return None
    begin = max(near, *(plain.rfind(mark, near, named.start()) for mark in (". ", "! ", "? ", "; ", "\n")))
    return None if _WITH_WHAT_THEY_SEE.search(plain, begin, said.start()) else said


def is_agreement(plain: str, start: int, end: int) -> bool:
    """Say whether a number tells how far people agree."""
    return bool(agreement_told(plain, start, end))


def share_said(quantity: Quantity) -> float:
    """Return the share of 1 that a number says: 0.9 of "90%", "90" and "0.9"."""
    return round(quantity.said / _PERCENT if quantity.said > 1 else quantity.said, 4)


def share_that_agrees(told: str, quantity: Quantity) -> float | None:
    """Return in which share of cases people agree, by the words that tell it; None of another measure.

    A kappa counts what chance would not have brought, so it is no share; nor is the "two" of who agree.
    """
    share = share_said(quantity)
    if share > 1 or 1 <= quantity.said < _FEWEST_BARE_PERCENT or _NO_SHARE.search(told):
        return None
    return round(1 - share, 4) if _THEY_DISAGREE.search(told) else share


def may_be_with_the_model(plain: str, start: int) -> bool:
    """Say whether it may be the score of a model that people agree with: "human agreement 81%"."""
    return _WITH_IT.search(plain, max(0, start - _FAR), start) is not None


def find_agreements(plain: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers that tell how far people agree."""
    yield from (one for one in quantities if is_agreement(plain, one.start, one.end))
