from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID, OPENING
from bot.decision.statements import understand
from bot.understanding.contrasts import without_denied
from bot.understanding.message import prepare
from bot.understanding.reading import read


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ("it's not slow, it's wrong", "knowledge"),
        ("the facts, not the tone", "knowledge"),
        ("the tone, not the facts", "behaviour"),
        ("not the price, the voice is off", "behaviour"),
        ("sorry, I meant the speed, not the wording", "cost_latency"),
        ("not the speed, the invoice", "cost_latency"),
        ("the price is fine, the tone isn't", "behaviour"),
        ("Not the tone, tone is great. The facts are wrong.", "knowledge"),
        ("knowledge isn't the problem, tone is", "behaviour"),
    ],
)
def test_what_is_named_to_deny_it_is_not_what_goes_wrong(said: str, gap: str) -> None:
    facts = understand(read(said, pending=OPENING).statements).facts
    assert facts.gap == gap
    assert facts.failure_mode != "too_expensive" or facts.cost_pressure != "low"


@pytest.mark.parametrize("said", ["not the format", "JSON is fine", "it's not the tone"])
def test_what_only_denies_names_no_problem(said: str) -> None:
    assert understand(read(said, pending=OPENING).statements).facts.gap is None


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("not slow, wrong", "wrong"),
        ("No. It isn't the tone, but the facts", "the facts"),
        ("the facts rather than the tone", "the facts"),
        ("not valid JSON, half the time", None),
        ("it does not follow our rules", None),
        ("answers, not reviewed", None),
        ("it is not helpful", None),
        ("We have 40 cases. It's the facts, not the tone.", "its the facts"),
        ("not sure, maybe the tone", None),
        ("not only slow, it is wrong too", None),
        ("", None),
    ],
)
def test_a_denial_needs_something_beside_it_and_no_quality_after_it(said: str, rest: str | None) -> None:
    left = without_denied(prepare(said))
    assert (left.message.plain.strip() if left else None) == rest


@pytest.mark.parametrize(
    ("first", "then", "gap", "failure"),
    [
        (
            "Our bot gets the tone wrong. Fine-tune?",
            "sorry, I meant the facts, not the tone",
            "knowledge",
            None,
        ),
        ("our bot is too slow. fine-tune?", "actually it's not slow, it's wrong", "knowledge", "wrong_facts"),
        ("our bot invents facts. tune?", "sorry, I mean the tone, not the facts", "behaviour", None),
    ],
)
def test_a_problem_is_set_right_while_another_question_waits(
    first: str, then: str, gap: str, failure: str | None
) -> None:
    earlier = read(first, message_id="1").statements
    reading = read(then, pending=BY_ID["Q3"], earlier=earlier, message_id="2")
    facts = understand([*earlier, *reading.statements]).facts
    assert facts.gap == gap
    assert failure is None or facts.failure_mode == failure
    assert facts.failure_mode != understand(earlier).facts.failure_mode
    assert facts.eval_set_n is None


def test_a_denial_is_heard_whatever_was_asked() -> None:
    said = {one.fact: one.value for one in read("not the tone, the facts", pending=BY_ID["Q6"]).statements}
    assert said["gap"] == "knowledge"
    assert said.get("failure_mode") != "inconsistent_style"


def test_what_is_said_beside_a_correction_answers_what_was_asked() -> None:
    earlier = read("our bot gets the tone wrong. fine-tune?", message_id="1").statements
    said = "actually not the tone, it invents facts. We have 40 test cases"
    reading = read(said, pending=BY_ID["Q3"], earlier=earlier, message_id="2")
    facts = understand([*earlier, *reading.statements]).facts
    assert (facts.gap, facts.eval_set_n) == ("knowledge", 40)


def test_of_a_denied_problem_nothing_is_heard_where_the_rest_tells_none() -> None:
    said = {one.fact for one in read("it's not cost, it's quality", pending=BY_ID["Q1"]).statements}
    assert not said & {"gap", "failure_mode"}
    robot = read("it isn't wrong about facts, it just writes like a robot", pending=BY_ID["Q1"]).statements
    assert {one.fact: one.value for one in robot}["failure_mode"] == "inconsistent_style"
