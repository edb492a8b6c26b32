"""How likely what is, by all learned models together: of a message, of an answer, of news after advice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.decision.questions import NEWS, OPENING
from bot.understanding.languages import is_other_than_english
from bot.understanding.learned.encoder import NOT_READ, Understood, advised, read_beside, together, understood
from bot.understanding.learned.examples import FOLDER, NEWS_FOLDER
from bot.understanding.learned.features import message_sample, reply_sample
from bot.understanding.learned.heads import (
    ASKED_OUTRIGHT,
    BROUGHT,
    CARRIED_OUT,
    DONE,
    INTENT,
    MENDED,
    MESSAGE_FACTS,
    MESSAGES,
    REPLIES,
    SAYS,
    SOMETHING,
    WANTS,
)
from bot.understanding.learned.linear import NOTHING, LinearModel, load
from bot.understanding.learned.parts import everything
from bot.understanding.message import Message, prepare

_ADVISER_COUNTS = 0.9
"""How much the encoder that knows advice alone counts beside the other readers; 0.8 to 1 are alike."""
SAYS_SOMETHING = 0.35
"""Below this a message seems to state nothing; measured by `make evaluate` on blind cases."""


def likely_intents(message: Message) -> dict[str, float]:
    """Return how likely each intent is of a message that answers no question."""
    return of_message(message, "", understood(message.plain, ""))[INTENT]


def likely_wants(message: Message) -> dict[str, float]:
    """Return how likely each kind of wish is in a message after a recommendation."""
    if is_other_than_english(message):
        return {}
    return _of_news(message)[WANTS]


_A_LONG_STORY = 40
"""In words. In shorter messages what is told tells also what is asked about."""
_ASKED_CLEARLY = 0.5


def likely_outright(message: Message) -> Mapping[str, float]:
    """Return how likely each verdict is asked for in a message after a recommendation.

    What a long story is about drowns the question at its end, which counts by itself where it is clear.
    """
    if len(message.plain.split()) >= _A_LONG_STORY and (asked := _last_question(message)):
        alone = _encoded_news(prepare(asked), ASKED_OUTRIGHT)
        if any(share >= _ASKED_CLEARLY for one, share in alone.items() if one != NOTHING):
            return alone
    return _encoded_news(message, ASKED_OUTRIGHT)


def _last_question(message: Message) -> str:
    return next((message.plain[one.start : one.end + 1].strip() for one in message.questions[-1:]), "")


def likely_complications(message: Message) -> Mapping[str, float]:
    """Return how likely each complication is brought by a message after a recommendation."""
    return _said_somewhere(message, BROUGHT)


def likely_mended(message: Message) -> Mapping[str, float]:
    """Return how likely each trouble is said to be over by a message after a recommendation."""
    return _said_somewhere(message, MENDED)


def _said_somewhere(message: Message, head: str) -> Mapping[str, float]:
    """Return what the encoder says of a message that says such a thing often in one sentence of many.

    So the sentence that says it most clearly counts half.
    """
    whole = _encoded_news(message, head)
    read = understood(message.plain, NEWS.id)
    sentences = [read.shares(part).get(head, {}) for part in message.sentences]
    return {
        one: (share + max(own.get(one, 0.0) for own in sentences)) / 2
        for one, share in whole.items()
        if sentences
    }


def likely_done(message: Message, step: str) -> float:
    """Return how likely a message after a recommendation tells that a step of it is done."""
    if is_other_than_english(message):
        return 0.0
    return read_beside(message.plain, step).shares(everything(message)).get(DONE, {}).get(CARRIED_OUT, 0.0)


def _encoded_news(message: Message, head: str) -> Mapping[str, float]:
    """Return what the encoder alone says; nothing where it does not know the language or the head."""
    if is_other_than_english(message):
        return {}
    return understood(message.plain, NEWS.id).shares(everything(message)).get(head, {})


def states_anything(message: Message) -> bool:
    """Say whether a message after a recommendation seems to state anything of their case."""
    return _of_news(message)[SAYS][SOMETHING] >= SAYS_SOMETHING


def _of_news(message: Message) -> dict[str, dict[str, float]]:
    return of_reply(message, NEWS.id, understood(message.plain, NEWS.id))


def of_reply(message: Message, question_id: str, read: Understood) -> dict[str, dict[str, float]]:
    """Return how likely each class of each head is of an answer as a whole."""
    linear = model_of(REPLIES, question_id).probabilities(reply_sample(message.plain, question_id))
    return together(linear, read.shares(everything(message)))


def of_message(message: Message, question_id: str, read: Understood) -> dict[str, dict[str, float]]:
    """Return how likely each class of each head is of a message as a whole."""
    linear = model_of(MESSAGES, question_id).probabilities(message_sample(message.plain, question_id))
    return together(linear, read.shares(everything(message)))


def of_report(rest: Message, *, is_strange: bool) -> dict[str, dict[str, float]]:
    """Return what a message says that answers no question; an opening also by the advice that is usual."""
    whole = of_message(rest, "", NOT_READ if is_strange else understood(rest.plain, ""))
    if not is_strange:
        whole = together(whole, advised(rest.plain), _ADVISER_COUNTS)
    return whole | _of_complaint(rest, whole)


_LONGEST_COMPLAINT = 10
"""In words. Longer ones were read less well so, in development."""
_COMPLAINT_COUNTS = 0.8
"""How much reading it as an answer counts beside reading it as a report."""
_WORD_OR_NUMBER = re.compile(r"\w+")


def _of_complaint(message: Message, whole: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return what a few words beside a question state: what they would in answer to what goes wrong.

    The model of messages learned from reports, where so few words say little. Of more words it knows better.
    """
    said = [message.plain[one.start : one.end] for one in message.segments if not message.is_asked(one)]
    complaint = prepare(" ".join(said))
    if not 0 < len(_WORD_OR_NUMBER.findall(complaint.plain)) <= _LONGEST_COMPLAINT:
        return {}
    answer = of_reply(complaint, OPENING.id, understood(complaint.plain, OPENING.id))
    if answer[SAYS][SOMETHING] < SAYS_SOMETHING:
        return {}
    return {
        fact: {
            one: (1 - _COMPLAINT_COUNTS) * whole[fact].get(one, 0.0)
            + _COMPLAINT_COUNTS * answer[fact].get(one, 0.0)
            for one in {**whole[fact], **answer[fact]}
        }
        for fact in MESSAGE_FACTS
        if fact in answer
    }


def knows_a_word(message: Message, question_id: str) -> bool:
    """Say whether any word was ever seen in a reply: what is usual is no evidence of what somebody said."""
    vocabulary = model_of(REPLIES, question_id).vocabulary
    return any(word in vocabulary for word in reply_sample(message.plain, "").blocks[0].features)


def model_of(name: str, question_id: str) -> LinearModel:
    """Return the weights that read answers to this question, or messages that answer none."""
    return _weights((NEWS_FOLDER if question_id == NEWS.id else FOLDER) / name)


@lru_cache(maxsize=6)
def _weights(path: Path) -> LinearModel:
    return load(path)
