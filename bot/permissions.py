"""Who may do what with a decision: the one place that decides it. Whoever may not see it may do nothing.

A decision belongs to the people of the conversation that it was made in: any of them may correct what was
heard, decide and review. Taking it back, giving it to somebody else and moving its review is for its owner,
and for the admins of the workspace, as far as they may see it.
"""

from __future__ import annotations

from typing import Literal

from bot.record import DecisionRecord
from bot.visibility import Viewer, may_see

Action = Literal[
    "see", "correct", "accept", "override", "withdraw", "change owner", "change review date", "review"
]


def may(viewer: Viewer, action: Action, record: DecisionRecord) -> bool:
    """Say whether the viewer may do this, from where they stand."""
    if not may_see(record, viewer):
        return False
    is_within = viewer.channel_id != "" and viewer.channel_id == record.place.channel_id
    match action:
        case "see":
            return True
        case "correct" | "accept" | "override":
            return is_within
        case "withdraw" | "change owner" | "change review date":
            return is_in_charge(record, viewer.user_id, is_admin=viewer.is_admin)
        case "review":
            has_decided = viewer.user_id != "" and viewer.user_id == record.decided_by
            return is_within or has_decided or is_in_charge(record, viewer.user_id, is_admin=viewer.is_admin)


def is_in_charge(record: DecisionRecord, user_id: str, *, is_admin: bool) -> bool:
    """Say whether a person owns the decision or looks after the workspace."""
    return user_id != "" and (is_admin or user_id == record.owner)
