"""What the advisor answers, as values without markup: Slack, the terminal and the command line render them.

Every text here is plain text. Texts that came from people or documents stand in their own fields (`quote`,
`text` of a citation) so that whoever renders them can escape them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.decision.facts import FactValue
from bot.decision.options import Option

Confidence = Literal["high", "medium", "low"]


class Value(BaseModel):
    """A frozen part of a reply."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Value):
    """A passage that a claim rests on; `number` is its mark in the text, as in [1]."""

    number: int
    slug: str
    term: str
    section: str
    text: str
    distance: float | None = None
    sources: tuple[str, ...] = ()
    """Titles with dates and addresses of the passage's own sources."""


class Reason(Value):
    """One reason, with the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...] = ()


class Heard(Value):
    """One fact that we took from someone's words: `words` for people, `quote` as they said it."""

    fact: str
    value: FactValue
    words: str
    quote: str
    source: Literal["stated", "button", "form", "inferred"]

    @property
    def is_of_the_model(self) -> bool:
        """Say whether nobody said it: it is what our table has of the model that they named."""
        return self.source == "inferred" and self.fact in ("base_tunable", "base_retire_days")


class Flip(Value):
    """The nearest change of one fact that changes the answer; `also` holds what has to change beside it."""

    fact: str
    to: FactValue
    option: Option
    text: str
    also: dict[str, FactValue] = Field(default_factory=dict)


class SetRight(Value):
    """What became of one fact that somebody set right, in words; "" stands for not known."""

    fact: str
    before: str
    after: str


class Overtaken(Value):
    """One fact that was not set right, because `by` (a user id) had changed it since it was shown."""

    fact: str
    now: str
    """What it is now, in words; "" for not known."""
    by: str


class Confirmable(Value):
    """A condition that one tap settles. `id` names the requirement behind it."""

    id: str
    condition: str
    yes: str
    no: str


class QuickReplyChoice(Value):
    """One tap that answers a question."""

    id: str
    label: str


class AskedQuestion(Value):
    """A question as it is put to people: `number` of at most `of`, or 0 after a recommendation."""

    id: str
    facts: tuple[str, ...]
    text: str
    quick_replies: tuple[QuickReplyChoice, ...]
    several: bool
    number: int
    of: int


class Leading(Value):
    """Where the policy points now; `option` is what to do first, `direction` where that leads."""

    option: Option
    direction: Option
    headline: str
    rule: str
    gate: str | None = None
    """The requirement that is known to fail, if one decided `option`."""
    probability: float | None = None
    """How likely `direction` is once everything is known; None while there is no direction."""
    outlook: dict[Option, float] = Field(default_factory=dict)
    """The same for every direction that can still be reached, likeliest first."""


class Definition(Value):
    """An answer from the glossary. Without citations the glossary does not cover the question."""

    text: str
    citations: tuple[Citation, ...] = ()
    related: tuple[str, ...] = ()
    lead: str = ""
    """Stands above the text where it is only the nearest that there is."""


class Difference(Value):
    """One fact that is known now and was not the same before, in words."""

    fact: str
    then: str
    """"" when it was not known."""
    now: str


class Earlier(Value):
    """What people decided before on a similar question, as far as all who read the answer may see it."""

    decision_id: str
    option: Option
    """What was decided, by whoever decided."""
    decided_on: date
    question: str
    link: str
    distance: float
    """Of the questions: cosine, 0–2."""
    differences: tuple[Difference, ...] = ()


class Recommend(Value):
    """The recommendation, with everything that lets people check it."""

    reply: Literal["recommend"] = "recommend"
    leading: Leading
    is_provisional: bool
    reasons: tuple[Reason, ...]
    heard: tuple[Heard, ...]
    assumptions: tuple[str, ...] = ()
    """What the rule took for granted because nobody said otherwise, as claims."""
    conditions: tuple[str, ...]
    flips: tuple[Flip, ...]
    first_step: str
    next_steps: tuple[str, ...]
    done: tuple[str, ...] = ()
    """Steps of this advice that they told to be done."""
    costs: tuple[str, ...]
    """Cost sketch: lines of arithmetic from given numbers only; empty when none can be made."""
    cautions: tuple[str, ...]
    """What always goes with this outcome, stale data among it."""
    confidence: Confidence
    citations: tuple[Citation, ...]
    definition: Definition | None = None
    earlier: Earlier | None = None
    decision_id: str
    """Id of the record; "" when nothing is kept."""
    policy_version: str
    notes: tuple[str, ...] = ()
    """What is missing from this answer and why, e.g. that the glossary could not be searched."""
    confirmable: tuple[Confirmable, ...] = ()
    """Those of `conditions` that one tap settles."""
    supersedes: str = ""
    """Id of the decided record in whose place this one stands, or ""."""
    change: str = ""
    """What news did to advice that was given before, in a line; "" where it is the first."""
    answered: tuple[str, ...] = ()
    """What was asked beside the news and is not told elsewhere here, in lines."""
    is_brief: bool = False
    """They have read this advice with its reasons: only what is new about it need be shown."""
    corrected: tuple[SetRight, ...] = ()
    """What this turn set right."""
    overtaken: tuple[Overtaken, ...] = ()
    """What it could not set right any more."""
    as_of: tuple[str, ...] = ()
    """How old the data is that this answer rests on: "list prices as of 2026-11-20"."""

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """Every passage that this and its definition cite, in the order of their numbers."""
        of_definition = self.definition.citations if self.definition else ()
        by_number = {one.number: one for one in (*of_definition, *self.citations)}
        return tuple(by_number[number] for number in sorted(by_number))


class Clarify(Value):
    """A question whose answer could still change the outcome."""

    reply: Literal["clarify"] = "clarify"
    question: AskedQuestion
    leading: Leading
    heard: tuple[Heard, ...]
    """What this turn added."""
    conditions: tuple[str, ...] = ()
    definition: Definition | None = None
    notes: tuple[str, ...] = ()


class Define(Value):
    """A term explained; not a decision."""

    reply: Literal["define"] = "define"
    definition: Definition
    notes: tuple[str, ...] = ()


class OffTopic(Value):
    """Not our subject, or nothing to decide.

    It tells what we can do, what would follow from a supposition, or the advice that stands, in a few words.
    """

    reply: Literal["off_topic"] = "off_topic"
    text: str


class Decline(Value):
    """Refused, briefly."""

    reply: Literal["decline"] = "decline"
    text: str


Reply = Annotated[Recommend | Clarify | Define | OffTopic | Decline, Field(discriminator="reply")]


class DigestLine(Value):
    """One decision in the weekly digest."""

    decision_id: str
    question: str
    headline: str
    """What they decided; what was recommended while nobody has."""
    status: str
    owner: str
    """User id."""
    link: str
    is_provisional: bool = False
    why: str = ""
    """Why they decided otherwise, in their words."""
    review_on: date | None = None


class DigestList(Value):
    """One part of the digest: the first of its lines, and how many there are."""

    lines: tuple[DigestLine, ...] = ()
    count: int = 0


class DigestPost(Value):
    """The digest of one or more weeks for one channel, the newest being `week`, such as "2026-W47"."""

    week: str
    title: str
    asked: int = 0
    """Questions that led to a recommendation."""
    decided: DigestList = DigestList()
    open: DigestList = DigestList()
    """Recommendations that nobody has answered, of whatever week."""
    due: DigestList = DigestList()
    """Decisions that come up for review by the end of the week in which it is posted."""
    recommended: tuple[tuple[Option, int], ...] = ()
    """What was recommended how often, the most frequent first."""
    terms: tuple[tuple[str, int], ...] = ()
    """What was asked about how often in this channel, the most frequent first."""
    learned: str = ""
    late: str = ""
    """Why it comes later than it was due; "" when it does not."""

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing happened; what has been waiting for longer may be waiting still."""
        return not (self.asked or self.decided.count or self.due.count or self.terms)
