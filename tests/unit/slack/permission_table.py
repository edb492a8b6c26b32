"""Who may see and do what, from where: a table, written out by hand from what was promised to people.

Each cell is tried through the whole surface. A place is where the decision was made; "within" is in that very
conversation, "elsewhere" in a channel that everybody is in. Who is not in a set is refused.
"""

from __future__ import annotations

from typing import Literal

Place = Literal["public", "private", "group", "direct", "ephemeral", "shared"]
Where = Literal["within", "elsewhere"]
Action = Literal[
    "log",
    "show",
    "home",
    "sources",
    "history",
    "accept",
    "override",
    "correct",
    "condition",
    "rate",
    "withdraw",
    "change owner",
    "change review date",
    "share",
    "ask about",
    "save",
]
Person = Literal[
    "owner",
    "member",
    "colleague",
    "guest",
    "single guest",
    "stranger",
    "other workspace",
    "admin",
    "deactivated",
    "unknown",
]
People = frozenset[Person]

PEOPLE: dict[Person, dict[str, object]] = {
    "owner": {},
    "member": {},
    "colleague": {},  # of the workspace, and not in the conversation
    "guest": {"is_guest": True},
    "single guest": {"is_guest_of_one_channel": True},
    "stranger": {"team_id": "T0CONNECT", "is_stranger": True},
    "other workspace": {"team_id": "T0OTHER"},
    "admin": {"is_admin": True},  # and not in the conversation
    "deactivated": {"is_deleted": True},
    "unknown": {},  # a member of whom Slack says nothing, as long as they try
}
EVERYBODY: People = frozenset(PEOPLE)
NOBODY: People = frozenset()
OWNER: People = frozenset({"owner"})

WITHIN: dict[Place, People] = {
    "public": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "private": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "group": frozenset({"owner", "member", "unknown"}),
    "direct": frozenset({"owner"}),
    "ephemeral": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "shared": frozenset(
        {"owner", "member", "guest", "single guest", "stranger", "other workspace", "unknown"}
    ),
}
"""Who is in the conversation, and can try anything there at all."""

_IN_WORKSPACE: People = frozenset({"owner", "member", "colleague", "admin"})
_BY_PLACE: dict[tuple[Place, Where], People] = {
    ("public", "within"): WITHIN["public"],
    ("private", "within"): WITHIN["private"],
    ("group", "within"): WITHIN["group"],
    ("direct", "within"): OWNER,
    ("ephemeral", "within"): OWNER,
    ("shared", "within"): WITHIN["shared"],
}
_SEES: dict[tuple[Place, Where], People] = {
    **_BY_PLACE,
    ("public", "elsewhere"): _IN_WORKSPACE,
    ("private", "elsewhere"): NOBODY,
    ("group", "elsewhere"): NOBODY,
    ("direct", "elsewhere"): OWNER,
    ("ephemeral", "elsewhere"): OWNER,
    ("shared", "elsewhere"): NOBODY,
}
_ACTS: dict[tuple[Place, Where], People] = {
    **_BY_PLACE,
    # A message that was copied to another channel is only a picture of one.
    **{(place, "elsewhere"): NOBODY for place in WITHIN},
}
_IS_IN_CHARGE: dict[tuple[Place, Where], People] = {
    ("public", "within"): OWNER,
    ("public", "elsewhere"): frozenset({"owner", "admin"}),
    ("private", "within"): OWNER,
    ("private", "elsewhere"): NOBODY,
    ("group", "within"): OWNER,
    ("group", "elsewhere"): NOBODY,
    ("direct", "within"): OWNER,
    ("direct", "elsewhere"): OWNER,
    ("ephemeral", "within"): OWNER,
    ("ephemeral", "elsewhere"): OWNER,
    ("shared", "within"): OWNER,
    ("shared", "elsewhere"): NOBODY,
}
_GIVES_AWAY: dict[tuple[Place, Where], People] = {
    **_IS_IN_CHARGE,
    # What only one person was shown stays that person's.
    **{(place, where): NOBODY for place in ("direct", "ephemeral") for where in ("within", "elsewhere")},
}
_WHOEVER_IS_THERE: dict[tuple[Place, Where], People] = {
    **{(place, "within"): people for place, people in WITHIN.items()},
    **{(place, "elsewhere"): EVERYBODY for place in WITHIN},
}
MAY: dict[Action, dict[tuple[Place, Where], People]] = {
    "log": _SEES,
    "show": _SEES,
    # A Home stands in no channel, so what belongs to one never shows there.
    "home": {cell: people for cell, people in _SEES.items() if cell[1] == "elsewhere"},
    "sources": _ACTS,
    "history": _ACTS,
    "accept": _ACTS,
    "override": _ACTS,
    "correct": _ACTS,
    "condition": _ACTS,
    # It shows nothing, so nothing is hidden: what somebody thinks is theirs to say.
    "rate": {**_WHOEVER_IS_THERE, **{(place, "elsewhere"): NOBODY for place in WITHIN}},
    "withdraw": _IS_IN_CHARGE,
    "change owner": _GIVES_AWAY,
    "change review date": _IS_IN_CHARGE,
    "share": {("ephemeral", "within"): OWNER, ("ephemeral", "elsewhere"): NOBODY},
    # These two are about a message that whoever uses them sees; a channel's settings may keep people out.
    "ask about": _WHOEVER_IS_THERE,
    "save": _WHOEVER_IS_THERE,
}
AFTER_ACCEPTANCE: frozenset[Action] = frozenset({"history", "change owner", "change review date"})
"""What can be pressed only under a decision."""
PARTIAL: frozenset[Action] = frozenset({"home", "share"})
"""What there is in some places only."""
CHANGES_SETTINGS: dict[tuple[Place, Where], People] = {
    ("public", "within"): frozenset({"owner", "member"}),
    ("private", "within"): frozenset({"owner", "member"}),
    ("group", "within"): frozenset({"owner", "member"}),
    ("direct", "within"): NOBODY,
    ("ephemeral", "within"): frozenset({"owner", "member"}),
    ("shared", "within"): frozenset({"owner", "member"}),
    **{(place, "elsewhere"): _IN_WORKSPACE for place in WITHIN},
}
CHANGES_DEFAULTS: dict[tuple[Place, Where], People] = {
    **{(place, "within"): NOBODY for place in WITHIN},
    **{(place, "elsewhere"): frozenset({"admin"}) for place in WITHIN},
}
DIGESTS: dict[tuple[Place, Where], bool] = {
    ("public", "within"): True,
    ("public", "elsewhere"): False,
    ("private", "within"): True,
    ("private", "elsewhere"): False,
    ("group", "within"): True,
    ("group", "elsewhere"): False,
    ("direct", "within"): False,
    ("direct", "elsewhere"): False,
    ("ephemeral", "within"): False,
    ("ephemeral", "elsewhere"): False,
    ("shared", "within"): True,
    ("shared", "elsewhere"): False,
}
"""Whether a digest that is posted there shows the decision."""
