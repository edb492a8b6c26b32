"""Contradictions that matter: those whose two versions lead to different answers."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.recommendation import recommend
from bot.decision.statements import Conflict, Understanding


def keep_conflicts_that_matter(understanding: Understanding) -> Understanding:
    """Return the understanding without contradictions that could not change the answer.

    For those dropped, the careful version counts; both statements stay in the conversation.
    """
    clear = understanding.facts.with_values({"conflicts": ()})

    def matters(conflict: Conflict) -> bool:
        fact = conflict.later.fact
        outcomes = {
            recommend(clear.with_values({fact: version.value})).option
            for version in (conflict.earlier, conflict.later)
        }
        return len(outcomes) > 1

    return _with(understanding, tuple(filter(matters, understanding.conflicts)))


def settle_carefully(understanding: Understanding, asked: tuple[str, ...]) -> Understanding:
    """Return it without the contradictions that were asked about in vain: the careful version counts."""
    still_open = tuple(one for one in understanding.conflicts if question_id_of(one) not in asked)
    return _with(understanding, still_open)


def question_id_of(conflict: Conflict) -> str:
    """Return the id of the question which of two statements is right."""
    return f"conflict:{conflict.later.fact}"


def _with(understanding: Understanding, conflicts: tuple[Conflict, ...]) -> Understanding:
    names = tuple(conflict.later.fact for conflict in conflicts)
    return replace(
        understanding, facts=understanding.facts.with_values({"conflicts": names}), conflicts=conflicts
    )
