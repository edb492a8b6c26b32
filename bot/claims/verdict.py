"""Whether a sentence says of each lever what the outcome says, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.claims.grounds import Grounds
from bot.claims.levers import ANYWHERE, TRAINS, Lever, is_training, pulled_by
from bot.claims.stances import Force, Stance, comes_after, named, stances

_TO_READER = re.compile(
    r"\b(?:you|your|should|i|let's|now|recommend\w*)\b|(?:^|[.:] )(?:so |yes,? )*(?:fine[- ]?tune|tune|train|distil)\b",
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


def keeps_to_verdict(text: str, grounds: Grounds, cited: Iterable[str]) -> bool:
    """Say whether a sentence advises and denies only what the outcome, its template and `cited` do."""
    passages = tuple(cited)
    said = stances(text)
    support = (*grounds.template.values(), *passages, *grounds.facts)
    if not {stance.lever for stance in said} <= named(support):
        return False
    if grounds.is_definition:
        return not _advises_reader(text, said)
    allowed = _allowed(grounds, passages)
    waiting = pulled_by(grounds.direction) - pulled_by(grounds.option)
    return all(_is_allowed(stance, allowed) for stance in said) and not comes_after(text) & waiting


def _advises_reader(text: str, said: Iterable[Stance]) -> bool:
    """Say whether a definition tells the reader to change weights, which no glossary can know."""
    return any(
        stance.lever in TRAINS and stance.force == "advises" and _TO_READER.search(text) for stance in said
    )


def _allowed(grounds: Grounds, cited: Iterable[str]) -> _Allowed:
    template = [stance for sentence in grounds.template.values() for stance in stances(sentence)]
    passages = [stance for passage in cited for stance in stances(passage)]
    waiting = pulled_by(grounds.direction) - pulled_by(grounds.option)
    now = (pulled_by(grounds.option) | _with_force(template, "advises")) - waiting
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
