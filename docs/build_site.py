"""What the site holds beside the pages in this folder: a page for each glossary term, and two lists.

A hook of MkDocs (`hooks:` in mkdocs.yml). Links that leave this folder, to files of the repository, are
written as code: they would lead nowhere on a site.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.glossary import load_glossary
from knowledge.term import HEADINGS, Section, Term

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS = Path(__file__).resolve().parent
GLOSSARY = DOCS.parent / "knowledge" / "glossary"
_LISTS = HEADINGS[2:5]
_LINK = re.compile(r"(!?)\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")
_CITED = re.compile(r"\[([A-Z]+-[0-9A-Z]+)\]")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add to the navigation what stands in the two lists."""
    assert config.nav is not None
    terms = sorted(load_glossary(GLOSSARY), key=lambda term: term.name.casefold())
    inside: dict[str, list[Any]] = {
        "glossary/index.md": [{term.name: f"glossary/{term.slug}.md"} for term in terms],
        "adr/index.md": [f"adr/{page.name}" for page in _adrs()],
    }
    for section in config.nav:
        for pages in section.values():
            if isinstance(pages, list):
                pages.extend(inside.get(pages[0], ()))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are written from data."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - a development dependency

    for uri, text in written_pages():
        files.append(File.generated(config, uri, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Write links to files outside of this folder as code."""
    here = (DOCS / page.file.src_uri).parent

    def written(found: re.Match[str]) -> str:
        is_picture, label, target = found[1], found[2], found[3]
        is_ours = not ("://" in target or target.startswith("mailto:"))
        leads_out = is_ours and not _is_inside(here / target) and (here / target).exists()
        if is_picture or not leads_out:
            # What leads nowhere at all stays, so that MkDocs finds it.
            return found[0]
        return label if "`" in label else f"{label} (`{_in_repository(here / target)}`)"

    return _LINK.sub(written, markdown)


def written_pages() -> Iterator[tuple[str, str]]:
    """Yield each page that is written from data: its address in the site, and its Markdown."""
    terms = sorted(load_glossary(GLOSSARY), key=lambda term: term.name.casefold())
    yield "glossary/index.md", _index_of_terms(terms)
    for term in terms:
        yield f"glossary/{term.slug}.md", _term_page(term, {one.slug: one.name for one in terms})
    yield "adr/index.md", _index_of_adrs()


def _term_page(term: Term, names: Mapping[str, str]) -> str:
    """Return one glossary entry as a page; each citation leads to its source."""
    related = ", ".join(f"[{names[slug]}]({slug}.md)" for slug in term.related)
    sections = (f"## {section.title}\n\n{_section(term, section)}" for section in term.sections)
    sources = (
        f'<a id="{source.id}"></a>**{source.id}**: [{source.title}]({source.url}), {source.date}'
        for source in term.sources
    )
    head = f"# {term.name}\n\nVerified on {term.verified.isoformat()}. Related: {related}."
    return "\n\n".join((head, *sections, "## Sources", "\n\n".join(sources))) + "\n"


def _section(term: Term, section: Section) -> str:
    known = {source.id for source in term.sources}
    return _CITED.sub(
        lambda found: f"[[{found[1]}]](#{found[1]})" if found[1] in known else found[0], _body(section)
    )


def _body(section: Section) -> str:
    if section.questions:
        return "\n\n".join(f"**{question.text}** {question.answer}" for question in section.questions)
    is_list = section.title in _LISTS
    return "\n".join(f"- {point}" for point in section.points) if is_list else "\n\n".join(section.points)


def _index_of_terms(terms: list[Term]) -> str:
    rows = (f"- [{term.name}]({term.slug}.md): {term.sections[0].points[0]}" for term in terms)
    without_marks = (_CITED.sub("", row).replace(" .", ".") for row in rows)
    return (
        "# Glossary\n\nWhat the bot explains, and cites in its answers.\n\n" + "\n".join(without_marks) + "\n"
    )


def _index_of_adrs() -> str:
    rows = (
        f"- [{page.read_text(encoding='utf-8').splitlines()[0].lstrip('# ')}]({page.name})"
        for page in _adrs()
    )
    return "# Decisions about the code\n\n" + "\n".join(rows) + "\n"


def _adrs() -> list[Path]:
    return sorted((DOCS / "adr").glob("[0-9]*.md"))


def _is_inside(path: Path) -> bool:
    """Say whether a link leads to a page of the site, one that is written from data among them."""
    resolved = Path(os.path.normpath(path))
    return resolved.is_relative_to(DOCS) and resolved.suffix != ".py" and ".template" not in resolved.name


def _in_repository(path: Path) -> str:
    return os.path.relpath(os.path.normpath(path), DOCS.parent)
