"""What can go wrong with an outcome, and what it takes once it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import recommend
from bot.decision.risks import OVER_PEOPLE, RISKS, UNTESTED, find_risks
from bot.decision.rules import Because
from bot.decision.upkeep import OWNER, UPKEEP, find_upkeep
from knowledge.glossary import load_glossary
from tests.unit.decision.situations import GATE_CASES, RULE_CASES

GLOSSARY = Path(__file__).parents[3] / "knowledge" / "glossary"
NO_WORK = {Option.ASK, Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE}
STYLE = Facts(
    goal_kind="style_tone", gap="behaviour", tried_prompting="systematic", tried_few_shot=True, examples_n=400
)
TUNED = STYLE.with_values({"eval_set_n": 100, "base_tunable": "yes"})
KNOWLEDGE = Facts(goal_kind="knowledge_qa", gap="knowledge", knowledge_change="daily")


def _all_risks() -> Iterator[Because]:
    yield from chain.from_iterable(RISKS.values())
    yield from (UNTESTED, OVER_PEOPLE)


def _situations() -> Iterator[Facts]:
    yield from (Facts.model_validate(case.facts) for case in RULE_CASES)
    yield from (Facts.model_validate(case.facts) for case in GATE_CASES)


def test_every_outcome_that_is_work_has_its_risks() -> None:
    assert set(RISKS) == set(Option) - NO_WORK
    assert set(UPKEEP) == set(Option) - NO_WORK - {Option.NO_CHANGE, Option.EVALS_DATA_FIRST}


def test_every_risk_names_a_term_and_sources_of_ours() -> None:
    terms = {term.slug: {source.id for source in term.sources} for term in load_glossary(GLOSSARY)}
    for risk in _all_risks():
        assert set(risk.sources) <= terms[risk.term], risk.text


def test_all_that_is_told_is_whole_sentences() -> None:
    for facts in _situations():
        recommendation = recommend(facts)
        told = [*find_risks(recommendation, facts), *find_upkeep(recommendation, facts)]
        for sentence in told:
            assert re.fullmatch(r"[A-Z].*[a-z%0-9]\.", sentence), sentence
            assert not re.search(r"[{}]|  |None", sentence), sentence
        assert len(told) == len(set(told))


def test_what_can_go_wrong_is_told_of_the_first_step_and_of_the_training_behind_it() -> None:
    recommendation = recommend(STYLE.with_values({"eval_set_n": 0}))
    assert recommendation.option not in TRAINING
    assert recommendation.direction in TRAINING
    told = " ".join(find_risks(recommendation, STYLE))
    assert RISKS[recommendation.option][0].text in told
    assert "lose other skills" in told


def test_what_does_not_hold_here_is_not_told() -> None:
    own = TUNED.with_values({"hosting": "on_prem", "data_quality": "curated"})
    told = " ".join(find_risks(recommend(own), own))
    assert "ends with its base model" not in told
    assert "learns the mistakes" not in told
    assert UNTESTED.text not in told
    assert UNTESTED.text in set(find_risks(recommend(KNOWLEDGE), KNOWLEDGE))


@pytest.mark.parametrize("about_people", [True, False, None])
def test_that_it_decides_about_people_is_a_risk(*, about_people: bool | None) -> None:
    facts = TUNED.with_values({"about_people": about_people})
    assert (OVER_PEOPLE.text in set(find_risks(recommend(facts), facts))) == (about_people is True)


def test_upkeep_takes_up_what_is_known() -> None:
    known = TUNED.with_values({"target_score": 0.9, "base_retire_days": 90})
    told = list(find_upkeep(recommend(known), known))
    assert told[0].startswith("Score it on your 100 test cases every month")
    assert told[-1].startswith(
        "Ask me again when it scores below 90%, and before the base model retires, which is in 90 days"
    )
    assert OWNER in told
    daily = list(find_upkeep(recommend(KNOWLEDGE), KNOWLEDGE))
    assert any("yours changes all the time" in sentence for sentence in daily)
