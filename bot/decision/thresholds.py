"""The numbers that the rules compare with, each with where it comes from.

Ids follow the evidence that the glossary cites; `kind` says how firm the number is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

READ_ON = date(2026, 11, 23)
"""When the sources below were last read."""


@dataclass(frozen=True)
class Threshold:
    """One number. `published` stands in a source; `derived` follows from sources; `house` is our choice."""

    id: str
    name: str
    value: int
    unit: str
    sources: tuple[str, ...]
    kind: Literal["published", "derived", "house"]


PILOT = Threshold(
    "T2", "enough for a tuning pilot", 50, "reviewed examples", ("OAI-02", "OAI-03"), "published"
)
COMFORT = Threshold(
    "T4", "comfortable for production", 300, "reviewed examples", ("MS-05", "TOG-01"), "published"
)
PAIRS = Threshold("T5", "enough pairs to mean preference", 200, "preference pairs", ("MS-06",), "house")
PROMPTS = Threshold("T6", "enough for reinforcement tuning", 36, "prompts", ("OAI-09", "OAI-11"), "published")
CORPUS = Threshold("T7", "all of it fits in the prompt", 200_000, "tokens", ("ANT-06",), "published")
PREFIX = Threshold("T8", "long enough to cache", 1_024, "tokens", ("OAI-14", "ANT-11"), "published")
LABELS = Threshold("T9", "a small classifier competes", 100, "labels", ("PAP-20", "PAP-22"), "published")
MANY_LABELS = Threshold("T9c", "labels enough to skip showing examples", 1_000, "labels", (), "house")
MANY_CLASSES = Threshold("T9b", "too many classes for a simple classifier", 100, "classes", (), "house")
EVAL_CASES = Threshold("T10", "a test set that shows direction", 50, "test cases", ("OAI-05",), "derived")
BASE_LIFE = Threshold("T12", "the base model must outlive", 180, "days", ("OAI-16", "ANT-12"), "derived")
VOLUME = Threshold(
    "T15", "volume that can pay for an endpoint", 6_667, "requests a day", ("MS-07",), "derived"
)

THRESHOLDS: tuple[Threshold, ...] = (
    PILOT,
    COMFORT,
    PAIRS,
    PROMPTS,
    CORPUS,
    PREFIX,
    LABELS,
    MANY_LABELS,
    MANY_CLASSES,
    EVAL_CASES,
    BASE_LIFE,
    VOLUME,
)
"""Every threshold that a rule reads; a test checks that nothing else is compared with."""
