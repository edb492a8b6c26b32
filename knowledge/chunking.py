"""From the glossary and added documents to chunks: the unit that is embedded, searched and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document
from knowledge.glossary import Glossary, Section, Term
from knowledge.passage import Passage
from knowledge.term import HEADINGS, MISCONCEPTIONS, QUESTIONS

# Part of the fingerprint of an index: raise it when the chunks of an unchanged text, or the layout of the
# index files, change.
CHUNKING_VERSION = 1
# Added documents only; about 200 words, the size of a glossary section.
_DOCUMENT_CHUNK_CHARACTERS = 1_200
_DOCUMENT_OVERLAP_CHARACTERS = 150
_CITATION = re.compile(r"\s*\[[A-Za-z][A-Za-z0-9-]*\]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage, with what is embedded for it and what the keyword index reads.

    `question` is what a person would ask to get it, empty when it is not the answer to one question.
    """

    passage: Passage
    embedded: str
    names: str
    question: str

    @property
    def id(self) -> str:
        """The id of its passage."""
        return self.passage.id


def chunk_glossary(glossary: Glossary) -> list[Chunk]:
    """Cut every term by section; each question with its answer and each misconception stands alone."""
    return [
        Chunk(
            passage=Passage(
                id=f"{term.slug}/{piece.key}",
                slug=term.slug,
                term=term.name,
                section=piece.section,
                text=piece.text,
                sources=term.cited_in(piece.text),
            ),
            embedded=f"{term.name}: {_CITATION.sub('', piece.embedded)}",
            names=" ; ".join((term.name, *term.aliases)),
            question=piece.question,
        )
        for term in glossary
        for section in term.sections
        for piece in _cut_section(term, section)
    ]


def definition_id(slug: str) -> str:
    """Return the id of the passage that says what the term is."""
    return f"{slug}/{_key(HEADINGS[0])}"


def chunk_documents(documents: Iterable[Document]) -> list[Chunk]:
    """Cut added documents by heading (Markdown) and then by length."""
    return [chunk for document in documents for chunk in _chunk_document(document)]


@dataclass(frozen=True, slots=True)
class _Piece:
    key: str
    section: str
    text: str
    embedded: str
    question: str = ""


def _cut_section(term: Term, section: Section) -> Iterator[_Piece]:
    title = section.title
    if title == QUESTIONS:
        for number, asked in enumerate(section.questions, start=1):
            text = f"{asked.text} {asked.answer}"
            # Without its answer: people's questions are nearer to a question than to an answer.
            yield _Piece(f"questions/{number}", title, text, embedded=asked.text, question=asked.text)
    elif title == MISCONCEPTIONS:
        for number, point in enumerate(section.points, start=1):
            yield _Piece(f"misconceptions/{number}", title, point, embedded=point)
    else:
        question = f"What is {term.name}?" if section is term.sections[0] else ""
        yield _Piece(_key(title), title, section.text, embedded=section.text, question=question)


def _key(title: str) -> str:
    return title.lower().replace(" ", "-")


def _chunk_document(document: Document) -> Iterator[Chunk]:
    # Here because it takes a while to import and most teams have no documents of their own.
    from langchain_text_splitters import (  # noqa: PLC0415 - see above
        MarkdownHeaderTextSplitter,
        RecursiveCharacterTextSplitter,
    )

    by_length = RecursiveCharacterTextSplitter(
        chunk_size=_DOCUMENT_CHUNK_CHARACTERS, chunk_overlap=_DOCUMENT_OVERLAP_CHARACTERS
    )
    name = Path(document.path).stem
    if document.path.lower().endswith(".md"):
        headers = [("#", "1"), ("##", "2"), ("###", "3")]
        parts = MarkdownHeaderTextSplitter(headers).split_text(document.text)
        sections = [(" / ".join(part.metadata.values()) or name, part.page_content) for part in parts]
    else:
        sections = [(name, document.text)]
    number = 0
    for title, text in sections:
        for piece in by_length.split_text(text):
            number += 1
            passage = Passage(
                id=f"{document.key}/{number}",
                slug="",
                term=name,
                section=title,
                text=piece,
                sources=(),
                document=document.path,
            )
            yield Chunk(passage, f"{title}: {piece}", f"{name} ; {title}", "")
