"""Who uses the strongest model there is has tried a stronger one: none is left.

Another model is not a stronger one, and the strongest that they may run, or of a kind, leaves others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message

_USE = (
    r"(?:(?:we|i) (?:already |now |just )*(?:use|run|have|are on|are using|are running)"
    r"|(?:were|im|its|it is|it runs|it uses) (?:already |now )*(?:on |using |running )?"
    r"|already(?: on| using)?)"
)
_MODEL = r"(?: (?:model|llm|one))?"
_ENDS = r"(?=\s*(?:[.,;:!)]|- |$)| (?:and|but|so|already|now|today|anyway|right now)\b)"
_OF_ALL = (
    r"(?: (?:that )?(?:there is|is there|is available|available|out there|on the market|that exists|"
    r"you can (?:get|buy)|(?:money|one) can buy|we could (?:find|get|buy)|"
    r"(?:they|openai|anthropic|google) (?:has|have|offers?|sells?)))"
)
_STRONGEST = re.compile(
    rf"(?:^|(?<=\W)){_USE} ?(?:already )?the (?:very )?"
    rf"(?:(?:(?:strongest|largest|biggest|most (?:capable|powerful)){_MODEL}|(?:best|top) (?:model|llm))"
    rf"{_OF_ALL}{_ENDS}"
    rf"|(?:strongest|most (?:capable|powerful)) (?:model|llm|one){_ENDS})"
    rf"|\b(?:there is|theres) (?:no|nothing) (?:stronger|more capable|more powerful){_MODEL}"
    rf"(?: (?:out there|available|on the market))?{_ENDS}"
)
_NOT_OF_ALL = re.compile(
    r"\b(?:not|never|no longer|nobody|small\w*|cheap\w*|open(?:-| )(?:source|weights?)|local\w*|own|budget|"
    r"reranker|embedding\w*|prompts?|gpus?|they (?:use|run)|for (?:their|the other)|"
    r"(?:do|does|did|is|are|was|ca|have|has)nt)\b"
)
"""In its sentence: it is the strongest of a kind, or is not used."""


def with_strongest(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found, with a stronger model as tried where the strongest is in use."""
    for one in sentences_as_it_is(message):
        said = _STRONGEST.search(message.plain, one.start, one.end)
        if said and not _NOT_OF_ALL.search(message.plain, one.start, one.end):
            rest = (other for other in found if other.fact != "tried_models")
            return [*rest, Found("tried_models", True, *said.span())]
    return list(found)
