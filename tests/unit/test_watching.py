"""Decisions that rest on a model which was closed since: found, told to their owner once, with new advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Audience
from bot.decision.facts import FactValue
from bot.decision.options import Option
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.letters import ClosedNotice
from bot.outreach import Outreach
from bot.recipients import Recipients
from bot.record import Change, DecisionRecord
from bot.watching import KIND, AvailabilityWatch, find_closed
from knowledge.providers import ModelAvailability, Providers
from tests.fakes.courier import FakeCourier
from tests.fakes.stores import FakeDecisionLog, FakeOutreachMarks
from tests.integration.stores.examples import a_record, a_revision

DECIDED = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FACTS: dict[str, FactValue] = {
    "goal_kind": "generation",
    "gap": "behaviour",
    "examples_n": 500,
    "eval_set_n": 100,
    "base_model": "vendor-model",
    "base_tunable": "yes",
}


def row(**changes: object) -> ModelAvailability:
    given = {
        "slug": "vendor-model",
        "name": "Model One",
        "vendor": "Vendor",
        "tunable": "yes",
        "hosting": "api",
        "note": "It can be tuned.",
        "as_of": TODAY,
        "source": "https://vendor.example.com/models",
        "evidence": "X-1",
        **changes,
    }
    return ModelAvailability.model_validate(given)


def decided(
    number: int = 1,
    *,
    outcome: Option = Option.FINE_TUNE_SFT,
    recommended: Option = Option.FINE_TUNE_SFT,
    direction: Option = Option.FINE_TUNE_SFT,
    tunable_source: str = "inferred",
    **facts: FactValue | None,
) -> DecisionRecord:
    statements = tuple(
        Statement.model_validate(
            {
                "fact": fact,
                "value": value,
                "quote": "so",
                "source": tunable_source if fact == "base_tunable" else "stated",
                "author_id": "U1",
            }
        )
        for fact, value in {**FACTS, **facts}.items()
        if value is not None
    )
    update = {"at": DECIDED, "option": recommended, "direction": direction, "statements": statements}
    change = Change(at=DECIDED, by="U2", what="accepted", outcome=outcome)
    record = a_record(number)
    return record.model_copy(
        update={
            "revisions": (a_revision().model_copy(update=update),),
            "history": (*record.history, change),
            "status": "accepted",
            "review_on": TODAY + timedelta(days=60),
            "audience": Audience(kind="workspace", channel_id="C1"),
        }
    )


def status_of(record: DecisionRecord, model: ModelAvailability, today: date = TODAY) -> str:
    closed = find_closed(record, Providers((model,)), today)
    return closed.status if closed else ""


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, ""),
        ({"tunable": "no"}, "tuning_ended"),
        ({"tunable": "existing_customers"}, "closed_to_new"),
        ({"tunable_until": YESTERDAY}, "tuning_ended"),
        ({"tunable_until": TODAY}, ""),
        ({"tunable": "existing_customers", "tunable_until": YESTERDAY}, "tuning_ended"),
        ({"retires_on": YESTERDAY}, "retired"),
        ({"retires_on": YESTERDAY, "tunable": "no"}, "retired"),
        ({"retires_on": TOMORROW}, "retires"),
        ({"retires_on": TODAY + timedelta(days=179)}, "retires"),
        ({"retires_on": TODAY + timedelta(days=180)}, ""),
    ],
)
def test_the_gravest_thing_that_happened_to_a_model_is_told(changes: dict[str, object], status: str) -> None:
    assert status_of(decided(), row(**changes)) == status


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        ({"base_tunable": "no"}, {"tunable": "no"}),
        ({"base_tunable": "no", "base_retire_days": 0}, {"retires_on": YESTERDAY}),
        ({"base_retire_days": 100}, {"retires_on": TOMORROW}),
    ],
)
def test_what_was_known_when_it_was_decided_is_no_news(
    facts: dict[str, Any], changes: dict[str, object]
) -> None:
    assert status_of(decided(**facts), row(**changes)) == ""


def test_a_model_that_retired_after_all_is_news_though_the_day_was_known() -> None:
    assert status_of(decided(base_retire_days=100), row(retires_on=YESTERDAY)) == "retired"


def test_whoever_said_that_they_can_tune_it_is_not_told_that_only_some_can() -> None:
    changes = {"tunable": "existing_customers"}
    assert status_of(decided(tunable_source="stated"), row(**changes)) == ""
    assert status_of(decided(tunable_source="stated"), row(tunable="no")) == "tuning_ended"


@pytest.mark.parametrize(
    ("record", "is_touched"),
    [
        (decided(), True),
        (decided(recommended=Option.RAG, direction=Option.RAG), True),
        (decided(outcome=Option.EVALS_DATA_FIRST, recommended=Option.EVALS_DATA_FIRST), True),
        (decided(outcome=Option.RAG), False),
        (decided(outcome=Option.RAG, recommended=Option.RAG, direction=Option.RAG), False),
        (decided(base_model=None), False),
        (decided(base_model="another-model"), False),
        (decided().model_copy(update={"status": "withdrawn"}), False),
        (decided().model_copy(update={"status": "superseded"}), False),
        (decided().model_copy(update={"status": "proposed", "history": a_record().history}), False),
    ],
)
def test_only_what_people_decided_to_train_rests_on_a_model(
    record: DecisionRecord, *, is_touched: bool
) -> None:
    assert (status_of(record, row(tunable="no")) != "") is is_touched


def test_the_new_advice_is_the_policys_from_the_same_facts() -> None:
    closed = find_closed(decided(), Providers((row(tunable="no"),)), TODAY)
    assert closed is not None
    facts = understand(decided().current.statements).facts
    assert recommend(facts).option is Option.FINE_TUNE_SFT
    assert closed.headline == recommend(facts.with_values({"base_tunable": "no"})).headline
    assert closed.headline != recommend(facts).headline
    assert not closed.is_same


@dataclass
class _Desk:
    log: FakeDecisionLog = field(default_factory=FakeDecisionLog)
    marks: FakeOutreachMarks = field(default_factory=FakeOutreachMarks)
    courier: FakeCourier = field(default_factory=lambda: FakeCourier({"U1": "Europe/Berlin"}))

    async def look(self, model: ModelAvailability, now: datetime, by: str = "one") -> int:
        outreach = Outreach(self.marks, self.courier, "T1", KIND, by)
        recipients = Recipients(self.courier, ZoneInfo("Europe/Berlin"))
        return await AvailabilityWatch(self.log, Providers((model,)), outreach, recipients).send_news(now)


MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_owner_is_told_once_of_all_that_is_touched_whatever_the_replica_and_the_day() -> None:
    desk = _Desk()
    for number in (1, 2):
        await desk.log.save(decided(number))
    closed = row(tunable="no")
    assert await desk.look(row(), MORNING) == 0
    for days in range(30):
        for by in ("one", "two"):
            await desk.look(closed, MORNING + timedelta(days=days), by)
    assert desk.courier.told == [("U1", ["D-0000000001", "D-0000000002"])]


async def test_each_kind_of_closing_is_told_by_itself() -> None:
    desk = _Desk()
    await desk.log.save(decided())
    retiring = row(retires_on=TODAY + timedelta(days=30), tunable_until=TODAY + timedelta(days=10))
    for days in range(60):
        await desk.look(retiring, MORNING + timedelta(days=days))
    letters = [letter for _, letter in desk.courier.sent]
    assert all(isinstance(letter, ClosedNotice) for letter in letters)
    statuses = [one.status for letter in letters if isinstance(letter, ClosedNotice) for one in letter.closed]
    assert statuses == ["retires", "tuning_ended", "retired"]


async def test_nobody_is_told_at_night_and_what_slack_refuses_is_told_later() -> None:
    desk = _Desk()
    await desk.log.save(decided())
    assert await desk.look(row(tunable="no"), MORNING - timedelta(hours=4)) == 0
    desk.courier.troubles = ["refused", "lost"]
    assert [await desk.look(row(tunable="no"), MORNING + timedelta(hours=hour)) for hour in range(4)] == [
        0
    ] * 4
    assert len(desk.courier.sent) == 1
