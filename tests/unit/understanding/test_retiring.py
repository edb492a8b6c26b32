"""A model that is switched off."""

from __future__ import annotations

import pytest

from bot.decision.facts import Range
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "The vendor is retiring the model we use. Fine-tune the successor?",
        "They are shutting down our version, should we fine-tune another?",
        "OpenAI deprecates this model. Do we have to fine-tune again?",
        "Our fine-tuned model gets switched off soon. Fine-tune again?",
    ],
)
def test_a_model_that_is_switched_off_has_an_end(said: str) -> None:
    assert values(said)["base_retire_days"] == Range(max=179)


def test_a_day_that_is_told_stands() -> None:
    assert values("They are retiring our model in 400 days. Fine-tune?")["base_retire_days"] == 400


@pytest.mark.parametrize(
    "said",
    [
        "We are retiring the old form. Should we fine-tune the model?",
        "The old model is not being retired, we want something cheaper. Fine-tune?",
        "The model was switched off in May and replaced. Fine-tune the new one?",
        "Customers ask when a phone model is being discontinued; the bot gets it wrong. Fine-tune?",
        "The insurer is retiring its pricing model. Should we fine-tune the assistant?",
        "The model will be shut down at night to save GPU cost. Should we fine-tune?",
        "The vendor is phasing out the old model of coffee machine. Fine-tune the bot?",
    ],
)
def test_what_is_past_denied_or_something_else_is_no_end(said: str) -> None:
    assert "base_retire_days" not in values(said)
