from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.decision.conditions import ALWAYS
from bot.decision.facts import FACT_NAMES, Facts
from bot.decision.gates import Gate
from bot.decision.options import SHORT_NAMES, Option
from bot.decision.policy import POLICY_VERSION, RULES
from bot.decision.policy.gates import GATES, NEEDED
from bot.decision.readiness import check_readiness
from bot.decision.recommendation import recommend
from bot.decision.rules import Because, Rule
from bot.decision.thresholds import READ_ON, THRESHOLDS
from knowledge.glossary_file import read_term_file
from knowledge.providers import load_providers
from tests.unit.decision.phrases import usual_words
from tests.unit.decision.situations import GATE_CASES, RULE_CASES, TUNED_HABIT, GateCase, RuleCase

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
TERMS = tuple(read_term_file(path) for path in sorted((KNOWLEDGE / "glossary").glob("*.md")))
CITED_ELSEWHERE = frozenset(
    {
        "ANT-03",
        "ANT-04",
        "GOO-03",
        "LAW-02",
        "META-02",
        "META-03",
        "MS-02",
        "OAI-03",
        "OAI-04",
        "PAP-20",
        "PAP-21",
    }
)
"""Evidence ids that only rules and thresholds name, not a glossary entry or the provider table."""
REQUIRED_BY_EACH_RULE_THAT_LEADS_TO_IT = "G8"
"""No direction leads to this gate's failure: each rule that fine-tunes asks for the examples itself."""


def _reasons() -> Iterator[tuple[str, Because]]:
    for rule in RULES:
        yield from ((rule.id, because) for because in rule.because)
    for gate in GATES:
        yield gate.id, gate.because


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: case.rule)
def test_rule_decides_the_situation_it_was_written_for(case: RuleCase) -> None:
    recommendation = recommend(case.facts)
    assert (recommendation.rule.id, recommendation.direction) == (case.rule, case.option)


@pytest.mark.parametrize("case", GATE_CASES, ids=lambda case: f"{case.gate} {case.direction}")
def test_gate_that_is_known_to_fail_says_what_comes_first(case: GateCase) -> None:
    recommendation = recommend(case.facts)
    assert recommendation.gate is not None
    decided = (recommendation.gate.id, recommendation.direction, recommendation.option)
    assert decided == (case.gate, case.direction, case.option)


def test_every_rule_and_every_gate_has_a_situation() -> None:
    assert {case.rule for case in RULE_CASES} == {rule.id for rule in RULES}
    gates = {gate.id for gate in GATES}
    assert {case.gate for case in GATE_CASES} == gates - {REQUIRED_BY_EACH_RULE_THAT_LEADS_TO_IT}


def test_fine_tuning_asks_for_a_pilots_worth_of_examples_wherever_it_comes_from() -> None:
    too_few = Facts.model_validate({**TUNED_HABIT, "examples_n": 49})
    readiness = check_readiness(too_few, Option.FINE_TUNE_SFT)
    assert readiness.failed is not None
    assert readiness.failed.id == REQUIRED_BY_EACH_RULE_THAT_LEADS_TO_IT


def test_ids_are_unique() -> None:
    for ids in ([r.id for r in RULES], [g.id for g in GATES], [t.id for t in THRESHOLDS]):
        assert len(set(ids)) == len(ids)


def test_the_last_rule_always_holds_and_no_other_does() -> None:
    assert RULES[-1].when is ALWAYS
    assert not [rule.id for rule in RULES[:-1] if not rule.when.reads]


def test_every_option_is_reached_by_some_situation() -> None:
    situations = [*(case.facts for case in RULE_CASES), *(case.facts for case in GATE_CASES)]
    assert {recommend(facts).option for facts in situations} == set(Option)
    assert set(SHORT_NAMES) == set(Option)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_says_what_it_is_why_and_where_to_begin(rule: Rule) -> None:
    assert usual_words(rule.headline)
    assert usual_words(rule.first_step).endswith(".")
    assert len(rule.because) >= 2 or (rule.id.startswith("D0") and not rule.because)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.id)
def test_gate_says_what_it_is_why_and_where_to_begin(gate: Gate) -> None:
    assert usual_words(gate.headline)
    assert usual_words(gate.first_step).endswith(".")
    assert gate.sources
    assert bool(gate.condition) == bool(gate.unless_known)
    assert set(gate.unless_known) <= set(FACT_NAMES)


def test_every_reason_is_supported_by_a_glossary_entry() -> None:
    slugs = {term.slug for term in TERMS}
    assert [(id_, because.term) for id_, because in _reasons() if because.term not in slugs] == []


def test_what_a_reason_names_as_its_evidence_is_cited_by_the_entry_that_supports_it() -> None:
    cited = {term.slug: {source.id for source in term.sources} for term in TERMS}
    named = [(id_, because) for id_, because in _reasons() if because.sources]
    assert named
    assert [id_ for id_, because in named if not set(because.sources) <= cited[because.term]] == []


def test_every_rule_about_money_or_work_names_its_evidence() -> None:
    without = {rule.id for rule in RULES if not rule.sources}
    assert without == {"D0", "D0b", "D0c", "D2"}
    assert {threshold.kind for threshold in THRESHOLDS if not threshold.sources} <= {"house"}


def test_every_evidence_id_is_known_to_the_glossary_or_the_provider_table() -> None:
    cited = {source.id for term in TERMS for source in term.sources}
    cited |= {model.evidence for model in load_providers(KNOWLEDGE / "providers.yaml").models}
    sources = [*(r.sources for r in RULES), *(g.sources for g in GATES), *(t.sources for t in THRESHOLDS)]
    sources += [because.sources for _, because in _reasons()]
    named = {id_ for ids in sources for id_ in ids}
    assert named - cited == CITED_ELSEWHERE


def test_rules_compare_with_listed_thresholds_and_every_listed_threshold_is_compared_with() -> None:
    compared = {threshold for rule in RULES for threshold in rule.when.compares}
    compared |= {threshold for gate in GATES for threshold in gate.fails_when.compares}
    compared |= set(NEEDED.values())
    assert compared == set(THRESHOLDS)


def test_the_version_begins_with_the_day_on_which_the_sources_were_read() -> None:
    assert date.fromisoformat(POLICY_VERSION.split(".")[0]) == READ_ON
