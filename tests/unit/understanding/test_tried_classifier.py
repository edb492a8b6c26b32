"""Whether a small classifier of their own was tried."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "We sort mails into 12 kinds. A small classifier on embeddings got 84. Should we fine-tune?",
        "We trained a simple classifier on 3,000 tickets, 78%. Should we fine-tune?",
        "we run fasttext today at 78%, need 90; tickets into 30 queues. fine-tune?",
        "embeddings + logistic regression scored 84 on 500 tickets. Should we fine-tune?",
        "We have a random forest on tf-idf, 75% right, 12 kinds of mail. Should we fine-tune?",
        "We got 84 with xgboost, 30 kinds of ticket. Should we fine-tune?",
        "Fasttext gave us 72% on our tickets. Should we fine-tune?",
    ],
)
def test_what_it_got_or_who_built_it_says_so(said: str) -> None:
    assert values(said)["tried_classifier"] is True


@pytest.mark.parametrize(
    "said",
    [
        "Should we train a small classifier or fine-tune? 2,000 labels, 12 kinds",
        "Our vendor says logistic regression got 90 at another bank. Should we fine-tune for mails?",
        "We have not tried a simple classifier yet; 12 kinds. Should we fine-tune?",
        "We could use SetFit. Should we fine-tune?",
        "We want to have a small classifier for 12 kinds of mail. Should we fine-tune?",
        "We sort tickets, none of us has used setfit. Should we fine-tune?",
        "We sort tickets. Let's use a small classifier. Should we fine-tune?",
        "We sort tickets and need to have a small classifier. Should we fine-tune?",
        "We sort tickets into 9 kinds. Have a look at setfit. Should we fine-tune?",
        "It got a ticket about xgboost wrong. Should we fine-tune?",
        "The docs bot answers how to run xgboost. Should we fine-tune?",
        "We have a random forest for pricing, and GPT sorts tickets. Should we fine-tune?",
        "We use a small classifier to detect the language first. Should we fine-tune?",
        "We sort tickets. A simple classifier makes sense to me. Should we fine-tune?",
        "We ran a workshop on setfit. Tickets, 12 kinds. Should we fine-tune?",
    ],
)
def test_plans_and_what_others_tell_do_not(said: str) -> None:
    assert "tried_classifier" not in values(said)
