"""A recommendation in full, for what its message has no room for."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.plain_text import with_mark
from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.slack import escape, log_blocks, words
from bot.slack.fitting import fit_view
from bot.slack.markup import context, plain, sections, titled
from bot.slack.recommendation_blocks import parts, sources


def given(reply: Recommend) -> View:
    """Return a recommendation as it was given, nothing shortened."""
    definition = escape.words(with_mark(reply.definition)) if reply.definition else ""
    return _view(
        [
            *sections(f"*{escape.line(reply.leading.headline)}*"),
            *context(*map(escape.line, reply.notes)),
            *sections(definition),
            *(block for title, lines in parts(reply).items() for block in titled(title, lines)),
            *sources(reply.all_citations),
        ]
    )


def recorded(record: DecisionRecord) -> View:
    """Return what the record keeps of it, when the answer itself is kept no more."""
    body, identity = log_blocks.decision(record)
    return _view([*body, *identity])


def nothing() -> View:
    """Return what is said when nothing of it is kept."""
    return _view(sections(words.NOT_KEPT))


def _view(blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        title=plain("Details"),
        close=plain("Close"),
        blocks=fit_view(blocks, sections(words.MORE_SOURCES)),
    )
