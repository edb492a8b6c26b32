"""What people decided without us becomes a record that claims no recommendation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.conversation import Audience
from bot.deciding import Superseded, accept, last_change, override, supersede, withdraw
from bot.decision.options import Option
from bot.record import DecisionRecord
from bot.replay import replay
from bot.saving import CONTEXT_CHARS, Decided, is_past, saved_id, saved_record
from tests.integration.stores.examples import AUDIENCE, NOW, OTHER_PLACE, PLACE

DECIDED = Decided(
    outcome=Option.DISTIL, why=" cheaper ", on=NOW.date(), owner="U2", context=" the tagger ", by="U1", at=NOW
)


def _record(decided: Decided = DECIDED) -> DecisionRecord:
    return saved_record(
        decided, id_="D-0123456789", place=PLACE, audience=AUDIENCE, link="", message_id="1.2"
    )


def test_it_survives_being_json() -> None:
    assert DecisionRecord.model_validate_json(_record().model_dump_json()) == _record()


def test_it_holds_what_was_said_and_nothing_that_a_policy_would_have_derived() -> None:
    record = _record()
    assert not record.was_recommended
    assert (record.context, record.owner, record.status) == ("the tagger", "U2", "accepted")
    assert record.decided_option is Option.DISTIL
    current = record.current
    assert (current.policy_version, current.rule, current.gate, current.confidence) == ("", "", None, None)
    assert (current.statements, current.rules_tested, current.passages) == ((), (), ())
    assert current.rationale == ("cheaper",)


def test_replay_skips_it_and_says_so() -> None:
    (result,) = replay(_record())
    assert result.outcome == "saved"
    assert "nothing to derive" in result.explanation


@pytest.mark.parametrize(
    ("on", "at", "decided_at"),
    [
        (date(2026, 3, 2), NOW, datetime(2026, 3, 2, 12, tzinfo=UTC)),
        # It is before noon; and somewhere it is tomorrow already.
        (NOW.date(), NOW, NOW),
        (NOW.date() + timedelta(days=1), NOW + timedelta(hours=1), NOW + timedelta(hours=1)),
    ],
)
def test_it_is_dated_on_its_day_and_never_in_the_future(on: date, at: datetime, decided_at: datetime) -> None:
    assert _record(replace(DECIDED, on=on, at=at)).decided_at == decided_at


def test_a_day_has_come_once_it_has_begun_somewhere() -> None:
    noon = datetime(2026, 11, 16, 12, tzinfo=UTC)
    assert is_past(date(2026, 11, 17), noon)
    assert not is_past(date(2026, 11, 18), noon)
    assert not is_past(date(2026, 11, 17), noon - timedelta(hours=3))


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": Option.ASK},
        {"why": "…"},
        {"context": ""},
        {"context": "x" * (CONTEXT_CHARS + 1)},
        {"on": date(2030, 1, 1)},
    ],
)
def test_what_no_form_takes_is_no_record(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="does not take"):
        _record(replace(DECIDED, **wrong))  # type: ignore[arg-type] # by name


def test_a_message_has_one_id_and_each_person_their_own_where_they_keep_it_alone() -> None:
    same = saved_id(PLACE, "1.2")
    assert saved_id(PLACE, "1.2") == same
    others = {saved_id(PLACE, "1.3"), saved_id(OTHER_PLACE, "1.2"), saved_id(PLACE, "1.2", "U1")}
    assert len({same, *others, saved_id(PLACE, "1.2", "U2")}) == 5


def test_people_can_do_with_it_what_they_can_do_with_an_accepted_one() -> None:
    record = _record()
    assert last_change(record).what == "saved"
    assert not isinstance(accept(record, by="U1", at=NOW, shown=Option.DISTIL), DecisionRecord)
    instead = override(
        record, by="U3", at=NOW, shown=Option.DISTIL, outcome=Option.RAG, why="facts change weekly"
    )
    assert isinstance(instead, DecisionRecord)
    assert (instead.status, instead.decided_option, instead.origin) == ("overridden", Option.RAG, "saved")
    taken_back = withdraw(record, by="U2", at=NOW)
    assert isinstance(taken_back, DecisionRecord)
    replaced = supersede(record, by="U1", at=NOW, successor="D-AAAAAAAAAA")
    assert isinstance(replaced, DecisionRecord)
    assert accept(replaced, by="U1", at=NOW, shown=Option.DISTIL) == Superseded("D-AAAAAAAAAA")


def test_its_audience_is_given() -> None:
    audience = Audience(kind="person", user_id="U1")
    record = saved_record(
        DECIDED, id_="D-0123456789", place=PLACE, audience=audience, link="", message_id="1.2"
    )
    assert record.audience == audience
