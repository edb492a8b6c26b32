"""What is kept as JSON comes back the same: records, conversations, and the replies inside them."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.conversation import Audience, Conversation, Place
from bot.decision.options import Option
from bot.record import Change, DecisionRecord, Revision, RuleOutcome, UsedPassage
from bot.replies import (
    AskedQuestion,
    Citation,
    Clarify,
    Decline,
    Define,
    Definition,
    Flip,
    Heard,
    Leading,
    OffTopic,
    QuickReplyChoice,
    Reason,
    Recommend,
    Reply,
)
from tests.integration.stores.examples import a_conversation, a_record
from tests.unit.decision.strategies import STATED_FACTS, statements, values_of

WORDS = st.text(max_size=8)
OPTIONS = st.sampled_from(Option)
MOMENTS = st.datetimes(timezones=st.just(UTC))
SHARES = st.none() | st.floats(0, 1)
NAMES = st.lists(WORDS, max_size=2).map(tuple)
STATEMENTS = st.lists(statements(), max_size=3).map(tuple)
PLACES = st.builds(Place, team_id=WORDS, channel_id=WORDS, thread=WORDS)
AUDIENCES = st.builds(Audience, kind=st.sampled_from(("person", "conversation", "workspace")), user_id=WORDS)
LEADINGS = st.builds(
    Leading,
    option=OPTIONS,
    direction=OPTIONS,
    headline=WORDS,
    rule=WORDS,
    gate=st.none() | WORDS,
    probability=SHARES,
    outlook=st.dictionaries(OPTIONS, st.floats(0, 1), max_size=3),
)
CITATIONS = st.lists(
    st.builds(
        Citation, number=st.integers(1, 9), slug=WORDS, term=WORDS, section=WORDS, text=WORDS, distance=SHARES
    ),
    max_size=2,
).map(tuple)
DEFINITIONS = st.none() | st.builds(Definition, text=WORDS, citations=CITATIONS, related=NAMES)
QUESTIONS = st.builds(
    AskedQuestion,
    id=WORDS,
    facts=NAMES,
    text=WORDS,
    quick_replies=st.lists(st.builds(QuickReplyChoice, id=WORDS, label=WORDS), max_size=2).map(tuple),
    several=st.booleans(),
    number=st.integers(1, 3),
    of=st.just(3),
)


@st.composite
def _heard(draw: st.DrawFn) -> Heard:
    fact = draw(st.sampled_from(STATED_FACTS))
    return Heard(fact=fact, value=draw(values_of(fact)), words=fact, quote=draw(WORDS), source="stated")


@st.composite
def _flips(draw: st.DrawFn) -> Flip:
    fact = draw(st.sampled_from(STATED_FACTS))
    return Flip(fact=fact, to=draw(values_of(fact)), option=draw(OPTIONS), text=fact)


HEARD = st.lists(_heard(), max_size=3).map(tuple)
REPLIES: st.SearchStrategy[Reply] = st.one_of(
    st.builds(
        Recommend,
        leading=LEADINGS,
        is_provisional=st.booleans(),
        reasons=st.lists(st.builds(Reason, text=WORDS, citations=st.just((1,))), max_size=2).map(tuple),
        heard=HEARD,
        assumptions=NAMES,
        conditions=NAMES,
        flips=st.lists(_flips(), max_size=2).map(tuple),
        first_step=WORDS,
        next_steps=NAMES,
        done=NAMES,
        costs=NAMES,
        cautions=NAMES,
        confidence=st.sampled_from(("high", "medium", "low")),
        citations=CITATIONS,
        definition=DEFINITIONS,
        decision_id=WORDS,
        policy_version=WORDS,
    ),
    st.builds(Clarify, question=QUESTIONS, leading=LEADINGS, heard=HEARD, definition=DEFINITIONS),
    st.builds(Define, definition=st.builds(Definition, text=WORDS)),
    st.builds(OffTopic, text=WORDS),
    st.builds(Decline, text=WORDS),
)
CONVERSATIONS = st.builds(
    Conversation,
    place=PLACES,
    audience=AUDIENCES,
    opened_by=WORDS,
    opened_at=MOMENTS,
    question=WORDS,
    statements=STATEMENTS,
    asked=NAMES,
    pending=WORDS,
    decision_id=WORDS,
    is_decided=st.booleans(),
    last_reply=st.none() | REPLIES,
    revision=st.integers(0, 99),
)
REVISIONS = st.builds(
    Revision,
    at=MOMENTS,
    message_id=WORDS,
    policy_version=WORDS,
    glossary_version=WORDS,
    statements=STATEMENTS,
    rules_tested=st.lists(st.builds(RuleOutcome, rule=WORDS, fired=st.booleans()), max_size=3).map(tuple),
    rule=WORDS,
    gate=st.none() | WORDS,
    direction=OPTIONS,
    option=OPTIONS,
    headline=WORDS,
    rationale=NAMES,
    consequences=NAMES,
    conditions=NAMES,
    considered_options=st.lists(OPTIONS, max_size=2).map(tuple),
    thresholds=st.dictionaries(WORDS, st.integers(0, 10**6), max_size=2),
    confidence=st.sampled_from(("high", "medium", "low")),
    is_provisional=st.booleans(),
    passages=st.lists(st.builds(UsedPassage, slug=WORDS, section=WORDS, distance=SHARES), max_size=2).map(
        tuple
    ),
    asked=NAMES,
)
CHANGES = st.builds(
    Change,
    at=MOMENTS,
    by=WORDS,
    what=st.sampled_from(("proposed", "accepted")),
    why=WORDS,
    outcome=st.none() | OPTIONS,
)
RECORDS = st.builds(
    DecisionRecord,
    id=st.from_regex(r"^D-[0-9A-Z]{10}\Z", alphabet=st.characters(codec="ascii")),
    place=PLACES,
    audience=AUDIENCES,
    context=WORDS,
    link=WORDS,
    status=st.sampled_from(("proposed", "accepted", "overridden", "superseded", "withdrawn")),
    owner=WORDS,
    decided_at=MOMENTS,
    review_on=st.none() | st.dates(),
    supersedes=st.none() | WORDS,
    superseded_by=st.none() | WORDS,
    revisions=st.lists(REVISIONS, min_size=1, max_size=2).map(tuple),
    history=st.lists(CHANGES, min_size=1, max_size=2).map(tuple),
)


def _returns_the_same(kept: BaseModel) -> bool:
    stored = kept.model_dump_json()
    again = type(kept).model_validate_json(stored)
    # True equals 1 and 1.0 in Python, but not in what is stored.
    return again == kept and again.model_dump_json() == stored


@settings(deadline=None, max_examples=60)
@given(CONVERSATIONS)
def test_a_conversation_comes_back_as_it_was_kept(conversation: Conversation) -> None:
    assert _returns_the_same(conversation)


@settings(deadline=None, max_examples=60)
@given(RECORDS)
def test_a_record_comes_back_as_it_was_kept(record: DecisionRecord) -> None:
    assert _returns_the_same(record)
    assert record.current is record.revisions[-1]


def test_what_was_kept_before_people_could_decide_is_still_read() -> None:
    record, conversation = a_record().model_dump(mode="json"), a_conversation().model_dump(mode="json")
    for change in record["history"]:
        del change["outcome"]
    del conversation["supersedes"]
    assert DecisionRecord.model_validate(record) == a_record()
    assert Conversation.model_validate(conversation) == a_conversation()


@pytest.mark.parametrize(
    ("kept", "change"),
    [
        (a_record(), {"revisions": []}),
        (a_record(), {"history": []}),
        (a_record(), {"id": "D-1"}),
        (a_record(), {"status": "forgotten"}),
        (a_record(), {"decided_at": "2026-11-16T09:30:00"}),
        (a_record(), {"schema_version": 2}),
        (a_record(), {"mood": "good"}),
        (a_conversation(), {"schema_version": 2}),
        (a_conversation(), {"statements": [{"fact": "shoe_size", "value": 44, "quote": ""}]}),
        (a_conversation(), {"last_reply": {"reply": "shrug", "text": "…"}}),
    ],
)
def test_what_is_not_a_record_or_a_conversation_is_refused(
    kept: BaseModel, change: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        type(kept).model_validate({**kept.model_dump(mode="json"), **change})


@pytest.mark.parametrize(("pending", "is_waiting"), [("Q1", True), ("", False)])
def test_a_conversation_waits_while_a_question_is_pending(pending: str, *, is_waiting: bool) -> None:
    assert a_conversation().model_copy(update={"pending": pending}).is_waiting is is_waiting
