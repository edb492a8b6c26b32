"""The payloads that Slack sends, with the fields that the real ones have."""

from __future__ import annotations

import secrets
from typing import Any

from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Channel, Message

Payload = dict[str, Any]


def of_team(payload: Any, team_id: str) -> Any:
    """Return a payload as another workspace has it: these are all written for one."""
    match payload:
        case dict():
            return {key: of_team(value, team_id) for key, value in payload.items()}
        case list():
            return [of_team(value, team_id) for value in payload]
    return team_id if payload == TEAM_ID else payload


def event(inner: Payload, channel: Channel) -> Payload:
    return {
        "token": "verification",
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6)}",
        "event_time": int(float(inner["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel.kind == "shared",
        "event_context": secrets.token_hex(8),
    }


def message_event(message: Message, channel: Channel, **more: object) -> Payload:
    inner = message.as_json() | {
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "event_ts": message.ts,
        "team": TEAM_ID,
        **more,
    }
    return event(inner, channel)


def mention_event(message: Message, channel: Channel) -> Payload:
    inner = message.as_json() | {
        "type": "app_mention",
        "channel": channel.id,
        "event_ts": message.ts,
        "team": TEAM_ID,
    }
    return event(inner, channel)


def edit_event(before: Payload, message: Message, channel: Channel, ts: str) -> Payload:
    """Return what Slack tells of a message that stands there changed."""
    return _change_event("message_changed", channel, ts, message=message.as_json(), previous_message=before)


def deletion_event(message: Message, channel: Channel, ts: str) -> Payload:
    """Return what Slack tells of a message that is gone."""
    return _change_event(
        "message_deleted", channel, ts, previous_message=message.as_json(), deleted_ts=message.ts
    )


def _change_event(subtype: str, channel: Channel, ts: str, **parts: object) -> Payload:
    inner = {
        "type": "message",
        "subtype": subtype,
        **parts,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "ts": ts,
        "event_ts": ts,
    }
    return event(inner, channel)


def joined_event(user: str, inviter: str, channel: Channel, ts: str) -> Payload:
    inner = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": TEAM_ID,
        "event_ts": ts,
    }
    return event(inner | ({"inviter": inviter} if inviter else {}), channel)


def opened_event(user: str, tab: str, channel: Channel, ts: str) -> Payload:
    """Return that a person opened one of the app's tabs."""
    inner = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return event(inner, channel)


def shortcut(
    *,
    callback_id: str,
    user: str,
    name: str,
    channel: Channel,
    message: Message,
    response_url: str,
    ts: str,
    trigger_id: str,
) -> Payload:
    """Return the use of a message shortcut."""
    return {
        "type": "message_action",
        "token": "verification",
        "action_ts": ts,
        "team": {"id": TEAM_ID, "domain": "fake"},
        "user": {"id": user, "username": name, "team_id": TEAM_ID, "name": name},
        "channel": {"id": channel.id, "name": channel.name},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "response_url": response_url,
        "message_ts": message.ts,
        "message": message.as_json(),
    }


def picked_in_home(user: str, name: str, view: Payload, picked: Payload, trigger_id: str) -> Payload:
    """Return a choice in a Home, which belongs to no channel and no message."""
    return {
        "type": "block_actions",
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": "verification",
        "container": {"type": "view", "view_id": "V0HOME"},
        "trigger_id": trigger_id,
        "team": {"id": TEAM_ID, "domain": "fake"},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": {"id": "V0HOME", "team_id": TEAM_ID, **view},
        "actions": [picked],
    }


def removal_event(name: str, team_id: str = TEAM_ID, *, at: float = 1_795_000_000) -> Payload:
    """Return `app_uninstalled`, or `tokens_revoked` for the bot's own token."""
    inner: Payload = {"type": name}
    inner |= {"tokens": {"oauth": [], "bot": [BOT_USER_ID]}} if name == "tokens_revoked" else {}
    return {
        "token": "verification",
        "team_id": team_id,
        "api_app_id": APP_ID,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6)}",
        "event_time": int(at),
        "authorizations": [],
    }


def command(
    user: str, name: str, channel: Channel, text: str, response_url: str, *, trigger_id: str = ""
) -> Payload:
    called, _, _ = text.partition(" ")
    return {
        "token": "verification",
        "team_id": TEAM_ID,
        "team_domain": "fake",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": name,
        "command": called,
        "text": text[len(called) :].strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id or f"{secrets.randbelow(10**13)}.1.{secrets.token_hex(16)}",
    }


def action(
    *,
    user: str,
    name: str,
    channel: Channel,
    message: Message,
    pressed: Payload,
    state: Payload,
    response_url: str,
    ts: str,
    trigger_id: str = "1.2.0",
) -> Payload:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    payload = {
        "type": "block_actions",
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": "verification",
        "container": container,
        "trigger_id": trigger_id,
        "team": {"id": TEAM_ID, "domain": "fake"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": state},
        "response_url": response_url,
        "actions": [pressed | {"action_ts": ts}],
    }
    # An ephemeral message is not in the payload, as in Slack.
    return payload if message.only_for else payload | {"message": message.as_json()}


def submission(modal: Modal, name: str, values: dict[str, str], trigger_id: str) -> Payload:
    return {
        "type": "view_submission",
        "team": {"id": TEAM_ID, "domain": "fake"},
        "user": {"id": modal.user, "username": name, "name": name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": "verification",
        "trigger_id": trigger_id,
        "view": {
            "id": modal.id,
            "team_id": TEAM_ID,
            **modal.view,
            "state": {"values": modal.filled(values)},
            "hash": "1.abc",
            "root_view_id": modal.id,
            "app_id": APP_ID,
            "bot_id": BOT_ID,
        },
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def pressed_button(block: Payload, element: Payload) -> Payload:
    shown = {"action_id": element["action_id"], "block_id": block["block_id"], "type": "button"}
    shown |= {"text": element["text"]}
    return shown | ({"value": element["value"]} if "value" in element else {})


def feedback_button(block: Payload, element: Payload, *, is_helpful: bool) -> Payload:
    button = element["positive_button" if is_helpful else "negative_button"]
    return {
        "type": "feedback_buttons",
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": button["value"],
        "text": button["text"],
    }


def picked_in_menu(block: Payload, element: Payload, label: str) -> Payload:
    option = next(option for option in element["options"] if option["text"]["text"] == label)
    return {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": "overflow",
        "selected_option": option,
    }


def ticked_boxes(block: Payload, element: Payload, chosen: list[Payload]) -> Payload:
    return {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": "checkboxes",
        "selected_options": chosen,
    }
