"""An answer arranged by a language model: our reasons, what the person said, and what bears them out.

The template is always there and always true. The model writes nothing: it chooses by number among what it is
offered, and a choice counts only when it passes `bot.claims`. It gets no message of anybody but the sentence
that asks about a term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot import phrases
from bot.answer import Citations, with_first
from bot.claims import Grounds, Point, arrange, check
from bot.decision.bearing import Bearing, find_bearing
from bot.decision.facts import AMOUNT_FACTS, Facts
from bot.decision.statements import Understanding
from bot.errors import ModelUnavailable
from bot.language_model import (
    ArrangingRequest,
    ChoosingRequest,
    ChosenPoint,
    LanguageModel,
    NumberedText,
    OfferedPoint,
    Spender,
)
from bot.model_use import ModelUse
from bot.replies import Citation, Definition, Heard, Reason, Recommend
from knowledge.evidence import Evidence

_MOST_QUESTION_CHARS = 1_000
_IN_FREE_WORDS = frozenset({"asks", "base_model", "languages"})
"""Facts that hold words of theirs, or no claim about their situation: no answer hangs on them."""
_MOST_PASSAGES = 2
"""Of a term: a second one where the question asks for two things."""


@dataclass(frozen=True)
class Writer:
    """A language model that arranges."""

    model: LanguageModel
    evidence: tuple[Evidence, ...] = ()
    knows_what_is_covered: bool = False
    """Whether its word counts that the passages do not answer a question."""
    may_be_told_facts: bool = True
    """Whether it may be told what was understood, which may come from earlier messages of a thread."""


@dataclass(frozen=True)
class Explained:
    """A recommendation with its reasons arranged, or as it was; and what it took."""

    reply: Recommend
    uses: tuple[ModelUse, ...] = ()


@dataclass(frozen=True)
class Defined:
    """A definition with the best passages first, or as it was; and what it took."""

    definition: Definition
    notes: tuple[str, ...] = ()
    uses: tuple[ModelUse, ...] = ()


async def explain(
    reply: Recommend, understanding: Understanding, spender: Spender, writer: Writer, *, spent_s: float = 0
) -> Explained:
    """Return the recommendation with its reasons as the model arranged them, as far as they hold."""
    stated = _stated(reply.heard) if writer.may_be_told_facts else {}
    evidence = _called_for(reply, stated.values(), writer.evidence)
    said = _said_by(spender.user_id, stated, understanding)
    grounds = Grounds(
        _points(reply, understanding.facts, said, evidence),
        {number: _as_said(one) for number, one in stated.items()},
    )
    if not any(point.hangs_on or not point.is_ours for point in grounds.points.values()):
        # Nothing to choose from.
        return Explained(reply)
    request = ArrangingRequest(
        outcome=reply.leading.headline,
        reasons=tuple(_offered(grounds.points, are_ours=True)),
        evidence=tuple(_offered(grounds.points, are_ours=False)),
        facts=tuple(NumberedText(number, text) for number, text in grounds.facts.items()),
    )
    try:
        writing, use = await writer.model.write(request, spender, spent_s=spent_s)
    except ModelUnavailable as error:
        noted = reply.model_copy(update={"notes": (*reply.notes, phrases.arranged_by_rules(error.why))})
        return Explained(noted, (error.use,) if error.use else ())
    checked = check(writing.points, grounds)
    accepted = sum(not one.failure for one in checked)
    uses = (await _judged(use, writer, spender, accepted, len(checked) - accepted),)
    citations = Citations(reply.definition, reply.citations)
    reasons = tuple(
        Reason(text=line.text, citations=reply.reasons[line.number - 1].citations)
        if grounds.points[line.number].is_ours
        else Reason(text=line.text, citations=(citations.number(evidence[line.number].passage),))
        for line in arrange(checked, grounds)
    )
    return Explained(reply.model_copy(update={"reasons": reasons, "citations": tuple(citations.cited)}), uses)


async def define(
    definition: Definition, question: str, spender: Spender, writer: Writer, *, spent_s: float = 0
) -> Defined:
    """Return the definition with the passages first that the model thinks answer the question."""
    passages = tuple(NumberedText(one.number, one.text) for one in definition.citations)
    request = ChoosingRequest(question[:_MOST_QUESTION_CHARS], passages)
    try:
        writing, use = await writer.model.write(request, spender, spent_s=spent_s)
    except ModelUnavailable as error:
        notes = (phrases.arranged_by_rules(error.why),)
        return Defined(definition, notes, (error.use,) if error.use else ())
    chosen = _chosen(definition.citations, writing.points) if writing.is_covered else ()
    uses = (await _judged(use, writer, spender, len(chosen), len(writing.points) - len(chosen)),)
    if chosen:
        return Defined(with_first(definition, chosen), uses=uses)
    is_doubted = writer.knows_what_is_covered and not writing.is_covered
    return Defined(definition, (phrases.NOT_COVERED,) if is_doubted else (), uses)


async def _judged(use: ModelUse, writer: Writer, spender: Spender, accepted: int, replaced: int) -> ModelUse:
    await writer.model.judged(spender, accepted=accepted, replaced=replaced)
    return use.model_copy(update={"accepted": accepted, "replaced": replaced})


def _stated(heard: Iterable[Heard]) -> Mapping[int, Heard]:
    """Return what somebody stated, by number; nobody is told to have said what was only inferred."""
    stated = (one for one in heard if one.source != "inferred" and one.fact not in _IN_FREE_WORDS)
    return dict(enumerate(stated, start=1))


def _said_by(user_id: str, stated: Mapping[int, Heard], understanding: Understanding) -> dict[int, Heard]:
    """Return what this person stated: "you said" is not true of what others in the thread did."""
    authors = {fact: one.author_id for fact, one in understanding.evidence.items()}
    return {number: one for number, one in stated.items() if authors.get(one.fact) == user_id}


def _as_said(heard: Heard) -> str:
    return f"there are {heard.words}" if heard.fact in AMOUNT_FACTS else heard.words


def _called_for(
    reply: Recommend, stated: Iterable[Heard], evidence: Iterable[Evidence]
) -> dict[int, Evidence]:
    """Return the evidence for what decided, by number, on from the reasons."""
    decided_by = reply.leading.gate or reply.leading.rule
    values_of = {one.fact: one.value for one in stated}
    fitting = (
        one
        for one in evidence
        if decided_by in one.bears_out
        and all(values_of.get(fact) in values for fact, values in one.said.items())
    )
    return dict(enumerate(fitting, start=len(reply.reasons) + 1))


def _points(
    reply: Recommend, facts: Facts, said: Mapping[int, Heard], evidence: Mapping[int, Evidence]
) -> dict[int, Point]:
    """Return all that may be said, by number."""
    bearing = find_bearing(facts, [one.fact for one in said.values()])
    by_reason = zip(reply.reasons, _names_by_reason(reply, bearing), strict=True)
    ours = (Point(reason.text, _numbers_of(said, names)) for reason, names in by_reason)
    return dict(enumerate(ours, start=1)) | {
        number: Point(one.text, _numbers_of(said, one.said), is_ours=False)
        for number, one in evidence.items()
    }


def _names_by_reason(reply: Recommend, bearing: Bearing) -> list[frozenset[str]]:
    """Return for each reason which facts it hangs on: the first is that of the requirement, if one failed."""
    of_gate = [bearing.gate] if reply.leading.gate else []
    return [*of_gate, *(bearing.rule for _ in reply.reasons[len(of_gate) :])]


def _numbers_of(said: Mapping[int, Heard], names: Iterable[str]) -> frozenset[int]:
    wanted = frozenset(names)
    return frozenset(number for number, one in said.items() if one.fact in wanted)


def _offered(points: Mapping[int, Point], *, are_ours: bool) -> Iterable[OfferedPoint]:
    return (
        OfferedPoint(number, point.text, tuple(sorted(point.hangs_on)))
        for number, point in points.items()
        if point.is_ours is are_ours
    )


def _chosen(citations: Sequence[Citation], points: Sequence[ChosenPoint]) -> tuple[Citation, ...]:
    """Return the passages that were chosen, as far as they are among those that were found."""
    by_number = {one.number: one for one in citations}
    numbers = dict.fromkeys(one.number for one in points)
    return tuple(by_number[number] for number in numbers if number in by_number)[:_MOST_PASSAGES]
