from __future__ import annotations

from pathlib import Path

from knowledge.chunking import chunk_documents, chunk_glossary, definition_id
from knowledge.documents import Document
from knowledge.glossary import load_glossary

GLOSSARY = load_glossary(Path(__file__).parents[2] / "fixtures" / "glossary")


def test_every_question_and_every_misconception_is_a_chunk_of_its_own() -> None:
    ids = [chunk.id for chunk in chunk_glossary(GLOSSARY) if chunk.passage.slug == "token"]

    assert ids == [
        "token/what-it-is",
        "token/the-number-that-makes-it-real",
        "token/when-it-is-right",
        "token/when-it-is-not",
        "token/misconceptions/1",
        "token/misconceptions/2",
        "token/questions/1",
        "token/questions/2",
    ]
    assert definition_id("token") in ids


def test_a_passage_shows_question_and_answer_with_the_sources_cited_in_it() -> None:
    chunk = next(chunk for chunk in chunk_glossary(GLOSSARY) if chunk.id == "token/questions/1")

    assert chunk.passage.text == (
        "Why do output tokens cost more? They are made one after another. "
        "In one list they cost 5 times as much [LIST-02]."
    )
    assert [source.id for source in chunk.passage.sources] == ["LIST-02"]
    assert (chunk.passage.term, chunk.passage.section) == ("Token", "Questions people ask")
    assert (chunk.passage.document, chunk.passage.distance) == ("glossary", None)


def test_what_is_embedded_names_the_term_and_leaves_citations_out() -> None:
    for chunk in chunk_glossary(GLOSSARY):
        assert chunk.embedded.startswith(f"{chunk.passage.term}: ")
        assert "[" not in chunk.embedded


def test_no_two_chunks_share_an_id() -> None:
    ids = [chunk.id for chunk in chunk_glossary(GLOSSARY)]

    assert len(ids) == len(set(ids))


def test_a_markdown_document_is_cut_at_its_headings() -> None:
    document = Document("/house/rules.md", "# Cost\nAsk first.\n\n## Limits\nNo more than ten.\n")

    chunks = chunk_documents([document])

    assert [(chunk.passage.section, chunk.passage.text) for chunk in chunks] == [
        ("Cost", "Ask first."),
        ("Cost / Limits", "No more than ten."),
    ]
    assert {chunk.passage.document for chunk in chunks} == {"/house/rules.md"}
    assert {chunk.passage.slug for chunk in chunks} == {""}


def test_a_long_text_document_is_cut_by_length_and_nothing_is_lost() -> None:
    sentences = [f"Sentence number {number} of the report." for number in range(200)]

    chunks = chunk_documents([Document("/house/report.txt", "\n".join(sentences))])

    assert len(chunks) > 3
    assert all(len(chunk.passage.text) <= 1_200 for chunk in chunks)
    assert all(any(sentence in chunk.passage.text for chunk in chunks) for sentence in sentences)
