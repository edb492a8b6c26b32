"""Steps that are listed with a yes, a no or a later beside each: "RAG? no. Examples: yes. Tools (soon)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.decision.facts import FactValue
from bot.understanding.checklists import is_ticked
from bot.understanding.found import Found
from bot.understanding.message import Message

_NO = (
    r"(?:no|n|nope|nah|never|not yet|not (?:so far|really|tried)|nein|nie|noch nicht|nicht|non|pas encore|"
    r"jamais|nunca|todavia no|aun no|nao|ainda nao|ancora no|nee|nog niet|niet)"
)
_LATER = (
    r"(?:(?:is |are |only )?(?:planned|coming|pending|scheduled|in the works|on the (?:list|roadmap))|soon|"
    r"to-?do|(?:is |are |still )?on (?:the|our) (?:to-?do list|wish ?list|backlog)|"
    r"(?:comes |is |are |maybe )?next(?: up| (?:week|month|quarter|sprint|year))?|later|geplant|"
    r"steht noch aus|kommt (?:noch|bald|spater)|previsto|prevu|pendiente|despues|mas tarde|plus tard|dopo)"
)
_OVER = r"(?=$|[.,;)!?\n/])"
_AFTER = re.compile(
    rf"[ ?:,(=/-]{{0,4}}(?:{_NO} ?|{_LATER}(?! (?:we|i|it|they)\b)[^.,;)!?\n]{{0,30}}?){_OVER}"
)
_AT_THE_END = re.compile(rf"[ ?:,(=/-](?:{_NO}|{_LATER})\W{{0,4}}$")
_YES_AT_THE_END = re.compile(r"[ ?:(=/-](?:yes|y|yep|yeah|ja|si|oui|sim|done|live)\W{0,4}$")
_NOT_DONE = re.compile(
    r"\W*(?:(?:but|and|so|well|no|nope|honestly),? )*(?:(?:we|i|they) )?"
    r"(?:havent|have not|never|didnt|did not|dont|do not)\b(?! (?:just|only))"
)
_NOT_YET = re.compile(
    r"\W*(?:(?:but|and|so|then|we|i|were|im|well|wed) )*(?:want(?:ed)? to|going to|plan(?:ning)?(?: to| on)?|"
    r"next(?: step)?(?: is| would be|:)|to ?do:|would like to|hope to|about to|thought about|considered|"
    r"looked (?:into|at)|talked about|discussed|"
    r"(?:cant|cannot|couldnt|not allowed to) (?:use|do|try|run|afford|add|have|get))\b"
)
"""How a part begins that tells of a step that was not taken."""
_TOO_DEAR = re.compile(
    r"\b(?:is|are|was|would be) (?:much |far |just )?too (?:expensive|dear|pricey|slow|costly)\b"
)
_SMALL_LATER = re.compile(rf"\bsmall\w*(?: (?:one|model)s?)?[ :,(=-]{{1,4}}(?:{_LATER})(?=\s*(?:[,.;!?)]|$))")
_ONLY_BIGGER = re.compile(
    r"^(?!.*\b(?:small\w*|cheap\w*|little|tiny|mini|nano|lighter|faster)\b).*\b(?:bigger|larger|stronger|better)\b"
)
"""It is a larger model that was not tried."""
_ALL_BUT = re.compile(
    r"\b(?:all|everything)(?: of (?:it|them|that))?[ ,]*"
    r"(?:but|bar|save for|short of|except(?: for)?|apart from)[ ,]*"
    r"(?:the |an? )?(?:\w+ ){0,2}$"
)
_LONGEST = 60
"""Characters of a listed step; what is longer is a sentence, and read as one."""
_UNDONE: Mapping[FactValue | None, FactValue] = {
    True: False,
    "failed": "none",
    "worked": "none",
    "worse": "none",
    "forgot": "none",
}


def _as_ticked(one: Found, *, is_done: bool) -> Found:
    """Return a step as its mark or heading says; work on the prompt that is not done is none."""
    if is_done:
        return replace(one, value=True) if one.value is False else one
    undone = "none" if one.fact == "tried_prompting" else _UNDONE.get(one.value, one.value)
    return replace(one, value=undone)


def turned_by_what_is_beside(message: Message, one: Found) -> Found:
    """Return a step that was found, turned round where its clause begins with a no, or one stands beside it.

    Small models are passed over: "small: no" says that one does not do.
    """
    said = message.plain[one.start : one.end]
    if not one.fact.startswith("tried_"):
        return one
    ticked = is_ticked(message, one.start, one.end)
    if ticked is not None:
        return _as_ticked(one, is_done=ticked)
    if one.value is True and _NOT_DONE.match(said):
        one = replace(one, value=False)
    if one.fact == "tried_small_model" and one.value is False and _ONLY_BIGGER.search(said):
        return replace(one, fact="tried_models")
    if one.fact == "tried_small_model" and one.value is True and _SMALL_LATER.search(said):
        return replace(one, value=False)
    if one.fact == "tried_small_model" or len(said) > _LONGEST:
        return one
    if one.value is False and _YES_AT_THE_END.search(said):
        return replace(one, value=True)
    if one.value not in _UNDONE:
        return one
    is_undone = (
        _AT_THE_END.search(said)
        or _AFTER.match(message.plain, one.end)
        or _NOT_YET.match(said)
        or _ALL_BUT.search(message.plain, max(0, one.start - _LONGEST), one.start)
        or (one.fact == "tried_models" and _TOO_DEAR.search(said))
    )
    return replace(one, value=_UNDONE[one.value]) if is_undone else one
