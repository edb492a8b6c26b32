"""The form behind *Answer in words*: under a private question there is no thread to type into."""

from __future__ import annotations

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.slack import escape, words
from bot.slack.fitting import SECTION_CHARS, shorten
from bot.slack.incoming import Waiting, WordsFilled, WordsSubmitted
from bot.slack.markup import plain, sections

CALLBACK_ID = "answer"
ANSWER = "answer"
ANSWER_CHARS = 3_000
"""The most that Slack takes in a field."""


def form(waiting: Waiting, question: str) -> View:
    """Return the form for the question that waits."""
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=waiting.model_dump_json(),
        title=plain("Answer in words"),
        submit=plain("Answer"),
        close=plain("Cancel"),
        blocks=[
            *sections(f"*{shorten(escape.line(question), SECTION_CHARS // 2)}*"),
            InputBlock(
                block_id=ANSWER,
                label=plain("Your answer"),
                hint=plain("Numbers and plain words both work. Only you see it."),
                element=PlainTextInputElement(action_id=ANSWER, multiline=True, max_length=ANSWER_CHARS),
            ),
        ],
    )


def not_waiting() -> View:
    """Return what is shown when there is nothing to answer any more."""
    return View(
        type="modal",
        title=plain("Answer in words"),
        close=plain("Close"),
        blocks=sections(words.NOT_WAITING),
    )


def checked(filled: WordsFilled) -> WordsSubmitted | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    if not any(map(str.isalnum, filled.text)) or len(filled.text) > ANSWER_CHARS:
        return {ANSWER: words.WRITE_AN_ANSWER}
    return WordsSubmitted.model_validate(filled.model_dump())
