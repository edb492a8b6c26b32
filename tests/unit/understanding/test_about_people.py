"""Whether it decides about people: who is judged is named beside what is decided of them."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values

_DECIDES = (
    "We want to rank CVs from 6,000 hire / no-hire decisions. Should we fine-tune?",
    "HR asks whether we can score job applicants with GPT-4o. Should we fine-tune a model?",
    "Can a model decide which loan applications to reject? We have 40k old decisions.",
    "Should we fine-tune to grade student essays? We have 2,000 graded ones.",
    "Our recruiters shortlist 30 of 400 CVs each week. Can we tune a model on the last 5 years?",
    "Should we fine-tune a model that approves rental applications?",
    "Which model predicts which employees are likely to quit? Fine-tune one?",
)
_SERVES = (
    "Our bot answers questions of applicants about the hiring process. Should we fine-tune?",
    "We pull name, degree and employer out of CVs; 5,000 checked. Should we fine-tune?",
    "Search returns 50 candidate passages and a model ranks them. Should we fine-tune the reranker?",
    "We resume work on our classifier that screens tickets. Should we fine-tune?",
    "We write rejection letters to applicants in our house style. Should we fine-tune?",
    "We want to score candidate answers of two models. Should we fine-tune?",
    "It will not rank applicants, only summarise CVs. Should we fine-tune?",
)


@pytest.mark.parametrize("said", _DECIDES)
def test_who_is_judged_and_how_is_heard(said: str) -> None:
    assert values(said)["about_people"] is True


@pytest.mark.parametrize("said", _SERVES)
def test_to_serve_people_or_to_read_their_papers_decides_nothing(said: str) -> None:
    assert "about_people" not in values(said)


def test_alone_it_makes_no_question_of_ours() -> None:
    assert not values("Which of these two candidates should we hire?")
