"""Buttons that hardly anybody presses give no verdicts; those that are counted or told otherwise do."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID
from bot.understanding.reading import read


def feedback(said: str) -> FactValue | None:
    """Return the feedback that is heard in answer to whether people tell which answers are good."""
    statements = read(said, pending=BY_ID["Q14"], author_id="U1", message_id="1").statements
    return next((one.value for one in statements if one.fact == "feedback_kind"), None)


@pytest.mark.parametrize(
    "said",
    [
        "there are thumbs up/down in the UI but hardly anyone clicks",
        "we have thumbs but nobody uses them",
        "there's a feedback button, almost no one presses it",
        "users can rate answers but barely anyone does",
        "thumbs exist, no one ever clicks them",
        "thumbs up and down are there, hardly used",
        "thumbs in the UI, virtually nobody clicks",
        "feedback buttons exist but are rarely clicked",
    ],
)
def test_buttons_that_nobody_presses_are_no_feedback(said: str) -> None:
    assert feedback(said) == "none"


@pytest.mark.parametrize(
    "said",
    [
        "hardly anyone clicks thumbs down",
        "people click thumbs up, nobody clicks thumbs down",
        "we have thumbs and people use them",
        "hardly anyone complains, we get 500 thumbs a week",
        "thumbs: 4k up, 300 down, nobody has analysed them",
        "hardly anyone uses the bot, those who do click thumbs",
        "barely anyone clicked at first, now we get 100 thumbs a day",
        "hardly anyone of the 10k users clicks, still that makes 900 thumbs a month",
        "we get thumbs on every reply, nobody uses the stars",
        "we have thumbs, nobody uses anything else",
        "thumbs are used by all but hardly anyone writes a comment",
        "hardly anyone rates it, but editors accept or reject each draft",
        "thumbs data is unused",
        "the data of our thumbs is hardly used",
        "we collect thumbs but nobody uses them",
        "thumbs are logged, hardly anybody uses them",
    ],
)
def test_verdicts_that_are_given_stay(said: str) -> None:
    assert feedback(said) == "unpaired"


def test_which_of_two_is_better_stays() -> None:
    assert feedback("nobody uses thumbs, they pick the better of two") == "pairs"
