"""A score that nobody asks for: "there's no target of 90%", "90% was never a requirement".

Who names a number only to say that it is no target sets none. "Not below 90%" does set one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.message import Message, Part
from bot.understanding.numbers import Quantity

_KIND = (
    r"(?:(?:such|real|official|formal|fixed|hard|agreed|explicit|written|set|specific|actual|particular|firm|"
    r"clear|concrete|accuracy|quality|numerical|numeric|score|internal|external) )*"
)
_TARGET = (
    r"(?:targets?|goals?|bar|(?:target|required|minimum) scores?)"
    r"(?! (?:audience|charts?|codes?|graphs?|languages?|groups?|columns?|variables?|labels?|dates?|users?|"
    r"customers?|markets?|formats?|"
    r"texts?|systems?|domains?|for (?!accuracy|quality|it\b|that\b|this\b|the (?:score|model|bot|accuracy))|"
    r"latenc(?:y|ies)|volumes?|costs?|prices?|times?|speed|throughput|"
    r"(?:below|under|less|lower|other|but|except|met|reached|hit|missed|set by))\b)"
)
_REQUIREMENT = r"(?:targets?|goals?|bar|requirements?|threshold|minimum|mandate|sla|must|objective|pass mark)"
_NOBODY = r"(?:nobody|no one|noone|none of (?:us|them)|no (?:client|customer|manager|user)s?)"
_SETS = (
    r"(?:set|sets|gave|given|named|told|fixed|defined|agreed(?: on)?|demanded|specified|stated|imposed|"
    r"mentioned|asked for|handed)"
)
_BETWEEN = (
    r"(?: (?:really|actually|even|think|believe|sure|know|if|that|whether|say|said|we|i|they|it|anyone|"
    r"have|has|necessarily|strictly|ever|been|always|officially|here|yet|once))*"
)
_NO_CASES_EITHER = (
    r"\b(?! either\b)(?! (?:or|and|nor)(?: (?:an?|any|no))? (?:[a-z-]+ )?"
    r"(?:tests?|evals?|evaluation|cases|examples|questions|data)\b)"
)
"""Else there are no cases either."""
_NO_TARGET = re.compile(
    rf"(?:\bno {_KIND}{_TARGET}"
    r"|\b(?:isnt|wasnt|was never|is not|was not|havent(?: got| had)?|have not(?: got| had)?|"
    r"hasnt(?: got| had)?|(?:dont|do not|doesnt|didnt) (?:really |actually |even )?(?:have|get|got)|"
    rf"never (?:had|got|set|were given|was given)|not been given|without) (?:an?|any) {_KIND}{_TARGET}"
    rf"|\b{_NOBODY}{_BETWEEN} (?:{_SETS}|has|had|wants?|wanted)(?: (?:us|me|it))?"
    rf"(?: (?:an?|any|the|such an?))? {_KIND}{_TARGET}){_NO_CASES_EITHER}"
)
_ABOUT = (
    r"(?: (?:of|at|to|like|such as|for|about|around|roughly|say|it|us|a|an|the|full|be|whole|that))* ?~?$"
)
_ASKS_FOR = (
    r"(?:needs?|needed|requires?|required|asks?(?:ed)? for|asking for|demand(?:s|ed|ing)?|"
    r"insist(?:s|ed|ing)? on|promise[ds]?|commit(?:ted)? to|"
    r"(?:have|has|had|need|needs|needed|obliged|required)(?: us| it)? to "
    r"(?:reach|hit|get(?: to)?|be(?: at)?|have|make|achieve))"
)
_NOT_ASKED_FOR = re.compile(
    r"\b(?:dont|do not|doesnt|does not|didnt|did not|never|wont|isnt|arent|wasnt|werent|not)"
    rf"{_BETWEEN} {_ASKS_FOR}{_ABOUT}"
    rf"|\b{_NOBODY}{_BETWEEN} (?:{_ASKS_FOR}|{_SETS}|said|says){_ABOUT}"
)
"""Before the number."""
_NO_TARGET_OF = re.compile(
    rf"(?:{_NO_TARGET.pattern}|\bno {_KIND}{_REQUIREMENT}) (?:of|at|like|such as){_ABOUT}"
)
_NOT = (
    r"(?:isnt|wasnt|(?:is|was|has|had)(?: been)?(?: (?:really|certainly|actually))? (?:never|not|"
    r"no)(?: been)?)"
)
_IS_NONE = re.compile(
    rf"(?: (?:right|correct|accuracy|or (?:so|more)))? ?(?:,? (?:that|which) )?{_NOT}"
    r"(?: (?:really|ever|actually|even|an?|the|our|their|any|official|hard|such|something|anything|"
    r"(?:that )?(?:we|they|anyone|anybody|the (?:client|customer|boss))))*"
    rf" (?:{_REQUIREMENT}|required|needed|necessary|demanded|asked for|mandatory|compulsory|obligatory)\b"
    r"(?![^.;!?]*\b(?:but|until|before|from the start|it is|its|at first|initially|yet)\b)"
    r"|,? (?:is|was) (?:just|only|merely) (?:an?|some) (?:number|figure|guess|idea)\b"
)
"""After it."""


def find_no_target(message: Message) -> Part | None:
    """Return where it is said that there is no target at all; None where nobody says so."""
    found = _NO_TARGET.search(message.plain)
    return None if found is None else Part(*found.span())


def find_denial(message: Message, start: int, end: int) -> Part | None:
    """Return the words by which the number from `start` to `end` is no target; None where it may be one."""
    plain, sentence = message.plain, message.sentence_at(start)
    found = (
        _NO_TARGET_OF.search(plain, sentence.start, start)
        or _NOT_ASKED_FOR.search(plain, sentence.start, start)
        or _IS_NONE.match(plain, end)
    )
    return None if found is None else Part(*found.span())


def find_denials(message: Message, quantities: Sequence[Quantity]) -> tuple[Part, ...]:
    """Return all words by which there is no target, or by which a number is none: they count nothing else."""
    of_numbers = (
        find_denial(message, one.start, one.end) for one in quantities if one.unit in ("", "percent", "share")
    )
    return tuple(part for part in (find_no_target(message), *of_numbers) if part is not None)


def denies_nothing_else(message: Message, quantities: Sequence[Quantity]) -> bool:
    """Say whether every no in a message is that of a target, so that of all else there may be some."""
    denials = find_denials(message, quantities)
    noes = [one for one in quantities if one.unit == "none"]
    return bool(denials) and all(any(part.holds(one.start) for part in denials) for one in noes)
