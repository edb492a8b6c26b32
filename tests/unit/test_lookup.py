from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import lookup
from bot.conversation import Audience
from bot.decision.options import Option
from bot.lookup import Found, Lookup
from bot.query import Query
from bot.record import Change, DecisionRecord
from bot.visibility import Viewer, may_see
from tests.fakes.stores import FakeDecisionLog
from tests.integration.stores.examples import NOW, a_record, a_revision

ANA = Viewer("U1", "C1", is_guest=False, is_outsider=False)
GUEST = Viewer("U9", "C2", is_guest=True, is_outsider=False)
EVERYONES = Audience(kind="workspace", channel_id="C1")
BENS = Audience(kind="person", user_id="U2")


def _record(
    number: int,
    context: str = "Tune?",
    *,
    audience: Audience = EVERYONES,
    headline: str = "Use retrieval",
    rationale: tuple[str, ...] = ("Facts change weekly.",),
) -> DecisionRecord:
    revision = a_revision().model_copy(update={"headline": headline, "rationale": rationale})
    record = a_record(number, decided_at=NOW + timedelta(minutes=number), context=context)
    return record.model_copy(update={"audience": audience, "revisions": (revision,)})


async def _unchanged(audience: Audience) -> Audience:
    return audience


async def _log(records: Sequence[DecisionRecord]) -> FakeDecisionLog:
    log = FakeDecisionLog()
    for record in records:
        await log.save(record)
    return log


async def _find(records: Sequence[DecisionRecord], words: str = "", viewer: Viewer = ANA) -> Found:
    return await Lookup(await _log(records), _unchanged).find("T1", viewer, words)


def _contexts(found: Found) -> list[str]:
    return [record.context for record in found.shown]


async def test_an_empty_log_holds_nothing_and_nothing_older() -> None:
    assert await _find([]) == Found()


async def test_the_newest_ten_are_shown_and_the_others_counted() -> None:
    found = await _find([_record(number, f"Question {number}") for number in range(1, 14)])
    assert _contexts(found) == [f"Question {number}" for number in range(13, 3, -1)]
    assert (found.more, found.looked_through, found.may_have_older) == (3, 13, False)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("refund", True),
        ("refunds", True),
        ("REFUNDING tone", True),
        ("the refund of it", True),
        ("refund schema", False),
        ("retrieval", True),
        ("weekly", True),
        ("fine-tuning", True),
        ("finetune", True),
        ("fine tune", True),
        ("gpt-4o", True),
        ("gpt-5", False),
        ("café", True),
        ("cafe", True),
        ("sort", False),  # stands in a quote, not in the question
        ("the", False),
        ("", True),
        ("—", True),
    ],
)
async def test_words_are_looked_for_by_their_stems_in_question_headline_and_reasons(
    words: str, *, is_found: bool
) -> None:
    record = _record(1, "Fine-tune gpt-4o for refunds in our café's tone?")
    assert bool((await _find([record], words)).shown) is is_found


async def test_what_may_not_be_seen_is_neither_found_nor_counted() -> None:
    records = [_record(number, "zebra", audience=BENS) for number in range(1, 30)]
    assert await _find(records) == Found()
    assert await _find(records, "zebra") == Found()


async def test_private_records_of_others_do_not_use_up_what_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookup, "MOST_LOOKED_THROUGH", 2)
    hidden = [_record(number, audience=BENS) for number in range(5, 12)]
    found = await _find([_record(1, "one"), _record(2, "two"), *hidden])
    assert (_contexts(found), found.may_have_older) == (["two", "one"], False)


async def test_only_the_newest_that_match_are_looked_through_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookup, "MOST_LOOKED_THROUGH", 3)
    records = [_record(1, "zebra"), *(_record(number) for number in range(2, 5))]
    found = await _find(records)
    assert (len(found.shown), found.looked_through, found.may_have_older) == (3, 3, True)
    assert await _find(records, "zebra") == Found((records[0],), 0, 1)
    assert not (await _find(records[1:])).may_have_older


async def test_a_log_full_of_what_turned_private_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def turned_private(audience: Audience) -> Audience:
        return Audience(kind="conversation", channel_id=audience.channel_id)

    monkeypatch.setattr(lookup, "MOST_READ", 4)
    elsewhere = Viewer("U1", "C2", is_guest=False, is_outsider=False)
    lookup_ = Lookup(await _log([_record(number) for number in range(1, 6)]), turned_private)
    assert await lookup_.find("T1", elsewhere) == Found(may_have_older=True)


async def test_a_query_asks_for_all_that_it_names_at_once() -> None:
    accepted = Change(at=NOW, by="U5", what="accepted", outcome=Option.RAG)
    wanted = _record(1, "Refunds?").model_copy(
        update={"status": "accepted", "history": (accepted,), "review_on": date(2026, 12, 1)}
    )
    log = await _log([wanted, _record(2, "Refunds?"), _record(3, "Tone?")])
    whole = Query(
        words="refund",
        channel_id="C1",
        person="U5",
        outcome=Option.RAG,
        status="accepted",
        since=wanted.decided_at,
        until=wanted.decided_at + timedelta(microseconds=1),
        due_before=date(2026, 12, 2),
    )
    lookup_ = Lookup(log, _unchanged)
    assert (await lookup_.search("T1", ANA, whole)).shown == (wanted,)
    misses = [
        replace(whole, words="tone"),
        replace(whole, channel_id="C2"),
        replace(whole, person="U6"),
        replace(whole, outcome=Option.FINE_TUNE_SFT),
        replace(whole, status="proposed"),
        replace(whole, since=wanted.decided_at + timedelta(microseconds=1)),
        replace(whole, until=wanted.decided_at),
        replace(whole, due_before=date(2026, 12, 1)),
    ]
    assert [await lookup_.search("T1", ANA, query) for query in misses] == [Found()] * len(misses)


async def test_what_resembles_a_question_is_recalled_where_it_may_be_seen() -> None:
    decided = {"status": "accepted"}
    open_one = _record(1, "Should we tune for refund letters?")
    seen = _record(2, "Should we tune for refund letters?").model_copy(update=decided)
    hidden = _record(3, "Should we tune for refund letters?", audience=BENS).model_copy(update=decided)
    far = _record(4, "Which database stores pictures of cats?").model_copy(update=decided)
    lookup_ = Lookup(await _log([open_one, seen, hidden, far]), _unchanged)
    recalled = await lookup_.recall("T1", ANA, "tune a model for refund letters?", 5)
    assert [one.record.id for one in recalled] == [seen.id, far.id]
    assert recalled[0].distance < 0.2 < recalled[1].distance
    assert await lookup_.recall("T1", ANA, " ", 5) == []


async def test_only_the_workspaces_own_records_are_found() -> None:
    assert await Lookup(await _log([_record(1)]), _unchanged).find("T2", ANA) == Found()


async def test_one_record_is_found_by_its_id_where_it_may_be_seen() -> None:
    lookup_ = Lookup(await _log([_record(1), _record(2, audience=BENS)]), _unchanged)
    assert await lookup_.find_one("T1", ANA, "D-0000000001") == _record(1)
    for team_id, viewer, decision_id in (
        ("T1", ANA, "D-0000000002"),
        ("T1", ANA, "D-0000000003"),
        ("T2", ANA, "D-0000000001"),
        ("T1", GUEST, "D-0000000001"),
    ):
        assert await lookup_.find_one(team_id, viewer, decision_id) is None


async def test_a_channel_turned_private_takes_its_records_with_it() -> None:
    async def turned_private(audience: Audience) -> Audience:
        return Audience(kind="conversation", channel_id=audience.channel_id)

    lookup_ = Lookup(await _log([_record(1)]), turned_private)
    within, outside = ANA, Viewer("U1", "C2", is_guest=False, is_outsider=False)
    assert [record.id for record in (await lookup_.find("T1", within)).shown] == ["D-0000000001"]
    assert await lookup_.find_one("T1", within, "D-0000000001") == _record(1)
    assert await lookup_.find("T1", outside) == Found()
    assert await lookup_.find_one("T1", outside, "D-0000000001") is None


async def test_nobody_is_asked_about_what_is_hidden_anyway() -> None:
    async def fails(_: Audience) -> Audience:
        raise AssertionError

    assert await Lookup(await _log([_record(1, audience=BENS)]), fails).find("T1", ANA) == Found()


_AUDIENCES = st.builds(
    Audience,
    kind=st.sampled_from(["person", "conversation", "workspace"]),
    user_id=st.sampled_from(["", "U1", "U2"]),
    channel_id=st.sampled_from(["", "C1", "C2"]),
)
_VIEWERS = st.builds(
    Viewer,
    user_id=st.sampled_from(["U1", "U2", "U3"]),
    channel_id=st.sampled_from(["C1", "C2", "D1"]),
    is_guest=st.booleans(),
    is_outsider=st.booleans(),
)


@given(audiences=st.lists(_AUDIENCES, max_size=25), viewer=_VIEWERS, words=st.sampled_from(["", "zebra"]))
async def test_whatever_is_found_or_counted_may_be_seen(
    audiences: list[Audience], viewer: Viewer, words: str
) -> None:
    records = [_record(number, "zebra", audience=audience) for number, audience in enumerate(audiences)]
    found = await _find(records, words, viewer)
    visible = [record for record in reversed(records) if may_see(record, viewer)]
    assert list(found.shown) == visible[:10]
    assert found.more == max(0, len(visible) - 10)
    assert found.looked_through == len(visible)


async def _since(records: Sequence[DecisionRecord], minutes: int) -> tuple[list[str], bool]:
    taken: list[str] = []
    since = NOW + timedelta(minutes=minutes)
    is_whole = await Lookup(await _log(records), _unchanged).each_since(
        "T1", ANA, since, lambda record: taken.append(record.id)
    )
    return taken, is_whole


async def test_each_decision_since_then_is_given_newest_first_if_the_viewer_may_see_it() -> None:
    records = [_record(1), _record(2, audience=BENS), _record(3), _record(4)]
    assert await _since(records, 2) == (["D-0000000004", "D-0000000003"], True)


async def test_when_there_are_too_many_to_read_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MOST_READ", 3)
    taken, is_whole = await _since([_record(number) for number in range(1, 6)], 0)
    assert (len(taken), is_whole) == (3, False)
