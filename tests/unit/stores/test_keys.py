from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Place
from bot.stores import keys

ids = st.text(alphabet="aT1:{}% *", max_size=4)
two_ids = st.tuples(ids, ids)


def every_key(team_id: str, one: str, other: str) -> list[str]:
    return [
        keys.conversation(Place(team_id=team_id, channel_id=one, thread=other)),
        keys.waiting(team_id, one),
        keys.greeted_channels(team_id),
        keys.home(team_id, one),
        keys.decision(team_id, one),
        keys.decisions_by_time(team_id),
        keys.decision_shelf(team_id, one),
        keys.decision_marks(team_id, one),
        keys.decision_shelves(team_id),
        keys.decision_pages(team_id),
        keys.decisions_listed(team_id),
        keys.decisions_quoting(team_id, one, other),
        keys.feedback(team_id, one, other),
        keys.feedback_by_time(team_id),
        keys.digest_mark(team_id, one, other),
        keys.digest_posting(team_id, one, other),
        keys.digests_due(team_id),
        keys.digests_from(team_id),
        keys.channel_settings(team_id, one),
        keys.term_counts(team_id, one, other),
        keys.reply_id(team_id, one),
        keys.posted_ts(team_id, one),
        keys.decisions_by_review(team_id),
        keys.shown_decision(team_id, one),
        keys.outreach(team_id, one, other),
        keys.told(team_id, one),
        keys.usage_account(team_id, "2026-11-28", one, other),
        keys.usage_accounts(team_id, one),
        keys.asked_window(team_id, one, other),
        keys.limit_told(team_id, "U1", one, other),
    ]


def hash_tag(key: str) -> str:
    """Return what Redis Cluster hashes: the text between the first brace and the next closing one."""
    return key.split("{", 1)[1].split("}", 1)[0]


@given(team=ids, one=two_ids, other=two_ids)
def test_all_keys_of_a_team_have_its_tag(team: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    tags = {hash_tag(key) for key in [*every_key(team, *one), *every_key(team, *other)]}

    assert len(tags) == 1


@given(first=st.tuples(ids, ids, ids), second=st.tuples(ids, ids, ids))
def test_what_is_different_has_different_keys(
    first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    if first[0] != second[0]:
        assert not set(every_key(*first)) & set(every_key(*second))
    if first != second:
        assert every_key(*first)[0] != every_key(*second)[0]


@given(team=ids, one=two_ids, text=ids)
def test_a_teams_keys_are_not_the_inboxs(team: str, one: tuple[str, str], text: str) -> None:
    inbox = {keys.INBOX_EVENTS, keys.INBOX_DEAD_LETTERS, keys.inbox_once(text), keys.inbox_lane(text)}

    assert len(inbox) == 4
    assert {hash_tag(key) for key in inbox} == {"#inbox"}
    assert not inbox & {*every_key(team, *one), *every_key("inbox", *one)}


@given(team=ids, one=two_ids, day=ids)
def test_a_teams_keys_are_not_the_list_of_teams(team: str, one: tuple[str, str], day: str) -> None:
    assert keys.usage_teams(day) not in {*every_key(team, *one), *every_key("usage", *one)}


def test_a_key_can_be_read_by_the_person_on_call() -> None:
    place = Place(team_id="T1", channel_id="C1", thread="1700000000.000100")

    assert keys.conversation(place) == "finetune-advisor:{T1}:conversation:C1:1700000000.000100"
    assert keys.decision("T1", "D-0123456789") == "finetune-advisor:{T1}:decision:D-0123456789"
    assert keys.usage_account("T1", "2026-11-28", "person", "U1") == (
        "finetune-advisor:{T1}:usage:2026-11-28:person:U1"
    )
    assert keys.inbox_lane("C1:1.2") == "finetune-advisor:{#inbox}:lane:C1:1.2"


@given(team=ids, other=ids, one=two_ids)
def test_all_keys_of_a_team_begin_like_no_others(team: str, other: str, one: tuple[str, str]) -> None:
    beginning = keys.all_of_team(team)
    assert all(key.startswith(beginning) for key in every_key(team, *one))
    assert other == team or not any(key.startswith(beginning) for key in every_key(other, *one))
    shared = {keys.TEAMS, keys.DEPARTURES, keys.INBOX_EVENTS, keys.exam(*one), keys.usage_teams(other)}
    assert not any(key.startswith(beginning) for key in {*shared, keys.inbox_lane(other)})


@given(beginning=ids)
def test_no_beginning_is_a_pattern(beginning: str) -> None:
    for text in (keys.all_of_team(beginning), keys.limit_told_of(beginning, beginning)):
        assert not set(text) & set("*?[]^\\")
