"""How often the right passage is found tells whether it is missed or misused; it scores no answers."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.message import prepare
from bot.understanding.retrieval_share import with_share_found
from tests.unit.understanding.conversations import facts_after, told

_CASE: dict[str, FactValue] = {
    "goal_kind": "knowledge_qa",
    "gap": "knowledge",
    "failure_mode": "wrong_facts",
    "tried_rag": True,
}


def after(said: str, question: str = "", **known: FactValue) -> dict[str, FactValue]:
    """Return what is known once this was said, of answers from material that are wrong."""
    return facts_after(told({**_CASE, **known}), said, question).known()


def by_itself(said: str, **known: FactValue) -> list[Found]:
    """Return what the share alone tells in such a case."""
    return with_share_found(prepare(said), None, [], told({**_CASE, **known}))


@pytest.mark.parametrize("question", ["", "Q2", "Q4"])
@pytest.mark.parametrize(
    "said",
    [
        "RAG is in place already, retrieval finds it 95% of the time",
        "we built it. the right page is found in 9 of 10 cases but the value is still wrong in 20%",
        "retrieval finds the right passage in 95% of cases",
        "search returns the right page in nine out of ten cases, the model still misreads it",
        "the passage is found 92% of the time",
    ],
)
def test_what_is_nearly_always_found_is_misused(said: str, question: str) -> None:
    known = after(said, question)
    assert (known["failure_mode"], known["gap"]) == ("wrong_use_of_context", "both")


@pytest.mark.parametrize("question", ["", "Q2", "Q4"])
@pytest.mark.parametrize(
    "said",
    [
        "retrieval finds it 40% of the time",
        "the right page is found in 6 of 10 cases",
        "the right passage is found in half of the cases",
        "search finds it in only 70%",
    ],
)
def test_what_is_seldom_found_is_missed(said: str, question: str) -> None:
    known = after(said, question)
    assert (known["failure_mode"], known["gap"]) == ("retrieval_miss", "knowledge")
    assert "baseline_score" not in known


def test_a_bare_share_answers_whether_it_is_found() -> None:
    assert after("finds it in 40%", "Q4")["failure_mode"] == "retrieval_miss"


@pytest.mark.parametrize(
    "said",
    [
        "it answers right 95% of the time",
        "we need retrieval to find it 95% of the time",
        "retrieval should find it 95% of the time",
        "does retrieval find it 95% of the time?",
        "if retrieval finds it 95% of the time we are happy",
        "retrieval doesn't find it 95% of the time",
        "95% of the time the passage is missing",
        "retrieval finds it 95% of the time for english, 30% for german",
        "on easy questions retrieval finds it 95% of the time, on tables hardly ever",
        "the right page is found in 9 of 10 cases in the old system",
        "before the new index retrieval found it 95% of the time",
        "the vendor says retrieval finds it 95% of the time",
        "the bot searches our pages and gets it 40% of the time",
        "retrieval finds the right page in 80% of cases",
    ],
)
def test_other_shares_tell_nothing(said: str) -> None:
    assert by_itself(said) == []


def test_where_answers_are_wrong_as_seldom_as_it_is_missed_nothing_is_concluded() -> None:
    assert after("retrieval finds it 90% of the time", baseline_score=0.9)["failure_mode"] == "wrong_facts"


def test_to_find_a_clause_can_be_the_task_itself() -> None:
    assert by_itself("it finds the right clause in 95% of cases", goal_kind="extraction") == []


def test_a_share_with_a_need_beside_it_is_the_score_of_what_it_finds() -> None:
    known = after("it finds the right clause in 94% of cases, we need 98")
    assert (known["baseline_score"], known["target_score"]) == (0.94, 0.98)
    beside = after("retrieval finds the right page in 94% of cases, answers are right in 70%, we need 90")
    assert beside["baseline_score"] == 0.7
