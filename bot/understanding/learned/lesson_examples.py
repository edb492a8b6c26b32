"""The labelled examples as lessons for the encoder; run as a program, it writes them to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.decision.questions import BY_ID
from bot.understanding.amounts import ROLE
from bot.understanding.learned.encoder import OF_CLAUSE, OF_MESSAGE, OF_NUMBER, OF_REPLY
from bot.understanding.learned.examples import (
    LabelledClause,
    LabelledIntent,
    LabelledReply,
    Situation,
    fingerprint,
    other_questions,
)
from bot.understanding.learned.number_examples import numbers_of, roles_in
from bot.understanding.learned.reader import ADVICE, CLAUSE_FACTS, INTENT, MESSAGE_FACTS, REPLY_FACTS
from bot.understanding.learned.training import (
    Examples,
    beside_a_question,
    complete,
    find_quote,
    is_about,
    labels_of,
    says_anything,
)
from bot.understanding.learned.tuning.lessons import Lesson, Stretch, Variants, write_lessons
from bot.understanding.message import prepare

_TOLD_BY_CLAUSES = (*CLAUSE_FACTS, *MESSAGE_FACTS)
"""What is quoted, and so said by some clause."""
_ASKS_NOTHING = tuple(fact for fact in MESSAGE_FACTS if fact != "asks")
"""Facts of the message that an answer of ours may state: who answers does not ask."""


def lessons(made_of: Examples) -> Iterator[Variants]:
    """Yield a lesson for every example; what a head speaks of begins its name, as the encoder has it."""
    for situation in made_of.situations:
        yield [
            _of_situation(situation, situation.text, MESSAGE_FACTS),
            _of_situation(situation, beside_a_question(situation.text), _ASKS_NOTHING),
        ]
    yield from ([_of_clause(fragment)] for fragment in made_of.clauses)
    yield from ([_of_intent(said)] for said in made_of.intents)
    for answer in made_of.replies:
        others = other_questions(answer)
        asked = [one for other in others for one in (answer.question, other)] or [answer.question]
        yield [_of_reply(answer, question_id) for question_id in asked]


def _of_situation(row: Situation, text: str, known: Iterable[str]) -> Lesson:
    """Return a situation told in this text; of the facts of a message only these are known."""
    message = prepare(text)
    facts = [fact for fact in _TOLD_BY_CLAUSES if fact in CLAUSE_FACTS or fact in known]
    quotes = {
        fact: part
        for fact in facts
        if fact in row.facts and (part := find_quote(message, row.facts[fact].quote))
    }
    stated = {fact: str(one.value) for fact, one in row.facts.items()}
    labels = {**complete(stated, known), INTENT: "decision", ADVICE: row.expected}
    stretches = [Stretch(0, len(message.plain), _named(OF_MESSAGE, labels))]
    for segment in message.segments:
        said = {fact: stated[fact] for fact, part in quotes.items() if is_about(segment, part)}
        stretches.append(Stretch(segment.start, segment.end, _named(OF_CLAUSE, complete(said, facts))))
    return Lesson("", message.plain, (*stretches, *_numbers(row, text, "")))


def _of_clause(fragment: LabelledClause) -> Lesson:
    plain = prepare(fragment.text).plain
    stated = {fact: str(value) for fact, value in fragment.facts.items()}
    return Lesson("", plain, (Stretch(0, len(plain), _named(OF_CLAUSE, complete(stated, CLAUSE_FACTS))),))


def _of_intent(said: LabelledIntent) -> Lesson:
    plain = prepare(said.text).plain
    # What wants no decision describes no situation; what does may describe any.
    labels = {} if said.intent == "decision" else complete({}, MESSAGE_FACTS)
    return Lesson("", plain, (Stretch(0, len(plain), _named(OF_MESSAGE, {**labels, INTENT: said.intent})),))


def _of_reply(answer: LabelledReply, question_id: str) -> Lesson:
    plain = prepare(answer.reply).plain
    labels = {
        **_named(OF_REPLY, {**labels_of(answer, REPLY_FACTS), **says_anything(answer)}),
        **_named(OF_MESSAGE, labels_of(answer, _ASKS_NOTHING)),
        **_named(OF_CLAUSE, labels_of(answer, (*CLAUSE_FACTS, *_ASKS_NOTHING))),
    }
    numbers = _numbers(answer, answer.reply, answer.question)
    return Lesson(BY_ID[question_id].text, plain, (Stretch(0, len(plain), labels), *numbers))


def _numbers(row: Situation | LabelledReply, text: str, question_id: str) -> Iterator[Stretch]:
    numbers = numbers_of(text, question_id)
    for index, role in roles_in(row, numbers).items():
        quantity = numbers.quantities[index]
        yield Stretch(quantity.start, quantity.end, {f"{OF_NUMBER}{ROLE}": role})


def _named(prefix: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}{head}": one for head, one in labels.items()}


if __name__ == "__main__":
    write_lessons(fingerprint(), lessons(Examples()), Path(sys.argv[1]))
