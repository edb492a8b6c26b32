"""The little Markdown that glossary files may use, read into plain blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

# CommonMark and nothing more: no tables, no typographic changes.
_MARKDOWN = MarkdownIt("commonmark")
_ALLOWED_BLOCKS = {
    "heading_open",
    "heading_close",
    "paragraph_open",
    "paragraph_close",
    "bullet_list_open",
    "bullet_list_close",
    "list_item_open",
    "list_item_close",
    "inline",
}
_ALLOWED_INLINE = {"text", "softbreak", "strong_open", "strong_close"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a bullet; `question` is the bold text it begins with, else empty."""

    kind: Literal["heading", "paragraph", "bullet"]
    line: int
    text: str
    question: str = ""


def read_blocks(body: str, first_line: int) -> tuple[list[Block], list[tuple[int, str]]]:
    """Return the blocks, and what is not allowed as (line, message)."""
    blocks: list[Block] = []
    defects: list[tuple[int, str]] = []
    bullets_open = 0
    heading_level = ""
    line = first_line
    for token in _MARKDOWN.parse(body):
        if token.map:
            line = first_line + token.map[0]
        if token.type not in _ALLOWED_BLOCKS:
            defects.append((line, f"'{token.type}' is not allowed: use only '##' headings, '-' and **bold**"))
        elif token.type == "heading_open":
            heading_level = token.tag
        elif token.type == "heading_close":
            heading_level = ""
        elif token.type == "bullet_list_open":
            bullets_open += 1
            if bullets_open > 1:
                defects.append((line, "a list inside a list: make it one list"))
        elif token.type == "bullet_list_close":
            bullets_open -= 1
        elif token.type == "inline":
            defects.extend((line, what) for what in _inline_defects(token, heading_level))
            kind: Literal["heading", "paragraph", "bullet"] = "bullet" if bullets_open else "paragraph"
            question, text = _split_question(token)
            blocks.append(Block("heading" if heading_level else kind, line, text, question))
    return blocks, defects


def _inline_defects(token: Token, heading_level: str) -> Iterator[str]:
    if heading_level not in {"", "h2"}:
        yield f"'{token.content}' is a heading of another level: write '## '"
    strange = {child.type for child in token.children or () if child.type not in _ALLOWED_INLINE}
    for kind in sorted(strange):
        yield f"'{kind}' is not allowed here: write plain text"


def _split_question(token: Token) -> tuple[str, str]:
    """Separate the bold beginning from the rest; without one the first part is empty."""
    children = [child for child in token.children or () if child.type != "text" or child.content]
    question = ""
    if children and children[0].type == "strong_open":
        end = next(i for i, child in enumerate(children) if child.type == "strong_close")
        question, children = _plain(children[1:end]), children[end + 1 :]
    return question, _plain(children)


def _plain(children: list[Token]) -> str:
    return "".join(" " if child.type == "softbreak" else child.content for child in children).strip()
