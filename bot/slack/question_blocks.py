"""A question as blocks: its text, its quick replies, and the two ways out."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, CheckboxesElement, Option, PlainTextObject, SectionBlock

from bot.conversation import JUST_TELL_ME, NOT_SURE, Place
from bot.replies import AskedQuestion
from bot.slack import escape, words
from bot.slack.button_keys import (
    ANSWER,
    CHOICES_PREFIX,
    CONTINUE,
    DONE,
    KEEP,
    QUESTION,
    REPLY_PREFIX,
    SHARE,
    ButtonKey,
)
from bot.slack.fitting import ACTIONS_ELEMENTS, CHECKBOX_OPTIONS, shorten
from bot.slack.incoming import is_direct
from bot.slack.markup import actions, button, button_label, context, mrkdwn

QUESTION_CHARS = 1_000
_GROUPS = 4
"""Rows of quick replies; far more than any question has."""


def question(
    asked: AskedQuestion, place: Place, *, is_private: bool, needs_mention: bool = False
) -> list[Block]:
    """Return the question with everything to answer it with; words may have to mention us."""
    key = _Keys(place, asked.id)
    quick = _choices(asked, key) if asked.several else _buttons(asked, key)
    ways_out = [
        button("Not sure", f"{REPLY_PREFIX}{NOT_SURE}", NOT_SURE),
        button("Just tell me", f"{REPLY_PREFIX}{JUST_TELL_ME}", JUST_TELL_ME),
    ]
    if is_private:
        ways_out.append(button("Answer in words", ANSWER))
        ways_out.append(button("Continue in thread", CONTINUE))
        in_words = "Only you see this."
    else:
        in_words = words.MENTION_TO_REPLY if needs_mention else words.REPLY_HERE
    counted = f"Question {asked.number} of at most {asked.of}. " if asked.number else ""
    return [
        SectionBlock(
            text=mrkdwn(f"*{shorten(escape.line(asked.text), QUESTION_CHARS)}*"), block_id=key.row(QUESTION)
        ),
        *quick,
        *actions(ways_out, [key.row("out")]),
        *context(f"{counted}{in_words}"),
    ]


def private_end(place: Place, *, is_kept: bool) -> list[Block]:
    """Return what can become of a private recommendation; one line once it was kept to oneself."""
    if is_kept:
        return context(words.KEPT_TO_SELF)
    choices = [button("Keep to myself", KEEP), button("Continue in thread", CONTINUE)]
    if not is_direct(place.channel_id):
        # In a direct message with us there is nobody to share with.
        choices.insert(0, button("Share", SHARE))
    return actions(choices, [_Keys(place, "").row("out")])


class _Keys:
    def __init__(self, place: Place, about: str) -> None:
        self._place = place
        self._about = about

    def row(self, group: str) -> str:
        return ButtonKey(self._place, self._about, group).encode()

    def rows(self) -> list[str]:
        return [self.row(f"replies{number}") for number in range(_GROUPS)]


def _buttons(asked: AskedQuestion, key: _Keys) -> list[Block]:
    elements = [
        button(reply.label, f"{REPLY_PREFIX}{reply.id}", reply.id)
        for reply in asked.quick_replies[: _GROUPS * ACTIONS_ELEMENTS]
    ]
    return actions(elements, key.rows())


def _choices(asked: AskedQuestion, key: _Keys) -> list[Block]:
    """Return boxes to tick with a *Done* button in the same block, whose state they share."""
    options = [
        Option(value=reply.id, text=PlainTextObject(text=button_label(reply.label), emoji=False))
        for reply in asked.quick_replies[: CHECKBOX_OPTIONS * (ACTIONS_ELEMENTS - 1)]
    ]
    boxes = [
        CheckboxesElement(action_id=f"{CHOICES_PREFIX}{at}", options=options[at : at + CHECKBOX_OPTIONS])
        for at in range(0, len(options), CHECKBOX_OPTIONS)
    ]
    return actions([*boxes, button("Done", DONE, style="primary")], [key.row("choices")])
