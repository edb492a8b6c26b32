"""Whether they took the step that was advised, whatever it was: "ok, we did that, it scored 71"."""

from __future__ import annotations

import re

from bot.understanding.message import Message

_ENDS = (
    r"(?=\W*$| ?[.,;:!?()-]| (?:and(?! that\b)|but|now|yesterday|today|too(?! \w)|since|again|twice(?! an? )|"
    r"already|last (?:week|month|night|friday|monday)|this (?:week|month|morning))\b"
    r"(?! (?:by|in|via|manually|on|at)\b))"
)
"""It is the step itself that follows no further: not "tried that model", nor "done now by two people"."""
_ADVISED = r"(?:what you (?:said|suggested|advised|told us)|(?:your|the) first step)"
_STEP = rf"(?:that|this|it|so|exactly that|just that|{_ADVISED})"
_NEW = rf"(?:that|exactly that|just that|{_ADVISED})"
"""Whoever "built it" or "made this" speaks of what they have."""
_TAKEN = re.compile(
    r"(?:^|[.,;:!?(] |(?:^|[.!?] )they |\b(?:we|i|and|ok|okay|so|already|have|ve|team) )"
    r"(?:already |just |now |actually |finally )?"
    rf"(?:(?:did|done|tried) {_STEP}|(?:built|made|implemented) {_NEW}){_ENDS}"
    rf"|\b(?:thats|that is|this is|it is|its) (?:all |now |already )?done{_ENDS}"
)
_NOT_TAKEN = re.compile(
    r"\b(?:not|never|havent|hasnt|hadnt|didnt|dont|wont|will|would|could|should|shall|can|cant|might|must|if|"
    r"once|when|until|before|after|as soon as|want to|going to|plan to|nobody|no one|how|why|way|where|what|"
    r"nearly|almost|half|partly|users?|customers?|agents?|clients?|vendors?|people)\b[^.,;:!?]{0,24}$"
)
_LONG_AGO = re.compile(
    r"\b(?:before(?! (?:asking|i asked|we asked))\b|by hand|for fun|in the past|previously|"
    r"years? ago|months ago|last (?:year|summer|spring|winter|autumn)|in 20\d\d|with gpt-?[23]|"
    r"every (?:day|week|month)|a (?:day|week))\b"
)
"""After it: it was done before it was advised, or is done all the time."""


def takes_the_step(message: Message) -> bool:
    """Say whether they tell that they did what was advised; what they plan, doubt or ask is not done."""
    for taken in _TAKEN.finditer(message.plain):
        sentence = message.sentence_at(taken.end() - 1)
        is_asked = message.is_asked(sentence)
        is_past = _LONG_AGO.search(message.plain, taken.end(), sentence.end) is not None
        is_untrue = _NOT_TAKEN.search(message.plain, sentence.start, taken.start() + 1) is not None
        if not (is_asked or is_past or is_untrue):
            return True
    return False
