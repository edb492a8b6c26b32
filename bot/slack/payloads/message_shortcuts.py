"""Shortcuts on messages."""

from __future__ import annotations

from bot.slack import reading, shortcuts
from bot.slack.incoming import (
    MessageAsked,
    OnMessage,
    SaveAsked,
    TheirMessage,
)
from bot.slack.payloads.raw import Raw, moment_of, part_of, text_of


def parse_shortcut(body: Raw, team_id: str) -> MessageAsked | SaveAsked | None:
    """Return which of our shortcuts was used on which message."""
    message, trigger_id = part_of(body, "message"), text_of(body, "trigger_id")
    ts = text_of(message, "ts") or text_of(body, "message_ts")
    channel_id, at = text_of(part_of(body, "channel"), "id"), moment_of(text_of(body, "action_ts"))
    if moment_of(ts) is None or at is None or not channel_id or not trigger_id:
        return None
    thread_ts = text_of(message, "thread_ts")
    used = OnMessage(
        team_id=team_id,
        channel_id=channel_id,
        user_id=text_of(part_of(body, "user"), "id"),
        at=at,
        about=TheirMessage(
            ts=ts,
            thread_ts="" if thread_ts == ts else thread_ts,
            author_id=text_of(message, "user") or text_of(message, "bot_id"),
        ),
        response_url=text_of(body, "response_url"),
    )
    text = reading.words(text_of(message, "text"), "")
    match body.get("callback_id"):
        case shortcuts.ASK:
            return MessageAsked(**dict(used), text=text, trigger_id=trigger_id)
        case shortcuts.SAVE:
            return SaveAsked(**dict(used), text=text, trigger_id=trigger_id)
    return None
