"""The decision as it is kept: enough to read it, to question it, and to derive it again.

Field names follow MADR where it has a word. Nothing in a record is overwritten: a new recommendation is
appended as a revision, and everything that people do to it is appended to its history. The one exception is
`bot.deleted_message`: words may be taken out, and the history says so.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.model_use import ModelUse
from bot.replies import Confidence

Status = Literal["proposed", "accepted", "overridden", "superseded", "withdrawn"]
Verdict = Literal["still_right", "revisit", "went_well", "went_badly"]
"""What people say of a decision when its review is due."""


class Part(BaseModel):
    """A frozen part of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleOutcome(Part):
    """A rule or gate that was tested, and whether it fired."""

    rule: str
    fired: bool


class UsedPassage(Part):
    """A passage that the answer cited. Cosine distance, 0–2; None when it was found by words alone."""

    slug: str
    section: str
    distance: float | None


Origin = Literal["recommended", "saved"]
"""Whether we recommended it, or people decided it without us and saved it."""


class Revision(Part):
    """One recommendation, with everything that it followed from.

    In a record of origin "saved" it is what people say they decided. Nothing was derived then: no policy, no
    rule, no confidence.
    """

    at: AwareDatetime
    message_id: str
    policy_version: str
    glossary_version: str
    statements: tuple[Statement, ...]
    rules_tested: tuple[RuleOutcome, ...]
    rule: str
    gate: str | None
    direction: Option
    option: Option
    headline: str
    rationale: tuple[str, ...]
    consequences: tuple[str, ...]
    """First step, then what always goes with this outcome."""
    conditions: tuple[str, ...]
    considered_options: tuple[Option, ...]
    thresholds: dict[str, int]
    confidence: Confidence | None
    is_provisional: bool
    passages: tuple[UsedPassage, ...]
    asked: tuple[str, ...]
    model: str | None = None
    prompt_version: str | None = None
    model_uses: tuple[ModelUse, ...] = ()
    """The calls of a language model in this conversation up to here."""


class Change(Part):
    """Something that a person did to the record. `by` is a user id."""

    at: AwareDatetime
    by: str
    what: Literal[
        "proposed",
        "revised",
        "accepted",
        "overridden",
        "superseded",
        "withdrawn",
        "shared",
        "saved",
        "erased",
        "owner_changed",
        "review_moved",
        "reviewed",
    ]
    why: str = ""
    outcome: Option | None = None
    """What was decided, when it was accepted, overridden or saved."""
    owner: str = ""
    """User id of the new owner, when the owner changed."""
    review_on: date | None = None
    """When to look at it next, when that was moved or follows from a review."""
    verdict: Verdict | None = None
    """What was said of it, when it was reviewed."""


class DecisionRecord(Part):
    """One decision. `revisions` is never empty; the last one counts."""

    schema_version: Literal[1] = 1
    id: str = Field(pattern=r"^D-[0-9A-Z]{10}$")
    origin: Origin = "recommended"
    place: Place
    audience: Audience
    context: str
    """The question in the words that opened the conversation, or the words of the message that was saved.

    "" once they were erased.
    """
    context_message_id: str = ""
    """The message that these words are of."""
    context_by: str = ""
    """User id of whoever wrote these words, when somebody else asked about them or saved them."""
    link: str
    status: Status
    owner: str
    decided_at: AwareDatetime
    review_on: date | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    kept_instead: str | None = None
    """Id of the earlier decision that people went on with, when this one was withdrawn for it."""
    revisions: tuple[Revision, ...] = Field(min_length=1)
    history: tuple[Change, ...] = Field(min_length=1)

    @property
    def current(self) -> Revision:
        """Return the recommendation that counts, or what was saved."""
        return self.revisions[-1]

    @property
    def was_recommended(self) -> bool:
        """Say whether we recommended something; if not, nothing may be shown as our advice."""
        return self.origin == "recommended"

    @property
    def is_in_force(self) -> bool:
        """Say whether people decided it and nothing has taken its place."""
        return self.status in ("accepted", "overridden")

    @property
    def decided_by(self) -> str:
        """Return who decided last; "" if nobody did."""
        return next((change.by for change in reversed(self.history) if change.outcome is not None), "")

    @property
    def decided_option(self) -> Option | None:
        """Return what people decided last, even if it was superseded or withdrawn since; None if nothing."""
        outcomes = (change.outcome for change in reversed(self.history) if change.outcome is not None)
        return next(outcomes, None)
