"""Commands that erase words or everything. What Redis still has in its files is rewritten, too."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping

from bot.app import OPERATOR, forgetting_of, membership_of, now, open_stores
from bot.cli.output import say, show
from bot.cli.which_team import only_team
from bot.errors import ErasedInPart, InputInvalid, WrongUsage
from bot.forgetting import Forgotten
from bot.settings import Settings

_IN_SLACK = "What stands in Slack, and in backups, stays until somebody deletes it there."
_IN_FILES = "Redis does not let us rewrite its file (BGREWRITEAOF): until that is done, the words are in it."


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Erase one decision's words, or what one person said and their id.

    Raises InputInvalid and ErasedInPart.
    """
    if bool(options.of) == bool(options.user):
        raise WrongUsage("write one decision's id after `decisions erase`, or --user ID")
    narrowing = (
        options.since,
        options.words,
        options.channel,
        options.person,
        options.status,
        options.outcome,
    )
    form = (options.json, options.csv, options.adr, options.all)
    if any(form) or options.due_before or any(narrowing):
        raise WrongUsage("`decisions erase` takes an id or --user, and --team; nothing else")
    asyncio.run(_erase(options, settings))


def purge(options: argparse.Namespace, settings: Settings) -> None:
    """Delete everything that is kept of a workspace, at once."""
    asyncio.run(_purge(options.team, settings))


async def _erase(options: argparse.Namespace, settings: Settings) -> None:
    async with open_stores(settings) as stores:
        forgetting = forgetting_of(stores)
        team = options.team or only_team(await stores.log.team_ids())
        by = OPERATOR.user_id
        if options.user:
            found: Forgotten | None = await forgetting.erase_person(team, options.user, by=by, at=now())
        else:
            found = await forgetting.erase_decision(team, options.of.upper(), by=by, at=now())
        if found is None:
            raise InputInvalid(f"there is no decision {options.of} in workspace {team}")
        is_rewritten = await stores.files.rewrite()
    show(_in_words(found.counts))
    say(_IN_SLACK if is_rewritten else f"{_IN_SLACK} {_IN_FILES}")
    if found.unread:
        raise ErasedInPart(sum(found.counts.values()), found.unread)


async def _purge(team: str, settings: Settings) -> None:
    async with open_stores(settings) as stores:
        deleted = await membership_of(settings, stores).remove(team)
        is_rewritten = await stores.files.rewrite()
    show(f"Deleted {deleted} things of workspace {team}.")
    if not is_rewritten:
        say(_IN_FILES)


def _in_words(erased: Mapping[str, int]) -> str:
    told = [f"{number} {name}" for name, number in erased.items() if number]
    return f"Erased: {', '.join(told)}." if told else "There was nothing to erase."
