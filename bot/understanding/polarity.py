"""Steps that are listed with a yes, a no or a later beside each: "RAG? no. Examples: yes. Tools (soon)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.message import Message

_NO = (
    r"(?:no|nope|nah|never|not yet|not (?:so far|really|tried)|nein|nie|noch nicht|nicht|non|pas encore|"
    r"jamais|nunca|todavia no|aun no|nao|ainda nao|ancora no|nee|nog niet|niet)"
)
_LATER = (
    r"(?:(?:is |are |only )?(?:planned|coming|pending|scheduled|in the works|on the (?:list|roadmap))|soon|"
    r"todo|(?:comes |is |maybe )?next (?:week|month|quarter|sprint|year)|later|geplant|steht noch aus|"
    r"kommt (?:noch|bald|spater)|previsto|prevu|pendiente|despues|mas tarde|plus tard|dopo)"
)
_OVER = r"(?=$|[.,;)!?\n/])"
_AFTER = re.compile(
    rf"[ ?:,(=/-]{{0,4}}(?:{_NO} ?{_OVER}|{_LATER}(?! (?:we|i|it|they)\b)[^.,;)!?\n]{{0,30}}?{_OVER})"
)
_AT_THE_END = re.compile(rf"[ ?:,(=/-](?:{_NO}|{_LATER})\W{{0,4}}$")
_LONGEST = 60
"""Characters of a listed step; what is longer is a sentence, and read as one."""
_UNDONE: Mapping[FactValue | None, FactValue] = {
    True: False,
    "failed": "none",
    "worked": "none",
    "worse": "none",
    "forgot": "none",
}


def turned_by_what_follows(message: Message, one: Found) -> Found:
    """Return a step that was found taken, turned round where a no or a later stands right after it."""
    is_taken = one.fact.startswith("tried_") and one.value in _UNDONE
    if not is_taken or one.end - one.start > _LONGEST:
        return one
    is_undone = _AT_THE_END.search(message.plain[one.start : one.end]) or _AFTER.match(message.plain, one.end)
    return replace(one, value=_UNDONE[one.value]) if is_undone else one
