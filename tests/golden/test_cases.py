from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.decision.facts import FACT_NAMES, Facts, parse_value
from bot.decision.options import Option
from bot.decision.questions import BY_ID
from bot.decision.recommendation import recommend
from bot.evaluation.cases import DecisionCase, ReplyCase, load_cases
from bot.evaluation.scoring import points, score_policy
from bot.understanding.learned.examples import advised, situations
from bot.understanding.reading import read

GOLDEN = Path(__file__).parent
FILES = sorted(GOLDEN.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cases_have_an_id_of_their_own_and_names_that_exist(path: Path) -> None:
    cases = load_cases([path])
    assert cases
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        if isinstance(case, DecisionCase):
            assert {case.expected, *case.acceptable} <= set(Option), case.id
        if isinstance(case, ReplyCase):
            assert case.question in BY_ID, case.id
            assert set(case.expected) <= {*FACT_NAMES}, case.id


def test_policy_agrees_with_nearly_all_advice_on_given_facts() -> None:
    cases = [case for case in load_cases([GOLDEN / "decisions.jsonl"]) if isinstance(case, DecisionCase)]
    scores = [score for case in cases if (score := score_policy(case)) is not None]
    assert sum(scores) / len(scores) >= 0.95
    assert {recommend(case.facts).option for case in cases if case.facts} > {Option.RAG, Option.ASK}


def test_policy_agrees_with_most_advice_in_thousands_of_labelled_situations() -> None:
    scores = [
        points(
            recommend(Facts.model_validate({fact: one.value for fact, one in row.facts.items()})).option,
            row.expected,
            row.acceptable,
        )
        for row in situations()
    ]
    assert len(scores) > 5_000
    assert sum(scores) / len(scores) >= 0.78


def read_rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


REAL = read_rows("real_decisions.jsonl")


def test_facts_of_real_cases_are_read_from_their_own_words() -> None:
    for case in REAL:
        assert set(case["facts"]) == set(case["quotes"]), case["id"]
        assert all(quote in case["text"] for quote in case["quotes"].values()), case["id"]


def test_real_cases_that_are_measured_on_have_sources_of_their_own() -> None:
    sources = [case["source"] for case in REAL]
    assert len(set(sources)) == len(sources) > 200
    assert not {row.source for row in (*situations(), *advised())} & set(sources)


DECISIONS = read_rows("decisions.jsonl")
REPLIES = read_rows("replies.jsonl")
DIALOGUES = read_rows("dialogues.jsonl")

ROUTE_OF_INTENT = {
    "definition": Option.DEFINE_TERM,
    "off_topic": Option.OFF_TOPIC,
    "abuse": Option.DECLINE,
}


def alternatives(value: object) -> list[object]:
    """Return every value that `also_ok` allows for one fact."""
    if isinstance(value, dict) and "any_of" in value:
        return list(value["any_of"])
    return [value]


def assert_values_exist(values: dict[str, object]) -> None:
    for fact, value in values.items():
        assert fact in FACT_NAMES
        if value is not None:
            parse_value(fact, value)


def test_every_file_holds_as_many_cases_as_it_was_written_with() -> None:
    assert (len(DECISIONS), len(REPLIES), len(DIALOGUES)) == (70, 110, 14)


def test_no_id_is_used_twice() -> None:
    counts = Counter(row["id"] for row in (*DECISIONS, *REPLIES, *DIALOGUES))
    assert [row_id for row_id, count in counts.items() if count > 1] == []


def test_no_text_is_used_twice() -> None:
    texts = [row["text"] for row in DECISIONS] + [f"{row['question']} {row['reply']}" for row in REPLIES]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_every_outcome_is_expected_somewhere() -> None:
    assert {row["expected"] for row in DECISIONS} == set(Option)


@pytest.mark.parametrize("row", DECISIONS, ids=lambda row: row["id"])
def test_a_decision_has_valid_facts_and_labels(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "text", "facts", "expected", "acceptable"}
    facts = Facts.model_validate(row["facts"])
    assert set(facts.conflicts) <= set(FACT_NAMES)
    assert row["expected"] in row["acceptable"]
    assert all(Option(label) for label in row["acceptable"])


@pytest.mark.parametrize("row", DECISIONS, ids=lambda row: row["id"])
def test_a_message_that_is_no_decision_has_only_its_own_route(row: dict[str, Any]) -> None:
    route = ROUTE_OF_INTENT.get(row["facts"]["intent"])
    if route:
        assert row["acceptable"] == [route]
    else:
        assert not set(row["acceptable"]) & set(ROUTE_OF_INTENT.values())


def says_that_it_was_tuned(text: str) -> bool:
    return any(
        one.fact == "tried_finetune" and one.value not in ("none", None) for one in read(text).statements
    )


@pytest.mark.parametrize("plan", ["The bosses settled on LoRA.", "We are told to fine-tune."])
def test_a_plan_to_tune_beside_a_case_is_no_tuning_that_was_tried(plan: str) -> None:
    texts = [row["text"] for row in DECISIONS if not says_that_it_was_tuned(row["text"])]
    assert len(texts) > 50
    assert [text for text in texts if says_that_it_was_tuned(f"{text} {plan}")] == []


@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row["id"])
def test_a_reply_answers_a_known_question_with_known_facts(row: dict[str, Any]) -> None:
    assert set(row) <= {"id", "question", "reply", "expected", "also_ok", "unparseable", "previous"}
    assert row["question"] in BY_ID
    assert row["reply"].strip()
    assert_values_exist({fact: value for fact, value in row["expected"].items() if fact != "conflicts"})
    assert_values_exist(row.get("previous", {}))
    for fact, value in row.get("also_ok", {}).items():
        for alternative in alternatives(value):
            assert_values_exist({fact: alternative})


@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row["id"])
def test_a_reply_expects_something_or_says_that_it_cannot_be_read(row: dict[str, Any]) -> None:
    assert bool(row["expected"]) is not row.get("unparseable", False)


@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row["id"])
def test_a_conflict_is_with_something_said_before(row: dict[str, Any]) -> None:
    assert set(row["expected"].get("conflicts", ())) <= set(row.get("previous", {}))


@pytest.mark.parametrize("row", DIALOGUES, ids=lambda row: row["id"])
def test_a_dialogue_alternates_between_the_user_and_known_questions(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "turns", "final"}
    speakers = [turn["who"] for turn in row["turns"]]
    assert len(speakers) % 2 == 1
    assert speakers == ["user" if at % 2 == 0 else "bot" for at in range(len(speakers))]
    for turn in row["turns"]:
        if turn["who"] == "bot":
            assert turn["asks"] in BY_ID
        else:
            assert turn["text"].strip()


@pytest.mark.parametrize("row", DIALOGUES, ids=lambda row: row["id"])
def test_a_dialogue_ends_in_a_known_outcome(row: dict[str, Any]) -> None:
    assert row["final"]["expected"] in row["final"]["acceptable"]
    assert all(Option(label) for label in row["final"]["acceptable"])
