from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.policy import POLICY_VERSION
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.record import DecisionRecord, Revision, RuleOutcome
from bot.replay import replay
from tests.integration.stores.examples import a_record
from tests.unit.decision.strategies import statements

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _revision(said: tuple[Statement, ...], asked: tuple[str, ...] = ()) -> Revision:
    """What is recorded when the policy is applied to these statements today."""
    understanding = settle_carefully(keep_conflicts_that_matter(understand(said)), asked)
    answer = recommend(understanding.facts)
    return Revision(
        at=NOW,
        message_id="m1",
        policy_version=answer.policy_version,
        glossary_version="g",
        statements=said,
        rules_tested=tuple(RuleOutcome(rule=rule, fired=fired) for rule, fired in answer.tested),
        rule=answer.rule.id,
        gate=answer.gate.id if answer.gate else None,
        direction=answer.direction,
        option=answer.option,
        headline=answer.headline,
        rationale=(),
        consequences=(),
        conditions=answer.conditions,
        considered_options=(),
        thresholds=dict(answer.thresholds),
        confidence="medium",
        is_provisional=False,
        passages=(),
        asked=asked,
    )


def _recorded(*revisions: Revision) -> DecisionRecord:
    return a_record().model_copy(update={"revisions": revisions})


def _said(**values: Any) -> tuple[Statement, ...]:
    return tuple(Statement(fact=fact, value=value, quote="") for fact, value in values.items())


@settings(deadline=None)
@given(
    st.lists(statements(), max_size=10).map(tuple),
    st.sampled_from(((), ("Q1",), ("conflict:gap", "conflict:tried_rag"))),
)
def test_what_is_recorded_today_is_derived_again_from_what_is_stored(
    said: tuple[Statement, ...], asked: tuple[str, ...]
) -> None:
    stored = _recorded(_revision(said, asked)).model_dump_json()
    (again,) = replay(DecisionRecord.model_validate_json(stored))
    assert again.outcome == "same"


def test_each_recommendation_of_a_record_is_derived_by_itself() -> None:
    first = _revision(_said(gap="knowledge"))
    second = _revision(_said(gap="knowledge", corpus_tokens=40_000))
    results = replay(_recorded(first, second))
    assert [(result.revision, result.outcome, result.explanation) for result in results] == [
        (1, "same", "RAG by D11d"),
        (2, "same", "LONG_CONTEXT_CACHE by D11c"),
    ]
    assert {result.decision_id for result in results} == {"D-0000000001"}


@pytest.mark.parametrize(
    "tampered",
    [
        {"option": "FINE_TUNE_SFT"},
        {"direction": "FINE_TUNE_SFT"},
        {"rule": "D12e"},
        {"gate": "G6"},
        {"statements": _said(gap="format")},
    ],
)
def test_a_record_that_was_tampered_with_is_noticed(tampered: dict[str, Any]) -> None:
    revision = _revision(_said(gap="knowledge")).model_copy(update=tampered)
    (result,) = replay(_recorded(revision))
    assert result.outcome == "different"
    assert "derived" in result.explanation


def test_an_outcome_of_another_policy_is_reported_as_it_was_recorded() -> None:
    revision = _revision(_said(gap="both", examples_n=400, tried_prompting="quick"))
    (result,) = replay(_recorded(revision.model_copy(update={"policy_version": "2020-01-01.1"})))
    assert result.as_json() == {
        "decision_id": "D-0000000001",
        "revision": 1,
        "outcome": "other_version",
        "explanation": "made by policy 2020-01-01.1, which this program no longer has; recorded: "
        "IMPROVE_PROMPT because of D11b, G4",
    }
    assert POLICY_VERSION != "2020-01-01.1"
