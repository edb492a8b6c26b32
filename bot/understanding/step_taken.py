"""Whether they took the step that was advised, whatever it was: "ok, we did that, it scored 71"."""

from __future__ import annotations

import re

from bot.understanding.message import Message

_ENDS = (
    r"(?=\W*$| ?[.,;:!?()-]| (?:and|but|already|now|last|yesterday|today|too|it|since|again|before|twice|"
    r"this)\b)"
)
"""It is the step itself that follows no further: not "tried that model"."""
_STEP = (
    r"(?:that|this|it|so|exactly that|just that|(?:your|the) first step|"
    r"what you (?:said|suggested|advised|told us))"
)
_TAKEN = re.compile(
    r"(?:^|[.,;:!?(] |\b(?:we|i|they|and|ok|okay|so|already|have|ve|team) )"
    rf"(?:already |just |now |actually |finally )?(?:did|done|tried|built|made|implemented) {_STEP}{_ENDS}"
    rf"|\b(?:thats|that is|this is|it is|its) (?:all |now |already )?done{_ENDS}"
)
_NOT_TAKEN = re.compile(
    r"\b(?:not|never|havent|hasnt|hadnt|didnt|dont|wont|will|would|could|should|shall|can|cant|might|if|once|when|"
    r"until|before|after|want to|going to|plan to|nobody|no one)\b[^.,;:!?]{0,24}$"
)


def takes_the_step(message: Message) -> bool:
    """Say whether they tell that they did what was advised; what they plan, doubt or ask is not done."""
    for taken in _TAKEN.finditer(message.plain):
        sentence = message.sentence_at(taken.end() - 1)
        is_asked = message.plain[sentence.end : sentence.end + 1] == "?"
        if not is_asked and not _NOT_TAKEN.search(message.plain, sentence.start, taken.start() + 1):
            return True
    return False
