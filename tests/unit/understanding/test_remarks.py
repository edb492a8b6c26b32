"""A remark in the middle of a conversation leaves standing what the case was told to be."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.statements import understand
from bot.understanding.reading import read
from tests.unit.understanding.conversations import facts_after, opened, told

_OPENING = (
    "We sort tickets into 34 queues with GPT-4o, it picks the wrong one in a fifth. Should we fine-tune?"
)


def after(said: str, question: str = "") -> dict[str, FactValue]:
    """Return what is known after the opening and this."""
    return facts_after(opened(_OPENING), said, question).known()


def before() -> dict[str, FactValue]:
    """Return what is known after the opening."""
    return understand(opened(_OPENING)).facts.known()


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("final queue is mostly right i think, some agents just dump things in General though", "Q6"),
        ("personal data in there, names and order numbers, we could mask it", ""),
        ("personal data in there, names and order numbers, we could mask it", "Q12"),
        ("product lines change about twice a year", ""),
        ("so is the answer to more epochs yes or no?", ""),
        ("and we haven't tried showing it similar tickets", ""),
        ("I was told that the nano sorts them just as well, is that true?", ""),
    ],
)
def test_what_the_case_is_stays(said: str, question: str) -> None:
    problem = {"goal_kind", "gap", "failure_mode", "deterministic"}
    told = {fact: value for fact, value in before().items() if fact in problem}
    assert {fact: value for fact, value in after(said, question).items() if fact in problem} == told


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("we now have 800 labelled tickets", "examples_n", 800),
        ("it is too slow, too: customers wait nine seconds for the queue", "failure_mode", "too_slow"),
        ("actually it writes the replies, it does not sort anything", "goal_kind", "generation"),
    ],
)
def test_what_it_says_counts(said: str, fact: str, value: FactValue) -> None:
    assert after(said)[fact] == value


def test_what_it_takes_is_no_new_limit() -> None:
    case = told({"goal_kind": "classification", "latency_budget_ms": 300})
    for said, limit in (("it gets 91% at 120 ms on 500 calls", 300), ("it must be under 120 ms now", 120)):
        allowed = facts_after(case, said).latency_budget_ms
        assert allowed == limit or getattr(allowed, "max", None) in (limit, limit - 1)


def test_what_it_does_not_know_is_what_it_lacks() -> None:
    said = "no it doesn't reason badly, it just doesn't know our commands"
    assert facts_after(told({"gap": "capability"}), said).gap == "knowledge"


def test_a_score_with_a_fraction_is_counted_out_of_no_cases() -> None:
    said = "the 89.1 and the 88.4 are a tie, that's 3 listings of 400"
    assert understand(read(said).statements).facts.baseline_score in (None, 0.891, 0.884)


def test_where_it_was_told_how_it_fails_another_gap_needs_another_failure() -> None:
    said = "our legal says the answers contain customer names, so no training on them"
    facts = facts_after(told({"failure_mode": "inconsistent_style"}), said)
    assert (facts.gap, facts.data_rights) == (None, "restricted")


@pytest.mark.parametrize(
    "opening",
    [
        "We tag invoices with GPT-4o. The contract forbids training on them. Should we fine-tune?",
        "GPT-4o drafts our contracts. The freelancers hold the rights, so no training. Should we fine-tune?",
    ],
)
def test_a_ban_is_heard_whatever_model_is_named(opening: str) -> None:
    assert understand(read(opening).statements).facts.data_rights == "restricted"
