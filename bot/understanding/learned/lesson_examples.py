"""The labelled replies as lessons for the encoder; run as a program, it writes them to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.decision.questions import BY_ID
from bot.understanding.absence import absence_of
from bot.understanding.learned.examples import LabelledReply, other_questions, replies
from bot.understanding.learned.number_examples import absences_in, numbers_of, roles_in
from bot.understanding.learned.number_model import ROLE
from bot.understanding.learned.reader import REPLY_FACTS
from bot.understanding.learned.training import labels_of, says_anything
from bot.understanding.learned.tuning.lessons import Lesson, Stretch, Variants, write_lessons
from bot.understanding.message import prepare


def lessons(made_of: Iterable[LabelledReply]) -> Iterator[Variants]:
    """Yield a lesson for every reply, in turn with its own question and, if it is long, with others."""
    for answer in made_of:
        others = other_questions(answer)
        asked = [one for other in others for one in (answer.question, other)] or [answer.question]
        yield [_lesson(answer, question_id) for question_id in asked]


def _lesson(answer: LabelledReply, question_id: str) -> Lesson:
    plain = prepare(answer.reply).plain
    absences = {absence_of(fact): one for fact, one in absences_in(answer).items()}
    labels = {**labels_of(answer, REPLY_FACTS), **says_anything(answer), **absences}
    return Lesson(BY_ID[question_id].text, plain, (Stretch(0, len(plain), labels), *_numbers(answer, plain)))


def _numbers(answer: LabelledReply, plain: str) -> Iterator[Stretch]:
    numbers = numbers_of(answer.reply, answer.question)
    if numbers.message.plain != plain:
        return  # it takes a number back, and numbers are read without
    for index, role in roles_in(answer, numbers).items():
        quantity = numbers.quantities[index]
        yield Stretch(quantity.start, quantity.end, {ROLE: role})


if __name__ == "__main__":
    write_lessons(lessons(replies()), Path(sys.argv[1]))
