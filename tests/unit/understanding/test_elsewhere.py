from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.decision.questions import BY_ID, QUESTIONS, Question, QuickReply
from bot.understanding.quick import takes_numbers
from bot.understanding.reading import read


def stated(question: str, said: str) -> dict[str, object]:
    return {one.fact: one.value for one in read(said, pending=BY_ID[question]).statements}


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Q8", "yes, we tried few-shot", {"tried_few_shot": True}),
        ("Q4", "yes, prompt caching is on", {"tried_caching": True}),
        ("Q8", "nope, we haven't tried RAG", {"tried_rag": False}),
        ("Q16", "no test set", {"eval_set_n": 0}),
        ("Q16", "no RAG", {"tried_rag": False}),
    ],
)
def test_a_yes_or_a_no_is_about_what_follows_it(
    question: str, said: str, expected: Mapping[str, object]
) -> None:
    assert stated(question, said) == expected


@pytest.mark.parametrize(
    ("question", "said", "fact", "value"),
    [
        ("Q8", "yes", "data_rights", "ok"),
        ("Q8", "yes, legal agreed", "data_rights", "ok"),
        ("Q8", "yes. we also tried few-shot", "data_rights", "ok"),
        ("Q8", "yes and we use RAG", "data_rights", "ok"),
        ("Q8", "yes, all 450 reviewed mails", "data_rights", "ok"),
        ("Q16", "no, no RAG either", "tried_finetune", "none"),
    ],
)
def test_what_only_comes_along_leaves_the_answer_an_answer(
    question: str, said: str, fact: str, value: object
) -> None:
    assert stated(question, said).get(fact) == value


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Q2", "GPT-4.1 via Azure", {"base_model": "gpt-4.1"}),
        ("Q11", "GPT-4", {}),
        ("Q3", "hand-checked by two people", {}),
    ],
)
def test_what_is_all_that_they_say_counts_if_it_is_worth_saying(
    question: str, said: str, expected: Mapping[str, object]
) -> None:
    assert stated(question, said) == expected


SHARED = {reply.label for question in QUESTIONS for reply in question.replies if len(reply.label.split()) < 3}
LABELS = [
    (question, reply)
    for question in QUESTIONS
    for reply in question.replies
    if reply.values and reply.label not in SHARED
]


@pytest.mark.parametrize(("question", "reply"), LABELS, ids=lambda part: part.id)
def test_a_label_typed_in_answer_to_another_question_answers_its_own(
    question: Question, reply: QuickReply
) -> None:
    for pending in QUESTIONS:
        has_digits = any(letter.isdigit() for letter in reply.label)
        if pending is not question and not (takes_numbers(pending) and has_digits):
            assert stated(pending.id, reply.label) == dict(reply.values)


@pytest.mark.parametrize(("question", "said"), [("Q1", "None"), ("Q5", "Yes"), ("Q11", "No")])
def test_a_word_that_is_the_label_of_another_question_too_answers_nothing(question: str, said: str) -> None:
    assert stated(question, said) == {}
