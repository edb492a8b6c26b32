"""Which of the steps that were advised are done: "of the 23 we went through, 14 weren't in the index".

Each is read beside the message, by the encoder that learned from labelled pairs of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.understanding.learned.likelihoods import likely_done
from bot.understanding.message import Message

_SURE = 0.45
"""A step taken for done that is not is lost; one that is advised once more can be told again."""


def find_done(message: Message, steps: Sequence[str]) -> Iterator[int]:
    """Yield the place of the step that a message tells has been done, at most one.

    Beside the likeliest the others are mostly made up: who did something sounds so beside any step.
    """
    likely = [likely_done(message, step) for step in steps]
    if likely and max(likely) >= _SURE:
        yield likely.index(max(likely))


_STEP = r"(?:that|this|it|any of (?:that|it|this)|(?:that|this|the first) step)"
_NOT_DONE = re.compile(
    r"\b(?:(?:havent|have not|didnt|did not|never)(?: (?:we|i|really|actually|yet|even))* "
    rf"(?:done|do|did|taken|take) {_STEP}\b"
    r"|(?:(?:thats|that is|this is|it is|its) (?:still |really |actually )?not"
    r"|none of (?:that|it|this) is) (?:really |yet |actually )?done(?=\W*$| ?[.,;:!]| yet\b))"
)


def denies_a_step(message: Message) -> bool:
    """Say whether they set right that something is done which was taken for done."""
    denied = _NOT_DONE.finditer(message.plain)
    return any(not message.is_asked(message.sentence_at(one.start())) for one in denied)
