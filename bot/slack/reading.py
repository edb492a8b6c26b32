"""Slack's message text into the words that a person meant, for reading; `escape` is the way back."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([^<>]*)>")
_FIRST_MENTION = re.compile(r"\s*<@(\w+)(?:\|[^<>]*)?>")


def mentions(text: str, user_id: str) -> bool:
    """Say whether the text mentions this user."""
    return re.search(rf"<@{re.escape(user_id)}(\|[^<>]*)?>", text) is not None


def is_addressed_to_another(text: str, user_id: str) -> bool:
    """Say whether the text begins by mentioning someone who is not `user_id`."""
    first = _FIRST_MENTION.match(text)
    return first is not None and first[1] != user_id


def words(text: str, user_id: str) -> str:
    """Return the text without mentions of `user_id`, with links and other mentions as plain words."""
    without_us = re.sub(rf"<@{re.escape(user_id)}(\|[^<>]*)?>[,:]?", " ", text)
    plain = _TOKEN.sub(_plain_token, without_us)
    # "&amp;" last, or "&amp;lt;" would be unescaped twice.
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "\n".join(" ".join(line.split()) for line in plain.splitlines()).strip()


def _plain_token(match: re.Match[str]) -> str:
    target, _, label = match[1].partition("|")
    if target.startswith("@"):
        return "@" + (label or "someone")
    if target.startswith("#"):
        return "#" + (label or "a channel")
    if target.startswith("!"):
        # <!here>, <!subteam^S1|@team>, <!date^1^{date}|in March>
        return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:")
