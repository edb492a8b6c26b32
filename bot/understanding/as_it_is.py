"""Sentences that say how things are: no question, no condition, no plan, and nobody else's case.

What turns a fact that is known has to be told as one: "once they sign", "can we train on it?" and "I hope
that legal agrees" tell that it is not so yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.message import Message, Part
from bot.understanding.negation import foreign_parts

_ASKS = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|hm+|well|btw|also|then|now)[ ,]+)*"
    r"(?:can|may|could|should|would|will|shall|are|is|do|does|did|was|were (?:we|they|you)|am|"
    r"have (?:we|they|you)|has|had|what|whats|how|why|when|where|who|which|whether)\b"
)
_ANSWERED = (
    r"(?: [a-z]+){0,4}?(?:[,:] ?| - | and )(?:(?:and|so) )?"
    r"(?:yes|yep|yeah|sure|(?:we|they|he|she|legal|it) (?!ask|wait|have to|need)[a-z]+|its|thats|all)\b"
)
"""After "asked": what came of it."""
_NOT_YET = re.compile(
    r"\b(?:if|once|when|whenever|as soon as|until|till|unless|as long as|provided|assuming|suppos\w+|"
    r"in case|before|depends?|depending|whether|should|would|could|might|must|needs? to|have to|has to|"
    r"maybe|perhaps|probably|possibly|likely|apparently|supposedly|hopefully|hop(?:e|es|ing)|expect\w*|"
    r"think|thinks|thought|believe|guess|assume|assumes|imagine|doubt|wonder\w*|unsure|not sure|unclear|"
    r"plan(?:s|ned|ning)?|will|wont|wants?|going to|about to|soon|later|tomorrow|"
    r"next (?:week|month|quarter|year)|pending|wait(?:s|ed|ing)?|"
    rf"ask(?:s|ing)?|asked(?!{_ANSWERED})|check(?:s|ing)?|(?:be|being|is|are|gets?) checked|"
    r"checked (?!(?:it|that|this|them|all|everything|already|twice|and|so|but|now|today)\b)[a-z]+|"
    r"request(?:s|ed|ing)?|"
    r"try(?:ing)?|wish|used to|rumou?rs?|hear|heard|joke|joking|kidding|pretend)\b"
)
"""Anywhere in a sentence: it is not so, or somebody is not sure of it."""


def sentences_as_it_is(message: Message) -> Iterator[Part]:
    """Yield the sentences of a message that tell without a doubt how things are, here and now."""
    foreign = foreign_parts(message)
    for one in message.sentences:
        is_asked = message.is_asked(one) or _ASKS.match(message.plain, one.start, one.end)
        if is_asked or _NOT_YET.search(message.plain, one.start, one.end):
            continue
        if not any(part.start < one.end and one.start < part.end for part in foreign):
            yield one
