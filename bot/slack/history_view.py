"""What happened to a decision, who did it and when."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.record import DecisionRecord
from bot.slack import escape, words
from bot.slack.fitting import fit_view, shorten
from bot.slack.log_blocks import change_line
from bot.slack.markup import bullets, context, plain, sections

HEADLINE_CHARS = 300
MORE_HISTORY = "… There is more than fits in here."


def history(record: DecisionRecord) -> View:
    """Return the history, the latest first."""
    headline = shorten(escape.line(record.current.headline), HEADLINE_CHARS)
    lines: list[Block] = []
    for line in bullets(map(change_line, reversed(record.history))):
        lines += sections(line)
    links = [f"replaces {escape.line(record.supersedes)}"] if record.supersedes else []
    links += [f"replaced by {escape.line(record.superseded_by)}"] if record.superseded_by else []
    return _view([*sections(f"*{headline}*"), *context(*links), *lines, *context(escape.line(record.id))])


def nothing() -> View:
    """Return what is said to whoever may not see the decision, or when it is kept no more."""
    return _view(sections(words.NOT_KEPT))


def _view(blocks: list[Block]) -> View:
    return View(
        type="modal",
        title=plain("History"),
        close=plain("Close"),
        blocks=fit_view(blocks, sections(MORE_HISTORY)),
    )
