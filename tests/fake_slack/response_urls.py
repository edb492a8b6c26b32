"""The addresses that come with commands and buttons, for private answers: five uses each."""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import Any

from aiohttp import web

from tests.fake_slack import block_rules
from tests.fake_slack.workspace import BOT_ID, BOT_USER_ID, Channel, Message, Workspace

MOST_USES = 5


class ResponseUrls:
    """Knows each address by its token."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._issued: dict[str, tuple[Channel, str, str]] = {}
        self._uses: dict[str, int] = defaultdict(int)

    def issue(self, channel: Channel, user: str, original_ts: str) -> str:
        """Return a token; `original_ts` is the message that an answer may replace, or ""."""
        token = secrets.token_hex(12)
        self._issued[token] = (channel, user, original_ts)
        return token

    def use(self, token: str, body: dict[str, Any]) -> web.Response:
        """Show what was sent to an address, if Slack would."""
        if token not in self._issued:
            return web.Response(status=404, text="no_such_url")
        if self._uses[token] >= MOST_USES:
            # As Slack does: the status says nothing of it.
            return web.json_response({"ok": False, "error": "used_url"})
        self._uses[token] += 1
        try:
            if body.get("blocks"):
                block_rules.check(body["blocks"])
        except block_rules.BlocksInvalid as error:
            return web.Response(status=400, text=error.code)
        if not body.get("text"):
            return web.Response(status=400, text="no_text")
        if body.get("response_type", "ephemeral") != "ephemeral":
            return web.Response(status=400, text="the fake knows private answers only")
        channel, user, original_ts = self._issued[token]
        self.show(channel, user, body, original_ts if body.get("replace_original") else "")
        return web.Response(text="ok")

    def show(self, channel: Channel, user: str, body: dict[str, Any], replaced_ts: str = "") -> None:
        """Put an ephemeral message before a person, in place of another if so wished."""
        shown = Message(self._workspace.new_ts(), channel.id, BOT_USER_ID, body["text"])
        shown.blocks, shown.bot_id, shown.only_for = body.get("blocks") or [], BOT_ID, user
        kept = [message for message in self._workspace.ephemerals if message.ts != replaced_ts]
        self._workspace.ephemerals = [*kept, shown]
