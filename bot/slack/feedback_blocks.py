"""The two buttons under an answer that ask whether it helped, and plainer ones where Slack refuses those."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import (
    Block,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    PlainTextObject,
)

from bot.conversation import Place
from bot.slack.button_keys import FEEDBACK, HELPFUL, NOT_HELPFUL, RATE, ButtonKey
from bot.slack.markup import actions, button

_LABELS = {HELPFUL: "Helpful", NOT_HELPFUL: "Not helpful"}
_READ_OUT = {HELPFUL: "This answer helped", NOT_HELPFUL: "This answer did not help; opens a form to say why"}


def feedback(place: Place, about: str) -> list[Block]:
    """Return the buttons for one answer: a decision by its id, or "term:SLUG"; none for nothing."""
    if not about:
        return []
    key = ButtonKey(place, about, FEEDBACK).encode()
    element = FeedbackButtonsElement(
        action_id=RATE, positive_button=_button(HELPFUL), negative_button=_button(NOT_HELPFUL)
    )
    return [ContextActionsBlock(elements=[element], block_id=key)]


def has_feedback(blocks: Iterable[Block]) -> bool:
    """Say whether there are such buttons, in the form that a workspace may refuse."""
    return any(block.type == ContextActionsBlock.type for block in blocks)


def plainer(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with ordinary buttons, which every workspace takes, that do the same."""
    plain: list[Block] = []
    for block in blocks:
        if block.type == ContextActionsBlock.type:
            buttons = [button(label, f"{RATE}:{value}", value) for value, label in _LABELS.items()]
            plain += actions(buttons, [block.block_id or ""])
        else:
            plain.append(block)
    return tuple(plain)


def _button(value: str) -> FeedbackButtonObject:
    return FeedbackButtonObject(
        text=PlainTextObject(text=_LABELS[value], emoji=False),
        accessibility_label=_READ_OUT[value],
        value=value,
    )
