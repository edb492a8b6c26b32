"""Who we are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Me:
    """Who we are in this workspace."""

    team_id: str
    user_id: str
    bot_id: str
    name: str
