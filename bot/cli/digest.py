"""The command that shows or posts a weekly digest."""

from __future__ import annotations

import argparse
import asyncio
from zoneinfo import ZoneInfo

from bot.app import Stores, house_rules, now, open_digest_poster, open_stores
from bot.cli.output import say, show
from bot.cli.which_team import only_team
from bot.conversation import Audience
from bot.digest import MOST_TERMS, Period, build_digest, newest_of, whole_channel
from bot.house_rules import HouseRules
from bot.plain_text import render_digest
from bot.replies import DigestPost
from bot.seeing import Look
from bot.settings import Settings
from bot.weeks import last_full_week, week_bounds


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Show one channel's digest with --dry-run, else post it unless it was posted."""
    if options.week:
        week_bounds(options.week, ZoneInfo(settings.digest_zone))
    asyncio.run((_show if options.dry_run else _post)(settings, options))


async def _show(settings: Settings, options: argparse.Namespace) -> None:
    async with open_stores(settings) as stores:
        if not settings.uses_slack:
            say("Without SLACK_BOT_TOKEN, decisions of channels that turned private since are still shown.")
            digest = await _as_recorded(settings, options, stores)
        else:
            async with open_digest_poster(settings, stores, options.team) as poster:
                period = await _period(options, poster.house, poster.team_id)
                digest = await poster.build(options.channel, period, now())
    show(render_digest(digest))


async def _post(settings: Settings, options: argparse.Namespace) -> None:
    async with open_stores(settings) as stores, open_digest_poster(settings, stores, options.team) as poster:
        period = await _period(options, poster.house, poster.team_id)
        outcome = await poster.post(options.channel, period, now())
    did = {"posted": "posted to", "being_posted": "is being posted to"}.get(outcome, "was posted before in")
    say(f"Digest of {period.last_week} {did} {options.channel}.")


async def _as_recorded(settings: Settings, options: argparse.Namespace, stores: Stores) -> DigestPost:
    teams = await stores.log.team_ids()
    team = options.team or (only_team(teams) if teams else "")  # an empty log has an empty digest
    period = await _period(options, house_rules(settings, stores), team)

    async def unchanged(audience: Audience) -> Audience:
        return audience

    sight = Look(whole_channel(options.channel), unchanged)
    terms = await stores.digests.terms.most_asked(team, options.channel, period.weeks, MOST_TERMS)
    records = newest_of(stores.log, team, options.channel)
    today = now().astimezone(period.zone).date()
    return await build_digest(records, sight.reaches, period, today, terms=terms)


async def _period(options: argparse.Namespace, house: HouseRules, team_id: str) -> Period:
    zone = await house.zone_of(team_id, options.channel)
    week = options.week or last_full_week(now(), zone)
    return Period(week, week, zone)
