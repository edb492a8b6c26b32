"""What our code needs Slack to allow: the manifest must list exactly this, and a test compares the two."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
"""Each event that `payloads` reads, and the scope that delivers it; "" for none."""

METHODS: Mapping[str, frozenset[str]] = {
    "assistant.threads.setSuggestedPrompts": frozenset({"assistant:write"}),
    "assistant.threads.setStatus": frozenset({"chat:write"}),
    "auth.test": frozenset(),
    "chat.getPermalink": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "mpim:read"}),
    "conversations.members": frozenset({"channels:read", "groups:read", "mpim:read"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
}
"""Each Web API method that `web` calls with the bot's token, and the scopes that it needs."""

COMMAND_SCOPE = "commands"
"""For the slash command and for shortcuts."""


def needed() -> frozenset[str]:
    """Return every scope of the bot's token."""
    return frozenset({COMMAND_SCOPE, *filter(None, EVENTS.values())}).union(*METHODS.values())
