"""A week's digest as blocks."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.replies import DigestLine, DigestPost
from bot.slack import escape
from bot.slack.fitting import shorten
from bot.slack.markup import bullets, context, link, sections, titled

QUESTION_CHARS = 200


def digest(post: DigestPost) -> list[Block]:
    """Return the digest. Nobody is pinged: owners are left out."""
    return [
        *sections(f"*{escape.line(post.headline)}*"),
        *titled("Decided", bullets(map(_line, post.decided))),
        *titled("Recommended, not yet decided", bullets(map(_line, post.open))),
        *(context(f"… and {post.more} more") if post.more else []),
        *(sections(escape.words(post.learned)) if post.learned else []),
    ]


def _line(line: DigestLine) -> str:
    name = link(line.decision_id, line.link)
    mark = " _(provisional)_" if line.is_provisional else ""
    question = shorten(escape.line(line.question), QUESTION_CHARS)
    overridden = " — overridden" if line.status == "overridden" else ""
    return f"{name} {escape.line(line.headline)}{mark}{overridden}: “{question}”"
