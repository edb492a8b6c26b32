"""What each kind of case counts. Scores are shares, 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rapidfuzz import fuzz, process

from bot.conversation import Audience, Conversation, Place, Turn
from bot.decision.contentment import ended_by_contentment
from bot.decision.facts import Facts, Range, parse_value
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.options import Option
from bot.decision.questions import BY_ID, QUESTIONS, Question
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.dialogue import Dialogue
from bot.evaluation.cases import (
    ComplicationCase,
    DecisionCase,
    DialogueCase,
    DoneCase,
    HeardCase,
    MendedCase,
    RemarkCase,
    ReplyCase,
    VerdictCase,
)
from bot.replies import Clarify, Decline, Define, OffTopic, Recommend, Reply
from bot.understanding.done import find_done
from bot.understanding.message import prepare
from bot.understanding.reading import Reading
from bot.understanding.wanted import Wanted

_EXACT, _DEFENSIBLE = 1.0, 0.5
_AT = datetime(2026, 11, 23, tzinfo=UTC)
"""When cases are taken to be said, because availability is judged as of a day."""


@dataclass(frozen=True)
class DecisionResult:
    """How one decision case went."""

    id: str
    expected: str
    leading: str
    reply: str
    rule: str
    points: float
    points_with_ask: float
    text: str


@dataclass(frozen=True)
class ReplyResult:
    """How one reply was read: facts that are wrong, expected ones that were missed, and those read right."""

    id: str
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Say whether everything was read and nothing made up."""
        return not self.wrong and not self.missed


def _of_us(wanted: Wanted) -> Wanted:
    return "" if wanted == "aside" else wanted


@dataclass(frozen=True)
class RemarkResult:
    """How one message after a recommendation was taken."""

    stated: ReplyResult
    is_same_advice: bool
    """The advice after it is that of the facts which it states."""
    wants: Wanted
    heard_as: Wanted

    @property
    def is_heard_as_meant(self) -> bool:
        """Say whether it was seen what is wanted of us; of what is said among people that is nothing."""
        return _of_us(self.heard_as) == _of_us(self.wants)


@dataclass(frozen=True)
class HeardResult:
    """Which verdict or complication was heard in a message after a recommendation; "" for none."""

    expected: str
    heard_as: str
    is_right: bool


@dataclass(frozen=True)
class DoneResult:
    """How many steps were heard to be done that are not, and how many that are were not heard."""

    made_up: int
    missed: int

    @property
    def is_right(self) -> bool:
        """Say whether just those steps were heard that are done."""
        return not (self.made_up or self.missed)


@dataclass(frozen=True)
class DialogueResult:
    """How one dialogue ended, and how many questions it took."""

    id: str
    expected: str
    leading: str
    points: float
    questions: int


def points(label: str, expected: str, acceptable: Sequence[str]) -> float:
    """Return 1 for the expected outcome, half for an acceptable one."""
    return _EXACT if label == expected else _DEFENSIBLE if label in acceptable else 0.0


def score_policy(case: DecisionCase) -> float | None:
    """Judge the policy alone on the facts that came with a case; None without facts."""
    if case.facts is None or not case.facts.known():
        return None
    return points(recommend(case.facts).option, case.expected, case.acceptable)


async def score_decision(case: DecisionCase, dialogue: Dialogue) -> DecisionResult:
    """Judge one turn on the words of a case."""
    answered = await dialogue.answer(_turn(case.text, case.id, 0), None)
    label, rule = _label(answered.reply)
    asked = Option.ASK if isinstance(answered.reply, Clarify) else label
    return DecisionResult(
        id=case.id,
        expected=case.expected,
        leading=label,
        reply=answered.reply.reply,
        rule=rule,
        points=points(label, case.expected, case.acceptable),
        points_with_ask=points(asked, case.expected, case.acceptable),
        text=case.text,
    )


async def score_dialogue(case: DialogueCase, dialogue: Dialogue) -> DialogueResult:
    """Judge where a dialogue ends; questions are counted as we ask them, whatever the file's bot asked."""
    conversation: Conversation | None = None
    label, questions = "", 0
    said = [turn for turn in case.turns if turn.who == "user"]
    for number, one in enumerate(said):
        answered = await dialogue.answer(_turn(one.text, case.id, number, one.name), conversation)
        conversation = answered.conversation or conversation
        if not label or isinstance(answered.reply, Clarify | Recommend):
            # An aside leaves the advice where it stands.
            label, _ = _label(answered.reply)
        questions += isinstance(answered.reply, Clarify)
    return DialogueResult(
        case.id,
        case.final.expected,
        label,
        points(label, case.final.expected, case.final.acceptable),
        questions,
    )


_ALIKE = 60
"""From this similarity on, of 100, two wordings are the same question."""


def question_of(case: ReplyCase) -> Question | None:
    """Return the question that was replied to: the one worded like it, else the one with its id."""
    texts = {question.id: question.text for question in QUESTIONS}
    alike = process.extractOne(
        case.asked, texts, scorer=fuzz.token_set_ratio, processor=str.lower, score_cutoff=_ALIKE
    )
    return BY_ID[alike[2]] if alike else BY_ID.get(case.question)


async def score_reply(case: ReplyCase, dialogue: Dialogue) -> ReplyResult:
    """Judge how a reply was read, facts of the previous turn included."""
    before = [
        Statement(fact=fact, value=parse_value(fact, value), quote="")
        for fact, value in case.previous.items()
    ]
    reading = await dialogue.read_reply(_turn(case.reply, case.id, 0), question_of(case))
    after = understand([*before, *reading.statements])
    stated: dict[str, object] = {statement.fact: statement.value for statement in reading.statements}
    stated |= {fact: after.evidence[fact].value for fact in stated if fact in after.evidence}
    return judge_stated(case, stated, {conflict.later.fact for conflict in after.conflicts})


async def score_remark(case: RemarkCase, dialogue: Dialogue) -> RemarkResult:
    """Judge what is made of a message after a recommendation: its facts, the advice, and what it wants."""
    told = tuple(
        Statement(fact=fact, value=value, quote="", author_id="asker", message_id="told")
        for fact, value in case.told.known().items()
    )
    turn = _turn(case.remark, case.id, 1)
    kept = _decided(turn, told)
    heard = await dialogue.read_remark(turn, kept)
    answered = await dialogue.answer(turn, kept)
    after = understand((answered.conversation or kept).statements).facts
    known = understand([*told, *heard.statements]).facts
    stated = {one.fact: getattr(known, one.fact) for one in heard.statements if one.fact != "asks"}
    return RemarkResult(
        judge_stated(
            _without_implied_gap(case),
            {fact: value for fact, value in stated.items() if is_news(fact, value, case)},
        ),
        is_same_advice=recommend(after).option == advice_after(case),
        wants=case.wants,
        heard_as=heard.wants,
    )


async def score_heard(case: HeardCase, dialogue: Dialogue) -> HeardResult:
    """Judge which verdict, complication or end of a trouble is heard in a message after a recommendation."""
    turn = _turn(case.remark, case.id, 1)
    reading = await dialogue.read_remark(turn, _decided(turn, ()))
    heard = _heard_in(reading, case)
    return HeardResult(case.expected[0], heard, is_right=heard in case.expected)


def score_done(case: DoneCase) -> DoneResult:
    """Judge which steps of a recommendation are heard to be done."""
    heard = frozenset(find_done(prepare(case.remark), case.steps))
    return DoneResult(made_up=len(heard - case.done), missed=len(case.done - heard))


def _heard_in(reading: Reading, case: HeardCase) -> str:
    match case:
        case VerdictCase():
            return reading.outright
        case ComplicationCase():
            return reading.complication
        case MendedCase():
            return reading.mended


def _decided(turn: Turn, told: tuple[Statement, ...]) -> Conversation:
    """Return a conversation that had this told, and its recommendation, before the turn."""
    return Conversation(
        place=turn.place,
        audience=turn.audience,
        opened_by=turn.author_id,
        opened_at=_AT,
        decision_id=turn.place.channel_id,
        statements=told,
        is_decided=True,
    )


def is_news(fact: str, value: object, case: RemarkCase) -> bool:
    """Say whether it is asked for, or something else than what was known before.

    What is missing is no news where a failure implies it, one that was known or one that is told.
    """
    failures = (case.told.failure_mode, case.expected.get("failure_mode"))
    implied = {GAP_OF_FAILURE[one] for one in failures if one in GAP_OF_FAILURE}
    if fact == "gap" and value in implied:
        return False
    return fact in case.expected or value != getattr(case.told, fact)


def _without_implied_gap(case: RemarkCase) -> RemarkCase:
    if not case.expected.get("failure_mode"):
        return case
    expected = {fact: value for fact, value in case.expected.items() if fact != "gap"}
    return case.model_copy(update={"expected": expected})


def advice_after(case: RemarkCase) -> str:
    """Return what the policy advises on what is so after a remark; on another case, on what is told of it.

    Of a range and of several values that are right the middle and the first stand for all.
    """
    before = Facts() if case.wants == "new" else case.told
    told = {fact: _one_of(value) for fact, value in case.expected.items()}
    ended = ended_by_contentment(before, Facts().with_values(told))
    return str(recommend(before.with_values({**dict.fromkeys(ended), **told})).option)


def _one_of(value: Any) -> object:
    if isinstance(value, dict) and "any_of" in value:
        return value["any_of"][0]
    if isinstance(value, dict) and all(isinstance(end, float) for end in value.values()):
        return sum(value.values()) / len(value)
    return value


def judge_stated(
    case: ReplyCase | RemarkCase, stated: Mapping[str, object], conflicts: Collection[str] = ()
) -> ReplyResult:
    """Judge facts read from a reply, however they were read; `conflicts` are those said to contradict."""
    if isinstance(case, ReplyCase) and case.unparseable:
        wrong = tuple(fact for fact, value in stated.items() if value is not None)
        return ReplyResult(case.id, wrong, (), ())
    expected = {fact: value for fact, value in case.expected.items() if fact != "conflicts"}
    clashing = set(case.expected.get("conflicts", ()))
    wrong = tuple(
        fact
        for fact, value in stated.items()
        if fact not in clashing and not _is_right(fact, value, expected, case.also_ok)
    )
    missed = [fact for fact in expected if fact not in stated or fact in wrong]
    missed += [fact for fact in clashing if fact not in conflicts]
    right = tuple(fact for fact in expected if fact not in missed)
    return ReplyResult(case.id, wrong, tuple(missed), right)


def _is_right(fact: str, value: object, expected: Mapping[str, Any], also_ok: Mapping[str, Any]) -> bool:
    if fact in expected:
        return _matches(value, expected[fact])
    # To say that something is unknown is never a wrong fact.
    return value is None or (fact in also_ok and _matches(value, also_ok[fact]))


def _matches(value: object, wanted: object) -> bool:
    """Say whether a value is the wanted one, lies in the wanted range, or is one of several."""
    if isinstance(wanted, dict) and "any_of" in wanted:
        return any(_matches(value, one) for one in wanted["any_of"])
    if isinstance(wanted, dict):
        low, high = wanted.get("min", float("-inf")), wanted.get("max", float("inf"))
        if isinstance(value, Range):
            # A vague amount counts when its middle lies inside; an open one when its bound does.
            ends = [end for end in (value.min, value.max) if end is not None]
            return bool(low <= sum(ends) / len(ends) <= high)
        return isinstance(value, int | float) and bool(low <= value <= high)
    if isinstance(value, Range):
        return value.min is not None and value.max is not None and value.min == value.max == wanted
    if isinstance(wanted, list):
        return isinstance(value, tuple) and list(value) == wanted
    if isinstance(wanted, float) and isinstance(value, int | float):
        return math.isclose(value, wanted)
    return bool(value == wanted)


def _turn(text: str, session: str, number: int, author: str = "asker") -> Turn:
    return Turn(
        place=Place(team_id="evaluation", channel_id=session, thread="0"),
        audience=Audience(kind="person", user_id="asker"),
        author_id=author,
        message_id=str(number),
        said_at=_AT,
        text=text,
    )


def _label(reply: Reply) -> tuple[str, str]:
    """Return the outcome label of a reply, and the rule or gate that decided it."""
    match reply:
        case Recommend(leading=leading) | Clarify(leading=leading):
            return leading.option, leading.gate or leading.rule
        case Define():
            return Option.DEFINE_TERM, ""
        case OffTopic():
            return Option.OFF_TOPIC, ""
        case Decline():
            return Option.DECLINE, ""
