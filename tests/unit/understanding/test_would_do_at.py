from __future__ import annotations

import pytest

from bot.understanding.reading import read


@pytest.mark.parametrize(
    "said",
    [
        "the controllers say they'd sign it off at 93%",
        "the ward would use it from 93% on",
        "our lawyers will only accept it above 93%",
        "sales would take that once it is at 93%",
    ],
)
def test_what_somebody_would_be_content_with_is_needed(said: str) -> None:
    heard = {one.fact: one.value for one in read(said, continues=True).statements}
    assert heard.get("target_score") == 0.93
    assert "baseline_score" not in heard


def test_what_is_used_at_a_score_is_not_what_would_be() -> None:
    heard = {
        one.fact: one.value
        for one in read("they use it, at 93%, and nobody complains", continues=True).statements
    }
    assert "target_score" not in heard
