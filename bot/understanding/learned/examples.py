"""The labelled examples: situations with facts and quotes, clauses, replies to our questions, and intents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.decision.questions import NEWS, QUESTIONS
from bot.understanding.asked_outright import Outright
from bot.understanding.complications import Complication
from bot.understanding.mended import Mended
from bot.understanding.wanted import Wanted

FOLDER = Path(__file__).parent
NEWS_FOLDER = FOLDER / "news"
"""The readers of what is told after a recommendation."""
KINDS = ("situations", "clauses", "replies", "intents")
"""What the linear models learn from."""
NEWS_KINDS = ("situations", "clauses", "replies", "remarks", "intents")
"""What those learn from that read what is told after a recommendation."""
Row = TypeVar("Row", bound=BaseModel)


class StatedFact(BaseModel):
    """What a situation states, and the words that state it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: JsonValue
    quote: str


class Situation(BaseModel):
    """A message that asks for advice, its facts, and the advice that an experienced person would give."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    facts: dict[str, StatedFact]
    expected: str
    acceptable: tuple[str, ...] = ()
    source: str = ""
    """Where a real case was told, and what was advised or done about it; "" for one that was made up."""


class LabelledReply(BaseModel):
    """A reply to a question with the facts that it states; null: said to be unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: str
    reply: str
    expected: dict[str, JsonValue] = {}
    also_ok: dict[str, JsonValue] = {}
    previous: dict[str, JsonValue] = {}
    unparseable: bool = False


class LabelledRemark(BaseModel):
    """A message after a recommendation: the facts that it states by itself, and what it wants of us."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    remark: str
    wants: Wanted = ""
    expected: dict[str, JsonValue] = {}
    also_ok: dict[str, JsonValue] = {}

    @property
    def as_reply(self) -> LabelledReply:
        """Return it as an answer to what is new; what states nothing answers nothing."""
        return LabelledReply(
            id=self.id,
            question=NEWS.id,
            reply=self.remark,
            expected=self.expected,
            also_ok=self.also_ok,
            unparseable=not self.expected,
        )


class LabelledVerdict(BaseModel):
    """A message after a recommendation by the verdict that it asks for outright, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    remark: str = ""
    """In the words of the remark of this id where empty."""
    asks: Outright = ""


class LabelledComplication(BaseModel):
    """A message after a recommendation by the complication that it brings, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    remark: str
    brings: Complication = ""


class LabelledMending(BaseModel):
    """A message after a recommendation by the trouble that it says is over, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    remark: str
    mends: Mended = ""


class LabelledDone(BaseModel):
    """A message after a recommendation by the steps of it that it tells have been done, as their places."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    steps: tuple[str, ...]
    remark: str
    done: tuple[int, ...] = ()


class LabelledClause(BaseModel):
    """A fragment of a message, with all facts that it states by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    facts: dict[str, JsonValue] = {}


class LabelledIntent(BaseModel):
    """A message by what it wants of us."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    intent: Literal["decision", "definition", "off_topic", "small_talk", "abuse"]


_REAL_COUNTS = 2
"""How often a real case is told for each that was made up; 1 to 4 are alike on real cases left out."""


def as_often_as_it_counts(rows: Iterable[Situation]) -> Iterator[Situation]:
    """Yield each situation, real ones more than once: people with a case write otherwise than we invent."""
    for row in rows:
        yield from repeat(row, _REAL_COUNTS if row.source else 1)


def situations() -> Iterator[Situation]:
    """Yield every situation, file by file. Raises pydantic.ValidationError."""
    return _rows("situations", Situation)


def advised() -> Iterator[Situation]:
    """Yield every situation that teaches the adviser alone. Raises pydantic.ValidationError.

    What the linear models would learn of these made no reading better (ADR 22), and so they stay as they are.
    """
    return _rows("advised", Situation)


def replies() -> Iterator[LabelledReply]:
    """Yield every reply, file by file. Raises pydantic.ValidationError."""
    return _rows("replies", LabelledReply)


_SPEAKS_FOR_ITSELF = 5
"""A reply of so many words says what it is about, whatever was asked."""
_OTHER_QUESTIONS = 2


def other_questions(reply: LabelledReply) -> tuple[str, ...]:
    """Return questions to which the reply would say the same: people answer what they have on their minds.

    None for a short reply, which means what its question makes of it. Always the same for the same reply.
    """
    if not speaks_for_itself(reply):
        return ()
    others = [question.id for question in QUESTIONS if question.id != reply.question]
    return tuple(Random(reply.reply).sample(others, _OTHER_QUESTIONS))  # noqa: S311 - a choice that stays


def speaks_for_itself(reply: LabelledReply) -> bool:
    """Say whether a reply is long enough to say what it is about, whatever was asked."""
    return len(reply.reply.split()) >= _SPEAKS_FOR_ITSELF


def remarks() -> Iterator[LabelledRemark]:
    """Yield every message after a recommendation, file by file. Raises pydantic.ValidationError."""
    return _rows("remarks", LabelledRemark)


def verdicts() -> Iterator[LabelledVerdict]:
    """Yield every message by the verdict that it asks for. Raises pydantic.ValidationError."""
    return _rows("verdicts", LabelledVerdict)


def complications() -> Iterator[LabelledComplication]:
    """Yield every message by the complication that it brings. Raises pydantic.ValidationError."""
    return _rows("complications", LabelledComplication)


def mendings() -> Iterator[LabelledMending]:
    """Yield every message by the trouble that it says is over. Raises pydantic.ValidationError."""
    return _rows("mendings", LabelledMending)


def done() -> Iterator[LabelledDone]:
    """Yield every message by the steps that it tells have been done. Raises pydantic.ValidationError."""
    return _rows("done", LabelledDone)


def clauses() -> Iterator[LabelledClause]:
    """Yield every clause, file by file. Raises pydantic.ValidationError."""
    return _rows("clauses", LabelledClause)


def intents() -> Iterator[LabelledIntent]:
    """Yield every message labelled by intent, file by file. Raises pydantic.ValidationError."""
    return _rows("intents", LabelledIntent)


def fingerprint(kinds: Iterable[str] = KINDS) -> str:
    """Return a digest of all examples of these kinds, by which weights tell what they were trained on."""
    digest = hashlib.sha256()
    for path in [path for kind in kinds for path in _paths(kind)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _paths(kind: str) -> list[Path]:
    return sorted((FOLDER / kind).glob("*.jsonl"))


def _rows(kind: str, model: type[Row]) -> Iterator[Row]:
    for path in _paths(kind):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield model.model_validate_json(line)
