"""What is getting worse, and what is switched off."""

from __future__ import annotations

import pytest

from bot.decision.facts import Range
from bot.understanding.declining import tells_of_a_fall
from bot.understanding.message import prepare
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "Our router was at 92%, now it's down to 84%",
        "accuracy dropped from 92 to 84",
        "quality has degraded since the update",
        "it got much worse after the new product lines",
        "recall fell below what we promised",
    ],
)
def test_a_fall_is_heard_and_is_no_satisfaction(said: str) -> None:
    assert tells_of_a_fall(prepare(said))
    assert values(f"{said}. Should we tune again?").get("satisfied") is not True


@pytest.mark.parametrize(
    "said",
    [
        "we went from 70 to 90",
        "latency dropped to 2 seconds",
        "the error rate is down to 3%",
        "it is close to 95% and we are happy",
        "the drop-down lists all of them",
    ],
)
def test_what_rises_or_should_fall_is_no_fall(said: str) -> None:
    assert not tells_of_a_fall(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "The vendor is retiring the model we use. Fine-tune the successor?",
        "They are shutting down our version, should we fine-tune another?",
        "This model will be deprecated soon. Do we have to fine-tune again?",
    ],
)
def test_a_model_that_is_switched_off_has_an_end(said: str) -> None:
    assert values(said)["base_retire_days"] == Range(max=179)


def test_a_day_that_is_told_stands() -> None:
    assert values("They are retiring our model in 400 days. Fine-tune?")["base_retire_days"] == 400


def test_an_old_feature_that_is_retired_is_no_model() -> None:
    assert "base_retire_days" not in values("We are retiring the old form. Should we fine-tune the model?")
