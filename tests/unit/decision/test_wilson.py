from __future__ import annotations

import pytest

from bot.decision.wilson import wilson_bounds


@pytest.mark.parametrize(
    ("share", "cases", "low", "high"),
    # Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    [
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1 / 29, 29, 0.0061, 0.1718),
    ],
)
def test_bounds_are_those_that_are_published(share: float, cases: int, low: float, high: float) -> None:
    assert wilson_bounds(share, cases, 1.959964) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_has_no_bounds() -> None:
    with pytest.raises(ValueError, match="no cases"):
        wilson_bounds(0.5, 0, 1.96)
