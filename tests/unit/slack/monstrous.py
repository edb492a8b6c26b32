"""Replies as no policy would give them: long, dense, and full of what Slack treats specially."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.model_use import ModelUse
from bot.record import Change, DecisionRecord, Revision, UsedPassage
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


def citation(number: int, text: str) -> Citation:
    return Citation(number=number, slug="s", term=text, section=text, text=text, sources=(text,))


TEXT = st.builds(
    lambda part, times: part * times,
    # Half a character is replaced where Slack's words come in.
    st.text(alphabet=st.sampled_from(list("<&>*_`~@# \nab")) | st.characters(codec="utf-8"), max_size=30),
    st.sampled_from([0, 1, 2, 50, 500]),
)
_TEXTS = st.lists(TEXT, max_size=6).map(tuple)
_CITATIONS = st.lists(st.builds(citation, st.integers(1, 99), TEXT), max_size=5).map(tuple)
_ID = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)
_DEFINITION = st.none() | st.builds(Definition, text=TEXT, citations=_CITATIONS, related=_TEXTS)
_HEARD = st.lists(
    st.builds(
        Heard,
        fact=st.just("gap"),
        value=st.just("x"),
        words=TEXT,
        quote=TEXT,
        source=st.sampled_from(["stated", "button", "form", "inferred"]),
    ),
    max_size=8,
).map(tuple)
_LEADING = st.builds(
    Leading,
    option=st.sampled_from(Option),
    direction=st.sampled_from(Option),
    headline=TEXT.map(lambda text: f"x{text}"),
    rule=TEXT,
)
RECOMMENDATIONS = st.builds(
    Recommend,
    leading=_LEADING,
    is_provisional=st.booleans(),
    reasons=st.lists(
        st.builds(Reason, text=TEXT, citations=st.lists(st.integers(), max_size=9).map(tuple)), max_size=6
    ).map(tuple),
    heard=_HEARD,
    assumptions=_TEXTS,
    conditions=_TEXTS,
    flips=st.lists(
        st.builds(Flip, fact=_ID, to=st.just(1), option=st.sampled_from(Option), text=TEXT), max_size=4
    ).map(tuple),
    first_step=TEXT,
    next_steps=_TEXTS,
    costs=_TEXTS,
    cautions=_TEXTS,
    confidence=st.sampled_from(["high", "medium", "low"]),
    citations=_CITATIONS,
    definition=_DEFINITION,
    decision_id=st.just("D-0123456789"),
    policy_version=_ID,
    notes=_TEXTS,
)
_QUESTION = st.builds(
    AskedQuestion,
    id=_ID,
    facts=st.just(("gap",)),
    text=TEXT,
    quick_replies=st.lists(
        st.builds(QuickReplyChoice, id=_ID, label=TEXT), max_size=60, unique_by=lambda choice: choice.id
    ).map(tuple),
    several=st.booleans(),
    number=st.integers(1, 3),
    of=st.just(3),
)
_CLARIFY = st.builds(
    Clarify,
    question=_QUESTION,
    leading=_LEADING,
    heard=_HEARD,
    conditions=_TEXTS,
    definition=_DEFINITION,
    notes=_TEXTS,
)
REPLIES: st.SearchStrategy[Reply] = (
    RECOMMENDATIONS
    | _CLARIFY
    | st.builds(Define, definition=st.builds(Definition, text=TEXT, citations=_CITATIONS, related=_TEXTS))
    | st.builds(OffTopic, text=TEXT)
    | st.builds(Decline, text=TEXT)
)

_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds have no zone
_PEOPLE = st.sampled_from(["U1", "W0ABC", "", "you", "<!channel>", "U1> <!here", "@here *b*"]) | TEXT
_LINKS = st.sampled_from(
    [
        "",
        "https://fake.example.com/archives/C1/p1?a=1&b=2",
        "https://x|y",
        "javascript:x",
        "https://" + "x" * 900,
    ]
)
_REVISIONS = st.builds(
    Revision,
    at=_MOMENTS,
    message_id=st.just("m"),
    policy_version=TEXT,
    glossary_version=TEXT,
    statements=st.lists(
        st.builds(
            Statement,
            fact=st.just("gap"),
            value=st.sampled_from(["format", "knowledge", None]),
            quote=TEXT.map(lambda text: text[:600].encode("utf-8", "replace").decode()),
            source=st.sampled_from(["stated", "button", "form", "inferred"]),
        ),
        max_size=4,
    ).map(tuple),
    rules_tested=st.just(()),
    rule=TEXT,
    gate=st.none() | TEXT,
    direction=st.sampled_from(Option),
    option=st.sampled_from(Option),
    headline=TEXT,
    rationale=_TEXTS,
    consequences=_TEXTS,
    conditions=_TEXTS,
    considered_options=st.lists(st.sampled_from(Option), max_size=5).map(tuple),
    thresholds=st.just({"T1": 50}),
    confidence=st.sampled_from(["high", "medium", "low"]),
    is_provisional=st.booleans(),
    passages=st.just((UsedPassage(slug="s", section="x", distance=None),)),
    asked=st.just(()),
    model_uses=st.lists(
        st.builds(
            ModelUse,
            purpose=st.just("reading"),
            model=TEXT,
            prompt_version=TEXT,
            tokens_in=st.integers(0, 10**9),
            tokens_out=st.integers(0, 10**9),
            latency_ms=st.just(1),
            cost_usd=st.none() | st.floats(0, 10**6),
            failure=TEXT,
        ),
        max_size=4,
    ).map(tuple),
)
RECORDS: st.SearchStrategy[DecisionRecord] = st.builds(
    DecisionRecord,
    id=st.from_regex(r"D-[0-9A-Z]{10}", fullmatch=True),
    place=st.just(Place(team_id="T1", channel_id="C1", thread="1.2")),
    audience=st.just(Audience(kind="workspace", channel_id="C1")),
    context=TEXT,
    link=_LINKS,
    status=st.sampled_from(["proposed", "accepted", "overridden", "superseded", "withdrawn"]),
    owner=_PEOPLE,
    decided_at=_MOMENTS,
    review_on=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    supersedes=st.none() | TEXT,
    superseded_by=st.none() | TEXT,
    revisions=st.lists(_REVISIONS, min_size=1, max_size=2).map(tuple),
    history=st.lists(
        st.builds(Change, at=_MOMENTS, by=_PEOPLE, what=st.sampled_from(["proposed", "accepted"]), why=TEXT),
        min_size=1,
        max_size=6,
    ).map(tuple),
)
