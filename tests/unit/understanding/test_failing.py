"""A large model that is said not to pass."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("GPT-4.1 doesn't pass", False),
        ("Claude does not get it right", False),
        ("the large one fails too", False),
        ("gpt-4o passes, small ones don't", True),
        ("the small one doesn't get it, gpt-4o does", True),
        ("yes, GPT-4 handles all of it", True),
    ],
)
def test_a_large_model_passes_only_where_nothing_denies_it(said: str, *, passes: bool) -> None:
    assert values(said, "Q12")["teacher_ok"] is passes
