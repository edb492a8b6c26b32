"""The labelled examples as lessons for the encoders; run as a program, it writes them to a file for each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from random import Random

from bot.decision.questions import NEWS, READ_BESIDE
from bot.understanding.absence import absence_of
from bot.understanding.learned.encoder import NO_QUESTION
from bot.understanding.learned.examples import (
    LabelledRemark,
    LabelledReply,
    Situation,
    as_often_as_it_counts,
    other_questions,
)
from bot.understanding.learned.heads import (
    ADVICE,
    ASKED_OUTRIGHT,
    BROUGHT,
    CARRIED_OUT,
    DONE,
    MENDED,
    REPLY_FACTS,
)
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.number_examples import absences_in, numbers_of, roles_in, roles_told
from bot.understanding.learned.number_model import ROLE
from bot.understanding.learned.training import (
    Examples,
    Labels,
    labels_of,
    labels_of_clause,
    labels_of_clauses,
    labels_of_intent,
    labels_of_remark,
    says_anything,
    told_in_turn,
)
from bot.understanding.learned.tuning.lessons import Lesson, Stretch, Variants, write_lessons
from bot.understanding.message import prepare
from bot.understanding.number_values import Numbers
from bot.understanding.wanted import Wanted


def lessons_of_parts(made_of: Examples) -> Iterator[Variants]:
    """Yield a lesson for every example that was written for this: what is said in which words.

    A situation is told in turn by itself and beside a question; a reply answers in turn its own question and,
    if it is long, others. Real cases are left to the other encoder: they mention in passing more than anybody
    labels, and an encoder taught on them as well no longer heard plain short answers.
    """
    for row in made_of.situations:
        if not row.source:
            yield [_told(row, text, labels) for text, labels in told_in_turn(row)]
    for fragment in made_of.clauses:
        yield [_alone(fragment.text, labels_of_clause(fragment))]
    for said in made_of.intents:
        yield [_alone(said.text, labels_of_intent(said))]
    for answer in made_of.replies:
        others = other_questions(answer)
        asked = [one for other in others for one in (answer.question, other)] or [answer.question]
        yield [_answer(answer, question_id) for question_id in asked]
    yield from _lessons_of_remarks(made_of)


def _lessons_of_remarks(made_of: Examples) -> Iterator[Variants]:
    """Yield what is told after a recommendation, more often what one of the heads is to hear in it.

    Messages in which there is nothing of it are many times as many.
    """
    verdicts = {one.id: one.asks for one in made_of.verdicts}
    for remark in made_of.remarks:
        asks = verdicts.get(remark.id)
        if asks is None and remark.wants not in _NEAR_A_VERDICT and "?" not in remark.remark:
            asks = ""
        labels = {} if asks is None else {ASKED_OUTRIGHT: asks or NOTHING}
        if remark.wants in _NO_COMPLICATION:
            labels |= {BROUGHT: NOTHING, MENDED: NOTHING}
        if remark.expected.get("failure_mode"):
            labels[MENDED] = NOTHING  # what goes wrong now is not over
        yield from repeat([_remark(remark, labels)], TELLINGS if asks else 1)
    for asked in made_of.verdicts:
        if asked.remark:
            labels = {ASKED_OUTRIGHT: asked.asks or NOTHING}
            yield from repeat([_after_advice(asked.remark, labels)], TELLINGS if asked.asks else 1)
    for one in made_of.complications:
        labels = {BROUGHT: one.brings or NOTHING}
        yield from repeat([_after_advice(one.remark, labels)], TELLINGS if one.brings else 1)
    for told in made_of.mendings:
        yield [_after_advice(told.remark, {MENDED: told.mends or NOTHING})]
    yield from _lessons_of_steps(made_of)


def _lessons_of_steps(made_of: Examples) -> Iterator[Variants]:
    """Yield each message beside each step that was advised before it; and others beside steps of no concern.

    What makes a case harder tells hardly ever that something is done, whichever step it stands beside.
    """
    for told in made_of.done:
        for place, step in enumerate(told.steps):
            labels = {DONE: CARRIED_OUT if place in told.done else NOTHING}
            yield [_beside(step, told.remark, labels)]
    steps = sorted({step for told in made_of.done for step in told.steps})
    for one in made_of.complications if steps else ():
        step = Random(one.remark).choice(steps)  # noqa: S311 - a choice that stays
        yield [_beside(step, one.remark, {DONE: NOTHING})]


TELLINGS = 3
"""How often what asks for a verdict or brings a complication is told."""
_NEAR_A_VERDICT: frozenset[Wanted] = frozenset({"again", "why", "amount", "next"})
"""Who wants this may ask for a verdict; who wants something else, and asks nothing, does not."""
_NO_COMPLICATION: frozenset[Wanted] = frozenset({"thanks", "cost", "summary", "term", "flips", "amount"})
"""Who wants this brings none, nor tells of a trouble that is over."""


def lessons_of_advice(made_of: Examples) -> Iterator[Variants]:
    """Yield a lesson for every situation, real ones more than once: which advice is given to its like."""
    for row in as_often_as_it_counts([*made_of.situations, *made_of.advised]):
        yield [_alone(text, {ADVICE: labels[ADVICE]}) for text, labels in told_in_turn(row)]


def _told(row: Situation, text: str, labels: Labels) -> Lesson:
    message, numbers = prepare(text), numbers_of(text)
    clauses = [Stretch(part.start, part.end, one) for part, one in labels_of_clauses(row, message)]
    roles = _numbers(message.plain, numbers, roles_told(row, numbers))
    return Lesson(NO_QUESTION, message.plain, (Stretch(0, len(message.plain), labels), *clauses, *roles))


def _alone(text: str, labels: Labels) -> Lesson:
    plain = prepare(text).plain
    return Lesson(NO_QUESTION, plain, (Stretch(0, len(plain), labels),))


def _remark(remark: LabelledRemark, more: Labels) -> Lesson:
    plain = prepare(remark.remark).plain
    numbers = numbers_of(remark.remark, NEWS.id)
    roles = _numbers(plain, numbers, roles_in(remark.as_reply, numbers))
    labels = {**labels_of_remark(remark), **more}
    return Lesson(NEWS.text, plain, (Stretch(0, len(plain), labels), *roles))


def _after_advice(remark: str, labels: Labels) -> Lesson:
    plain = prepare(remark).plain
    return Lesson(NEWS.text, plain, (Stretch(0, len(plain), labels),))


def _beside(step: str, remark: str, labels: Labels) -> Lesson:
    plain = prepare(remark).plain
    return Lesson(step, plain, (Stretch(0, len(plain), labels),))


def _answer(answer: LabelledReply, question_id: str) -> Lesson:
    plain = prepare(answer.reply).plain
    absences = {absence_of(fact): one for fact, one in absences_in(answer).items()}
    labels = {**labels_of(answer, REPLY_FACTS), **says_anything(answer), **absences}
    numbers = numbers_of(answer.reply, answer.question)
    roles = _numbers(plain, numbers, roles_in(answer, numbers))
    return Lesson(READ_BESIDE[question_id].text, plain, (Stretch(0, len(plain), labels), *roles))


def _numbers(plain: str, numbers: Numbers, roles: Mapping[int, str]) -> Iterator[Stretch]:
    if numbers.message.plain != plain:
        return  # it takes a number back, and numbers are read without
    for index, role in roles.items():
        quantity = numbers.quantities[index]
        yield Stretch(quantity.start, quantity.end, {ROLE: role})


if __name__ == "__main__":
    made_of, folder = Examples(), Path(sys.argv[1])
    write_lessons(
        lessons_of_parts(replace(made_of, remarks=(), verdicts=(), complications=(), mendings=(), done=())),
        folder / "parts.jsonl",
    )
    write_lessons(lessons_of_parts(made_of), folder / "news.jsonl")
    write_lessons(lessons_of_advice(made_of), folder / "advice.jsonl")
