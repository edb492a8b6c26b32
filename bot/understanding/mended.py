"""Which trouble is said to be over: "the parser hasn't thrown once since Thursday".

Who reports it names the trouble, as do those whom it troubles, and few say "fixed".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from bot.decision.facts import Facts, FailureMode
from bot.decision.implied import GAP_OF_FAILURE
from bot.understanding.found import Found
from bot.understanding.message import Message

Mended = Literal["", "it"] | FailureMode
"""How it failed; "it" where they only say that the trouble is over: labelled so, and not heard."""
TROUBLES: tuple[Mended, ...] = ("it", *get_args(FailureMode))
_SURE, _SURE_BESIDE_IT = 0.6, 0.8
"""Below these nothing is taken to be over; the second where that same trouble was read, or discontent."""


def hear_mended(likely: Mapping[str, float], told: Mapping[str, object]) -> Mended:
    """Return what a message says is over; `likely` is how likely the learned reader holds each.

    `told` are the facts that were read in it. That something is over is not enough: "done" sounds so, too.
    """
    kind: Mended = max(TROUBLES, key=lambda one: likely.get(one, 0.0))
    if kind == "it":
        return ""
    is_doubtful = told.get("failure_mode") == kind or told.get("satisfied") is False
    return kind if likely.get(kind, 0.0) >= (_SURE_BESIDE_IT if is_doubtful else _SURE) else ""


def without_mended(found: Sequence[Found], mended: Mended) -> list[Found]:
    """Return what was found, without the trouble that is over, heard because it is named."""
    if not mended:
        return list(found)
    over = {("failure_mode", mended), ("gap", GAP_OF_FAILURE.get(mended, ""))}
    has_another = any(one.fact == "failure_mode" and one.value != mended for one in found)
    return [one for one in found if has_another or (one.fact, one.value) not in over]


def find_enough(message: Message, found: Sequence[Found], known: Facts, mended: Mended) -> Iterator[Found]:
    """Yield that it is good enough where their trouble is over, and nothing else is told that may be wrong.

    A score may fall short, so with one, told now or before, it is not said.
    """
    told = {one.fact for one in found if one.value is not None}
    is_scored = known.baseline_score is not None or known.target_score is not None
    is_told_more = bool(told & {"failure_mode", "gap", "satisfied", "baseline_score"})
    if _is_what_failed(known, mended) and not (is_scored or is_told_more):
        yield Found("satisfied", True, 0, len(message.plain), "inferred")


def find_mended(message: Message, found: Sequence[Found], known: Facts, mended: Mended) -> Iterator[Found]:
    """Yield without a value what was known of the trouble that is over, with nothing in its place."""
    told = {one.fact for one in found if one.value is not None}
    if _is_what_failed(known, mended) and not told & {"failure_mode", "gap"}:
        for fact in ("failure_mode", "gap"):
            if getattr(known, fact) is not None:
                yield Found(fact, None, 0, len(message.plain))


def _is_what_failed(known: Facts, mended: Mended) -> bool:
    """Say whether that is the trouble they had: as it failed, else by what was missing."""
    if known.failure_mode is not None:
        return known.failure_mode == mended
    return mended != "" and known.gap == GAP_OF_FAILURE.get(mended)
