"""What we ask of a language model, and what it may propose: values only, no vendor.

It proposes, nothing more: every fact and every choice here is checked before it counts
(`bot.understanding.proposals`, `bot.claims`), and none of it decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.model_use import ModelUse, Purpose


@dataclass(frozen=True, slots=True)
class Spender:
    """On whose account a call goes: budgets are kept by person, channel, and workspace."""

    team_id: str
    channel_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class TextToRead:
    """One message of the conversation. `author` is a made-up name, such as "person 2", never a real one."""

    id: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """Messages, oldest first; the last one is to be answered, the others are what came before."""

    texts: tuple[TextToRead, ...]
    question: str = ""
    """What we asked, if the last message may answer it."""
    purpose: Purpose = "reading"


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A fact as the model read it. Nothing is checked yet: any of these may be made up."""

    fact: str
    value: str
    quote: str
    text_id: str


@dataclass(frozen=True, slots=True)
class ProposedReading:
    """What the model read."""

    intent: str
    facts: tuple[ProposedFact, ...]


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A text with the number by which it is chosen."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OfferedPoint:
    """A sentence to say, with the numbers of the facts that may be put before it."""

    number: int
    text: str
    hangs_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArrangingRequest:
    """What to say beside a recommendation: for each reason what to put before it, and which evidence."""

    outcome: str
    """The headline of the recommendation."""
    reasons: tuple[OfferedPoint, ...]
    """They are said in any case."""
    evidence: tuple[OfferedPoint, ...]
    """Each is said if it is chosen. Numbered on from the reasons."""
    facts: tuple[NumberedText, ...]
    """What the person said, in our words."""


@dataclass(frozen=True, slots=True)
class ChoosingRequest:
    """Which passages answer a question about a term."""

    question: str
    """What the person asked, in their words."""
    passages: tuple[NumberedText, ...]


WritingRequest = ArrangingRequest | ChoosingRequest


@dataclass(frozen=True, slots=True)
class ChosenPoint:
    """A point or a passage by its number, with the numbers of the facts to put before it."""

    number: int
    said: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """What the model chose; without `is_covered` it says that the passages do not answer the question.

    Whole numbers and nothing else: no word of a model is ever shown.
    """

    points: tuple[ChosenPoint, ...]
    is_covered: bool = True


class LanguageModel(Protocol):
    """A language model by whatever vendor. `read` and `write` raise ModelUnavailable, and nothing else."""

    @property
    def name(self) -> str:
        """Return the model as it is set, e.g. "openai:gpt-6.1-sol"."""
        ...

    @property
    def prompt_version(self) -> str:
        """Return a fingerprint of the prompts and schemas."""
        ...

    async def read(self, request: ReadingRequest, spender: Spender) -> tuple[ProposedReading, ModelUse]:
        """Return what the messages say."""
        ...

    async def write(
        self, request: WritingRequest, spender: Spender, *, spent_s: float = 0
    ) -> tuple[Writing, ModelUse]:
        """Return what it chose; `spent_s` is how long the same turn has waited for a model already."""
        ...

    async def judged(self, spender: Spender, *, accepted: int, replaced: int) -> None:
        """Put on the books how many of its proposals were taken, and how many failed a check."""
        ...


@dataclass(frozen=True, slots=True)
class Budgets:
    """The most that may be spent on one day (UTC). Dollars count where the price table knows the model."""

    tokens_per_person: int
    tokens_per_channel: int
    tokens_per_workspace: int
    usd_per_workspace: float


@dataclass(frozen=True, slots=True)
class UsageRow:
    """What one account used on one day. `kind` "workspace" has the team's id as `id`."""

    day: str
    team_id: str
    kind: Literal["workspace", "channel", "person"]
    id: str
    calls: int
    failures: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    cost_usd: float
    """Of the calls whose price is known."""
    unpriced_calls: int
    accepted: int
    replaced: int


class Ledger(Protocol):
    """What was spent on language models. Every method raises StoreUnavailable and StoredDataInvalid."""

    async def reserve(
        self, spender: Spender, day: str, tokens: int, budgets: Budgets, *, cost_usd: float = 0
    ) -> str:
        """Set tokens and dollars aside on all of the spender's accounts of `day` ("2026-11-28"), or on none.

        Return "" when they fit every budget, else whose budget is used up: "person", "channel" or
        "workspace". A budget of 0 lets nothing through. What is not settled within ten minutes is free again.
        """
        ...

    async def settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
        """Put what was really used in the place of what was set aside."""
        ...

    async def judge(self, spender: Spender, day: str, *, accepted: int, replaced: int) -> None:
        """Add to what was taken of its proposals, and what was not."""
        ...

    async def usage(self, days: Sequence[str]) -> Sequence[UsageRow]:
        """Return all accounts with calls on these days, of all workspaces.

        In order of day, team, kind (workspace, channel, person) and id.
        """
        ...
