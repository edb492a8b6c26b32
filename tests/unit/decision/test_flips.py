from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision.facts import FACT_NAMES, Facts, Range, choices_of
from bot.decision.flips import CHANGEABLE, find_flip_to, find_flips
from bot.decision.options import TRAINING, Option
from bot.decision.recommendation import recommend
from bot.decision.thresholds import THRESHOLDS
from bot.decision.wording import advice_in_words
from tests.unit.decision.situations import TUNED_HABIT
from tests.unit.decision.strategies import facts


def _flips(known: dict[str, Any], limit: int = 2) -> list[tuple[str, Any, str]]:
    situation = Facts.model_validate(known)
    return [
        (flip.fact, flip.to, str(flip.option)) for flip in find_flips(situation, recommend(situation), limit)
    ]


@given(facts(), st.integers(0, 4))
def test_each_flip_really_changes_the_answer_and_there_are_never_too_many(known: Facts, limit: int) -> None:
    now = recommend(known)
    flips = find_flips(known, now, limit)
    assert len(flips) <= limit
    assert len({flip.option for flip in flips}) == len(flips)
    for flip in flips:
        then = recommend(known.with_values({flip.fact: flip.to, **flip.also}))
        assert then.option is flip.option
        assert then.option not in (now.option, Option.ASK)
        assert getattr(known, flip.fact) != flip.to


@given(facts())
def test_nobody_who_has_retrieval_by_then_is_told_to_use_it(known: Facts) -> None:
    for flip in find_flips(known, recommend(known), 4):
        then = known.with_values({flip.fact: flip.to, **flip.also})
        if then.tried_rag:
            assert "use retrieval" not in flip.text


def _within(amount: Any) -> list[Any]:
    """Return the ends of a range, and what lies around every threshold inside it."""
    if not isinstance(amount, Range):
        return [amount]
    low, high = amount.min or 0, amount.max if amount.max is not None else 10**9
    near = (at + step for at in (0, 1, *(t.value for t in THRESHOLDS)) for step in (-1, 0, 1))
    return [low, high, *(at for at in near if low <= at <= high)]


@given(facts(), st.data())
def test_a_flip_holds_for_every_amount_that_it_names(known: Facts, data: st.DataObject) -> None:
    for flip in find_flips(known, recommend(known), 4):
        changes = {
            fact: data.draw(st.sampled_from(_within(to)))
            for fact, to in [(flip.fact, flip.to), *flip.also.items()]
        }
        assert recommend(known.with_values(changes)).option is flip.option


@pytest.mark.parametrize(
    ("known", "fact", "to"),
    [
        (
            {"goal_kind": "classification", "tried_few_shot": True, "eval_set_n": 90},
            "examples_n",
            Range(min=100),
        ),
        ({"gap": "knowledge", "tried_rag": False}, "corpus_tokens", Range(max=200_000)),
    ],
)
def test_an_open_range_stays_open_where_nothing_else_follows(
    known: dict[str, Any], fact: str, to: Range
) -> None:
    assert (fact, to) in [flip[:2] for flip in _flips(known, 9)]


@pytest.mark.parametrize(
    ("known", "nearest"),
    [
        (
            {"gap": "behaviour", "tried_prompting": "none"},
            [("tried_prompting", "systematic", "FEW_SHOT")],
        ),
        (
            {**TUNED_HABIT, "eval_set_n": 20},
            [("eval_set_n", Range(min=50), "FINE_TUNE_SFT")],
        ),
        (
            {"gap": "knowledge", "corpus_tokens": 60_000},
            [("tried_rag", True, "EVALS_DATA_FIRST")],
        ),
    ],
)
def test_the_facts_that_decided_are_changed_first(
    known: dict[str, Any], nearest: list[tuple[str, Any, str]]
) -> None:
    assert _flips(known)[: len(nearest)] == nearest


def test_what_a_rule_settles_for_good_has_no_flips() -> None:
    assert _flips({"intent": "abuse"}) == []


@pytest.mark.parametrize(
    ("changes", "flip"),
    [
        ({"eval_set_n": 20}, ("eval_set_n", Range(min=50), "FINE_TUNE_SFT")),
        ({"examples_n": 49}, ("examples_n", Range(min=50), "FINE_TUNE_SFT")),
    ],
)
def test_an_amount_flips_where_it_crosses_its_threshold(
    changes: dict[str, Any], flip: tuple[str, Any, str]
) -> None:
    assert flip in _flips({**TUNED_HABIT, **changes}, limit=9)


def test_an_edge_at_which_nothing_changes_yet_is_passed_over() -> None:
    checked = {"gap": "capability", "grader": "programmatic", "examples_n": 5, "eval_set_n": 90}
    flips = [flip for flip in _flips(checked, 9) if flip[0] == "examples_n"]
    assert flips == [("examples_n", Range(min=36), "PREFERENCE_TUNE")]


def test_a_flip_reads_as_a_sentence() -> None:
    known = Facts(gap="behaviour", tried_prompting="none")
    texts = [flip.text for flip in find_flips(known, recommend(known), limit=1)]
    assert texts == ["If scored versions of the prompt still fall short: I would show examples in the prompt"]


def test_what_fits_no_such_case_is_no_flip() -> None:
    counted = Facts(gap="behaviour", goal_kind="style_tone", examples_n=800, eval_set_n=90)
    assert ("data_quality", "unreviewed") not in [flip[:2] for flip in _flips(dict(counted), 20)]
    mails = Facts(goal_kind="generation", satisfied=True)
    assert "retrieval_miss" not in [flip[1] for flip in _flips(dict(mails), 20)]
    churn = Facts(goal_kind="prediction_tabular")
    assert not {"small_model_ok", "teacher_ok"} & {flip[0] for flip in _flips(dict(churn), 20)}


def test_what_is_cached_is_called_by_what_is_there() -> None:
    dear = Facts(gap="cost_latency", goal_kind="summarisation", teacher_ok=True)
    assert "If prompt caching is not on: I would cache the fixed part of the prompt" in [
        flip.text for flip in find_flips(dear, recommend(dear), limit=9)
    ]


def test_where_one_change_is_not_enough_two_are_found() -> None:
    known = Facts.model_validate({**TUNED_HABIT, "examples_n": 10, "eval_set_n": 5})
    flips = find_flips(known, recommend(known))
    assert flips[-1].text == (
        "If there are 50 or more reviewed examples, and there are 50 or more test cases: I would fine-tune"
    )
    assert not [flip for flip in find_flips(known, recommend(known), limit=9) if not flip.also]


def test_what_was_done_stays_done() -> None:
    known = Facts.model_validate({**TUNED_HABIT, "eval_set_n": 20})
    flips = find_flips(known, recommend(known), limit=9)
    assert not {"tried_prompting", "tried_few_shot"} & {flip.fact for flip in flips}


def test_what_is_complained_about_does_not_turn_into_something_else() -> None:
    known = Facts(gap="both", tried_rag=True, tried_prompting="quick")
    failures = [flip.to for flip in find_flips(known, recommend(known), 9) if flip.fact == "failure_mode"]
    assert set(failures) <= {"wrong_use_of_context", "retrieval_miss", "wrong_facts"}
    stated = known.with_values({"failure_mode": "retrieval_miss"})
    assert not {"gap", "failure_mode"} & {flip.fact for flip in find_flips(stated, recommend(stated), 9)}
    nothing = Facts()
    assert "failure_mode" in {flip.fact for flip in find_flips(nothing, recommend(nothing), 20)}


@given(facts())
def test_what_is_stated_is_not_taken_back(known: Facts) -> None:
    for flip in find_flips(known, recommend(known), 9):
        for fact, to in [(flip.fact, flip.to), *flip.also.items()]:
            now = getattr(known, fact)
            if isinstance(to, Range) and now is not None:
                assert to.min is not None
            if fact in ("data_quality", "data_rights", "corpus_tokens", "hosting", "access_control"):
                assert (
                    now is None
                    or (fact, now, to) == ("data_rights", "restricted", "ok")
                    or _is_better(now, to)
                )


def _is_better(now: Any, to: Any) -> bool:
    qualities = ("unreviewed", "mixed", "curated")
    return now in qualities and qualities.index(to) > qualities.index(now)


def test_what_cannot_be_is_no_flip() -> None:
    shown = Facts(gap="behaviour", tried_few_shot=True, eval_set_n=90)
    assert ("tried_prompting", "none") not in [flip[:2] for flip in _flips(dict(shown), 20)]
    missed = Facts(gap="knowledge", failure_mode="retrieval_miss")
    assert ("tried_rag", False) not in [flip[:2] for flip in _flips(dict(missed), 20)]
    style = Facts(gap="behaviour", goal_kind="style_tone", examples_n=800)
    assert not {"needs_live_data", "corpus_tokens"} & {flip[0] for flip in _flips(dict(style), 20)}


@pytest.mark.parametrize(
    ("known", "fact"),
    [
        (
            {"gap": "behaviour", "goal_kind": "extraction", "examples_n": 900, "eval_set_n": 90},
            "feedback_kind",
        ),
        ({"gap": "capability", "goal_kind": "generation", "grader": "programmatic"}, "feedback_kind"),
        ({"gap": "cost_latency", "goal_kind": "classification", "teacher_ok": True}, "tried_caching"),
    ],
)
def test_what_has_nothing_to_do_with_such_a_task_is_no_flip(known: dict[str, Any], fact: str) -> None:
    assert fact not in {flip[0] for flip in _flips(known, 20)}


def test_what_the_answer_names_as_its_condition_is_not_said_twice() -> None:
    known = {key: value for key, value in TUNED_HABIT.items() if key != "data_rights"}
    assert "you have the right to train on this data" in recommend(Facts.model_validate(known)).conditions
    assert "data_rights" not in {flip[0] for flip in _flips(known, 20)}


def test_only_what_such_a_task_may_lack_turns_out_to_be_wrong() -> None:
    fine = {"goal_kind": "classification", "satisfied": True}
    assert not {"wrong_facts", "retrieval_miss", "invalid_format"} & {flip[1] for flip in _flips(fine, 20)}


def test_a_tool_is_no_schema() -> None:
    known = Facts(gap="knowledge", goal_kind="knowledge_qa", tried_rag=False)
    told = [flip.text for flip in find_flips(known, recommend(known), 20) if flip.fact == "needs_live_data"]
    assert told == [
        "If it needs live records or actions: I would give it a tool that looks things up or does them"
    ]


def test_only_facts_that_can_change_are_changed() -> None:
    assert set(CHANGEABLE) <= set(FACT_NAMES)
    assert len(set(CHANGEABLE)) == len(CHANGEABLE)


def test_a_step_that_is_taken_changes_the_answer_by_what_it_leaves_undone() -> None:
    known = Facts(
        gap="behaviour", goal_kind="extraction", tried_few_shot=True, examples_n=400, target_score=0.9
    )
    texts = [flip.text for flip in find_flips(known, recommend(known), 9)]
    assert all("of the 90% that you need" in text for text in texts if "fall short" in text)
    assert not any("were scored" in text or "were tried" in text for text in texts)


@pytest.mark.parametrize(
    ("known", "advice"),
    [
        ({"base_tunable": "no", "tried_prompting": "quick"}, "move to a base model that can be tuned"),
        ({"base_retire_days": 40, "tried_prompting": "quick"}, "move to a base model that lives longer"),
        ({"eval_set_n": 20, "tried_prompting": "quick"}, "build a test set of 50 cases first"),
    ],
)
def test_what_stands_before_training_is_said_and_not_only_its_kind(
    known: dict[str, Any], advice: str
) -> None:
    habit = {**TUNED_HABIT, "goal_kind": "summarisation", **known}
    flips = find_flips(Facts.model_validate(habit), recommend(Facts.model_validate(habit)), 9)
    assert advice in [flip.advice for flip in flips if flip.fact == "tried_prompting"]


def test_a_model_that_cannot_be_tuned_is_what_the_answer_is_about_and_no_turn_of_it() -> None:
    habit = {**TUNED_HABIT, "base_tunable": "no"}
    assert recommend(Facts.model_validate(habit)).gate is not None
    assert "base_tunable" not in [flip[0] for flip in _flips(habit, 20)]


def test_that_nobody_checks_and_that_little_was_done_turn_nothing() -> None:
    for goal in choices_of("goal_kind"):
        flips = _flips({"gap": "behaviour", "goal_kind": goal}, 30)
        assert not {("grader", "none"), ("tried_prompting", "none"), ("tried_prompting", "quick")} & {
            flip[:2] for flip in flips
        }


def test_sizes_are_weighed_only_where_a_small_model_matters() -> None:
    style = {"gap": "behaviour", "goal_kind": "style_tone", "tried_few_shot": True}
    assert not {"small_model_ok", "teacher_ok"} & {flip[0] for flip in _flips(style, 30)}
    assert "small_model_ok" in {flip[0] for flip in _flips({"gap": "cost_latency"}, 30)}


def test_a_right_to_train_that_may_still_be_had_turns_the_answer() -> None:
    assert ("data_rights", "ok", "FINE_TUNE_SFT") in _flips({**TUNED_HABIT, "data_rights": "restricted"}, 9)


def test_poor_data_is_no_argument_for_training_and_a_gate_says_more_than_itself() -> None:
    for goal in choices_of("goal_kind"):
        known = Facts.model_validate({"gap": "behaviour", "goal_kind": goal, "eval_set_n": 20})
        for flip in find_flips(known, recommend(known), 30):
            changed = {flip.fact: flip.to, **flip.also}
            assert not (changed.get("data_quality") == "mixed" and flip.option in TRAINING)
            gate = recommend(known.with_values(changed)).gate
            assert gate is None or not gate.fails_when.reads <= changed.keys()


def test_retrieval_that_is_there_is_repaired() -> None:
    assert advice_in_words(Option.RAG, Facts(tried_rag=True)).startswith("repair")
    assert advice_in_words(Option.RAG, Facts()) == "use retrieval (RAG)"


def test_what_is_too_slow_is_cached_as_a_prompt_and_not_as_material() -> None:
    assert advice_in_words(Option.LONG_CONTEXT_CACHE, Facts(failure_mode="too_slow")) == (
        "cache the fixed part of the prompt"
    )


def test_the_nearest_change_to_one_outcome_is_found() -> None:
    known = Facts(goal_kind="style_tone", gap="behaviour", examples_n=400, tried_prompting="quick")
    flip = find_flip_to(Option.FINE_TUNE_SFT, known, recommend(known))
    assert flip is not None
    assert flip.option in TRAINING
    changed = {flip.fact: flip.to, **flip.also}
    assert recommend(known.model_copy(update=changed)).option is flip.option


def test_where_nothing_leads_to_an_outcome_none_is_made_up() -> None:
    known = Facts(goal_kind="knowledge_qa", gap="knowledge")
    assert find_flip_to(Option.CLASSICAL_ML, known, recommend(known)) is None
