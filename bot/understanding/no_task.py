"""A model that nobody has a task for: what it should do cannot be guessed from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.chances import PROBLEM
from bot.understanding.found import Found
from bot.understanding.message import Message

_MODEL = r"(?:it|this|that|(?:the|such a|our|a|an|our own) (?:[a-z-]+ )?(?:model|llm|bot|ai|thing|gpt))"
_SHOULD = r"(?:should|would|will|must|could|is (?:supposed|meant|going) to|has to|ought to)"
_TO_DO = (
    rf"(?:what (?:exactly |actually |kind of task )?{_MODEL} {_SHOULD} (?:actually |even )?(?:do|be for|"
    rf"be used for|solve|achieve)|"
    rf"what {_MODEL} (?:is|would be|should be) (?:for|good for|used for)|what (?:to use it|we (?:would|"
    rf"want to|should) use it) for|"
    r"what for|for what)(?! (?:when|if|with|about|in|where|on|next|better|instead|to|a|an|the|those|these)\b)"
)
_NOT_SAID = (
    r"(?:(?:nobody|no one|noone|none of us)(?: (?:has|had|have|really|yet|ever|actually|even|here))* "
    r"(?:said|says?|knows?|told us|tell us|decided|defined|specified|explained|agreed on|named)"
    r"|(?:we|i|boss|ceo|cto|vp|director|board|management|leadership)(?: [a-z]+)? "
    r"(?:not|never|havent|hasnt|didnt|doesnt|dont|cant|couldnt) (?:[a-z]+ )?"
    r"(?:said|say|know|told us|tell us|decided?|defined?|specified|explained?)"
    r"|without (?:saying|knowing|telling us|deciding)|(?:not|isnt) (?:yet )?clear"
    r"|no (?:idea|clue)|unclear|undecided)"
)
_KIND = r"(?:(?:real|concrete|clear|specific|particular|actual|defined|agreed|single) )*"
_TASK = r"(?:use[ -]?cases?|tasks?|applications?|purpose|problem to solve)"
_ENDS = (
    r"(?: (?:yet|so far|in mind|at all|behind it|for (?:it|this|that|us|now|one|(?:the|a|such a|our) "
    r"(?:model|llm))))*(?= (?:and|but|just|only|so)\b|\s*(?:[.,;:!?)]|$))"
)
_NO_TASK = re.compile(
    rf"\b{_NOT_SAID}(?: yet| us| me| so far)? {_TO_DO}"
    rf"|\b(?:no|isnt an?|isnt any|is not an?|arent any|(?:dont|do not|doesnt|havent|"
    rf"have not|hasnt)(?: really| even| yet)? "
    rf"(?:have |got |see |had )?(?:an?|any)|lacks? an?|still need an?|looking for an?) {_KIND}{_TASK}{_ENDS}"
    r"|\b(?:just|only|simply) (?:wants?|wanted|wishes)(?: for)?(?: us to have| to have| to own|"
    r" us to build| us to own)? "
    r"(?:our|their|his|her|its|an?|some) (?:very )?own (?:[a-z-]+ )?(?:models?|llms?|gpt|ai|"
    r"chatgpt)(?=\s*(?:[.,;:!?)]|$)| (?:and|but|because|since)\b)"
)


_COMPLAINT = re.compile(
    r"\b(?:wrong\w*|bad|badly|rude\w*|stiff\w*|slow|expensive|inconsistent|incorrect|invent\w*|hallucinat\w*|"
    r"made up|makes? (?:[a-z]+ )?up|mistakes?|errors?|fails?|complain\w*|forgets?|ignores?|too [a-z]+|"
    r"sounds?)\b"
)


def without_guessed_task(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found; where nobody has said what the model should do, without what is only guessed.

    Who complains of something has it: only the task is guessed then.
    """
    if _NO_TASK.search(message.plain) is None:
        return list(found)
    guessed = {"goal_kind"} if _COMPLAINT.search(message.plain) else PROBLEM
    return [one for one in found if one.fact not in guessed or one.source != "inferred"]
