"""What contentment ends that is told after a problem: "it is live, and everybody is happy with it"."""

from __future__ import annotations

from bot.decision.facts import Facts

_PROBLEM = ("failure_mode", "gap")


def ended_by_contentment(known: Facts, told: Facts) -> tuple[str, ...]:
    """Return the facts known before that hold no longer once it is told to be good enough.

    The problem, unless the same words tell one, and the score that was needed where it is not reached: who
    calls 81 enough needs no 90 any more. What it is for stays.
    """
    if not told.satisfied or told.gap or told.failure_mode or told.target_score is not None:
        return ()
    score = told.baseline_score if told.baseline_score is not None else known.baseline_score
    is_missed = known.target_score is not None and score is not None and score < known.target_score
    ended = [fact for fact in _PROBLEM if getattr(known, fact) is not None]
    return (*ended, *(("target_score",) if is_missed else ()))
