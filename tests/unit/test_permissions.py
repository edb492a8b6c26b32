"""Who may do what, from where: every person, action and place that there is."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.conversation import Audience
from bot.permissions import Action, may
from bot.record import Change, DecisionRecord
from bot.visibility import Viewer
from tests.integration.stores.examples import NOW, a_record, changed

HERE, ELSEWHERE, DIRECT = "C1", "C2", "D1"
OWNER, DECIDER = "U1", "U2"
AUDIENCES = {
    "public": Audience(kind="workspace", channel_id=HERE),
    "private": Audience(kind="conversation", channel_id=HERE),
    "personal": Audience(kind="person", user_id=OWNER),
}


def _viewer(name: str, channel_id: str) -> Viewer:
    user_id = {"owner": OWNER, "guest owner": OWNER, "decider": DECIDER}.get(name, "U9")
    return Viewer(
        user_id,
        channel_id,
        is_guest=name in ("guest", "guest owner"),
        is_outsider=name == "stranger",
        is_admin=name == "admin",
    )


PEOPLE = ("owner", "guest owner", "decider", "admin", "member", "guest", "stranger")
EVERYTHING = frozenset(get_args(Action))
LOOK_AND_DECIDE = frozenset({"see", "correct", "accept", "override", "review"})
IN_CHARGE = frozenset({"see", "withdraw", "change owner", "change review date", "review"})
NOTHING: frozenset[str] = frozenset()
INSIDE = {
    "owner": EVERYTHING,
    "guest owner": EVERYTHING,
    "decider": LOOK_AND_DECIDE,
    "admin": EVERYTHING,
    "member": LOOK_AND_DECIDE,
    "guest": LOOK_AND_DECIDE,
    "stranger": LOOK_AND_DECIDE,
}
"""Whoever is in the conversation."""
OUTSIDE_OF_PUBLIC = {
    "owner": IN_CHARGE,
    "guest owner": NOTHING,
    "decider": frozenset({"see", "review"}),
    "admin": IN_CHARGE,
    "member": frozenset({"see"}),
    "guest": NOTHING,
    "stranger": NOTHING,
}
ONLY_OWNERS = {name: IN_CHARGE if "owner" in name else NOTHING for name in PEOPLE}
MAY: dict[tuple[str, str], dict[str, frozenset[str]]] = {
    ("public", HERE): INSIDE,
    ("public", ELSEWHERE): OUTSIDE_OF_PUBLIC,
    ("public", DIRECT): OUTSIDE_OF_PUBLIC,
    ("public", ""): OUTSIDE_OF_PUBLIC,
    ("private", HERE): INSIDE,
    # Whoever has left a private channel stands nowhere, their own decisions included.
    ("private", ELSEWHERE): dict.fromkeys(PEOPLE, NOTHING),
    ("private", DIRECT): dict.fromkeys(PEOPLE, NOTHING),
    ("private", ""): dict.fromkeys(PEOPLE, NOTHING),
    ("personal", HERE): {name: EVERYTHING if "owner" in name else NOTHING for name in PEOPLE},
    ("personal", DIRECT): ONLY_OWNERS,
    ("personal", ""): ONLY_OWNERS,
}


def _record(kind: str) -> DecisionRecord:
    accepted = Change(at=NOW, by=DECIDER, what="accepted", outcome=a_record().current.option)
    update = {"audience": AUDIENCES[kind], "owner": OWNER, "status": "accepted"}
    return changed(a_record(), accepted).model_copy(update=update)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("action", get_args(Action))
@pytest.mark.parametrize(("kind", "channel_id"), MAY)
def test_who_may_do_what_from_where(kind: str, channel_id: str, action: Action, person: str) -> None:
    is_allowed = action in MAY[kind, channel_id][person]
    assert may(_viewer(person, channel_id), action, _record(kind)) is is_allowed


def test_nobody_is_nobody() -> None:
    nobody = Viewer("", "", is_guest=False, is_outsider=False)
    record = _record("public").model_copy(update={"owner": ""})
    assert [action for action in get_args(Action) if may(nobody, action, record)] == ["see"]
