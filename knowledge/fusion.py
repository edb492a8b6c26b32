"""Several rankings made into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


def fuse_ranks(rankings: Iterable[tuple[float, Sequence[str]]], flatness: float) -> dict[str, float]:
    """Fuse weighted rankings by reciprocal rank: the sum of weight / (flatness + rank), best first.

    Only ranks count, so rankings with different scales need no calibration (Cormack, Clarke and Büttcher,
    SIGIR 2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods").
    """
    scores: dict[str, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] += weight / (flatness + rank)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
