"""The facts that decide: their names, their allowed values, and their words for people.

A fact that is absent is unknown; nothing here has a default that pretends otherwise. Amounts may be
ranges, because people say "a couple hundred".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Intent = Literal["decision", "definition", "off_topic", "abuse"]
Asks = Literal["whether", "which", "how_much_data", "where_to_start", "what_went_wrong", "how_to"]
GoalKind = Literal[
    "knowledge_qa",
    "classification",
    "extraction",
    "style_tone",
    "format",
    "reasoning",
    "tool_use",
    "generation",
    "summarisation",
    "translation",
    "cost_latency",
    "prediction_tabular",
]
Gap = Literal["knowledge", "behaviour", "both", "format", "interface", "capability", "cost_latency"]
FailureMode = Literal[
    "retrieval_miss",
    "wrong_facts",
    "wrong_use_of_context",
    "ignores_instructions",
    "inconsistent_style",
    "invalid_format",
    "weak_reasoning",
    "too_slow",
    "too_expensive",
    "unsafe",
]


class Range(BaseModel):
    """An amount known only within bounds, both inclusive; a missing bound is open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _bounds_make_sense(self) -> Range:
        if self.min is None and self.max is None:
            raise ValueError("a range needs a lower or an upper bound")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"a range runs upwards, not from {self.min} to {self.max}")
        return self


Count = Annotated[int, Field(ge=0, le=10**15)]
Amount = Count | Range
Score = Annotated[float, Field(ge=0, le=1)]
FactValue = bool | int | float | str | Range | tuple[str, ...]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Facts(BaseModel):
    """What is known about one situation; `None` means unknown. Field titles are the words people see."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent | None = Field(default=None, title="kind of question")
    conflicts: tuple[str, ...] = Field(default=(), title="statements that contradict each other")

    asks: Asks | None = Field(default=None, title="what is asked")
    satisfied: bool | None = Field(default=None, title="it is good enough as it is")

    goal_kind: GoalKind | None = Field(default=None, title="kind of task")
    gap: Gap | None = Field(default=None, title="what is missing")
    failure_mode: FailureMode | None = Field(default=None, title="how it fails")
    deterministic: bool | None = Field(default=None, title="rules or arithmetic settle it")
    needs_live_data: bool | None = Field(default=None, title="needs live records or actions")

    examples_n: Amount | None = Field(default=None, title="reviewed examples")
    examples_at_hand: bool | None = Field(default=None, title="own examples, counted or not")
    raw_examples_n: Amount | None = Field(default=None, title="unreviewed items")
    labels_on_demand: bool | None = Field(default=None, title="can label as many as needed")
    pairs_pref_n: Amount | None = Field(default=None, title="preference pairs")
    label_count: Amount | None = Field(default=None, title="classes")
    data_quality: Literal["unreviewed", "mixed", "curated"] | None = Field(default=None, title="data quality")
    data_rights: Literal["ok", "restricted"] | None = Field(default=None, title="right to train on the data")
    feedback_kind: Literal["none", "pairs", "unpaired", "clicks"] | None = Field(
        default=None, title="feedback from people"
    )
    grader: Literal["none", "human", "model", "programmatic"] | None = Field(
        default=None, title="who can check an answer"
    )

    knowledge_change: Literal["static", "yearly", "monthly", "weekly", "daily", "realtime"] | None = Field(
        default=None, title="how often the material changes"
    )
    corpus_tokens: Amount | None = Field(default=None, title="size of the material, in tokens")
    citations_needed: bool | None = Field(default=None, title="answers must cite sources")
    access_control: bool | None = Field(default=None, title="people may see different documents")

    tried_prompting: Literal["none", "quick", "systematic"] | None = Field(
        default=None, title="work on the prompt"
    )
    tried_few_shot: bool | None = Field(default=None, title="examples in the prompt")
    tried_structured: bool | None = Field(default=None, title="schema or tools")
    tried_rag: bool | None = Field(default=None, title="retrieval")
    tried_models: bool | None = Field(default=None, title="a stronger model")
    tried_caching: bool | None = Field(default=None, title="prompt caching")
    tried_small_model: bool | None = Field(default=None, title="a smaller model")
    tried_classifier: bool | None = Field(default=None, title="a small classifier")
    tried_long_context: bool | None = Field(default=None, title="all material in the prompt")
    tried_finetune: Literal["none", "failed", "forgot", "worse", "worked"] | None = Field(
        default=None, title="earlier fine-tuning"
    )
    teacher_ok: bool | None = Field(default=None, title="a large model already passes")
    small_model_ok: bool | None = Field(default=None, title="a small model already passes")

    eval_set_n: Amount | None = Field(default=None, title="test cases")
    baseline_score: Score | None = Field(default=None, title="score today")
    target_score: Score | None = Field(default=None, title="score needed")
    agreement: Score | None = Field(default=None, title="how often people agree")

    requests_per_day: Amount | None = Field(default=None, title="requests a day")
    prompt_tokens: Amount | None = Field(default=None, title="fixed prompt, in tokens")
    same_prefix: bool | None = Field(default=None, title="the same long text is sent every time")
    output_tokens: Amount | None = Field(default=None, title="answer length, in tokens")
    volume: Literal["low", "medium", "high"] | None = Field(default=None, title="volume")
    latency_budget_ms: Amount | None = Field(default=None, title="time allowed, in milliseconds")
    cost_pressure: Literal["low", "medium", "high"] | None = Field(default=None, title="cost pressure")

    hosting: Literal["any_api", "region_locked", "vpc", "on_prem", "air_gapped", "edge"] | None = Field(
        default=None, title="where it must run"
    )
    base_model: ShortText | None = Field(default=None, title="base model")
    base_tunable: Literal["yes", "no", "unknown"] | None = Field(
        default=None, title="the base model can be tuned"
    )
    base_retire_days: Amount | None = Field(default=None, title="days until the base model retires")
    base_fits_hosting: bool | None = Field(default=None, title="the base model can run where it must")

    team_ml: Literal["none", "some", "strong"] | None = Field(default=None, title="ML experience in the team")
    budget_usd: Amount | None = Field(default=None, title="budget in dollars")
    languages: tuple[ShortText, ...] | None = Field(default=None, title="languages")
    domain: Literal["general", "specialised"] | None = Field(default=None, title="domain")
    regulated: bool | None = Field(default=None, title="regulated domain")
    about_people: bool | None = Field(default=None, title="it decides about people")

    def known(self) -> dict[str, FactValue]:
        """Return the facts that are known, by name, in the order above."""
        pairs = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in pairs if value is not None and value != ()}

    def with_values(self, values: Mapping[str, object]) -> Facts:
        """Return a validated copy with some facts changed; `None` makes one unknown again."""
        return Facts.model_validate({**dict(self), **values})


FACT_NAMES: tuple[str, ...] = tuple(Facts.model_fields)
"""Every name a fact can have, in reading order."""

AMOUNT_FACTS: frozenset[str] = frozenset(
    name for name, field in Facts.model_fields.items() if Range in get_args(field.annotation)
)
"""Facts whose value may be a range."""


SCORE_FACTS: frozenset[str] = frozenset({"baseline_score", "target_score", "agreement"})
"""Facts that are a share of the cases, between 0 and 1."""

YES_NO_FACTS: frozenset[str] = frozenset(
    name for name, field in Facts.model_fields.items() if bool in get_args(field.annotation)
)
"""Facts that are so or not so."""


OWN_MACHINES: frozenset[str] = frozenset({"on_prem", "air_gapped", "edge"})
"""Where a model must run that no vendor hosts."""


def title_of(fact: str) -> str:
    """Return the words that people see for a fact's name."""
    return Facts.model_fields[fact].title or fact


def parse_value(fact: str, value: object) -> FactValue:
    """Return `value` as the fact's own type. Raises pydantic.ValidationError; KeyError for no such fact."""
    if fact not in Facts.model_fields:
        raise KeyError(fact)
    parsed: Any = getattr(Facts.model_validate({fact: value}), fact)
    if parsed is None:
        raise KeyError(fact)
    return parsed  # type: ignore[no-any-return] # the model has just validated it


def choices_of(fact: str) -> tuple[str, ...]:
    """Return the allowed words of a fact with a closed vocabulary; empty for all others."""
    for option in get_args(Facts.model_fields[fact].annotation):
        if str(option).startswith("typing.Literal"):
            return tuple(str(choice) for choice in get_args(option))
    return ()


def lowest(amount: Amount | None) -> int:
    """Return the amount that is certain: a range counts with its lower bound, unknown as nothing."""
    if amount is None:
        return 0
    if isinstance(amount, Range):
        return amount.min or 0
    return amount


def surely_at_least(amount: Amount | None, threshold: int) -> bool:
    """Say whether the amount is known to reach the threshold, whatever its range hides."""
    return amount is not None and lowest(amount) >= threshold


def surely_below(amount: Amount | None, threshold: int) -> bool:
    """Say whether the amount is known to miss the threshold; unknown and straddling are neither."""
    if amount is None:
        return False
    if isinstance(amount, Range):
        return amount.max is not None and amount.max < threshold
    return amount < threshold
