"""What a recommendation rests on, in full: the cited passages with their own sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from bot.record import UsedPassage
from bot.replies import Citation
from bot.slack import escape, words
from bot.slack.fitting import fit_view
from bot.slack.markup import bullets, context, plain, sections


def cited(citations: Sequence[Citation]) -> View:
    """Return the passages as they were cited."""
    if not citations:
        return _view(sections(words.NO_SOURCES))
    return _view(block for citation in citations for block in (*_passage(citation), DividerBlock()))


def recorded(passages: Sequence[UsedPassage]) -> View:
    """Return where the cited passages stand, when their words are kept no more."""
    if not passages:
        return _view(sections(words.NO_SOURCES))
    names = [f"{escape.line(passage.slug)} — {escape.line(passage.section)}" for passage in passages]
    return _view([*sections(words.SOURCES_BY_NAME), *sections("\n".join(bullets(names)))])


def nothing() -> View:
    """Return what is said when nothing of it is kept."""
    return _view(sections(words.NO_SOURCES_KEPT))


def _passage(citation: Citation) -> list[Block]:
    title = f"[{citation.number}] *{escape.line(citation.term)}* — {escape.line(citation.section)}"
    quote = f"“{escape.words(citation.text)}”" if citation.text.strip() else ""
    return [
        *sections(f"{title}\n{quote}".rstrip()),
        *context("\n".join(bullets(map(escape.line, citation.sources)))),
    ]


def _view(blocks: Iterable[Block]) -> View:
    return View(
        type="modal",
        title=plain("Sources"),
        close=plain("Close"),
        blocks=fit_view(list(blocks), sections(words.MORE_SOURCES)),
    )
