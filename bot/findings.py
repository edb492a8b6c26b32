"""One thing that a check of the installation found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["good", "note", "bad"]
"""A note is worth knowing, and nothing breaks; bad must be repaired."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`. `remedy` is "" only for what is good."""

    subject: str
    grade: Grade
    words: str
    remedy: str = ""


def good(subject: str, words: str) -> Finding:
    """Return what is as it should be."""
    return Finding(subject, "good", words)


def note(subject: str, words: str, remedy: str) -> Finding:
    """Return what works and should be known."""
    return Finding(subject, "note", words, remedy)


def bad(subject: str, words: str, remedy: str) -> Finding:
    """Return what must be repaired."""
    return Finding(subject, "bad", words, remedy)
