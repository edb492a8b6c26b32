"""One glossary file, read strictly: front matter, the six headings, citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import frontmatter
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.citations import cited_ids, uncited_figures
from knowledge.errors import GlossaryInvalid
from knowledge.glossary_markdown import Block, read_blocks
from knowledge.term import HEADINGS, MISCONCEPTIONS, QUESTIONS, Question, Section, Source, Term

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _SourceRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
    title: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}$")]
    checked: Literal["read", "through_third_party", "known"]


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1)]
    term: Text
    slug: Slug
    aliases: Annotated[tuple[Text, ...], Field(min_length=1)]
    related: Annotated[tuple[Slug, ...], Field(min_length=1)]
    verified: date
    sources: Annotated[tuple[_SourceRow, ...], Field(min_length=1)]


def read_term_file(path: Path) -> Term:
    """Read one file. Raises GlossaryInvalid with every defect of it, each naming file, line and remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise GlossaryInvalid([f"{path}: cannot be read as UTF-8 text ({e}): restore the file"]) from e
    front, body = _read_front_matter(path, text)
    # Line numbers in messages count from the top of the file, as an editor does.
    blocks, defects = read_blocks(body, first_line=text[: text.rindex(body)].count("\n") + 1 if body else 1)
    sections = _group_by_heading(blocks)
    found = [*(f"{path}:{line}: {what}" for line, what in defects), *_defects(path, front, sections)]
    if found:
        raise GlossaryInvalid(found)
    return Term(
        number=front.number,
        name=front.term,
        slug=front.slug,
        aliases=front.aliases,
        related=front.related,
        verified=front.verified,
        sources=tuple(Source(**row.model_dump()) for row in front.sources),
        sections=tuple(_section(title, points) for title, points in sections),
    )


def _read_front_matter(path: Path, text: str) -> tuple[_FrontMatter, str]:
    try:
        raw, body = frontmatter.parse(text)
        return _FrontMatter.model_validate(raw), body
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = f":{mark.line + 2}" if mark else ""
        raise GlossaryInvalid([f"{path}{line}: the front matter is not valid YAML: correct this line"]) from e
    except ValidationError as e:
        raise GlossaryInvalid(
            [
                f"{path}: front matter, {'.'.join(str(part) for part in error['loc']) or 'all of it'}: "
                f"{error['msg']}: correct this field"
                for error in e.errors()
            ]
        ) from e


def _group_by_heading(blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    sections: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if block.kind == "heading":
            sections.append((block.text, []))
        elif sections:
            sections[-1][1].append(block)
        else:
            sections.append(("", [block]))
    return sections


def _defects(path: Path, front: _FrontMatter, sections: list[tuple[str, list[Block]]]) -> Iterator[str]:
    expected_name = f"{front.number:02d}-{front.slug}.md"
    if path.name != expected_name:
        yield f"{path}: number and slug ask for the name {expected_name}: rename the file or correct them"
    titles = tuple(title for title, _ in sections)
    if titles != HEADINGS:
        yield f"{path}: the headings are {list(titles)}: write exactly {list(HEADINGS)}, in this order"
    ids = [source.id for source in front.sources]
    for repeated in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield f"{path}: source '{repeated}' is listed twice: keep one"
    if front.slug in front.related:
        yield f"{path}: a term is not related to itself: remove '{front.slug}' from 'related'"
    for title, points in sections:
        if not points:
            yield f"{path}: the section '{title}' is empty: write it"
        for block in points:
            for what in _point_defects(title, block, set(ids)):
                yield f"{path}:{block.line}: {what}"


def _point_defects(title: str, point: Block, source_ids: set[str]) -> Iterator[str]:
    for unknown in sorted(cited_ids(point.text) - source_ids):
        yield f"[{unknown}] is not among the sources: add it or correct the id"
    for sentence in uncited_figures(point.text):
        yield f"'{sentence}' gives a figure without a source: add its [ID]"
    if title == QUESTIONS and not (point.question and point.text):
        yield "must be '- **Question?** Answer.': write it so"


def _section(title: str, blocks: list[Block]) -> Section:
    if title == QUESTIONS:
        questions = tuple(Question(block.question, block.text) for block in blocks)
        points = tuple(f"{question.text} {question.answer}" for question in questions)
        return Section(title, "\n".join(points), points, questions)
    points = tuple(f"{block.question} {block.text}".strip() for block in blocks)
    separator = "\n" if any(block.kind == "bullet" for block in blocks) or title == MISCONCEPTIONS else " "
    return Section(title, separator.join(points), points)
