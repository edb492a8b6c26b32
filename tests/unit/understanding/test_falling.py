"""What has got worse."""

from __future__ import annotations

import pytest

from bot.understanding.falling import tells_of_a_fall
from bot.understanding.message import prepare
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "Our router was at 92%, now it's down to 84%",
        "accuracy dropped from 92 to 84",
        "quality has degraded since the update",
        "the classifier got much worse",
        "recall fell below what we promised",
    ],
)
def test_a_fall_is_heard(said: str) -> None:
    assert tells_of_a_fall(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "accuracy went from 70 to 90",
        "latency dropped to 2 seconds",
        "accuracy never dropped below 95%",
        "hotline calls fell by half",
        "churn dropped from 9% to 4% with the bot",
        "the drop-down lists all of them",
    ],
)
def test_what_rises_or_should_fall_is_no_fall(said: str) -> None:
    assert not tells_of_a_fall(prepare(said))


def test_who_tells_of_a_fall_is_not_content() -> None:
    said = "Our fine-tuned router was at 92%, now it's {} 84% on a fresh sample of 500. Should we tune again?"
    assert values(said.format("close to"))["satisfied"] is True
    assert "satisfied" not in values(said.format("down to"))


def test_who_is_happy_with_a_bot_that_made_something_fall_stays_so() -> None:
    assert values("Our churn dropped to 4% with the bot and we're happy with it. Fine-tune?")["satisfied"]
