"""The form behind *Save as decision*: what people decided without us, why, when, and who owns it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.deciding import CHOOSABLE, REASON_CHARS, is_reason
from bot.decision.options import SHORT_NAMES
from bot.record import DecisionRecord
from bot.saving import CONTEXT_CHARS, is_context, is_past
from bot.slack import decision_words, words
from bot.slack.fitting import shorten
from bot.slack.incoming import DecisionSaved, OnMessage, SaveAsked, SaveFilled, is_direct
from bot.slack.log_blocks import listed
from bot.slack.markup import button_label, context, plain, sections

CALLBACK_ID = "save"
OUTCOME = "outcome"
WHY = "why"
DAY = "day"
OWNER = "owner"
CONTEXT = "context"


def form(asked: SaveAsked) -> View:
    """Return the form, filled in as far as the message says."""
    options = [Option(value=option, text=plain(_label(SHORT_NAMES[option]))) for option in CHOOSABLE]
    said_on = datetime.fromtimestamp(float(asked.about.ts), UTC).date()
    used = OnMessage.model_validate(asked.model_dump(exclude={"text", "trigger_id"}))
    return _view(
        [
            *sections(words.SAVE_PRIVATELY if is_direct(asked.channel_id) else words.SAVE_OPENLY),
            InputBlock(
                block_id=OUTCOME,
                label=plain("What was decided?"),
                element=StaticSelectElement(action_id=OUTCOME, options=options),
            ),
            InputBlock(
                block_id=WHY,
                label=plain("Why?"),
                element=PlainTextInputElement(action_id=WHY, multiline=True, max_length=REASON_CHARS),
            ),
            InputBlock(
                block_id=CONTEXT,
                label=plain("What was it about?"),
                hint=plain("From the message. Change or shorten it as you like."),
                element=PlainTextInputElement(
                    action_id=CONTEXT,
                    multiline=True,
                    max_length=CONTEXT_CHARS,
                    initial_value=shorten(asked.text, CONTEXT_CHARS) or None,
                ),
            ),
            InputBlock(
                block_id=DAY,
                label=plain("When?"),
                element=DatePickerElement(action_id=DAY, initial_date=said_on.isoformat()),
            ),
            InputBlock(
                block_id=OWNER,
                label=plain("Who owns it?"),
                hint=plain("Only they can withdraw it."),
                element=UserSelectElement(action_id=OWNER, initial_user=asked.user_id),
            ),
        ],
        used,
    )


def saved_before(record: DecisionRecord) -> View:
    """Return what stands in the form's place when the message was saved before."""
    return _view(
        [*sections(words.SAVED_BEFORE), *sections(listed(record)), *context(decision_words.see(record.id))]
    )


def checked(filled: SaveFilled) -> DecisionSaved | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    outcome = next((option for option in CHOOSABLE if option == filled.outcome), None)
    on = _day(filled.on)
    wrong = {
        OUTCOME: "" if outcome else words.PICK_WHAT_WAS_DECIDED,
        WHY: "" if is_reason(filled.why) else words.GIVE_A_REASON,
        CONTEXT: "" if is_context(filled.context) else words.SAY_WHAT_IT_WAS_ABOUT,
        DAY: "" if on and is_past(on, filled.at) else words.PICK_A_PAST_DAY,
        OWNER: "" if filled.owner else words.PICK_AN_OWNER,
    }
    errors = {field: text for field, text in wrong.items() if text}
    if errors:
        return errors
    return DecisionSaved.model_validate({**filled.model_dump(), "outcome": outcome, "on": on})


def _view(blocks: list[Block], used: OnMessage | None = None) -> View:
    return View(
        type="modal",
        callback_id=CALLBACK_ID if used else None,
        private_metadata=used.model_dump_json() if used else None,
        title=plain("Save as decision"),
        submit=plain("Save") if used else None,
        close=plain("Cancel" if used else "Close"),
        blocks=blocks,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _label(name: str) -> str:
    return button_label(f"{name[0].upper()}{name[1:]}")
