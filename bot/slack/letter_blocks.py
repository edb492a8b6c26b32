"""Messages that nobody asked for, as blocks: reviews that are due, and models that were closed."""

from __future__ import annotations

from datetime import date
from typing import get_args

from slack_sdk.models.blocks import Block

from bot.conversation import Place
from bot.decision.options import SHORT_NAMES
from bot.letters import ClosedModel, ClosedNotice, ReviewReminder, To, ToThread
from bot.record import DecisionRecord, Verdict
from bot.slack import decision_words, escape, words
from bot.slack.button_keys import REVIEW, REVIEW_PREFIX, ButtonKey
from bot.slack.fitting import shorten
from bot.slack.markup import actions, button, context, link, sections

HEADLINE_CHARS = 150
QUESTION_CHARS = 150
MODEL_CHARS = 80
EVIDENCE_CHARS = 500
"""With these, as many decisions as a letter holds fit into one message."""


def reminder(letter: ReviewReminder, place: Place) -> list[Block]:
    """Return the decisions, each with what can be said of it in one tap. Nobody is called by it."""
    rows: list[Block] = []
    for record in letter.decisions:
        rows += sections(f"{_decided(record)}\n{_due(record, letter.today)}{_instead(letter.to, record)}")
        rows += _answers(record, place)
    return [*sections(_opening(letter)), *rows, *context(*_more(letter.more))]


def reminder_text(letter: ReviewReminder) -> str:
    """Return the same in short, for notifications and screen readers."""
    lines = [f"{record.id} {shorten(_headline(record), HEADLINE_CHARS)}" for record in letter.decisions]
    return "\n".join([_title(len(lines)), *lines])


def reviewed(record: DecisionRecord, verdict: Verdict, by: str) -> str:
    """Return what stands in place of the buttons, once somebody has answered."""
    review = f" Next review on {decision_words.calendar_day(record.review_on)}." if record.review_on else ""
    again = f" {_ask_again(record)}" if verdict in ("revisit", "went_badly") else ""
    return f"✓ {words.VERDICTS[verdict]}, says <@{by}>.{review}{again}"


def closings(notice: ClosedNotice) -> list[Block]:
    """Return what was closed, what that means for each decision, and where to ask again."""
    blocks = sections(_closed_title(notice))
    for one in notice.closed:
        blocks += sections("\n".join(_closed(one)))
        blocks += context(shorten(escape.line(one.evidence), EVIDENCE_CHARS))
    return blocks


def closings_text(notice: ClosedNotice) -> str:
    """Return the same in short, for notifications and screen readers."""
    lines = [f"{one.record.id}: {one.model} {one.what}" for one in notice.closed]
    return "\n".join([_closed_title(notice), *lines])


def _opening(letter: ReviewReminder) -> str:
    how = "One tap each is enough; it goes into the decision's history."
    if isinstance(letter.to, ToThread):
        how = f"Whoever owned it cannot be asked any more, so anyone here may answer. {how}"
    return f"*{_title(len(letter.decisions))}*\n{how}"


def _title(count: int) -> str:
    return "A decision is due for review" if count == 1 else f"{count} decisions are due for review"


def _decided(record: DecisionRecord) -> str:
    question = shorten(escape.line(record.context), QUESTION_CHARS)
    asked = f": “{question}”" if question else ""
    headline = shorten(escape.line(_headline(record)), HEADLINE_CHARS)
    return f"{link(record.id, record.link)} *{headline}*{asked}"


def _headline(record: DecisionRecord) -> str:
    """Return what people decided, which may be something else than was recommended."""
    option = record.decided_option
    if option is None or option == record.current.option:
        return record.current.headline
    name = SHORT_NAMES[option]
    return f"{name[0].upper()}{name[1:]}"


def _due(record: DecisionRecord, today: date) -> str:
    since = record.review_on
    how_long = f"due since {decision_words.calendar_day(since)}" if since and since < today else "due today"
    return f"Decided on {decision_words.calendar_day(_decided_on(record))}, {how_long}."


def _instead(to: To, record: DecisionRecord) -> str:
    """Return why somebody is asked who does not own it; in a thread the opening says so."""
    if isinstance(to, ToThread) or to.user_id == record.owner:
        return ""
    return " Its owner cannot be asked any more, so I ask you, who decided it."


def _decided_on(record: DecisionRecord) -> date:
    moments = (change.at for change in reversed(record.history) if change.outcome is not None)
    return next(moments, record.decided_at).date()


def _answers(record: DecisionRecord, place: Place) -> list[Block]:
    key = ButtonKey(place, record.id, REVIEW).encode()
    due = record.review_on.isoformat() if record.review_on else ""
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    return actions([button(words.VERDICTS[one], f"{REVIEW_PREFIX}{one}", due) for one in verdicts], [key])


def _more(more: int) -> list[str]:
    if not more:
        return []
    return [f"{more} more {'is' if more == 1 else 'are'} due; I bring them up next week."]


def _closed_title(notice: ClosedNotice) -> str:
    count = len(notice.closed)
    rests = "a decision rests" if count == 1 else f"{count} decisions rest"
    return f"Something changed that {rests} on."


def _closed(one: ClosedModel) -> list[str]:
    today = "I would still recommend the same" if one.is_same else "I would say today"
    headline = shorten(escape.line(one.headline), HEADLINE_CHARS)
    return [
        _decided(one.record),
        f"*{shorten(escape.line(one.model), MODEL_CHARS)}* {one.what}.",
        f"From the same facts {today}: {headline}.",
        _ask_again(one.record),
    ]


def _ask_again(record: DecisionRecord) -> str:
    """Return where to ask again: in the thread, where news begin a new decision that names this one."""
    thread = link("its thread", record.link)
    if thread == "its thread":
        return "To think it over, tell me there what has changed, or ask me again."
    return f"To think it over, mention me in {thread} with what has changed."
