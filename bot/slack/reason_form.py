"""The form behind *Not helpful*: what was wrong with an answer."""

from __future__ import annotations

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.feedback import MOST_REASON_CHARS
from bot.slack import words
from bot.slack.incoming import Rated, ReasonFilled, ReasonSubmitted
from bot.slack.markup import plain

CALLBACK_ID = "feedback"
REASON = "reason"


def form(rated: Rated) -> View:
    """Return the form about one answer."""
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=rated.model_dump_json(),
        title=plain("Not helpful"),
        submit=plain("Send"),
        close=plain("Cancel"),
        blocks=[
            InputBlock(
                block_id=REASON,
                label=plain("What was wrong, or missing?"),
                hint=plain(words.WHO_READS_FEEDBACK),
                element=PlainTextInputElement(action_id=REASON, multiline=True, max_length=MOST_REASON_CHARS),
            )
        ],
    )


def checked(filled: ReasonFilled) -> ReasonSubmitted | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    if not any(map(str.isalnum, filled.reason)) or len(filled.reason) > MOST_REASON_CHARS:
        return {REASON: words.SAY_WHAT_WAS_WRONG}
    return ReasonSubmitted.model_validate(filled.model_dump())
