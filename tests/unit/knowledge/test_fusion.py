from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import fuse_ranks

RANKING = st.lists(st.sampled_from("abcdefgh"), unique=True)


def test_what_both_rankings_like_beats_what_one_likes_best() -> None:
    fused = fuse_ranks([(1.0, ["a", "b"]), (1.0, ["c", "b"])], flatness=10)

    assert next(iter(fused)) == "b"


def test_a_heavier_ranking_decides() -> None:
    fused = fuse_ranks([(1.0, ["a", "b"]), (2.0, ["b", "a"])], flatness=10)

    assert list(fused) == ["b", "a"]


@given(RANKING, RANKING)
def test_nothing_is_lost_and_nothing_invented(one: list[str], other: list[str]) -> None:
    assert set(fuse_ranks([(1.0, one), (0.5, other)], flatness=3)) == {*one, *other}


@given(RANKING)
def test_a_single_ranking_keeps_its_order(ranking: list[str]) -> None:
    assert list(fuse_ranks([(1.0, ranking)], flatness=3)) == ranking
