"""The formats of case files: JSON lines, told apart by their keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.decision.facts import Facts
from bot.errors import InputInvalid
from bot.understanding.asked_outright import Outright
from bot.understanding.complications import Complication
from bot.understanding.mended import Mended
from bot.understanding.wanted import Wanted


class Case(BaseModel):
    """One row; keys that only people read are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str


class DecisionCase(Case):
    """A question with the advice expected; `facts` are what a careful reader takes from it."""

    text: str
    expected: str
    acceptable: tuple[str, ...] = ()
    facts: Facts | None = None


class ReplyCase(Case):
    """A reply to one of our questions, with the facts it states; null means stated as unknown."""

    question: str
    reply: str
    asked: str = ""
    """The question in words; it counts where a file numbers the questions otherwise."""
    previous: dict[str, Any] = Field(default_factory=dict)
    expected: dict[str, Any] = Field(default_factory=dict)
    also_ok: dict[str, Any] = Field(default_factory=dict)
    unparseable: bool = False


class RemarkCase(Case):
    """What is said after a recommendation: the facts that it states, and what it wants of us."""

    told: Facts
    """What was known of the case before."""
    remark: str
    wants: Wanted = ""
    expected: dict[str, Any] = Field(default_factory=dict)
    also_ok: dict[str, Any] = Field(default_factory=dict)


class VerdictCase(Case):
    """What is said after a recommendation: the verdict that it asks for outright; "" for none."""

    remark: str
    asks: Outright
    also_ok: tuple[Outright, ...] = ()

    @property
    def expected(self) -> tuple[Outright, ...]:
        """Return what may be heard, the best first."""
        return (self.asks, *self.also_ok)


class ComplicationCase(Case):
    """What is said after a recommendation: the complication that it brings; "" for none."""

    remark: str
    brings: Complication
    also_ok: tuple[Complication, ...] = ()

    @property
    def expected(self) -> tuple[Complication, ...]:
        """Return what may be heard, the best first."""
        return (self.brings, *self.also_ok)


class MendedCase(Case):
    """What is said after a recommendation: the trouble that is over; "" for none."""

    remark: str
    mends: Mended

    @property
    def expected(self) -> tuple[Mended, ...]:
        """Return what may be heard."""
        return (self.mends,)


class DoneCase(Case):
    """What is said after a recommendation: the places of those of its steps that are told to be done."""

    steps: tuple[str, ...]
    remark: str
    done: frozenset[int]


class RetrievalCase(Case):
    """A question with the slugs of the terms that answer it; none when the glossary does not cover it."""

    text: str
    relevant: tuple[str, ...]


class DialogueTurn(BaseModel):
    """One line of a dialogue; the bot's own lines are not replayed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    who: Literal["user", "bot"]
    text: str = ""
    name: str = "asker"
    """Who of several people says it."""


class FinalAnswer(BaseModel):
    """The advice expected at the end of a dialogue."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    expected: str
    acceptable: tuple[str, ...] = ()


class DialogueCase(Case):
    """What someone says, turn by turn."""

    turns: tuple[DialogueTurn, ...]
    final: FinalAnswer


HeardCase = VerdictCase | ComplicationCase | MendedCase
AnyCase = DecisionCase | ReplyCase | RemarkCase | HeardCase | DoneCase | RetrievalCase | DialogueCase

_KIND_BY_KEY: tuple[tuple[str, type[AnyCase]], ...] = (
    ("relevant", RetrievalCase),
    ("turns", DialogueCase),
    ("reply", ReplyCase),
    ("done", DoneCase),
    ("asks", VerdictCase),
    ("brings", ComplicationCase),
    ("mends", MendedCase),
    ("remark", RemarkCase),
    ("expected", DecisionCase),
)


def load_cases(paths: Sequence[Path]) -> list[AnyCase]:
    """Read case files. Raises InputInvalid naming file and line."""
    return [case for path in paths for case in _load(path)]


def _load(path: Path) -> list[AnyCase]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputInvalid(f"{path}: cannot be read ({why}); check the path") from error
    cases = [_parse(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    if not cases:
        raise InputInvalid(f"{path}: holds no case; write one object a line")
    return cases


def _parse(line: str, where: str) -> AnyCase:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"{where}: is not JSON ({error}); write one object a line") from error
    for key, kind in _KIND_BY_KEY:
        if isinstance(row, dict) and key in row:
            try:
                return kind.model_validate(row)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                place = ".".join(str(part) for part in first["loc"])
                raise InputInvalid(f"{where}: {place}: {first['msg']}") from error
    keys = ", ".join(key for key, _ in _KIND_BY_KEY)
    raise InputInvalid(f"{where}: is no case that we know; it needs one of the keys {keys}")
