"""A deleted message: its words are gone from a record and a conversation, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision.statements import Statement
from bot.deleted_message import erase_message, erase_message_from, quoted_messages, rests_on
from bot.record import Change, DecisionRecord
from bot.replies import Recommend
from bot.stores.record_history import forgets
from tests.integration.stores.examples import (
    ACCEPTED,
    NOW,
    OVERRIDDEN,
    STATEMENT,
    a_conversation,
    a_record,
    a_revision,
    changed,
)
from tests.unit.slack.surroundings import recommend

LATER = NOW + timedelta(days=40)
MESSAGES = ("m1", "m2", "m3", "")

statements = st.builds(
    lambda message_id, quote, source: STATEMENT.model_copy(
        update={"message_id": message_id, "quote": quote, "source": source}
    ),
    st.sampled_from(MESSAGES),
    st.sampled_from(["sort our mail", "300 of them", ""]),
    st.sampled_from(["stated", "button", "inferred"]),
)
revisions = st.lists(
    st.lists(statements, max_size=4).map(
        lambda them: a_revision().model_copy(update={"statements": tuple(them)})
    ),
    min_size=1,
    max_size=3,
).map(tuple)
records = st.builds(
    lambda revisions, status, context_message_id: a_record().model_copy(
        update={"revisions": revisions, "status": status, "context_message_id": context_message_id}
    ),
    revisions,
    st.sampled_from(["proposed", "accepted", "overridden", "superseded", "withdrawn"]),
    st.sampled_from(MESSAGES),
)


def deleted(record: DecisionRecord, message_id: str) -> DecisionRecord:
    return erase_message(record, message_id=message_id, by="U1", at=LATER)


def said(message_id: str, quote: str = "sort our mail") -> Statement:
    return STATEMENT.model_copy(update={"message_id": message_id, "quote": quote})


@given(record=records, message_id=st.sampled_from(MESSAGES[:3]))
def test_no_word_of_the_message_is_left_and_every_fact_is(record: DecisionRecord, message_id: str) -> None:
    after = deleted(record, message_id)

    assert message_id not in quoted_messages(after)
    for new, old in zip(after.revisions, record.revisions, strict=True):
        assert [one.value for one in new.statements] == [one.value for one in old.statements]
        assert [one for one in new.statements if one.message_id != message_id] == [
            one for one in old.statements if one.message_id != message_id
        ]


@given(record=records, message_id=st.sampled_from(MESSAGES))
def test_what_was_erased_can_be_kept_and_a_repeat_changes_nothing(
    record: DecisionRecord, message_id: str
) -> None:
    after = deleted(record, message_id)

    assert not forgets(after, record)
    assert deleted(after, message_id) == after
    assert (after == record) == (message_id not in quoted_messages(record))


@pytest.mark.parametrize("change", [ACCEPTED, OVERRIDDEN])
def test_what_people_decided_stays_decided(change: Change) -> None:
    kept = a_record().model_copy(
        update={
            "status": change.what,
            "history": (*a_record().history, change),
            "context_message_id": "m1",
        }
    )

    after = deleted(kept, "m1")

    assert (after.status, after.context) == (kept.status, "")
    assert [one.what for one in after.history[len(kept.history) :]] == ["erased"]


def test_what_was_only_proposed_is_withdrawn_with_it() -> None:
    kept = a_record().model_copy(update={"context_message_id": "m1"})

    after = deleted(kept, "m1")

    assert after.status == "withdrawn"
    assert [(one.what, one.by, one.at) for one in after.history[1:]] == [
        ("erased", "U1", LATER),
        ("withdrawn", "U1", LATER),
    ]


def test_tapped_replies_are_nobodys_words() -> None:
    tapped = said("m1").model_copy(update={"source": "button"})
    record = changed(a_record(), ACCEPTED).model_copy(
        update={"revisions": (a_revision().model_copy(update={"statements": (tapped,)}),)}
    )

    assert quoted_messages(record) == frozenset()
    assert deleted(record, "m1") == record


def test_conversation_goes_on_without_the_words_of_an_answer() -> None:
    kept = a_conversation().model_copy(
        update={
            "opening_message_id": "m1",
            "statements": (said("m1"), said("m2", "300 of them")),
            "pending": "Q2",
            "last_reply": recommend(),
        }
    )

    after = erase_message_from(kept, "m2")

    assert [one.quote for one in after.statements] == ["sort our mail", ""]
    assert (after.question, after.pending) == (kept.question, "Q2")
    assert rests_on(kept, "m2")
    assert not rests_on(kept, "m3")


def test_conversation_without_its_opening_asks_no_more_and_quotes_nobody_on_its_facts() -> None:
    (heard,) = recommend().heard
    reply = recommend(heard=(heard, heard.model_copy(update={"fact": "goal_kind", "quote": "sort our mail"})))
    kept = a_conversation().model_copy(
        update={
            "opening_message_id": "m1",
            "statements": (said("m1"),),
            "pending": "Q2",
            "last_reply": reply,
        }
    )

    after = erase_message_from(kept, "m1")

    assert (after.question, after.pending) == ("", "")
    assert isinstance(after.last_reply, Recommend)
    assert [one.quote for one in after.last_reply.heard] == ["20 of them", ""]
