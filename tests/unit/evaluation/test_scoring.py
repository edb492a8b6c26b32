from __future__ import annotations

from typing import Any

import pytest

from bot.decision.facts import Range
from bot.evaluation.baselines import Baselines
from bot.evaluation.cases import DecisionCase, RemarkCase, ReplyCase
from bot.evaluation.scoring import (
    RemarkResult,
    advice_after,
    is_news,
    judge_stated,
    points,
    question_of,
    score_policy,
)
from bot.understanding.learned.examples import LabelledRemark, LabelledReply, Situation


def reply(**row: Any) -> ReplyCase:
    return ReplyCase.model_validate({"id": "r", "question": "Q5", "reply": "500", **row})


def test_an_acceptable_answer_counts_half() -> None:
    assert [points(label, "RAG", ("FEW_SHOT",)) for label in ("RAG", "FEW_SHOT", "ASK")] == [1, 0.5, 0]


def test_a_case_without_facts_says_nothing_about_the_policy() -> None:
    assert score_policy(DecisionCase(id="d", text="", expected="RAG")) is None
    known = DecisionCase.model_validate(
        {"id": "d", "text": "", "expected": "RAG", "facts": {"failure_mode": "retrieval_miss"}}
    )
    assert score_policy(known) == 1


@pytest.mark.parametrize(
    ("expected", "also_ok", "stated", "wrong", "missed"),
    [
        ({"examples_n": 500}, {}, {"examples_n": 500}, (), ()),
        ({"examples_n": 500}, {}, {"examples_n": 400}, ("examples_n",), ("examples_n",)),
        ({"examples_n": 500}, {}, {}, (), ("examples_n",)),
        ({"examples_n": {"min": 400, "max": 600}}, {}, {"examples_n": Range(min=450, max=550)}, (), ()),
        ({"examples_n": {"any_of": [0, 500]}}, {}, {"examples_n": 500}, (), ()),
        ({"languages": ["de", "fr"]}, {}, {"languages": ("de", "fr")}, (), ()),
        ({"languages": ["de"]}, {}, {"languages": ("fr",)}, ("languages",), ("languages",)),
        ({}, {"data_quality": "curated"}, {"data_quality": "curated"}, (), ()),
        ({}, {}, {"data_quality": "curated"}, ("data_quality",), ()),
        ({}, {}, {"data_quality": None}, (), ()),
    ],
)
def test_a_reply_is_right_when_all_is_read_and_nothing_made_up(
    expected: dict[str, Any],
    also_ok: dict[str, Any],
    stated: dict[str, object],
    wrong: tuple[str, ...],
    missed: tuple[str, ...],
) -> None:
    result = judge_stated(reply(expected=expected, also_ok=also_ok), stated)
    assert (result.wrong, result.missed) == (wrong, missed)
    assert result.is_right is not bool(wrong or missed)


def test_a_reply_that_states_nothing_is_right_when_nothing_is_read() -> None:
    case = reply(reply="one moment please", unparseable=True)
    assert judge_stated(case, {}).is_right
    assert not judge_stated(case, {"examples_n": 3}).is_right


def test_the_words_of_a_question_count_before_its_number() -> None:
    assert question_of(reply(question="Q99")) is None
    asked = "Which model is it? Where must it run?"
    numbered_otherwise = question_of(reply(question="Q3", asked=asked))
    assert numbered_otherwise is not None
    assert numbered_otherwise.id == "Q9"
    unlike_any = question_of(reply(question="Q3", asked="Qué tal?"))
    assert unlike_any is not None
    assert unlike_any.id == "Q3"


def test_baselines_answer_from_the_examples_alone() -> None:
    situations = [
        Situation(id="1", text="the search finds the wrong page", facts={}, expected="RAG"),
        Situation(id="2", text="the retrieval misses documents", facts={}, expected="RAG"),
        Situation(id="3", text="it sounds rude to customers", facts={}, expected="FINE_TUNE_SFT"),
    ]
    replies = [LabelledReply(id="1", question="Q5", reply="five hundred", expected={"examples_n": 500})]
    baselines = Baselines(situations, replies)
    rude = DecisionCase(id="d", text="answers are rude", expected="FINE_TUNE_SFT", acceptable=("RAG",))
    assert baselines.usual_advice == "RAG"
    assert (baselines.same_advice(rude), baselines.nearest_advice(rude)) == (0.5, 1)
    assert baselines.nearest_reply(reply(expected={"examples_n": 500})) == 1
    assert baselines.nearest_reply(reply(question="Q3", expected={"examples_n": 500})) == 0
    assert baselines.nothing_read(reply(expected={"examples_n": 500})) == 0
    assert baselines.nothing_read(reply(unparseable=True)) == 1


def remark(**row: Any) -> RemarkCase:
    told = {"goal_kind": "style_tone", "gap": "behaviour", "examples_n": 400, "tried_prompting": "quick"}
    return RemarkCase.model_validate({"id": "r", "told": told, "remark": "well", **row})


def test_a_remark_is_judged_like_a_reply() -> None:
    case = remark(expected={"baseline_score": 0.8}, also_ok={"satisfied": True})
    assert judge_stated(case, {"baseline_score": 0.8, "satisfied": True}).is_right
    assert judge_stated(case, {"examples_n": 3}).wrong == ("examples_n",)


def test_the_advice_after_a_remark_is_that_of_all_that_is_so_then() -> None:
    kept, turned = remark(), remark(expected={"tried_few_shot": True})
    assert advice_after(kept) != advice_after(turned)


def test_contentment_ends_the_problem_that_was_told_before_it() -> None:
    assert advice_after(remark(expected={"satisfied": True})) == "NO_CHANGE"


def test_another_case_is_judged_by_what_is_told_of_it_alone() -> None:
    another = remark(wants="new", expected={"failure_mode": "retrieval_miss"})
    assert advice_after(another) == advice_after(remark(told={}, expected={"failure_mode": "retrieval_miss"}))


@pytest.mark.parametrize(
    ("wants", "heard_as", "is_meant"),
    [
        ("why", "why", True),
        ("why", "", False),
        ("aside", "", True),
        ("aside", "aside", True),
        ("", "aside", True),
        ("aside", "why", False),
    ],
)
def test_what_is_wanted_is_heard_or_not(wants: Any, heard_as: Any, *, is_meant: bool) -> None:
    stated = judge_stated(remark(), {})
    result = RemarkResult(stated, is_same_advice=True, wants=wants, heard_as=heard_as)
    assert result.is_heard_as_meant is is_meant


def test_the_nearest_remark_is_read_as_its_label_says() -> None:
    told = [
        LabelledRemark(id="1", remark="the lawyers said no", expected={"data_rights": "restricted"}),
        LabelledRemark(id="2", remark="we scored it at eighty", expected={"baseline_score": 0.8}),
    ]
    baselines = Baselines(situations=(), replies=(), remarks=told)
    assert (
        baselines.nearest_remark(remark(remark="our lawyers say no", expected={"data_rights": "restricted"}))
        == 1
    )
    assert baselines.nearest_remark(remark(remark="our lawyers say no", expected={})) == 0


def test_what_a_failure_implies_is_no_news() -> None:
    told = remark(expected={"failure_mode": "too_slow"})
    assert not is_news("gap", "cost_latency", told)
    assert not is_news("gap", "behaviour", told), "it was known before"
    assert is_news("gap", "knowledge", told)
    assert is_news("failure_mode", "too_slow", told)
    assert not is_news("examples_n", 400, told)
    assert is_news("examples_n", 400, remark(expected={"examples_n": 400}))
