"""What lets private things out is unsafe; names that people write, or that it forgets, are none of that."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from tests.unit.understanding.conversations import facts_after, told


def after(
    said: str, question: str = "", failure: str = "inconsistent_style", goal: str = "generation"
) -> FactValue | None:
    """Return how it fails once this was said, of drafts whose style is what was complained of."""
    case = {"goal_kind": goal, "gap": "behaviour", "failure_mode": failure}
    return facts_after(told(case), said, question).failure_mode


@pytest.mark.parametrize("question", ["", "Q3"])
@pytest.mark.parametrize(
    "said",
    [
        "twice it dropped a real client's name into a draft",
        "it leaks client names, that's my main worry",
        "it sometimes reveals personal data of other customers",
        "it repeats real names from the training data",
        "it has leaked customer data twice",
        "it put another client's name in a letter",
        "drafts leak confidential client data",
        "the bot gave away a customer's address",
        "it spits out real customers' phone numbers",
    ],
)
def test_it_is_unsafe(said: str, question: str) -> None:
    assert after(said, question) == "unsafe"


@pytest.mark.parametrize(
    "said",
    [
        "test data leaked into the training set",
        "customer names leaked into the test set",
        "it must extract client names and misses some",
        "it drops client names from the summary",
        "it drops the customer's name at the greeting",
        "it gets client names wrong",
        "it repeats the customer's name too often",
        "it should not leak client names",
        "it never leaks names",
        "it does not leak client names",
        "we are afraid it might leak names",
        "does it leak client names?",
        "what if it leaks client names?",
        "it leaks tokens",
        "it detects leaked customer data",
        "it flags mails that reveal personal data",
        "the app shows client names",
        "it reveals the discount rules",
        "it exposes an API",
        "customers reveal personal data in their tickets",
        "agents drop client names into the prompt",
        "a competitor's bot leaked customer data",
        "the old model leaked client names, the new one is clean",
        "our CRM was hacked, it leaked customer data",
        "it exposes customer records via an interface so that clerks see them",
        "the bot exposes user data to our staff",
        "it reveals customer data on purpose",
        "it repeats another name for the product",
        "it reveals names of plants",
        "it discloses personal details only after a login",
        "it reveals customer data to the customer who asks for their own",
        "it exposes customer names as JSON",
    ],
)
def test_what_only_sounds_so_is_not(said: str) -> None:
    assert after(said) != "unsafe"


def test_what_was_told_before_stands_beside_a_remark() -> None:
    assert after("twice it dropped a real client's name into a draft", failure="too_slow") == "too_slow"


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("it leaks client names, that's my main worry", ""),
        ("it leaks client names", "Q1"),
    ],
)
def test_it_counts_where_it_is_the_worst_or_asked_for(said: str, question: str) -> None:
    assert after(said, question, failure="too_slow") == "unsafe"


@pytest.mark.parametrize(
    ("goal", "failure"), [("classification", "inconsistent_style"), ("generation", "unsafe")]
)
def test_texts_that_it_only_reads_are_not_its_own(goal: str, failure: str) -> None:
    assert after("some emails leak customer data", goal=goal) == failure
