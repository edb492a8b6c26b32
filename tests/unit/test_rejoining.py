"""What is said once more of a recommendation."""

from __future__ import annotations

import pytest

from bot.decision.facts import Facts
from bot.decision.options import EFFORT, Option
from bot.decision.recommendation import recommend
from bot.rejoining import NO_COSTS, answer_beside, compose_rejoinder

SORTING = Facts(goal_kind="classification", gap="behaviour", tried_prompting="systematic", examples_n=40)
STYLE = Facts(goal_kind="style_tone", gap="behaviour", examples_n=400, tried_prompting="quick")
TUNED = STYLE.with_values(
    {"tried_prompting": "systematic", "tried_few_shot": True, "eval_set_n": 100, "base_tunable": "yes"}
)
UNMEASURED = TUNED.with_values({"eval_set_n": 0})
KNOWLEDGE = Facts(goal_kind="knowledge_qa", gap="knowledge")


def test_every_outcome_that_is_work_has_its_effort() -> None:
    routes = {Option.ASK, Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE}
    assert set(EFFORT) == set(Option) - routes


def test_how_long_it_takes_is_told_for_the_first_step_and_for_what_comes_after() -> None:
    told = compose_rejoinder("time", UNMEASURED, ())
    assert recommend(UNMEASURED).option is Option.EVALS_DATA_FIRST
    assert f"a matter of {EFFORT[Option.EVALS_DATA_FIRST]}" in told
    assert f"To fine-tune is one of {EFFORT[Option.FINE_TUNE_SFT]}" in told


def test_checking_examples_is_reckoned_only_for_those_that_are_missing() -> None:
    few = TUNED.with_values({"examples_n": 60})
    assert "checking 240 more examples takes 8 hours" in compose_rejoinder("time", few, ())
    assert "more examples" not in compose_rejoinder("time", TUNED, ())


def test_whoever_names_another_outcome_hears_when_that_would_be_advised() -> None:
    told = compose_rejoinder("why", STYLE, (), [Option.IMPROVE_PROMPT])
    assert "If examples in the prompt still fall short: I would work on the prompt." in told


def test_whoever_names_what_nothing_leads_to_hears_that() -> None:
    told = compose_rejoinder("why", KNOWLEDGE, (), [Option.FINE_TUNE_SFT])
    assert "No single fact that I know of would make me fine-tune here." in told


def test_what_is_advised_anyway_is_not_held_against_itself() -> None:
    told = compose_rejoinder("why", TUNED, (), [Option.FINE_TUNE_SFT])
    assert "No single fact" not in told
    assert told.count("I would fine-tune") == 0


def test_beside_a_whole_recommendation_only_what_it_lacks_is_told() -> None:
    assert answer_beside("flips", STYLE, (), ()) == ()
    assert answer_beside("next", STYLE, (), ()) == ()
    assert answer_beside("cost", STYLE, ("a line",), ()) == ()
    assert answer_beside("cost", STYLE, (), ()) == (NO_COSTS,)
    assert answer_beside("why", STYLE, (), ()) == ()
    assert recommend(STYLE).first_step not in " ".join(answer_beside("time", STYLE, (), ()))
    assert any("400" in line for line in answer_beside("amount", STYLE, (), ()))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (SORTING, "40 reviewed examples: that is 60 short of a small classifier."),
        (SORTING.with_values({"examples_n": 100}), "that is enough for a small classifier."),
        (STYLE, "400 reviewed examples: that is comfortable for tuning."),
        (STYLE.with_values({"examples_n": 60}), "that is enough for a first round."),
        (STYLE.with_values({"examples_n": 20}), "that is 30 short of a first round."),
    ],
)
def test_what_so_many_examples_are_enough_for_is_told(known: Facts, told: str) -> None:
    assert compose_rejoinder("amount", known, ()).endswith(told)


def test_who_was_told_to_say_first_what_goes_wrong_may_ask_how_long_it_takes() -> None:
    assert recommend(Facts()).option is Option.ASK
    told = compose_rejoinder("time", Facts(), ())
    assert recommend(Facts()).first_step in told
    assert "a matter of" not in told
