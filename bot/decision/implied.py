"""What follows from stated facts: the gap from the failure or the task, and whether anything is wrong."""

from __future__ import annotations

from bot.decision.facts import Facts

GAP_OF_FAILURE: dict[str, str] = {
    "retrieval_miss": "knowledge",
    "wrong_facts": "knowledge",
    "wrong_use_of_context": "both",
    "ignores_instructions": "behaviour",
    "inconsistent_style": "behaviour",
    "unsafe": "behaviour",
    "invalid_format": "format",
    "weak_reasoning": "capability",
    "too_slow": "cost_latency",
    "too_expensive": "cost_latency",
}
GAP_OF_GOAL: dict[str, str] = {
    "knowledge_qa": "knowledge",
    "style_tone": "behaviour",
    "format": "format",
    "cost_latency": "cost_latency",
}
"""A goal that calls for a cure by itself. Working with tools does not: its failures differ too much."""


def is_complaint(facts: Facts) -> bool:
    """Say whether someone said that something is wrong, and not only what it is for."""
    return facts.gap is not None or facts.failure_mode is not None
