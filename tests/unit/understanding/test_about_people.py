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
    "Candidates for our warehouse jobs get scored by GPT-4o. Should we fine-tune?",
    "We get 500 applicants a month and want to rank them. Should we fine-tune?",
    "Asylum applications get approved or rejected by a clerk; can a tuned model do that?",
    "Our clerks approved 20k mortgage applications. Should we fine-tune on that?",
    "It decides whom to promote among our employees. Should we fine-tune?",
)
_SERVES = (
    "Our bot answers questions of applicants about the hiring process. Should we fine-tune?",
    "We pull name, degree and employer out of CVs; 5,000 checked. Should we fine-tune?",
    "Search returns 50 candidate passages and a model ranks them. Should we fine-tune the reranker?",
    "We resume work on our classifier that screens tickets. Should we fine-tune?",
    "We write rejection letters to applicants in our house style. Should we fine-tune?",
    "We want to score candidate answers of two models. Should we fine-tune?",
    "It will not rank applicants, only summarise CVs. Should we fine-tune?",
    "Employees accept or reject its drafts. Should we fine-tune?",
    "It drafts contracts, 85% accepted by employees. Should we fine-tune?",
    "Employees grade its summaries. Should we fine-tune?",
    "Employees open tickets and we rank them by urgency. Should we fine-tune?",
    "Employees see documents by who they are. Should we fine-tune?",
    "Our tenants report leaks, the model sorts who should come. Should we fine-tune?",
    "Tenant requests are scored by urgency. Should we fine-tune?",
    "The retriever scores candidates and keeps five. Should we fine-tune?",
    "Label candidates are ranked by a second model. Should we fine-tune?",
    "Loan requests get sorted, clerks accept 91% of the labels. Should we fine-tune?",
    "We filter out CVs that are not PDFs. Should we fine-tune?",
    "We rank employees' ideas by topic. Should we fine-tune?",
    "Borrowers upload documents, we screen them for viruses. Should we fine-tune?",
    "It ranks job ads for job seekers. Should we fine-tune?",
    "The bot grades how well tenants are served. Should we fine-tune?",
    "It rejects spam, employees see the rest. Should we fine-tune?",
)


@pytest.mark.parametrize("said", _DECIDES)
def test_who_is_judged_and_how_is_heard(said: str) -> None:
    assert values(said)["about_people"] is True


@pytest.mark.parametrize("said", _SERVES)
def test_to_serve_people_or_to_read_their_papers_decides_nothing(said: str) -> None:
    assert "about_people" not in values(said)


def test_alone_it_makes_no_question_of_ours() -> None:
    assert not values("Which of these two candidates should we hire?")
