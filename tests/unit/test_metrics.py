from __future__ import annotations

import ast
from pathlib import Path

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from bot.logs import configure_logs, lines_told_to
from bot.metrics import LINES, Metrics
from bot.ports import InboxState

ROOT = Path(__file__).parents[2]
WHO = {
    "team_id",
    "channel_id",
    "user_id",
    "thread",
    "entry",
    "reason",
    "reference",
    "to",
    "key",
    "decision_id",
}
MADE_ELSEWHERE = {
    # Bound by bot/advisor.py for whoever logs the turn.
    "turn": {"outcome", "is_provisional", "question", "questions"},
    # All fields of ModelUse.
    "model_call": {
        *("model", "purpose", "failure", "latency_ms"),
        *("tokens_in", "tokens_cached", "tokens_out", "cost_usd"),
    },
}


def logged() -> dict[str, set[str]]:
    """Return the events that our code logs, each with the keys that stand beside its name."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="log")), args=[ast.Constant(value=str(event))]
                ):
                    found.setdefault(event, set()).update(one.arg for one in node.keywords if one.arg)
    return found


def value(metrics: Metrics, name: str, inbox: InboxState | None = None, **labels: str) -> float | None:
    for family in text_string_to_metric_families(metrics.render(inbox).decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return float(sample.value)
    return None


def test_every_metric_is_of_a_line_that_is_logged_with_every_key_that_it_needs() -> None:
    lines = logged()
    for tally in LINES:
        keys = {
            *tally.by,
            *([tally.amount] if tally.amount else []),
            *([tally.only[0]] if tally.only else []),
        }
        assert keys <= lines[tally.event] | MADE_ELSEWHERE.get(tally.event, set()), tally.name


def test_no_label_says_who_or_where_or_has_a_value_for_each_of_many() -> None:
    assert not [tally.name for tally in LINES if WHO & set(tally.by)]


def test_a_line_is_counted_though_its_level_keeps_it_out_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told: list[tuple[str, str]] = []
    before = structlog.get_config()
    try:
        configure_logs("WARNING")
        log = structlog.get_logger()
        with lines_told_to(lambda level, event, _: told.append((level, event))):
            log.debug("taken_in")
            log.warning("away", reason="Redis")
        log.info("turn")
        log.warning("stopped_counting")
    finally:
        structlog.configure(**before)
    assert told == [("debug", "taken_in"), ("warning", "away")]
    written = capsys.readouterr().err
    assert "away" in written
    assert "taken_in" not in written
    assert "turn" not in written


def test_what_is_bound_to_the_context_is_told_too() -> None:
    told: list[object] = []
    before = structlog.get_config()
    try:
        configure_logs("ERROR")
        with (
            structlog.contextvars.bound_contextvars(outcome="RAG"),
            lines_told_to(lambda _, __, line: told.append(line["outcome"])),
        ):
            structlog.get_logger().info("turn")
    finally:
        structlog.configure(**before)
    assert told == ["RAG"]


def test_a_recommendation_says_how_many_questions_it_took_and_a_question_which_it_was() -> None:
    metrics = Metrics("worker")
    turn = {"kind": "reply", "duration_ms": 1500, "waited_ms": 20, "outcome": "RAG"}
    metrics.count("info", "turn", {**turn, "reply": "clarify", "question": "Q3", "questions": 1})
    metrics.count(
        "info",
        "turn",
        {**turn, "reply": "recommend", "is_provisional": False, "questions": 2, "question": None},
    )
    assert value(metrics, "advisor_questions_total", question="Q3") == 1
    assert value(metrics, "advisor_questions_per_decision_sum", is_provisional="false") == 2
    assert value(metrics, "advisor_turns_total", kind="reply", reply="recommend", outcome="RAG") == 1
    assert value(metrics, "advisor_turn_seconds_bucket", reply="recommend", le="1.0") == 0
    assert value(metrics, "advisor_turn_seconds_bucket", reply="recommend", le="2.5") == 1


def test_a_cost_that_nobody_knows_is_not_counted_as_nothing() -> None:
    metrics = Metrics("worker")
    call = {"model": "m", "purpose": "reading", "failure": "", "tokens_in": 10, "tokens_out": 0}
    metrics.count("info", "model_call", {**call, "cost_usd": None})
    assert value(metrics, "advisor_model_cost_usd_total", model="m") is None
    metrics.count("info", "model_call", {**call, "cost_usd": 0.25})
    assert value(metrics, "advisor_model_cost_usd_total", model="m") == 0.25
    assert value(metrics, "advisor_model_prompt_tokens_total", model="m") == 20


def test_every_warning_is_counted_by_event_and_kind_of_error_and_never_by_its_text() -> None:
    metrics = Metrics("worker")
    for _ in range(2):
        metrics.count("warning", "away", {"error": "StoreUnavailable", "reason": "Redis did not zanzibar"})
    metrics.count("info", "serving", {})
    name = "advisor_problems_total"
    assert value(metrics, name, event="away", level="warning", error="StoreUnavailable") == 2
    assert value(metrics, "advisor_problems_total", event="serving", level="info", error="") is None
    assert b"zanzibar" not in metrics.render(None)


def test_while_redis_is_away_nothing_is_said_of_the_inbox_rather_than_what_held_before() -> None:
    metrics = Metrics("listener")
    state = InboxState(backlog=3, oldest_s=61.5, dead_letters=1)
    assert value(metrics, "advisor_inbox_oldest_seconds", state) == 61.5
    assert value(metrics, "advisor_inbox_unfinished", state) == 3
    assert value(metrics, "advisor_dead_letters", state) == 1
    assert value(metrics, "advisor_ready", state, role="listener") == 1
    assert value(metrics, "advisor_inbox_oldest_seconds") is None
    assert value(metrics, "advisor_ready", role="listener") == 0


def test_two_processes_in_one_count_for_themselves() -> None:
    one, other = Metrics("worker"), Metrics("listener")
    one.count("error", "entry_buried", {})
    assert value(one, "advisor_dead_letters_buried_total") == 1
    assert value(other, "advisor_dead_letters_buried_total") == 0
