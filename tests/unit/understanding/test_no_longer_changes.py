"""A pace of the past is none of today."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conversations import facts_after, told

HANDBOOK = told({"goal_kind": "knowledge_qa", "gap": "knowledge", "knowledge_change": "weekly"})


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("the articles don't change weekly any more, the docs are frozen", "static"),
        ("they no longer update it every week, the text is final", "static"),
        ("it still changes every day", "daily"),
        ("they do not only change weekly, they change daily", "daily"),
    ],
)
def test_what_changed_so_often_before_does_not_now(said: str, now: str) -> None:
    assert facts_after(HANDBOOK, said).knowledge_change == now
