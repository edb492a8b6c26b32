"""How far people agree among themselves."""

from __future__ import annotations

import pytest

from bot.decision.statements import Statement, understand
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values

_AMONG_PEOPLE = (
    "two inspectors agree only on 84% of the notes",
    "90% is only how often two coders agree",
    "our annotators match each other in 87 %",
    "inter-annotator agreement is 0.82",
    "kappa between our two nurses is 0.7",
    "human agreement is about 88%",
    "our two paralegals only agree 79% of the time on clauses",
    "when two teachers grade the same essay they agree in 75% of cases",
    "even our experts disagree on 20% of the tickets",
    "agreement among graders was 85 percent",
    "two adjusters give the same label in 81% of cases",
    "the inspectors are consistent with each other 84% of the time",
    "87% is what two people agree on",
    "people among themselves only agree on 90%",
    "in 84% of cases two coders agree",
    "our lawyers talked it over, they agree in 97% now",
    "two reviewers grade each answer, they agree in 80% of cases",
    "both annotators read all of them, they only agree on 78%",
    "human-human F1 is 0.9",
    "human vs human is 90%",
)


@pytest.mark.parametrize("said", _AMONG_PEOPLE)
@pytest.mark.parametrize("question", ["Q3", ""])
def test_how_far_people_agree_is_neither_a_score_nor_a_target(said: str, question: str) -> None:
    asked = said if question else f"We tag notes with GPT-4o. {said.capitalize()}. Should we fine-tune?"
    assert not {"baseline_score", "target_score", "satisfied"} & values(asked, question).keys()


@pytest.mark.parametrize(
    ("said", "fact", "score"),
    [
        ("the model agrees with our lawyers on 85% of 200 cases", "baseline_score", 0.85),
        ("it agrees with the experts 81% of the time", "baseline_score", 0.81),
        ("it matches our coders in 84% of cases", "baseline_score", 0.84),
        ("reviewers agree with it in 70% of cases", "baseline_score", 0.7),
        ("annotators match the model in 87%", "baseline_score", 0.87),
        ("the model and our lawyers agree in 85% of 200 cases", "baseline_score", 0.85),
        ("our lawyers and the model agree on 85%", "baseline_score", 0.85),
        ("90% is how often the lawyers agree with the model", "baseline_score", 0.9),
        ("90% is how often our outputs match the reference", "baseline_score", 0.9),
        ("we agreed on 90%", "target_score", 0.9),
        ("both teams agreed on 92% as the bar", "target_score", 0.92),
        ("our experts agreed on 90% as the target", "target_score", 0.9),
        ("quadratic kappa 0.7 on 300 essays", "baseline_score", 0.7),
        ("our experts agreed on 95%, 80% now", "target_score", 0.95),
        ("two product owners agreed on 90%; today 78%", "target_score", 0.9),
        ("human agreement 81%, target 90%", "baseline_score", 0.81),
        ("human agreement rate 74% on 200 cases", "baseline_score", 0.74),
        ("we show the drafts to our clerks, they agree in 83% of cases", "baseline_score", 0.83),
        ("nurses see its suggestion and they agree 86% of the time", "baseline_score", 0.86),
        ("we have an LLM judge and human graders, they agree 87% of the time", "baseline_score", 0.87),
        ("78%, they agree on 96% as a goal", "target_score", 0.96),
        ("78%, they agree on 96% as a goal", "baseline_score", 0.78),
        ("we get 78%, reviewers agree 92% is needed", "target_score", 0.92),
        ("we get 78%, reviewers agree 92% is needed", "baseline_score", 0.78),
        ("70% now. both leads agree on 90% as the minimum", "target_score", 0.9),
        ("experts agree 85% are correct", "baseline_score", 0.85),
        ("both prompts gave the same answer on 80% of the 200 cases", "baseline_score", 0.8),
    ],
)
def test_who_agrees_with_the_model_or_on_a_target_tells_a_score(said: str, fact: str, score: float) -> None:
    assert values(said, "Q3")[fact] == score


def test_what_they_agree_to_is_no_agreement_of_theirs() -> None:
    assert "agreement" not in values("they agree to 60% of the proposals", "Q3")


def test_the_scores_beside_it_stand() -> None:
    read_as = values("humans agree on 95%, it gets 88%, we need 93%", "Q3")
    assert (read_as["baseline_score"], read_as["target_score"]) == (0.88, 0.93)


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("90% is only how often two coders agree", "target_score"),
        ("84% is how often our two inspectors agree", "baseline_score"),
    ],
)
def test_a_score_that_turns_out_to_be_agreement_is_taken_back(said: str, fact: str) -> None:
    told = [
        Statement(fact=name, value=value, quote="", message_id="1")
        for name, value in (("baseline_score", 0.84), ("target_score", 0.9))
    ]
    reading = read(said, message_id="2", earlier=told, continues=True)
    left = understand([*told, *reading.statements]).facts.known()
    assert left.keys() == {"agreement", "baseline_score", "target_score"} - {fact}


def test_the_number_before_people_who_agree_in_another_is_the_score() -> None:
    read_so = values("We sort mails; the model gets 91%, two clerks agree with each other in 92%. Fine-tune?")
    assert (read_so["baseline_score"], read_so["agreement"]) == (0.91, 0.92)
