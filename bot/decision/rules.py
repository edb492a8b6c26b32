"""The shape of a rule, and how groups of rules share a condition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.decision.conditions import Condition, all_of
from bot.decision.options import Option


@dataclass(frozen=True)
class Because:
    """One sentence of a rule's reasoning, with the glossary entry whose passage supports it.

    `sources` are the evidence ids of a passage that says just this; without them the rule's own count.
    """

    text: str
    term: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """When `when` holds and no rule above did, the direction is `option`.

    `headline`, `because`, `first_step` and `next_steps` are plain sentences for people; `sources` are the
    evidence ids of the rule itself.
    """

    id: str
    option: Option
    when: Condition
    headline: str
    because: tuple[Because, ...]
    first_step: str
    next_steps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def given(condition: Condition, *rules: Rule | tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules with `condition` required of each of them."""
    flat = (rule for part in rules for rule in (part if isinstance(part, tuple) else (part,)))
    return tuple(replace(rule, when=all_of(condition, rule.when)) for rule in flat)
