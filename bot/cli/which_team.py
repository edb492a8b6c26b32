"""Whose log a command is about when nobody says it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import WrongUsage


def only_team(teams: Sequence[str]) -> str:
    """Return the one workspace that has a log. Raises WrongUsage when there is none, or more than one."""
    if len(teams) != 1:
        known = f": {', '.join(teams)}" if teams else ""
        raise WrongUsage(f"choose the workspace with --team; there are {len(teams)}{known}")
    return teams[0]
