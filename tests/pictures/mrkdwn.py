"""Slack's mrkdwn as HTML, near enough to judge a message by its picture.

Source: docs.slack.dev, "Formatting message text". Only what Slack itself would draw is drawn: everything else stays
as it was written, so that a mark that does not work is seen not to work.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

_FENCE = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_REFERENCE = re.compile(r"<([^<>]+)>")
_STYLES = {"*": "b", "_": "i", "~": "s"}
_STYLED = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~])")
_EMOJI = re.compile(r":([a-z0-9_+-]+):")
_KNOWN_EMOJI = {"white_check_mark": "✅", "warning": "⚠️", "wave": "👋", "thumbsup": "👍", "thumbsdown": "👎"}


def as_html(text: str, names: Mapping[str, str]) -> str:
    """Return HTML; `names` has the names of users and channels by id."""
    kept: list[str] = []

    def keep(made: str) -> str:
        kept.append(made)
        return f"\0{len(kept) - 1}\0"

    text = _FENCE.sub(lambda found: keep(f"<pre>{_plain(found[1])}</pre>"), text)
    text = _CODE.sub(lambda found: keep(f"<code>{_plain(found[1])}</code>"), text)
    text = _REFERENCE.sub(lambda found: keep(_reference(found[1], names)), text)
    text = "\n".join(map(_line, text.split("\n")))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)


def plain_as_html(text: str) -> str:
    """Return a plain text, in which only emoji codes mean something."""
    return _with_emoji(html.escape(text)).replace("\n", "<br>")


def _line(line: str) -> str:
    quoted = line.startswith("&gt;")
    made = _styled(_plain(line.removeprefix("&gt;").strip() if quoted else line))
    return f"<blockquote>{made}</blockquote>" if quoted else f"{made}<br>"


def _styled(text: str) -> str:
    previous = ""
    while previous != text:
        previous = text
        text = _STYLED.sub(lambda found: _tag(_STYLES[found[1]])(found[2]), text)
    return _with_emoji(text)


def _tag(name: str) -> Callable[[str], str]:
    return lambda inside: f"<{name}>{inside}</{name}>"


def _reference(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@" | "#":
            return f'<span class="mention">{target[0]}{_plain(names.get(target[1:], target[1:]))}</span>'
        case "!":
            if target.startswith("!date^"):
                return _plain(label)
            return f'<span class="mention">@{_plain(target[1:])}</span>'
    return f'<a href="{html.escape(target)}">{_plain(label or target)}</a>'


def _plain(text: str) -> str:
    """Return the text as HTML; Slack's three escapes are HTML's too."""
    return html.escape(html.unescape(text), quote=False)


def _with_emoji(text: str) -> str:
    return _EMOJI.sub(lambda found: _KNOWN_EMOJI.get(found[1], found[0]), text)
