"""The form behind *Override…*: what is decided instead, and why."""

from __future__ import annotations

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.deciding import CHOOSABLE, REASON_CHARS, is_reason
from bot.decision.options import SHORT_NAMES
from bot.slack import decision_words, words
from bot.slack.incoming import FormFilled, OverrideSubmitted, Shown
from bot.slack.markup import button_label, plain, sections

CALLBACK_ID = "override"
OUTCOME = "outcome"
REASON = "reason"


def form(shown: Shown) -> View:
    """Return the form for a recommendation; what is recommended cannot be chosen, that would be *Accept*."""
    options = [
        Option(value=option, text=plain(button_label(_capitalised(SHORT_NAMES[option]))))
        for option in CHOOSABLE
        if option != shown.option
    ]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=shown.model_dump_json(),
        title=plain("Decide otherwise"),
        submit=plain("Override"),
        close=plain("Cancel"),
        blocks=[
            *sections(decision_words.recommended(shown.decision_id, shown.option)),
            InputBlock(
                block_id=OUTCOME,
                label=plain("What do you decide instead?"),
                element=StaticSelectElement(action_id=OUTCOME, options=options),
            ),
            InputBlock(
                block_id=REASON,
                label=plain("Why?"),
                hint=plain("It is kept with the decision, under your name."),
                element=PlainTextInputElement(action_id=REASON, multiline=True, max_length=REASON_CHARS),
            ),
        ],
    )


def checked(filled: FormFilled) -> OverrideSubmitted | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    outcome = next((option for option in CHOOSABLE if option == filled.picked), None)
    if outcome is None or outcome == filled.shown.option:
        return {OUTCOME: words.PICK_AN_OUTCOME}
    if not is_reason(filled.why):
        return {REASON: words.GIVE_A_REASON}
    given = filled.model_dump(exclude={"picked"})
    return OverrideSubmitted.model_validate({**given, "outcome": outcome})


def _capitalised(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
