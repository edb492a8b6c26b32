"""A rule's reasons hold in every case in which the rule does, not only in the one that comes to mind."""

from __future__ import annotations

import pytest

from bot.decision.facts import Facts, FactValue
from bot.decision.recommendation import recommend

STRONGER_PASSES = {"gap": "behaviour", "teacher_ok": True, "small_model_ok": False}
WELL_PROMPTED = {"gap": "behaviour", "tried_prompting": "systematic", "tried_few_shot": True}
RETRIEVES = {"gap": "knowledge", "tried_rag": True}


@pytest.mark.parametrize(
    ("rule", "facts", "unsaid"),
    [
        ("D4b", {"gap": "behaviour", "tried_finetune": "worse"}, "changes little"),
        (
            "D7b",
            {"gap": "format", "failure_mode": "invalid_format", "tried_structured": True},
            "not been worked",
        ),
        ("D8", {"gap": "cost_latency", "tried_caching": False}, "same long text"),
        ("D9", {"gap": "capability", "teacher_ok": True, "hosting": "edge"}, "examples"),
        ("D9d", {**STRONGER_PASSES, "labels_on_demand": True}, "cannot serve"),
        ("D9e", {**STRONGER_PASSES, "latency_budget_ms": 200}, "was named against it"),
        ("D11c", {"gap": "knowledge", "corpus_tokens": 90_000}, "prompt and changes slowly"),
        ("D11e", {**RETRIEVES, "failure_mode": "wrong_facts"}, "The right passage does not reach"),
        ("D11g", {"gap": "both", "tried_rag": True, "failure_mode": "retrieval_miss"}, "passages arrive"),
        (
            "D12e",
            {**WELL_PROMPTED, "goal_kind": "extraction", "examples_n": 60},
            "job on machines of your own",
        ),
        ("D12j", WELL_PROMPTED, "there are too few"),
    ],
)
def test_no_reason_says_what_nobody_did(rule: str, facts: dict[str, FactValue], unsaid: str) -> None:
    more = {"D7b": {"tried_prompting": "quick"}, "D9": {"grader": "programmatic"}}.get(rule, {})
    recommendation = recommend(Facts.model_validate({"intent": "decision", **facts, **more}))
    assert recommendation.rule.id == rule
    assert unsaid not in " ".join(because.text for because in recommendation.because)
