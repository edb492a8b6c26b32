"""Words of people, documents and models made safe to show in Slack's markup.

What comes out cannot ping, link or format, nor pose as a line of ours: it looks like what was written, and is
nothing but text. Blocks must show it with `verbatim` set, or Slack makes links out of bare addresses.
"""

from __future__ import annotations

import re

_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
# Slack formats between marks that touch a word's edge; inside a word (snake_case, 2*3) a mark is harmless.
_FORMATTING = re.compile(r"`|(?<![^\W_])[*_~]|[*_~](?![^\W_])")
_QUOTE_MARK = re.compile(r"^(\s*)>", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NAME_SIGN = re.compile(r"([@#])(?=\w)")
_EMOJI_SIGN = re.compile(r":(?=[\w+'-]+:)")
# With these marks our own lines begin that say what people decided; Slack draws the last ones as pictures.
_MARKS = str.maketrans({"✓": "√", "✎": "✐", "✕": "×", "↪": "→", "✔": "√", "✅": "√", "☑": "√"})
_WORD_JOINER = "\u2060"
"""Takes no space and breaks no line, and "@" or ":" before it no longer begins a name."""


def words(text: str) -> str:
    """Return text that Slack's mrkdwn shows as it was written."""
    text = _plain(text)
    text = _QUOTE_MARK.sub(r"\1›", text)
    text = _FORMATTING.sub(lambda match: _LOOKALIKES[match[0]], text)
    text = _NAME_SIGN.sub(rf"\1{_WORD_JOINER}", text)
    text = _EMOJI_SIGN.sub(f":{_WORD_JOINER}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def line(text: str) -> str:
    """Return the same on one line."""
    return words(" ".join(text.split()))


def label(text: str) -> str:
    """Return text for a plain text element, where only the three markup characters are special."""
    text = " ".join(_plain(text).split())
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text.encode(errors="replace").decode()).translate(_MARKS)
