from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Audience
from bot.record import DecisionRecord
from bot.visibility import Viewer, may_see, shelf_of, sights_of
from tests.integration.stores.examples import a_record

ANA, BEN = "U1", "U2"
HERE, ELSEWHERE, DIRECT = "C1", "C2", "D1"
PERSONS = Audience(kind="person", user_id=ANA)
CONVERSATIONS = Audience(kind="conversation", channel_id=HERE)
WORKSPACES = Audience(kind="workspace", channel_id=HERE)
PEOPLE = {
    "ana": (ANA, False, False),
    "a colleague": (BEN, False, False),
    "a guest": ("U3", True, False),
    "an outsider": ("U4", False, True),
    "an outside guest": ("U5", True, True),
    "nobody": ("", False, False),
}
EVERYONE = frozenset(PEOPLE)
MEMBERS = frozenset({"ana", "a colleague", "nobody"})
SEEN_BY: dict[tuple[str, str], frozenset[str]] = {
    ("person", HERE): frozenset({"ana"}),
    ("person", ELSEWHERE): frozenset({"ana"}),
    ("person", DIRECT): frozenset({"ana"}),
    ("person", ""): frozenset({"ana"}),
    ("conversation", HERE): EVERYONE,
    ("conversation", ELSEWHERE): frozenset(),
    ("conversation", DIRECT): frozenset(),
    ("conversation", ""): frozenset(),
    ("workspace", HERE): EVERYONE,
    ("workspace", ELSEWHERE): MEMBERS,
    ("workspace", DIRECT): MEMBERS,
    ("workspace", ""): MEMBERS,
}
AUDIENCES: dict[str, Audience] = {
    audience.kind: audience for audience in (PERSONS, CONVERSATIONS, WORKSPACES)
}


def _kept_for(audience: Audience) -> DecisionRecord:
    return a_record().model_copy(update={"audience": audience})


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("kind", "channel_id"), SEEN_BY)
def test_who_sees_what_from_where(kind: str, channel_id: str, person: str) -> None:
    user_id, is_guest, is_outsider = PEOPLE[person]
    viewer = Viewer(user_id, channel_id, is_guest=is_guest, is_outsider=is_outsider)
    assert may_see(_kept_for(AUDIENCES[kind]), viewer) is (person in SEEN_BY[kind, channel_id])


@pytest.mark.parametrize(
    "audience",
    [Audience(kind="person"), Audience(kind="person", channel_id=HERE), Audience(kind="conversation")],
)
def test_a_record_that_does_not_say_whose_it_is_is_seen_by_nobody(audience: Audience) -> None:
    for channel_id in (HERE, ""):
        for user_id in (ANA, ""):
            viewer = Viewer(user_id, channel_id, is_guest=False, is_outsider=False)
            assert not may_see(_kept_for(audience), viewer)


_IDS = st.sampled_from(["", "U1", "U2", "C1", "C2", "u1", " U1"]) | st.text(max_size=3)
_VIEWERS = st.builds(Viewer, user_id=_IDS, channel_id=_IDS, is_guest=st.booleans(), is_outsider=st.booleans())


@given(owner=_IDS, said_in=_IDS, viewer=_VIEWERS)
def test_nobody_sees_a_persons_record_but_that_person(owner: str, said_in: str, viewer: Viewer) -> None:
    record = _kept_for(Audience(kind="person", user_id=owner, channel_id=said_in))
    assert may_see(record, viewer) is (owner == viewer.user_id != "")


@given(said_in=_IDS, viewer=_VIEWERS)
def test_being_less_at_home_never_shows_more(said_in: str, viewer: Viewer) -> None:
    at_home = Viewer(viewer.user_id, viewer.channel_id, is_guest=False, is_outsider=False)
    for audience in (
        Audience(kind="conversation", channel_id=said_in),
        Audience(kind="workspace", channel_id=said_in),
    ):
        record = _kept_for(audience)
        assert may_see(record, at_home) or not may_see(record, viewer)


@given(
    audience=st.builds(
        Audience,
        kind=st.sampled_from(["person", "conversation", "workspace"]),
        user_id=st.sampled_from(["", ANA, BEN, f"{ANA}:{BEN}"]),
        channel_id=st.sampled_from(["", HERE, ELSEWHERE]),
    ),
    viewer=st.builds(
        Viewer,
        user_id=st.sampled_from(["", ANA, BEN]),
        channel_id=st.sampled_from(["", HERE, ELSEWHERE]),
        is_guest=st.booleans(),
        is_outsider=st.booleans(),
    ),
)
def test_what_lies_in_sight_is_what_may_be_seen(audience: Audience, viewer: Viewer) -> None:
    in_sight = [
        sight
        for sight in sights_of(viewer)
        if sight.shelf == shelf_of(audience) and sight.within in ("", audience.channel_id)
    ]
    assert len(in_sight) == may_see(_kept_for(audience), viewer)
