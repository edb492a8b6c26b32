"""The Web API methods that the bot uses, as strict as Slack about tokens, scopes, membership and blocks."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fake_slack import block_rules
from tests.fake_slack.views import TriggerRefused, Views
from tests.fake_slack.workspace import (
    BOT_ID,
    BOT_NAME,
    BOT_USER_ID,
    Channel,
    Message,
    Workspace,
)

Arguments = dict[str, Any]
Answer = dict[str, Any]

_HISTORY = {
    "public": "channels:history",
    "shared": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_READ = {name: scope.replace(":history", ":read") for name, scope in _HISTORY.items()}
MOST_TEXT_CHARS = 40_000
MOST_PROMPTS = 4


class Refusal(Exception):
    """Slack's answer is `ok: false` with this error."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


class WebApi:
    """Answers calls made with the bot's token. `on_posted` hears of each message that the bot posts."""

    def __init__(
        self, workspace: Workspace, scopes: frozenset[str], page_size: int, views: Views | None = None
    ) -> None:
        self._views = views or Views(time.monotonic)
        self._workspace = workspace
        self.scopes = scopes
        self.page_size = page_size
        self.url = ""
        self.on_posted: Callable[[Message], None] = lambda _: None
        self.methods: dict[str, Callable[[Arguments], Answer]] = {
            "assistant.threads.setStatus": self._set_status,
            "assistant.threads.setSuggestedPrompts": self._suggest,
            "auth.test": self._auth_test,
            "chat.getPermalink": self._get_permalink,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._info,
            "conversations.members": self._members,
            "conversations.open": self._open_direct,
            "conversations.replies": self._replies,
            "users.info": self._user,
            "views.open": self._open_view,
            "views.publish": self._publish_home,
        }

    def call(self, method: str, arguments: Arguments) -> Answer:
        """Return the answer. Raises Refusal."""
        if method not in self.methods:
            raise Refusal("unknown_method")
        return {"ok": True, **self.methods[method](arguments)}

    def _auth_test(self, _: Arguments) -> Answer:
        return {
            "url": self.url,
            "team": "Fake",
            "team_id": self._workspace.team_id,
            "user": BOT_NAME,
            "user_id": BOT_USER_ID,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    def _post_message(self, arguments: Arguments) -> Answer:
        self._need("chat:write")
        channel = self._addressed(arguments)
        if channel.is_archived:
            raise Refusal("is_archived")
        text, blocks = self._content(arguments)
        thread_ts = arguments.get("thread_ts") or ""
        if thread_ts and channel.at(thread_ts) is None:
            raise Refusal("thread_not_found")
        message = Message(
            ts=self._workspace.new_ts(),
            channel_id=channel.id,
            user=BOT_USER_ID,
            text=text,
            thread_ts=thread_ts,
            blocks=blocks,
            bot_id=BOT_ID,
            metadata=_metadata(arguments),
        )
        channel.messages.append(message)
        channel.statuses.pop(thread_ts, None)
        self.on_posted(message)
        return {"channel": channel.id, "ts": message.ts, "message": message.as_json()}

    def _post_ephemeral(self, arguments: Arguments) -> Answer:
        self._need("chat:write")
        channel = self._joined(arguments)
        text, blocks = self._content(arguments)
        user = arguments.get("user")
        if user not in channel.members:
            raise Refusal("user_not_in_channel")
        message = Message(
            self._workspace.new_ts(), channel.id, BOT_USER_ID, text, arguments.get("thread_ts") or "", blocks
        )
        message.bot_id, message.only_for = BOT_ID, str(user)
        self._workspace.ephemerals.append(message)
        return {"message_ts": message.ts}

    def _update(self, arguments: Arguments) -> Answer:
        self._need("chat:write")
        channel = self._joined(arguments)
        message = channel.at(str(arguments.get("ts")))
        if message is None:
            raise Refusal("message_not_found")
        if not message.is_ours:
            raise Refusal("cant_update_message")
        message.text, message.blocks = self._content(arguments)
        message.is_edited = True
        return {"channel": channel.id, "ts": message.ts, "text": message.text}

    def _set_status(self, arguments: Arguments) -> Answer:
        self._need("chat:write")
        channel = self._joined({"channel": arguments.get("channel_id")})
        if channel.at(str(arguments.get("thread_ts"))) is None:
            raise Refusal("invalid_thread_ts")
        channel.statuses[str(arguments["thread_ts"])] = str(arguments.get("status") or "")
        return {}

    def _suggest(self, arguments: Arguments) -> Answer:
        self._need("assistant:write")
        channel = self._joined({"channel": arguments.get("channel_id")})
        prompts = arguments.get("prompts")
        if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
            raise Refusal("invalid_arguments")
        if not all(set(row) == {"title", "message"} and all(row.values()) for row in prompts):
            raise Refusal("invalid_arguments")
        if channel.kind != "im":
            raise Refusal("channel_type_not_supported")
        # An app with agent_view says ok to a thread's prompts, and shows none.
        if not arguments.get("thread_ts"):
            self._workspace.prompts[channel.id] = prompts
        return {}

    def _publish_home(self, arguments: Arguments) -> Answer:
        user, view = str(arguments.get("user_id")), arguments.get("view")
        if user not in self._workspace.users:
            raise Refusal("invalid_arguments")
        try:
            block_rules.check_home(view)
        except block_rules.BlocksInvalid as error:
            code = "invalid_arguments" if error.code == "invalid_blocks" else error.code
            raise Refusal(code, response_metadata={"messages": [error.where]}) from error
        assert isinstance(view, dict)
        self._workspace.homes[user] = view
        return {"view": view}

    def _get_permalink(self, arguments: Arguments) -> Answer:
        channel = self._existing(arguments)
        message = channel.at(str(arguments.get("message_ts")))
        if message is None:
            raise Refusal("message_not_found")
        link = f"https://fake.example.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
        return {"channel": channel.id, "permalink": link}

    def _info(self, arguments: Arguments) -> Answer:
        channel = self._existing(arguments)
        self._need(_READ[channel.kind])
        return {"channel": channel.as_json()}

    def _members(self, arguments: Arguments) -> Answer:
        channel = self._existing(arguments)
        self._need(_READ[channel.kind])
        members, start = sorted(channel.members), _cursor(arguments)
        following = start + min(self.page_size, int(arguments.get("limit") or 100))
        cursor = _cursor_at(following) if following < len(members) else ""
        return {"members": members[start:following], "response_metadata": {"next_cursor": cursor}}

    def _open_direct(self, arguments: Arguments) -> Answer:
        self._need("im:write")
        user_id = str(arguments.get("users"))
        person = self._workspace.users.get(user_id)
        if person is None:
            raise Refusal("user_not_found")
        if person.is_deleted:
            raise Refusal("user_disabled")
        return {"channel": {"id": self._workspace.direct(user_id)}}

    def _user(self, arguments: Arguments) -> Answer:
        self._need("users:read")
        person = self._workspace.users.get(str(arguments.get("user")))
        if person is None:
            raise Refusal("user_not_found")
        return {"user": person.as_json()}

    def _replies(self, arguments: Arguments) -> Answer:
        channel = self._joined(arguments)
        self._need(_HISTORY[channel.kind])
        root = channel.at(str(arguments.get("ts")))
        if root is None:
            raise Refusal("thread_not_found")
        replies = [
            message
            for message in channel.thread(root.ts)
            if message is not root and _is_wanted(message.ts, arguments)
        ]
        page, following = self._page(replies, arguments)
        # Slack repeats the root on every page.
        return _listed([root, *page], following, arguments)

    def _history(self, arguments: Arguments) -> Answer:
        channel = self._joined(arguments)
        self._need(_HISTORY[channel.kind])
        newest_first = channel.top_level()[::-1]
        wanted = [message for message in newest_first if _is_wanted(message.ts, arguments)]
        page, following = self._page(wanted, arguments)
        return _listed(page, following, arguments)

    def _open_view(self, arguments: Arguments) -> Answer:
        try:
            modal = self._views.open(str(arguments.get("trigger_id")), arguments.get("view"))
        except TriggerRefused as error:
            raise Refusal(error.code) from error
        except block_rules.BlocksInvalid as error:
            code = "invalid_arguments" if error.code == "invalid_blocks" else error.code
            raise Refusal(code, response_metadata={"messages": [error.where]}) from error
        return {"view": {"id": modal.id, **modal.view}}

    def _page(self, messages: list[Message], arguments: Arguments) -> tuple[list[Message], int]:
        start = _cursor(arguments)
        size = min(self.page_size, int(arguments.get("limit") or 1000))
        following = start + size
        return messages[start:following], following if following < len(messages) else 0

    def _content(self, arguments: Arguments) -> tuple[str, list[dict[str, Any]]]:
        text, blocks = str(arguments.get("text") or ""), arguments.get("blocks")
        if not text.strip() and not blocks:
            raise Refusal("no_text")
        if len(text) > MOST_TEXT_CHARS:
            raise Refusal("msg_too_long")
        if blocks:
            try:
                block_rules.check(blocks)
            except block_rules.BlocksInvalid as error:
                raise Refusal(error.code, response_metadata={"messages": [error.where]}) from error
        return text, blocks or []

    def _existing(self, arguments: Arguments) -> Channel:
        channel = self._workspace.channels.get(str(arguments.get("channel")))
        is_visible = channel is not None and (channel.has_bot or channel.kind in ("public", "shared"))
        if channel is None or not is_visible:
            raise Refusal("channel_not_found")
        return channel

    def _addressed(self, arguments: Arguments) -> Channel:
        """Return the channel, or our direct message with the person whose id was given instead."""
        user = str(arguments.get("channel"))
        if user not in self._workspace.users or user == BOT_USER_ID:
            return self._joined(arguments)
        direct = [
            one for one in self._workspace.channels.values() if one.kind == "im" and user in one.members
        ]
        if direct:
            return direct[0]
        return self._workspace.channels[self._workspace.add_channel("direct", "im", {user}, with_bot=True)]

    def _joined(self, arguments: Arguments) -> Channel:
        channel = self._existing(arguments)
        if not channel.has_bot:
            raise Refusal("not_in_channel")
        return channel

    def _need(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))


def _metadata(arguments: Arguments) -> dict[str, Any] | None:
    metadata = arguments.get("metadata")
    if metadata is None:
        return None
    is_valid = (
        isinstance(metadata, dict)
        and set(metadata) == {"event_type", "event_payload"}
        and isinstance(metadata["event_type"], str)
        and bool(metadata["event_type"])
        and isinstance(metadata["event_payload"], dict)
    )
    if not is_valid:
        raise Refusal("invalid_metadata_format")
    return dict(metadata)


def _listed(messages: list[Message], following: int, arguments: Arguments) -> Answer:
    with_metadata = str(arguments.get("include_all_metadata")).lower() in ("1", "true")
    rows = [message.as_json(with_metadata=with_metadata) for message in messages]
    if not following:
        return {"messages": rows, "has_more": False}
    cursor = _cursor_at(following)
    return {"messages": rows, "has_more": True, "response_metadata": {"next_cursor": cursor}}


def _cursor_at(following: int) -> str:
    return base64.b64encode(f"from:{following}".encode()).decode()


def _is_wanted(ts: str, arguments: Arguments) -> bool:
    """Say whether a message stands between `oldest` and `latest`, whose own ts count only if `inclusive`."""
    oldest, latest = arguments.get("oldest") or "0", arguments.get("latest") or "9" * 10
    if str(arguments.get("inclusive")).lower() in ("1", "true") and ts in (oldest, latest):
        return True
    return float(oldest) < float(ts) < float(latest)


def _cursor(arguments: Arguments) -> int:
    cursor = arguments.get("cursor")
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(str(cursor)).decode().removeprefix("from:"))
    except ValueError as error:
        raise Refusal("invalid_cursor") from error


async def read_arguments(request: web.Request) -> Arguments:
    """Return a call's arguments, however they were sent."""
    if request.content_type == "application/json":
        given = await request.json()
    else:
        given = {**request.query, **(await request.post())}
    for name in ("blocks", "metadata", "view"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return dict(given)
