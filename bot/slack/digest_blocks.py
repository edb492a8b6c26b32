"""A week's digest as blocks: one message, and what is too long for it in its thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, HeaderBlock, PlainTextObject

from bot.plain_text import QUIET_WEEK, asked_about, recommended
from bot.replies import DigestLine, DigestList, DigestPost
from bot.slack import escape
from bot.slack.digest_chart import chart
from bot.slack.fitting import shorten
from bot.slack.markup import bullets, context, link, sections, titled

SHOWN_LINES = 5
QUESTION_CHARS = 120
HEADLINE_CHARS = 160
WHY_CHARS = 200
NAME_CHARS = 60
HOW_TO_CHANGE = "`/finetune digest` says when the next one comes; `/finetune digest off` ends it."

Names = Mapping[str, str]
"""What people are called, by user id. In a message that others see, a mention would call them."""


def digest(post: DigestPost, names: Names) -> list[Block]:
    """Return the message. Nobody is pinged."""
    has_more = any(listed.count > SHOWN_LINES for listed in _lists(post).values())
    return [
        HeaderBlock(text=PlainTextObject(text=post.title, emoji=False)),
        *(context(escape.line(post.late)) if post.late else []),
        *(sections(QUIET_WEEK) if post.is_quiet else []),
        *(
            block
            for title, listed in _lists(post).items()
            for block in _listed(title, listed, listed.lines[:SHOWN_LINES], names)
        ),
        *chart(post),
        *context(*filter(None, (escape.line(recommended(post)), escape.line(asked_about(post))))),
        *(sections(escape.line(post.learned)) if post.learned else []),
        *context(f"{'The rest is in the thread. ' if has_more else ''}{HOW_TO_CHANGE}"),
    ]


def rest(post: DigestPost, names: Names) -> list[Block]:
    """Return what the message has no room for; nothing when it shows everything."""
    return [
        block
        for title, listed in _lists(post).items()
        if listed.count > SHOWN_LINES
        for block in [
            *_listed(f"{title}, continued", listed, listed.lines[SHOWN_LINES:], names),
            *(context(f"… and {listed.count - len(listed.lines)} more") if _is_cut(listed) else []),
        ]
    ]


def _lists(post: DigestPost) -> dict[str, DigestList]:
    return {"Decided": post.decided, "Waiting for an answer": post.open, "Due for review": post.due}


def _is_cut(listed: DigestList) -> bool:
    return listed.count > len(listed.lines)


def _listed(title: str, listed: DigestList, lines: Sequence[DigestLine], names: Names) -> list[Block]:
    return titled(f"{title} ({listed.count})", bullets(_line(line, names) for line in lines))


def _line(line: DigestLine, names: Names) -> str:
    headline = shorten(escape.line(line.headline), HEADLINE_CHARS)
    question = shorten(escape.line(line.question), QUESTION_CHARS)
    owner = shorten(escape.line(names.get(line.owner, "")), NAME_CHARS)
    why = shorten(escape.line(line.why), WHY_CHARS)
    mark = " _(provisional)_" if line.is_provisional else ""
    otherwise = " — decided otherwise" if line.status == "overridden" else ""
    asked = f": “{question}”" if question else ""
    review = f"review on {line.review_on.day} {line.review_on:%B %Y}" if line.review_on else ""
    details = " · ".join(filter(None, (f"because “{why}”" if why else "", review)))
    return (
        f"{link(line.decision_id, line.link)} *{headline}*{mark}{otherwise}{asked}"
        f"{f' — owner {owner}' if owner else ''}{f'{chr(10)}    {details}' if details else ''}"
    )
