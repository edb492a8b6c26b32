"""Advice on facts given as values instead of words: for scripts and for measuring the policy alone."""

from __future__ import annotations

from datetime import datetime

from bot.answer import Reference, compose_recommendation
from bot.decision.facts import Facts
from bot.decision.next_question import direction_is_open
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.replies import Recommend


async def advise_on_facts(facts: Facts, reference: Reference, at: datetime) -> Recommend:
    """Return the recommendation for exactly these facts; nothing is asked and nothing is kept."""
    known = {fact: value for fact, value in facts.known().items() if fact != "conflicts"}
    understanding = understand(
        [Statement(fact=fact, value=value, quote="", source="form") for fact, value in known.items()]
    )
    return await compose_recommendation(
        understanding,
        recommend(facts),
        reference,
        decision_id="",
        is_provisional=direction_is_open(understanding, ()),
        today=at.date(),
    )
