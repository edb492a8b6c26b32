"""The shape of a rule, and how groups of rules share a condition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.decision.conditions import ALWAYS, Condition, all_of, unless
from bot.decision.options import Option
from bot.decision.sentences import Sentence


@dataclass(frozen=True)
class Because:
    """One sentence of a rule's reasoning, with the glossary entry whose passage supports it.

    `sources` are the evidence ids of a passage that says just this; without them the rule's own count. It is
    given where `fits` holds, so that a rule for many situations gives each the reason that speaks to it.
    """

    text: str
    term: str
    sources: tuple[str, ...] = ()
    fits: Condition = ALWAYS


def first_that_fits(*reasons: Because) -> tuple[Because, ...]:
    """Return the reasons so that one of them is given: the first that fits.

    Raises ValueError when the last does not fit always.
    """
    if reasons[-1].fits is not ALWAYS:
        raise ValueError(f"nothing is said where none of these fits: {reasons[-1].text}")

    def only(at: int) -> Condition:
        none_before = (unless(one.fits) for one in reasons[:at])
        return replace(all_of(*none_before, reasons[at].fits), words=reasons[at].fits.words or "otherwise")

    return (reasons[0], *(replace(reasons[at], fits=only(at)) for at in range(1, len(reasons))))


@dataclass(frozen=True)
class Rule:
    """When `when` holds and no rule above did, the direction is `option`.

    `headline`, `because`, `first_step` and `next_steps` are plain sentences for people, in words that fit
    what is known; `sources` are the evidence ids of the rule itself.
    """

    id: str
    option: Option
    when: Condition
    headline: Sentence
    because: tuple[Because, ...]
    first_step: Sentence
    next_steps: tuple[Sentence, ...] = ()
    sources: tuple[str, ...] = ()


def given(condition: Condition, *rules: Rule | tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules with `condition` required of each of them."""
    flat = (rule for part in rules for rule in (part if isinstance(part, tuple) else (part,)))
    return tuple(replace(rule, when=all_of(condition, rule.when)) for rule in flat)
