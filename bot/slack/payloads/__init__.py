"""Slack's envelopes and bodies into values; nothing outside this package reads their raw dicts."""

from __future__ import annotations

from datetime import datetime

from bot.slack import reading
from bot.slack.incoming import CommandCalled, Filled, Incoming, PressedElsewhere, ToOpen
from bot.slack.payloads.actions import parse_action
from bot.slack.payloads.events import SUBTYPES, parse_event
from bot.slack.payloads.forms import parse_form
from bot.slack.payloads.me import Me
from bot.slack.payloads.message_shortcuts import parse_shortcut
from bot.slack.payloads.raw import Raw, text_of

__all__ = [
    "COMMAND",
    "SUBTYPES",
    "Me",
    "is_handshake",
    "parse",
]

COMMAND = "/finetune"


def is_handshake(body: Raw) -> bool:
    """Say whether Slack only checks our address (HTTP mode); Bolt answers those."""
    return body.get("type") == "url_verification" or bool(body.get("ssl_check"))


def parse(
    body: Raw, *, me: Me, team_id: str, now: datetime
) -> Incoming | ToOpen | Filled | PressedElsewhere | None:
    """Return what a person did, or None when it is not for us. What is no `Incoming` is answered at once.

    `team_id` is the workspace that the app is installed in; `body` may name the sender's own instead.
    """
    if "command" in body:
        return _command(body, team_id, now)
    match body.get("type"):
        case "event_callback":
            return parse_event(body, me=me, team_id=team_id, now=now)
        case "block_actions":
            return parse_action(body, team_id)
        case "message_action":
            return parse_shortcut(body, team_id)
        case "view_submission":
            return parse_form(body, team_id, now)
    return None


def _command(body: Raw, team_id: str, now: datetime) -> CommandCalled | None:
    if body.get("command") != COMMAND or not text_of(body, "trigger_id"):
        return None
    return CommandCalled(
        team_id=team_id,
        channel_id=text_of(body, "channel_id"),
        user_id=text_of(body, "user_id"),
        at=now,
        text=reading.words(text_of(body, "text"), ""),
        trigger_id=text_of(body, "trigger_id"),
        response_url=text_of(body, "response_url"),
    )
