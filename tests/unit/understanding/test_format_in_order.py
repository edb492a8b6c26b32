"""A format that is said to be in order."""

from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.decision.statements import Statement, understand
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values

_IN_ORDER = (
    "Everything parses now, but the amounts are wrong",
    "The JSON is always valid, but the amounts are wrong",
    "The output always parses, 3% of the totals are off",
    "The format is fine, the totals are off",
    "The XML is still well-formed but it returns wrong dates",
)


@pytest.mark.parametrize("said", _IN_ORDER)
@pytest.mark.parametrize("question", ["", "Q1"])
def test_a_format_in_order_beside_wrong_content_is_no_trouble(said: str, question: str) -> None:
    asked = said if question else f"Our extractor reads invoices. {said}. Should we fine-tune?"
    read_as = values(asked, question)
    assert read_as.get("failure_mode") != "invalid_format"
    assert read_as.get("gap") != "format"
    assert "tried_structured" not in read_as


@pytest.mark.parametrize(
    "said",
    [
        "The JSON is not always valid",
        "JSON is always valid except for long letters",
        "only half of the time the JSON is valid",
        "The JSON is valid now, but the YAML is broken",
        "The JSON parses fine but keys are renamed",
        "The model returns valid JSON but with markdown fences around it",
        "The JSON is valid, but dates are in the wrong format",
        "JSON is valid, but doesn't follow our schema",
        "We need to make sure the JSON is valid",
        "How do I ensure the output is always valid JSON?",
    ],
)
def test_valid_alone_does_not_set_the_format_right(said: str) -> None:
    assert values(f"{said}. Should we fine-tune?")["gap"] == "format"


@pytest.mark.parametrize(
    "said", ["we ask for JSON and it always validates", "json output on: format is right"]
)
def test_asked_what_they_tried_a_format_in_order_may_be_why(said: str) -> None:
    assert values(said, "Q2")["tried_structured"] is True


@pytest.mark.parametrize("question", ["Q2", "Q3", "Q5", "Q11", "Q12"])
@pytest.mark.parametrize(
    "said", ["a program can check that the format is right", "in 80 of 100 the JSON is valid"]
)
def test_asked_for_anything_else_it_takes_nothing_back(question: str, said: str) -> None:
    told = [Statement(fact="gap", value="format", quote="", message_id="1")]
    reading = read(said, pending=BY_ID[question], message_id="2", earlier=told, continues=True)
    assert understand([*told, *reading.statements]).facts.gap == "format"
