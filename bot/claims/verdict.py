"""Whether a sentence says of each lever what the outcome says, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.claims.grounds import Grounds
from bot.claims.levers import ANYWHERE, TRAINS, Lever, is_training, pulled_by
from bot.claims.stances import Force, Stance, comes_after, named, speaks_of_now, stances
from bot.claims.words import content

_CONDITION = re.compile(r"provided that\b", re.IGNORECASE)
_SAME_WORDS = 0.6
_TO_READER = re.compile(
    r"\b(?:you (?:should|need|must|can|could|may|have|are)|for you|your (?:best|next|case|team|model|bot)|should|i would|let's|recommend\w*)\b"
    r"|(?:^|[.:] )(?:so |yes,? )*(?:fine[- ]?tune|tune|train|distil)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What may be said of which lever."""

    now: frozenset[Lever]
    later: frozenset[Lever]
    """What may be advised under a condition, or for afterwards."""
    never: frozenset[Lever]
    """What may be denied."""
    not_yet: frozenset[Lever]
    """What may be denied for the time being."""


def keeps_to_verdict(text: str, template_sentence: str, grounds: Grounds, cited: Iterable[str]) -> bool:
    """Say whether a sentence advises and denies only what the outcome, its template and `cited` do.

    What its own template sentence says of a lever, it may say in nearly the same words.
    """
    passages = tuple(cited)
    said = stances(text)
    support = (*grounds.template.values(), *passages, *grounds.facts)
    # Whether to tune is what everybody asks, so it may be named anywhere.
    if not {stance.lever for stance in said} <= named(support) | {Lever.TUNE}:
        return False
    if grounds.is_definition:
        return not _advises_reader(text, said)
    allowed = _allowed(grounds, template_sentence, passages)
    waiting = pulled_by(grounds.direction) - pulled_by(grounds.option)
    own = stances(template_sentence)
    return all(
        _is_allowed(stance, allowed) or _is_said_by(stance, own, template_sentence) for stance in said
    ) and not (comes_after(text) & waiting and named([text]) & pulled_by(grounds.option))


def _is_said_by(stance: Stance, own: Iterable[Stance], template_sentence: str) -> bool:
    said = set(content(stance.clause))
    return (
        any(
            (one.lever, one.force, one.is_order) == (stance.lever, stance.force, stance.is_order)
            for one in own
        )
        and len(said & set(content(template_sentence))) >= _SAME_WORDS * len(said)
        and not speaks_of_now(stance.clause)
    )


def _advises_reader(text: str, said: Iterable[Stance]) -> bool:
    """Say whether a definition tells the reader to change weights, which no glossary can know."""
    return any(
        stance.lever in TRAINS and stance.force == "advises" and _TO_READER.search(text) for stance in said
    )


def _allowed(grounds: Grounds, template_sentence: str, cited: Iterable[str]) -> _Allowed:
    template = [stance for sentence in grounds.template.values() for stance in stances(sentence)]
    passages = [stance for passage in cited for stance in stances(passage)]
    waiting = pulled_by(grounds.direction) - pulled_by(grounds.option)
    headline = grounds.template[min(grounds.template)]
    # A later step's lever is advised in its own sentence only; tests and data go with every step.
    here = _with_force([*stances(headline), *stances(template_sentence)], "advises")
    own = named([template_sentence])
    here |= own | {Lever.OTHER_BASE} if _CONDITION.match(template_sentence) else own & ANYWHERE
    now = (pulled_by(grounds.option) | here | (_with_force(template, "advises") & ANYWHERE)) - waiting
    denied = _with_force(template, "denies") - now
    if not is_training(grounds.option) and not is_training(grounds.direction):
        denied |= TRAINS - now
    return _Allowed(
        now=now,
        later=waiting | (_with_force(passages, "advises") & ANYWHERE),
        never=denied | (_with_force(passages, "denies") - now - waiting),
        not_yet=waiting | (TRAINS - now),
    )


def _with_force(stances_: Iterable[Stance], force: Force) -> frozenset[Lever]:
    return frozenset(stance.lever for stance in stances_ if stance.force == force)


def _is_allowed(stance: Stance, allowed: _Allowed) -> bool:
    match stance.force:
        case "advises":
            return stance.lever in allowed.now or (stance.is_deferred and stance.lever in allowed.later)
        case "denies":
            return stance.lever in allowed.never or (stance.is_deferred and stance.lever in allowed.not_yet)
        case _:
            return True
