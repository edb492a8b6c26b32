"""Which clause of a message tells a fact that was read from all of it."""

from __future__ import annotations

import re

from bot.decision.facts import FactValue
from bot.decision.questions import Question
from bot.understanding.found import Found
from bot.understanding.learned.candidates import BEYOND_DOUBT, CLEAR, Candidate
from bot.understanding.learned.encoder import Understood, as_complaint, together
from bot.understanding.learned.features import message_sample
from bot.understanding.learned.heads import MESSAGES
from bot.understanding.learned.likelihoods import model_of
from bot.understanding.learned.parts import clauses_of
from bot.understanding.message import Message, Part


def found_in_whole(
    message: Message, question: Question | None, read: Understood, fact: str, value: FactValue
) -> Found:
    """Return a fact of the whole message beside its most telling clause.

    Nobody said it where that clause alone leaves a doubt, unless it answers what was asked. In cases that
    nothing was fitted to, three in five of what is less plain were right, four in five of the rest.
    """
    candidates = _by_clause(message, question.id if question else "", read, fact, value)
    telling = max(candidates, key=_tells)[1]
    is_asked = question is not None and fact in question.facts
    needed = CLEAR if question or fact != "gap" else BEYOND_DOUBT
    is_said = telling.share >= needed or is_asked
    if not is_said:
        # "Would training help?" is what they ask, and "hi all" a greeting: it was not gathered from those.
        reported = [one for one in candidates if _reports(message, one[1].part)]
        telling = max(reported or candidates, key=_tells)[1]
    return Found(fact, value, telling.part.start, telling.part.end, "stated" if is_said else "inferred")


_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|hiya|yo|moin|hallo|good (?:morning|afternoon|evening)|thanks|sorry|quick question|"
    r"question|pls|please)"
    r"(?: (?:all|there|team|folks|everyone|everybody|guys|bot|again|for you|here|question))*\W*"
)


def _reports(message: Message, part: Part) -> bool:
    """Say whether a clause tells something, and neither asks nor greets."""
    is_greeting = _GREETING.fullmatch(message.plain, part.start, part.end) is not None
    return not is_greeting and not message.is_asked(part)


def _tells(said: tuple[float, Candidate]) -> float:
    return said[0]


def _by_clause(
    message: Message, question_id: str, read: Understood, fact: str, value: FactValue
) -> list[tuple[float, Candidate]]:
    """Return how clearly each clause says it, and how likely it is by that clause alone.

    Clauses are told apart also by what they would state, in their context, as answers to what goes wrong.
    """
    model = model_of(MESSAGES, question_id)
    in_context = read if question_id else as_complaint(message.plain)
    said = []
    for part in clauses_of(message):
        alone = model.probabilities(message_sample(message.plain[part.start : part.end], question_id))
        shares = together(alone, read.shares(part)) if question_id else alone
        share = shares[fact].get(str(value), 0.0)
        telling = share + in_context.shares(part).get(fact, {}).get(str(value), 0.0)
        said.append((telling, Candidate(share, part)))
    return said
