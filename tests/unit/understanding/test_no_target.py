"""A target that is denied."""

from __future__ import annotations

import pytest

from bot.decision.statements import Statement, understand
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values

_DENIED = (
    "there's no target of 90%",
    "nobody set us a target, 90% is just a number somebody dropped",
    "90% was never a requirement",
    "we don't need 90%",
    "nobody asked for 90%",
    "I don't think we need 90%",
    "the client isn't asking for 90%",
    "90% isn't mandatory",
    "90% is not a must",
    "management never asked for 90%",
    "nobody ever said we need 90%",
)


@pytest.mark.parametrize("said", _DENIED)
@pytest.mark.parametrize("question", ["Q3", ""])
def test_a_target_that_is_denied_is_none(said: str, question: str) -> None:
    asked = said if question else f"Our tagger gets 84% of the posts right. {said.capitalize()}. Fine-tune?"
    read_as = values(asked, question)
    assert read_as.get("target_score") is None
    assert read_as.get("baseline_score") in (None, 0.84)


@pytest.mark.parametrize("said", ["there's no target of 90%", "nobody asked for 90%, 80% would do"])
def test_the_no_of_a_target_counts_no_cases(said: str) -> None:
    assert "eval_set_n" not in values(said, "Q3")


@pytest.mark.parametrize(
    "said",
    [
        "no test set, no target",
        "no target or test set yet",
        "no targets or tests",
        "we don't have a target or a test set",
    ],
)
def test_no_target_beside_no_cases_leaves_no_cases(said: str) -> None:
    assert values(said, "Q3")["eval_set_n"] == 0


@pytest.mark.parametrize(
    "said", ["we never expected 85% on 120 cases, 90% needed", "we didn't expect 85%, need 90"]
)
def test_a_score_that_nobody_expected_is_one(said: str) -> None:
    assert values(said, "Q3")["baseline_score"] == 0.85


@pytest.mark.parametrize(
    "said",
    [
        "no less than 90%",
        "not below 90%",
        "nothing under 90% is acceptable",
        "81% and we can't go below 90%",
        "81%, the client won't accept anything under 90%",
        "75%, it has never reached the target of 90%",
        "75%, we are not at our target of 90% yet",
        "no, the target is 90%",
        "no official target, but we need 90%",
        "no fixed target, I'd say 90%",
        "we aren't there: 81%, need 90%",
        "81%, it doesn't work yet we need 90%",
        "75%, we don't just want 80%, we need 90%",
        "nobody asked for 95%, we need 90%",
        "no official target, but the contract says 90%",
        "we never set a target, but the SLA is 90%",
        "we had no target before, now it is 90%",
        "no hard target, 90% or so, 75% today",
        "90% is not a target, it's a must",
        "90% was not a target from the start but it is now; 80% today",
        "nobody gave us a target, the benchmark is 90%; at 80% now",
        "nobody expected 72%, we need 90%",
    ],
)
def test_a_target_beside_a_no_is_one_all_the_same(said: str) -> None:
    assert values(said, "Q3")["target_score"] == 0.9


@pytest.mark.parametrize("said", [*_DENIED, "nobody has set a target"])
def test_a_target_that_is_denied_later_is_taken_back(said: str) -> None:
    told = [Statement(fact="target_score", value=0.9, quote="", message_id="1")]
    reading = read(said, message_id="2", earlier=told, continues=True)
    assert reading.intent == "answer"
    assert understand([*told, *reading.statements]).facts.target_score is None


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("there's no target of 95%", 0.9),
        ("no less than 90%", 0.9),
        ("we don't need 90%, 85% will do", 0.85),
        ("there is no target language", 0.9),
        ("there is no target latency", 0.9),
        ("we have no official target, but 90% is in the contract", 0.9),
    ],
)
def test_another_target_takes_its_place_and_another_denial_does_not(said: str, target: float) -> None:
    told = [Statement(fact="target_score", value=0.9, quote="", author_id="U", message_id="1")]
    reading = read(said, author_id="U", message_id="2", earlier=told, continues=True)
    assert understand([*told, *reading.statements]).facts.target_score == target
