from __future__ import annotations

import pytest
from hypothesis import given

from bot.decision import recommendation as module
from bot.decision.facts import Facts, Range
from bot.decision.gates import Gate
from bot.decision.options import TRAINING, Option
from bot.decision.policy import POLICY_VERSION, RULES
from bot.decision.policy.gates import GATES
from bot.decision.readiness import check_readiness, confirmable, confirmation_of
from bot.decision.recommendation import (
    Recommendation,
    recommend,
)
from tests.unit.decision.situations import TUNED_HABIT
from tests.unit.decision.strategies import facts


def _for(**known: object) -> Recommendation:
    return recommend(Facts.model_validate(known))


def _for_tuned_habit(**changes: object) -> Recommendation:
    return _for(**{**TUNED_HABIT, **changes})


@given(facts())
def test_every_situation_has_exactly_one_answer_and_always_the_same(known: Facts) -> None:
    first, second = recommend(known), recommend(Facts.model_validate_json(known.model_dump_json()))
    assert first == second
    assert first.rule in RULES
    assert first.gate is None or first.gate in GATES


@given(facts())
def test_the_trace_names_every_rule_up_to_the_deciding_one_and_nothing_after_a_failed_gate(
    known: Facts,
) -> None:
    answer = recommend(known)
    rules = [rule.id for rule in RULES]
    expected = [(id_, False) for id_ in rules[: rules.index(answer.rule.id)]] + [(answer.rule.id, True)]
    assert list(answer.tested[: len(expected)]) == expected
    gates = answer.tested[len(expected) :]
    assert [id_ for id_, failed in gates if failed] == ([answer.gate.id] if answer.gate else [])
    assert not answer.gate or gates[-1] == (answer.gate.id, True)


@given(facts())
def test_advice_always_has_two_to_four_reasons(known: Facts) -> None:
    answer = recommend(known)
    if answer.direction not in (Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE):
        assert 2 <= len({because.text for because in answer.because}) == len(answer.because) <= 4


@given(facts())
def test_nothing_is_assumed_about_a_known_fact(known: Facts) -> None:
    assert not set(recommend(known).assumed) & set(known.known())


@given(facts())
def test_a_direction_is_kept_unless_a_requirement_of_it_is_known_to_fail(known: Facts) -> None:
    answer = recommend(known)
    if answer.gate is None:
        assert answer.option is answer.direction
    else:
        assert answer.direction in answer.gate.applies_to
        assert answer.conditions == ()
        assert answer.option not in TRAINING


def test_without_a_failed_gate_the_rule_speaks() -> None:
    answer = _for_tuned_habit()
    assert answer.headline == "Fine-tune: you have the examples for it"
    assert answer.first_step.startswith("Keep your 120 test cases out of training")
    assert [one.text for one in answer.because] == [
        "Consistent behaviour is what tuning teaches well, and you have enough reviewed examples.",
        "The gain has to show on cases that the tuning never saw.",
    ]
    assert answer.sources == answer.rule.sources
    assert answer.policy_version == POLICY_VERSION


def test_a_failed_gate_speaks_first_and_says_where_it_leads() -> None:
    answer = _for_tuned_habit(eval_set_n=20)
    assert answer.headline == "Enlarge the test set first"
    assert answer.first_step.startswith("Add real cases to your 20 until there are 50")
    assert answer.next_steps == ("Fine-tune: you have the examples for it.",)
    assert answer.because[1:] == _for_tuned_habit().because
    assert answer.sources == ("OAI-05", "PRA-02", "OAI-02", "MS-05", "GOO-01")


def test_where_training_is_forbidden_it_does_not_follow_afterwards() -> None:
    answer = _for_tuned_habit(data_rights="restricted")
    assert answer.gate is not None
    assert answer.gate.id == "G1"
    assert answer.next_steps == ()


def test_the_numbers_and_facts_that_decided_are_named() -> None:
    answer = _for_tuned_habit(eval_set_n=20)
    assert answer.thresholds == {"T4": 300, "T2": 50, "T10": 50}
    assert _for_tuned_habit().thresholds == {"T4": 300, "T2": 50}
    assert answer.reads == {
        "examples_n",
        "labels_on_demand",
        "examples_at_hand",
        "data_quality",
        "goal_kind",
        "tried_prompting",
        "eval_set_n",
    }


def test_what_chose_the_step_before_a_shut_gate_is_named_too() -> None:
    answer = _for_tuned_habit(tried_few_shot=None, data_rights="restricted")
    assert answer.option is Option.FEW_SHOT
    assert {"data_rights", "tried_rag", "tried_few_shot"} <= answer.reads
    assert "tried_models" not in answer.reads, "nothing after the step that was chosen was compared"
    answer = _for_tuned_habit(data_rights="restricted")
    assert answer.option is Option.SWITCH_MODEL
    assert "tried_models" in answer.reads


def test_what_is_unknown_about_a_direction_becomes_a_condition_on_the_answer() -> None:
    assert _for_tuned_habit().conditions == ()
    assert _for_tuned_habit(data_rights=None, base_tunable="unknown", eval_set_n=None).conditions == (
        "you have the right to train on this data",
        "the base model can be tuned and stays available for six months or more",
        "you have a test set of 50 cases or more that training never sees",
    )


def test_what_the_rule_took_for_granted_is_said() -> None:
    assert _for(gap="knowledge").assumed == {"tried_rag": False}
    assert _for(gap="knowledge", tried_rag=False).assumed == {}


@pytest.mark.parametrize(
    ("known", "cautions"),
    [
        ({"gap": "knowledge"}, ()),
        (TUNED_HABIT, ("Compare", "Repeat", "Check tasks", "Write down")),
        ({**TUNED_HABIT, "regulated": True}, ("Compare", "Repeat", "Check tasks", "Write down", "In the EU")),
        ({**TUNED_HABIT, "hosting": "on_prem"}, ("Compare", "Repeat", "Check tasks")),
        ({**TUNED_HABIT, "goal_kind": "extraction"}, ("Compare", "Write down")),
        ({**TUNED_HABIT, "eval_set_n": 20}, ()),
        ({**TUNED_HABIT, "base_tunable": "no"}, ()),
        (
            {"gap": "cost_latency", "volume": "high", "teacher_ok": True},
            ("Compare", "Repeat", "Check tasks", "Write down", "Check that the terms of the teacher"),
        ),
    ],
)
def test_training_comes_with_the_cautions_that_concern_them(
    known: dict[str, object], cautions: tuple[str, ...]
) -> None:
    said = _for(**known).cautions
    assert len(said) == len(cautions)
    assert all(text.startswith(begins) for text, begins in zip(said, cautions, strict=True))


def test_a_model_that_retires_is_planned_for_whatever_else_is_advised() -> None:
    facts_missing = {"failure_mode": "wrong_facts", "base_retire_days": 44}
    (caution,) = _for(**facts_missing).cautions
    assert caution.startswith(
        "The model that you use retires in 44 days: run twenty real cases on its successor"
    )
    assert "run your 80 test cases on its successor" in _for(**facts_missing, eval_set_n=80).cautions[0]
    assert _for(**{**facts_missing, "base_retire_days": 400}).cautions == ()
    assert _for(satisfied=True, base_retire_days=44).cautions == ()  # to move is the advice


def test_what_is_right_as_often_as_people_agree_is_left_as_it_is() -> None:
    sorting = {"goal_kind": "classification", "examples_n": 3_200, "agreement": 0.9}
    left = _for(**sorting, baseline_score=0.89)
    assert left.option is Option.NO_CHANGE
    assert left.because[0].text.startswith("It is right about as often as people agree")
    assert len(left.cautions) == 1
    assert _for(**sorting, baseline_score=0.88).option is Option.CLASSICAL_ML
    complained = _for(**sorting, baseline_score=0.89, failure_mode="weak_reasoning")
    assert complained.option is not Option.NO_CHANGE


def test_on_their_own_machines_a_strong_model_is_distilled_when_there_are_examples() -> None:
    weak = {"gap": "capability", "hosting": "air_gapped"}
    assert _for(**weak).option is Option.SWITCH_MODEL
    assert _for(**weak, teacher_ok=True).option is Option.SWITCH_MODEL
    assert _for(**weak, teacher_ok=True, examples_at_hand=True).option is Option.DISTIL


def test_examples_that_nobody_counted_are_taken_for_some_hundreds_and_that_is_shown() -> None:
    answer = _for(goal_kind="extraction", gap="behaviour", examples_at_hand=True)
    assert answer.direction is Option.FINE_TUNE_SFT
    assert answer.assumed == {"examples_n": Range(min=300)}


def test_a_small_model_that_passes_needs_no_distilling() -> None:
    tried = {"gap": "cost_latency", "tried_small_model": True}
    assert _for(**tried).option is Option.DISTIL
    assert _for(**tried, small_model_ok=False).option is Option.DISTIL
    assert _for(**tried, small_model_ok=True).option is Option.SWITCH_MODEL


def test_rules_without_a_last_resort_fail_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RULES", RULES[:1])
    with pytest.raises(AssertionError, match="the last rule always holds"):
        recommend(Facts())


def test_nobody_who_misses_a_stated_need_is_told_to_leave_it_as_it_is() -> None:
    assert _for(satisfied=True, goal_kind="extraction").rule.id == "D3c"
    assert _for(satisfied=True, goal_kind="extraction", target_score=0.9).rule.id == "D3c"
    missed = _for(satisfied=True, goal_kind="extraction", baseline_score=0.8, target_score=0.9)
    assert missed.rule.id != "D3c"
    assert _for(teacher_ok=True, goal_kind="extraction", target_score=0.9).rule.id != "D3c"


_ASKED = [(gate, direction) for gate in GATES if gate.confirmation for direction in sorted(gate.applies_to)]


@pytest.mark.parametrize(("gate", "direction"), _ASKED)
def test_a_plain_yes_settles_a_condition_and_a_plain_no_fails_its_requirement(
    gate: Gate, direction: Option
) -> None:
    tap = confirmation_of(gate.id)
    assert tap is not None
    assert tap.fact in gate.unless_known
    unknown = Facts(gap="behaviour", tried_prompting="systematic")
    confirmed = check_readiness(unknown.with_values({tap.fact: tap.yes}), direction)
    assert gate.condition not in confirmed.conditions
    assert (gate.id, True) not in confirmed.tested
    denied = check_readiness(unknown.with_values({tap.fact: tap.no}), direction)
    assert denied.failed is not None
    assert denied.failed.id == gate.id
    assert confirmable([gate.condition]) == (gate,)


def test_what_a_no_could_mean_in_two_ways_is_not_asked_with_one_tap() -> None:
    assert {gate.id for gate in GATES if gate.condition and not gate.confirmation} == {"G2", "G4", "G8c"}
    assert confirmation_of("G2") is None
    assert confirmation_of("no such gate") is None


def test_sorting_needs_no_model_that_cannot_be_tuned_or_does_not_stay() -> None:
    sorts = {"goal_kind": "classification", "examples_n": 1200, "tried_prompting": "systematic"}
    assert _for(**sorts).rule.id == "D10"
    for out in ({"base_tunable": "no"}, {"base_tunable": "yes", "base_retire_days": 40}):
        answer = _for(**sorts, **out)
        assert (answer.rule.id, answer.gate) == ("D10b", None)
        assert _for(**sorts, **out, tried_finetune="worked").option is Option.SWITCH_MODEL
        assert _for(**sorts, **out, label_count=200, tried_few_shot=True).option is Option.SWITCH_MODEL


def test_a_search_that_misses_is_repaired_however_live_its_index_is() -> None:
    live = {"goal_kind": "knowledge_qa", "needs_live_data": True, "failure_mode": "retrieval_miss"}
    assert _for(**live).rule.id == "D5"
    assert _for(**live, tried_rag=True).rule.id == "D11e"


def test_who_has_not_tried_the_cheap_step_is_not_sent_to_another_model() -> None:
    checked = {"goal_kind": "tool_use", "gap": "behaviour", "grader": "programmatic", "base_tunable": "no"}
    agent = _for(**checked)
    assert (agent.gate and agent.gate.id, agent.option) == ("G14", Option.IMPROVE_PROMPT)
    assert "tools" in agent.headline
    assert agent.next_steps[0].startswith("If that falls short, tune")
    worked_on = _for(**checked, tried_prompting="systematic")
    assert (worked_on.gate and worked_on.gate.id) == "G2"
    assert worked_on.next_steps[0].startswith("If it falls short as it is, tune")


def test_a_step_before_training_is_argued_for_and_the_training_after_it() -> None:
    answer = _for(goal_kind="style_tone", gap="behaviour", examples_n=900, base_tunable="no")
    assert answer.gate
    assert answer.gate.id == "G13"
    first, second, third = (one.text for one in answer.because)
    assert "cannot be tuned" in first
    assert "can be undone" in second
    assert "tuning teaches well" in third


def test_a_corrected_field_is_a_label_and_no_preference() -> None:
    clerks = {"gap": "behaviour", "feedback_kind": "unpaired", "examples_n": 2500, "tried_few_shot": True}
    assert _for(goal_kind="extraction", **clerks).option is Option.FINE_TUNE_SFT
    assert _for(goal_kind="style_tone", **clerks).option is Option.PREFERENCE_TUNE


def test_what_does_not_pass_teaches_nobody() -> None:
    neither = {"gap": "cost_latency", "teacher_ok": False, "tried_small_model": True, "small_model_ok": False}
    assert _for(**neither, volume="high").rule.id == "D8j"
    assert _for(gap="cost_latency", teacher_ok=False).rule.id == "D8j"
    assert _for(**neither, volume="high", examples_n=400).rule.id == "D8h"
    assert "other makers" in _for(**neither).first_step
    assert "where yours must" in _for(**neither, hosting="edge").first_step


@pytest.mark.parametrize(
    "more",
    [
        {"base_fits_hosting": False},
        {"base_retire_days": 30},
        {"hosting": "on_prem"},
        {"tried_finetune": "worked"},
        {"failure_mode": "too_expensive", "tried_finetune": "worked", "gap": "cost_latency"},
        {"label_count": 340, "goal_kind": "classification"},
    ],
)
def test_who_must_leave_the_model_is_not_held_on_it(more: dict[str, object]) -> None:
    habit = {"gap": "behaviour", "goal_kind": "generation", "examples_n": 20_000, "base_tunable": "no"}
    answer = _for(**{**habit, **more})
    assert answer.gate is None or answer.gate.id not in ("G13", "G14", "G14b", "G15")


def test_verdicts_mend_no_format_and_reach_no_system() -> None:
    for gap in ("format", "interface"):
        assert _for(gap=gap, feedback_kind="unpaired").option is Option.STRUCTURED_TOOLS
