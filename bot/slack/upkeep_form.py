"""The form for a decision's owner and the day of its next review."""

from __future__ import annotations

from datetime import date, datetime

from slack_sdk.models.blocks import DatePickerElement, InputBlock, UserSelectElement
from slack_sdk.models.views import View

from bot.record import DecisionRecord
from bot.reviewing import review_dates
from bot.slack import escape
from bot.slack.decision_words import calendar_day
from bot.slack.fitting import shorten
from bot.slack.incoming import Shown, UpkeepFilled, UpkeepSubmitted
from bot.slack.markup import plain, sections

CALLBACK_ID = "upkeep"
OWNER = "owner"
REVIEW = "review"
TITLE = "Owner and review"
HEADLINE_CHARS = 300
ONLY_THEIRS = "Only you see this decision, so it stays yours."
NO_MEMBER = (
    "Nothing was changed: the owner has to be a member of this workspace who may see the decision, "
    "no guest and no app."
)
CANNOT_ASK = "I can't ask Slack about that person right now, so nothing was changed. Please try again."
PICK_AN_OWNER = "Please pick the owner."
NOTHING_NEW = "Owner and review date are as they were."


def form(shown: Shown, record: DecisionRecord) -> View:
    """Return the form, filled with how it is now."""
    headline = shorten(escape.line(record.current.headline), HEADLINE_CHARS)
    review_on = record.review_on.isoformat() if record.review_on else None
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=shown.model_dump_json(),
        title=plain(TITLE),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            *sections(f"*{escape.line(record.id)}* · {headline}"),
            InputBlock(
                block_id=OWNER,
                label=plain("Owner"),
                hint=plain("Is reminded of the review, and may withdraw the decision."),
                element=UserSelectElement(action_id=OWNER, initial_user=record.owner),
            ),
            InputBlock(
                block_id=REVIEW,
                label=plain("Next review"),
                hint=plain("From tomorrow to two years ahead."),
                element=DatePickerElement(action_id=REVIEW, initial_date=review_on),
            ),
        ],
    )


def refused(text: str) -> View:
    """Return why there is no form for this person."""
    return View(type="modal", title=plain(TITLE), close=plain("Close"), blocks=sections(text))


def checked(filled: UpkeepFilled) -> UpkeepSubmitted | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field. An overdue day may stay as it is."""
    if not filled.owner:
        return {OWNER: PICK_AN_OWNER}
    try:
        review_on = date.fromisoformat(filled.review_on)
    except ValueError:
        return {REVIEW: out_of_range(filled.at)}
    first, last = review_dates(filled.at)
    if filled.review_on != filled.review_was_on and not first <= review_on <= last:
        return {REVIEW: out_of_range(filled.at)}
    given = filled.model_dump(exclude={"review_on", "review_was_on"})
    return UpkeepSubmitted.model_validate({**given, "review_on": review_on})


def out_of_range(at: datetime) -> str:
    """Return which days a review can be on."""
    first, last = review_dates(at)
    return f"Please pick a day from {calendar_day(first)} to {calendar_day(last)}."
