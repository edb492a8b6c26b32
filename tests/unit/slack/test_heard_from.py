from __future__ import annotations

import pytest

from bot.decision.statements import Source
from bot.slack.words import heard_from


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("stated", "From “too slow”"),
        ("inferred", "Assumed from “too slow”"),
        ("button", "Picked: “too slow”"),
    ],
)
def test_a_form_tells_what_was_said_from_what_is_only_assumed(source: Source, says: str) -> None:
    assert heard_from("too slow", source) == says
