"""A person's Home as a view: what waits for them, what was decided lately, and how to go on."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    HeaderBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.conversation import Conversation
from bot.decision.options import SHORT_NAMES
from bot.overview import PERIODS_DAYS, Figures, Overview
from bot.record import DecisionRecord
from bot.replies import Clarify
from bot.slack import escape, words
from bot.slack.button_keys import HOME_PERIOD
from bot.slack.fitting import fit_view, shorten
from bot.slack.log_blocks import listed
from bot.slack.markup import bullets, context, day, link, mrkdwn, plain, sections, titled
from bot.slack.turns import is_private

QUESTION_CHARS = 160
HEADLINE_CHARS = 200


def home(overview: Overview) -> View:
    """Return the Home. Mentions in a view ping nobody."""
    blocks = [
        HeaderBlock(text=plain("Should we fine-tune?")),
        *sections(words.HOME_INTRODUCTION),
        DividerBlock(),
        *_waiting(overview),
        DividerBlock(),
        *_lately(overview),
        DividerBlock(),
        *sections(words.HOW_TO_ASK),
        *context(words.WHERE_SETTINGS_ARE),
    ]
    return View(type="home", blocks=fit_view(blocks, sections(words.MORE_THAN_FITS)))


def _waiting(overview: Overview) -> list[Block]:
    questions, undecided = overview.questions, overview.undecided
    if not questions.shown and not undecided.shown:
        return sections(words.NOTHING_WAITS)
    return [
        *titled("Waiting for your answer", bullets(map(_question, questions.shown))),
        *(context(words.more_waiting(questions.more)) if questions.more else []),
        *titled("Waiting for your decision", bullets(map(_undecided, undecided.shown))),
        *(context(words.more_in_log(undecided.more)) if undecided.more else []),
        *(context(words.HOW_TO_DECIDE) if undecided.shown else []),
        *(context(words.WHERE_NO_LINK_IS) if any(not record.link for record in undecided.shown) else []),
    ]


def _question(waiting: Conversation) -> str:
    reply = waiting.last_reply
    asked = reply.question.text if isinstance(reply, Clarify) else "A question of mine"
    name = link(shorten(asked, HEADLINE_CHARS), waiting.link)
    about = shorten(escape.line(waiting.question), QUESTION_CHARS)
    where = f" · {words.only_you_saw(waiting.place.channel_id)}" if is_private(waiting.place) else ""
    return f"{name} — “{about}” · {day(waiting.opened_at)}{where}"


def _undecided(record: DecisionRecord) -> str:
    headline = shorten(escape.line(record.current.headline), HEADLINE_CHARS)
    mark = " _(provisional)_" if record.current.is_provisional else ""
    about = shorten(escape.line(record.context), QUESTION_CHARS)
    return f"{link(record.id, record.link)} *{headline}*{mark}: “{about}” · {day(record.decided_at)}"


def _lately(overview: Overview) -> list[Block]:
    recent = overview.recent
    return [
        SectionBlock(text=mrkdwn("*Decisions*"), accessory=_period(overview.days)),
        *_figures(overview.figures),
        *(sections("\n".join(bullets(map(listed, recent.shown)))) if recent.shown else []),
        *(context(words.more_in_log(recent.more)) if recent.more else []),
        *(context(words.NOT_ALL_COUNTED) if not overview.is_whole else []),
        *context(words.WHAT_HOME_SHOWS),
    ]


def _figures(figures: Figures) -> list[Block]:
    if not figures.recommended and not figures.saved:
        return sections(words.NOTHING_DECIDED)
    counted = [
        (figures.recommended, "recommended"),
        (figures.accepted, "accepted"),
        (figures.overridden, "overridden"),
        (figures.open, "still open"),
    ]
    # Rare, so only where there are any; with them the sum comes out.
    rare = [
        (figures.superseded, "replaced by a newer one"),
        (figures.withdrawn, "withdrawn"),
        (figures.saved, "saved from messages"),
    ]
    shown = [*counted, *(row for row in rare if row[0])]
    decided = [f"{count} × {SHORT_NAMES[option]}" for option, count in figures.decided]
    return [
        SectionBlock(fields=[mrkdwn(f"*{count}* {what}") for count, what in shown]),
        *(sections(f"*What was decided:* {', '.join(decided)}") if decided else []),
    ]


def _period(chosen: int) -> StaticSelectElement:
    options: Sequence[Option] = [
        Option(value=str(period), text=plain(f"Last {period} days")) for period in PERIODS_DAYS
    ]
    return StaticSelectElement(
        action_id=HOME_PERIOD,
        options=options,
        initial_option=next((option for option in options if option.value == str(chosen)), None),
    )
