"""Who may see a decision: the one place that decides it, for every list, search and digest. In doubt, nobody.

A person's record is that person's alone. A conversation's record is seen by whoever is in that channel now,
and only from within it. A workspace's record is open to its members; guests and people from other
organisations see it only from within the channel where it was said.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import Audience
from bot.record import DecisionRecord


@dataclass(frozen=True)
class Viewer:
    """Who looks, and from where. An empty id is nobody and nowhere: it matches nothing."""

    user_id: str
    channel_id: str
    is_guest: bool
    """They were let into some channels only."""
    is_outsider: bool
    """They belong to another organisation."""
    is_admin: bool = False
    """They look after this workspace, as an admin or an owner of it. They see no more than others."""


def may_see(record: DecisionRecord, viewer: Viewer) -> bool:
    """Say whether the viewer may know that this record exists."""
    return is_open_to(record.audience, viewer)


def is_open_to(audience: Audience, viewer: Viewer) -> bool:
    """Say whether the viewer may know of what has this audience."""
    is_within = audience.channel_id != "" and audience.channel_id == viewer.channel_id
    match audience.kind:
        case "person":
            return audience.user_id != "" and audience.user_id == viewer.user_id
        case "conversation":
            return is_within
        case "workspace":
            return is_within or not (viewer.is_guest or viewer.is_outsider)


@dataclass(frozen=True)
class Sight:
    """What a viewer sees of one shelf: all of it, or only what was said in one channel."""

    shelf: str
    within: str = ""
    """Channel id; "" for all of it."""


def shelf_of(audience: Audience) -> str:
    """Return where the records of an audience lie together, so that it is applied before anything else."""
    match audience.kind:
        case "person":
            return f"person:{audience.user_id}"
        case "conversation":
            return f"conversation:{audience.channel_id}"
        case "workspace":
            return "workspace"


def sights_of(viewer: Viewer) -> tuple[Sight, ...]:
    """Return the shelves of which the viewer sees something: `may_see`, before any record is read."""
    sights = []
    if viewer.user_id:
        sights.append(Sight(f"person:{viewer.user_id}"))
    if viewer.channel_id:
        sights.append(Sight(f"conversation:{viewer.channel_id}"))
    if not (viewer.is_guest or viewer.is_outsider):
        sights.append(Sight("workspace"))
    elif viewer.channel_id:
        sights.append(Sight("workspace", within=viewer.channel_id))
    return tuple(sights)
