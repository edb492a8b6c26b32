"""Whether they did what was advised, without saying what that was."""

from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.step_taken import takes_the_step


@pytest.mark.parametrize(
    "said",
    [
        "we did that",
        "ok we tried that: it scored 84 on our 500 cases",
        "we tried that, it scored 71 on our 150 cases, need 95",
        "did that. now it's wrong in 1 of 40 runs",
        "ok did that: 74% now",
        "that's done, 82 of 100",
        "we have done what you suggested and it is at 90",
        "already tried that last week",
        "they did that, 84 now",
        "we implemented what you said",
        "we tried that, no luck",
    ],
)
def test_who_did_it_took_the_step(said: str) -> None:
    assert takes_the_step(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "we haven't tried that",
        "we tried that model, it was slow",
        "should we have done that?",
        "once we did that we will see",
        "we will have done it by May",
        "why did it do that",
        "we did it with GPT-4 prompts before?",
        "did you do that for others?",
        "we tried it on paper cases only if asked",
        "we built it last year",
        "we have built it",
        "I made this last week for fun",
        "we did that before, with GPT-3",
        "we did that last year",
        "we did that, by hand, every week",
        "it's done now by two people",
        "this is done manually, 200 a day",
        "that's done already in Excel",
        "we tried this and that",
        "it complained that users did that",
        "how it is done, nobody knows",
        "it is nearly done",
        "it did that again",
        "the vendor did it",
        "we did it too often",
        "we did this twice a day",
    ],
)
def test_plans_doubts_and_other_things_are_no_step(said: str) -> None:
    assert not takes_the_step(prepare(said))
