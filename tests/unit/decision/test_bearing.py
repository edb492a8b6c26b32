from __future__ import annotations

from hypothesis import given

from bot.decision.bearing import find_bearing
from bot.decision.facts import Facts
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.recommendation import recommend
from tests.unit.decision.strategies import facts as any_facts


def hangs_on(**facts: object) -> tuple[set[str], set[str]]:
    known = Facts.model_validate({"intent": "decision", **facts})
    bearing = find_bearing(known, facts)
    return set(bearing.rule), set(bearing.gate)


def test_the_answer_hangs_on_what_is_wrong_and_not_on_who_asks() -> None:
    assert hangs_on(failure_mode="wrong_facts", team_ml="strong") == ({"failure_mode"}, set())


def test_what_is_missing_and_how_it_fails_are_said_together() -> None:
    assert hangs_on(failure_mode="wrong_facts", gap="knowledge") == ({"failure_mode", "gap"}, set())


def test_a_requirement_hangs_on_what_makes_it_fail() -> None:
    rule, gate = hangs_on(
        failure_mode="inconsistent_style",
        goal_kind="style_tone",
        examples_n=600,
        eval_set_n=0,
        tried_prompting="systematic",
        data_rights="ok",
    )
    assert gate == {"eval_set_n"}
    assert "examples_n" in rule
    assert "eval_set_n" not in rule


def test_what_nobody_read_bears_on_nothing() -> None:
    assert hangs_on(failure_mode="wrong_facts", volume="low", domain="general")[0] == {"failure_mode"}


@given(any_facts())
def test_without_what_it_hangs_on_the_answer_is_another(facts: Facts) -> None:
    now = recommend(facts)
    bearing = find_bearing(facts, [name for name in facts.known() if name != "conflicts"])
    for name in bearing.rule | bearing.gate:
        unknown = {name: None}
        if name in ("gap", "failure_mode") and GAP_OF_FAILURE.get(facts.failure_mode or "") == facts.gap:
            unknown = {"gap": None, "failure_mode": None}
        then = recommend(facts.with_values(unknown))
        assert (then.rule, then.gate) != (now.rule, now.gate)
