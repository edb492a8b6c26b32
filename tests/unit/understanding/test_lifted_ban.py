"""A ban that is lifted: told as a fact of all the data, in a conversation in which it is known."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from tests.unit.understanding.conversations import facts_after, told


def after(said: str, question: str = "", **known: FactValue) -> FactValue | None:
    """Return the right to train once this was said, of a case in which texts are written."""
    case = {"goal_kind": "generation", "gap": "behaviour", **known}
    return facts_after(told(case), said, question).data_rights


@pytest.mark.parametrize("question", ["", "Q3"])
@pytest.mark.parametrize(
    "said",
    [
        "good news: the photographers signed, we can train on them now",
        "the authors agreed, so we may train now",
        "we got the rights now",
        "legal changed its mind, we can train",
        "we're now allowed to fine-tune on the tickets",
        "our lawyers are ok with it now",
        "the authors have all signed the release",
        "compliance gave us the green light",
        "we now have written consent from the patients",
        "we can use the customer data for training now",
        "the works council agreed to it",
        "training on it is allowed now",
        "the ban is lifted",
        "I asked our lawyers, we may train on them",
        "we asked the authors and they agreed, we can train now",
        "we have consent from all of the authors, no restrictions",
        "we have permission, to train on it",
        "the translators signed the contract, so we may train on their texts now",
        "the authors signed the consent form",
    ],
)
def test_it_is_lifted(said: str, question: str) -> None:
    assert after(said, question, data_rights="restricted") == "ok"


@pytest.mark.parametrize(
    "said",
    [
        "can we train on it now?",
        "once they sign we can train on it",
        "if legal agrees we can train",
        "the authors may sign next week",
        "legal may agree",
        "the authors have not signed",
        "I think we can train on it now",
        "I hope the authors agreed",
        "the authors signed, but training is excluded",
        "some of the authors signed",
        "we may train on the public part only",
        "we may train on it later",
        "we were allowed to train",
        "they were allowed to train on it before",
        "the other team may train now",
        "the boss says we can train on it now",
        "the GPUs arrived, we can train on it now",
        "we have enough examples, we can train now",
        "we can train on Friday",
        "we can train our staff now",
        "we can tune the prompt now",
        "we can use the examples in the prompt now",
        "we are allowed to use GPT-5 now",
        "we may use the data now for evaluation",
        "we have permission now to see the logs",
        "legal is ok with it as long as names are removed",
        "the authors signed, we pay them per text",
        "legal is ok with GPT-5",
        "legal is happy with the answers",
        "the lawyers are ok with the drafts",
        "the authors agreed on a style guide",
        "the authors agreed, it is too long",
        "the authors signed up for the pilot",
        "we have the right model now",
        "we have admin rights now",
        "we got the approval for the budget",
        "patients agreed and like the app",
        "the authors agreed, so it reads badly",
        "the contractors signed the agreement",
        "the authors agreed to it",
        "the writers agreed, the training material is bad",
        "the restriction is gone since we raised the limit",
        "the reviewers agreed and the restriction is off in the output",
        "we have permission, to deploy",
        "we have the rights, for evaluation",
        "we asked legal about it",
        "we asked for permission to train",
        "no restrictions on the output length",
        "latency is no issue",
    ],
)
def test_what_only_sounds_so_lifts_nothing(said: str) -> None:
    assert after(said, data_rights="restricted") == "restricted"


@pytest.mark.parametrize(
    "said",
    [
        "I asked, yes",
        "yes, our lawyers checked",
        "yes we may, most of them are our own",
        "yes, no restrictions",
        "we have consent, not a problem",
        "data rights are no problem",
    ],
)
def test_who_is_asked_for_it_lifts_it_in_few_words(said: str) -> None:
    assert after(said, "Q8", data_rights="restricted") == "ok"


@pytest.mark.parametrize(
    "said",
    [
        "we asked legal",
        "I asked, they are thinking",
        "I asked whether we may train",
        "I asked legal and they are checking",
        "I asked, no",
        "it is being checked",
        "legal checked the text and it is fine",
        "yes, most of it",
    ],
)
def test_who_only_asked_lifts_nothing(said: str) -> None:
    assert after(said, "Q8", data_rights="restricted") == "restricted"


def test_where_no_ban_is_known_only_a_plain_permission_is_one() -> None:
    assert after("the authors signed") is None
    assert after("legal is ok with it now") == "ok"
