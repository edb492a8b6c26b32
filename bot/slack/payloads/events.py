"""Events: what people wrote and changed, and what nobody said in words."""

from __future__ import annotations

from datetime import datetime

from bot.slack import reading
from bot.slack.incoming import (
    AppRemoved,
    Changed,
    ChannelJoined,
    HomeOpened,
    Incoming,
    Mentioned,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    MessagesOpened,
    is_direct,
)
from bot.slack.payloads.me import Me
from bot.slack.payloads.raw import Raw, ids_of, moment_of, part_of, text_of
from bot.slack.scopes import REMOVALS

SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""Messages that people write; every other subtype is an edit, a deletion, a bot or a notice."""

CHANGES = frozenset({"message_changed", "message_deleted"})

TOMBSTONE = "tombstone"
"""What a deleted message becomes while its thread stands."""


def parse_event(body: Raw, *, me: Me, team_id: str, now: datetime) -> Incoming | None:
    """Return what happened, or None when it is not for us."""
    event = part_of(body, "event")
    if text_of(event, "type") in REMOVALS:
        return _removal(body, event, me, team_id, now)
    match event.get("type"):
        case "member_joined_channel":
            return _joined(event, me, team_id)
        case "app_home_opened":
            return _opened(event, team_id)
    if text_of(event, "subtype") in CHANGES:
        return _change(event, me, team_id)
    return _message(event, me, team_id)


def _joined(event: Raw, me: Me, team_id: str) -> ChannelJoined | None:
    at = moment_of(text_of(event, "event_ts"))
    if text_of(event, "user") != me.user_id or at is None or not text_of(event, "channel"):
        return None
    return ChannelJoined(
        team_id=team_id,
        channel_id=text_of(event, "channel"),
        user_id=text_of(event, "inviter"),
        at=at,
        event_ts=text_of(event, "event_ts"),
    )


def _opened(event: Raw, team_id: str) -> HomeOpened | MessagesOpened | None:
    event_ts, user_id = text_of(event, "event_ts"), text_of(event, "user")
    at = moment_of(event_ts)
    if at is None or not user_id:
        return None
    match event.get("tab"):
        case "home":
            return HomeOpened(team_id=team_id, channel_id="", user_id=user_id, at=at, event_ts=event_ts)
        case "messages":
            channel_id = text_of(event, "channel")
            return MessagesOpened(
                team_id=team_id, channel_id=channel_id, user_id=user_id, at=at, event_ts=event_ts
            )
    return None


def _removal(body: Raw, event: Raw, me: Me, team_id: str, now: datetime) -> AppRemoved | None:
    # Tokens of single people may be revoked too; we have none of those.
    is_ours = event["type"] == "app_uninstalled" or me.user_id in ids_of(part_of(event, "tokens"), "bot")
    event_id = text_of(body, "event_id")
    if not is_ours or not team_id or not event_id:
        return None
    # When it happened: Slack may tell of it again after the app was installed anew.
    at = moment_of(str(body.get("event_time"))) or now
    return AppRemoved(team_id=team_id, channel_id="", user_id="", at=at, event_id=event_id)


def _message(event: Raw, me: Me, team_id: str) -> Mentioned | MessageSent | None:
    user_id, channel_id, ts = text_of(event, "user"), text_of(event, "channel"), text_of(event, "ts")
    at = moment_of(ts)
    is_ours_or_a_bots = user_id in ("", me.user_id, "USLACKBOT") or bool(event.get("bot_id"))
    is_not_new = bool(event.get("edited")) or bool(event.get("hidden"))
    if (
        event.get("type") not in ("app_mention", "message")
        or text_of(event, "subtype") not in SUBTYPES
        or is_ours_or_a_bots
        or is_not_new
        or at is None
        or not channel_id
    ):
        return None
    raw = text_of(event, "text")
    thread_ts = text_of(event, "thread_ts")
    text = reading.words(raw, me.user_id)
    if not is_direct(channel_id) and (event["type"] == "app_mention" or reading.mentions(raw, me.user_id)):
        return Mentioned(
            team_id=team_id,
            channel_id=channel_id,
            user_id=user_id,
            at=at,
            ts=ts,
            thread_ts=thread_ts,
            text=text,
        )
    if not is_direct(channel_id) and not thread_ts:
        return None
    return MessageSent(
        team_id=team_id,
        channel_id=channel_id,
        user_id=user_id,
        at=at,
        ts=ts,
        # A direct message's own root names itself in some payloads.
        thread_ts="" if thread_ts == ts else thread_ts,
        text=text,
        is_to_others=reading.is_addressed_to_another(raw, me.user_id),
    )


def _change(event: Raw, me: Me, team_id: str) -> MessageDeleted | MessageEdited | None:
    before, after = part_of(event, "previous_message"), part_of(event, "message")
    ts = text_of(before, "ts") or text_of(after, "ts") or text_of(event, "deleted_ts")
    at, channel_id = moment_of(text_of(event, "event_ts")), text_of(event, "channel")
    is_ours_or_a_bots = text_of(before, "user") == me.user_id or bool(before.get("bot_id"))
    if event.get("type") != "message" or is_ours_or_a_bots or at is None or not ts or not channel_id:
        return None
    changed = Changed(
        team_id=team_id,
        channel_id=channel_id,
        user_id=text_of(before, "user"),
        at=at,
        ts=ts,
        thread_ts=text_of(before, "thread_ts") or text_of(after, "thread_ts"),
    )
    if event.get("subtype") == "message_deleted" or text_of(after, "subtype") == TOMBSTONE:
        # The tombstone itself may be deleted later; there is nothing left of it to forget.
        return None if text_of(before, "subtype") == TOMBSTONE else MessageDeleted(**dict(changed))
    if text_of(after, "text") == text_of(before, "text"):
        # Slack calls it a change, too, when it unfolds a link or counts replies.
        return None
    edited_ts = text_of(part_of(after, "edited"), "ts") or text_of(event, "event_ts")
    return MessageEdited(**dict(changed), edited_ts=edited_ts)
