from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.spans import KINDS, Span, merge, plain_copy

spans = st.builds(Span, st.integers(0, 20), st.integers(0, 20), st.sampled_from(KINDS))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("jörg@bücher.de", "jorg@bucher.de"),
        ("１２３ ＠ ٣", "123 @ 3"),
        ("030–1234\u00a0567", "030-1234 567"),
        ("邮箱a@b.cn。", "  a@b.cn "),
        ("Ж", "x"),
    ],
)
def test_a_plain_copy_can_be_read_by_those_who_know_ascii_only(text: str, plain: str) -> None:
    assert plain_copy(text) == plain


@given(text=st.text(alphabet=st.characters()))
def test_a_plain_copy_is_ascii_and_as_long_as_the_text(text: str) -> None:
    assert plain_copy(text).isascii()
    assert len(plain_copy(text)) == len(text)


def test_overlapping_spans_become_one_of_the_weightier_kind() -> None:
    found = [Span(4, 9, "EMAIL"), Span(0, 5, "KEY"), Span(9, 12, "IP"), Span(20, 20, "MAC")]

    assert merge(found) == [Span(0, 9, "KEY"), Span(9, 12, "IP")]


@given(found=st.lists(spans))
def test_merged_spans_are_in_order_do_not_overlap_and_leave_nothing_out(found: list[Span]) -> None:
    merged = merge(found)

    assert all(one.end <= other.start for one, other in pairwise(merged))
    covered = {place for span in found for place in range(span.start, span.end)}
    assert {place for span in merged for place in range(span.start, span.end)} == covered
