"""Whole answers to check sentences against: one for each rule, and one for each gate in the way of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.claims import Grounds
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.decision.readiness import GATES, Gate
from bot.decision.rules import Because, Rule
from knowledge.chunking import chunk_glossary
from knowledge.glossary import load_glossary

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
NOT_ADVICE = frozenset({Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE, Option.ASK})


@cache
def passages() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for chunk in chunk_glossary(load_glossary(KNOWLEDGE / "glossary")):
        found.setdefault(chunk.passage.slug, []).append(chunk.passage.text)
    return {slug: tuple(texts) for slug, texts in found.items()}


def passage_for(because: Because) -> str:
    """Return the passage of the reason's term that shares most words with it."""
    said = set(because.text.split())
    return max(passages()[because.term], key=lambda text: len(said & set(text.split())))


def answer(rule: Rule, gate: Gate | None = None) -> Grounds:
    because = (*((gate.because,) if gate else ()), *rule.because)
    lines = [
        gate.headline if gate else rule.headline,
        *(f"{one.text} [{number}]" for number, one in enumerate(because, start=1)),
        gate.first_step if gate else rule.first_step,
        *((f"Then: {rule.headline[0].lower()}{rule.headline[1:]}.",) if gate else rule.next_steps),
    ]
    return Grounds(
        template=dict(enumerate(lines, start=1)),
        passages={number: passage_for(one) for number, one in enumerate(because, start=1)},
    )


OPEN: dict[str, Grounds] = {rule.id: answer(rule) for rule in RULES if rule.option not in NOT_ADVICE}
"""The answer of each rule with nothing in its way."""

SHUT: dict[str, Grounds] = {
    f"{rule.id}+{gate.id}+{option}": answer(rule, gate)
    for rule in RULES
    for gate in GATES
    if rule.option in gate.applies_to
    for _, option in gate.instead
}
"""The answer of each rule with each gate shut that can be in its way."""

ALL = OPEN | SHUT
