"""The few shapes of blocks that our messages are made of. Texts given here are mrkdwn, already escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.slack import escape
from bot.slack.fitting import ACTIONS_ELEMENTS, BUTTON_CHARS, SECTION_CHARS, shorten, split

NAME_CHARS = 80

_ADDRESS = re.compile(r"https://[^\s<>|]{1,500}")
_USER_ID = re.compile(r"[UW][A-Z0-9]{1,40}", re.ASCII)


class AsGiven(Block):
    """A block as Slack gave it; slack_sdk's own classes drop what they do not know."""

    def __init__(self, raw: dict[str, Any]) -> None:
        super().__init__(type=str(raw.get("type") or ""), block_id=raw.get("block_id"))
        self._raw = raw

    def to_dict(self, *_: object) -> dict[str, Any]:
        """Return it unchanged."""
        return self._raw


def mrkdwn(text: str) -> MarkdownTextObject:
    """Return a text in which Slack makes no links of its own."""
    return MarkdownTextObject(text=text, verbatim=True)


def plain(text: str) -> PlainTextObject:
    """Return a text without any markup."""
    return PlainTextObject(text=text, emoji=False)


def sections(text: str) -> list[Block]:
    """Return the text as sections, more than one when it is long."""
    return [SectionBlock(text=mrkdwn(piece)) for piece in split(text, SECTION_CHARS)]


def titled(title: str, lines: Sequence[str]) -> list[Block]:
    """Return the lines under a bold title; nothing without lines."""
    return sections("\n".join([f"*{title}*", *lines])) if lines else []


def bullets(texts: Iterable[str]) -> list[str]:
    """Return each text behind a bullet."""
    return [f"• {text}" for text in texts]


def link(name: str, address: str) -> str:
    """Return a plain name, as a link where the address is fit for one: Slack's own link to a message is."""
    shown = escape.line(name)
    is_fit = _ADDRESS.fullmatch(address) is not None
    return f"<{address.replace('&', '&amp;')}|{shown}>" if is_fit else shown


def person(user_id: str) -> str:
    """Return a person by the name that Slack shows. In a message that others see, this calls them."""
    return f"<@{user_id}>" if _USER_ID.fullmatch(user_id) else shorten(escape.line(user_id), NAME_CHARS)


def day(at: datetime) -> str:
    """Return a day as Slack writes it for whoever reads; "12 Nov 2026" where it cannot."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{at.day} {at:%b %Y}>"


def context(*texts: str) -> list[Block]:
    """Return small grey lines."""
    elements = [mrkdwn(piece) for text in texts for piece in split(text, SECTION_CHARS)]
    return [ContextBlock(elements=[element]) for element in elements]


def button(text: str, action_id: str, value: str = "", style: str | None = None) -> ButtonElement:
    """Return a button. `text` is plain."""
    return ButtonElement(
        text=PlainTextObject(text=button_label(text), emoji=False),
        action_id=action_id,
        value=value or None,
        style=style,
    )


def button_label(text: str) -> str:
    """Return plain text, never empty, that fits a button or an option."""
    return shorten(escape.label(text), BUTTON_CHARS) or "…"


def actions(elements: Sequence[InteractiveElement], block_ids: Sequence[str]) -> list[Block]:
    """Return rows of controls, each with the next of `block_ids`, as many as the elements need."""
    rows = [elements[at : at + ACTIONS_ELEMENTS] for at in range(0, len(elements), ACTIONS_ELEMENTS)]
    return [
        ActionsBlock(elements=list(row), block_id=block_id)
        for row, block_id in zip(rows, block_ids, strict=False)
    ]
