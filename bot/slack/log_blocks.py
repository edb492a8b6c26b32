"""Decisions as blocks, for the private answers to `/finetune log` and `/finetune show`."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.answer import heard_from
from bot.decision.options import SHORT_NAMES
from bot.decision.statements import understand
from bot.lookup import Found
from bot.model_use import ModelUse
from bot.plain_text import CONFIDENCE_WORDS
from bot.record import Change, DecisionRecord
from bot.slack import escape, words
from bot.slack.decision_words import calendar_day
from bot.slack.fitting import shorten
from bot.slack.markup import bullets, context, day, link, person, sections, titled
from bot.slack.recommendation_blocks import HEADLINE_CHARS, heard_lines

LISTED_HEADLINE_CHARS = 200
LISTED_QUESTION_CHARS = 120
QUESTION_CHARS = 2_000
WHY_CHARS = 500
VERSION_CHARS = 200
"""Lines with links, names or dates stay this short, so that a long text is cut between them, never in one."""


def decisions(found: Found, searched: str) -> list[Block]:
    """Return the newest decisions that a person may see; `searched` are their words, or ""."""
    if not found.shown:
        return sections(words.nothing_found(escape.line(searched))) + _older(found)
    title = f"Decisions with “{escape.line(searched)}”" if searched else "Decisions, newest first"
    return [
        *titled(title, bullets(map(listed, found.shown))),
        *(context(words.more_decisions(found.more)) if found.more else []),
        *_older(found),
        *context(words.how_to_look(found.shown[0].id)),
    ]


def decisions_as_text(found: Found) -> str:
    """Return the same in short, for notifications and screen readers."""
    lines = [f"{record.id} {record.current.headline} ({record.status})" for record in found.shown]
    return "\n".join(lines) or "No decisions found"


def decision(record: DecisionRecord) -> tuple[list[Block], list[Block]]:
    """Return the whole record, and the line that identifies it."""
    current = record.current
    question = shorten(escape.words(record.context.strip()), QUESTION_CHARS)
    considered = ", ".join(SHORT_NAMES[option] for option in current.considered_options)
    heard = heard_from(understand(current.statements).evidence.values())
    body = [
        *sections(f"*{shorten(escape.line(current.headline), HEADLINE_CHARS)}*"),
        *(context(words.SAVED_BY_PEOPLE) if not record.was_recommended else []),
        *(context("_Provisional: some answers were still missing._") if current.is_provisional else []),
        *sections(f"“{question}”" if question else "_The question was erased._"),
        *titled("Status", [_status(record), *bullets(map(change_line, record.history))]),
        *titled("Why", bullets(map(escape.line, current.rationale))),
        *titled("What was heard", bullets(heard_lines(heard))),
        *titled("Provided that", bullets(map(escape.line, current.conditions))),
        *titled("What follows", bullets(map(escape.line, current.consequences))),
        *titled("Considered", bullets([considered] if considered else [])),
        *titled("Language model", bullets(map(_model_use, current.model_uses))),
    ]
    return body, context(_identity(record))


def decision_as_text(record: DecisionRecord) -> str:
    """Return the same in short, for notifications and screen readers."""
    return f"{record.id} {record.current.headline} ({record.status})"


def _older(found: Found) -> list[Block]:
    return context(words.older_decisions(found.looked_through)) if found.may_have_older else []


def listed(record: DecisionRecord) -> str:
    """Return one decision in two lines. Only for where a mention does not ping."""
    current = record.current
    headline = shorten(escape.line(current.headline), LISTED_HEADLINE_CHARS)
    question = shorten(escape.line(record.context), LISTED_QUESTION_CHARS)
    mark = " _(provisional)_" if current.is_provisional else ""
    mark = mark if record.was_recommended else " _(saved, not my advice)_"
    instead = record.decided_option if record.status == "overridden" else None
    became = f"overridden, decided: {SHORT_NAMES[instead]}" if instead else record.status
    state = f"{became} · {person(record.owner)} · {day(record.decided_at)}"
    return f"{link(record.id, record.link)} *{headline}*{mark}: “{question}”\n    {state}"


def _status(record: DecisionRecord) -> str:
    parts = [record.status.capitalize(), f"owner {person(record.owner)}"]
    parts += [f"to be reviewed on {calendar_day(record.review_on)}"] if record.review_on else []
    parts += [f"replaces {_short(record.supersedes)}"] if record.supersedes else []
    parts += [f"replaced by {_short(record.superseded_by)}"] if record.superseded_by else []
    return " · ".join(parts)


def change_line(change: Change) -> str:
    """Return one thing that happened to a decision, who did it and when. Only for where nobody is pinged."""
    # What was saved has its reason under "Why".
    why = "" if change.what == "saved" else shorten(escape.line(change.why), WHY_CHARS)
    return f"{_what(change)} by {person(change.by)}, {day(change.at)}{f': “{why}”' if why else ''}"


def _what(change: Change) -> str:
    match change.what:
        case "proposed":
            # They asked; what was proposed was ours.
            return "asked"
        case "overridden" if change.outcome:
            return f"overridden with “{SHORT_NAMES[change.outcome]}”"
        case "owner_changed":
            return f"given to {person(change.owner)}"
        case "review_moved" if change.review_on:
            return f"review moved to {calendar_day(change.review_on)}"
        case "reviewed" if change.verdict:
            return f"reviewed as “{words.VERDICTS[change.verdict].lower()}”"
        case what:
            return what


def _model_use(use: ModelUse) -> str:
    cost = "cost unknown" if use.cost_usd is None else f"${use.cost_usd:.4f}"
    line = f"{use.model}, {use.purpose}: {use.tokens_in:,} tokens in, {use.tokens_out:,} out, {cost}"
    return escape.line(f"{line}; it came to nothing: {use.failure}" if use.failure else line)


def _identity(record: DecisionRecord) -> str:
    current = record.current
    name = link(f"decision {record.id}", record.link)
    if current.confidence is None:
        return name
    parts = [
        f"Confidence: {current.confidence} ({CONFIDENCE_WORDS[current.confidence]})",
        f"rule {current.gate or current.rule}",
        f"policy {current.policy_version}",
        f"glossary {current.glossary_version}",
    ]
    return " · ".join([*map(_short, parts), name])


def _short(text: str) -> str:
    return shorten(escape.line(text), VERSION_CHARS)
