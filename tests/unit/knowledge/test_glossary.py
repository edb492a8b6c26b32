from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.errors import GlossaryInvalid
from knowledge.glossary import HEADINGS, Term, load_glossary

FIXTURE = Path(__file__).parents[2] / "fixtures" / "glossary"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "glossary"
    shutil.copytree(FIXTURE, copy)
    return copy


def read_token() -> Term:
    return next(term for term in load_glossary(FIXTURE) if term.slug == "token")


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "01-token.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_term_is_read_with_its_front_matter_and_all_six_sections() -> None:
    token = read_token()

    assert (token.number, token.name, token.related) == (1, "Token", ("embedding", "hallucination"))
    assert token.aliases == ("tokens", "tokenizer", "BPE", "output tokens")
    assert tuple(section.title for section in token.sections) == HEADINGS
    assert token.sources[1].checked == "read"


def test_terms_are_ordered_by_number() -> None:
    assert [term.slug for term in load_glossary(FIXTURE)] == ["token", "embedding", "hallucination"]


def test_text_is_plain_and_keeps_its_citations() -> None:
    token = read_token()

    assert token.section("The number that makes it real").text == (
        "In English 1,000 tokens are about 750 words [PAPER-01]."
    )
    assert token.section("When it is right").text == (
        "Count tokens when you plan a budget.\nCount them with the tool of the vendor."
    )


def test_a_question_is_separated_from_its_answer() -> None:
    first = read_token().section("Questions people ask").questions[0]

    assert first.text == "Why do output tokens cost more?"
    assert first.answer == "They are made one after another. In one list they cost 5 times as much [LIST-02]."


def test_the_sources_cited_in_a_text_are_found() -> None:
    token = read_token()

    assert [source.id for source in token.cited_in("So it is [LIST-02][PAPER-01].")] == [
        "PAPER-01",
        "LIST-02",
    ]
    assert token.cited_in("Nobody knows.") == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number: 1", "number: one", "01-token.md: front matter, number"),
        ("verified:", "checked_on:", "front matter, verified"),
        ("slug: token", "slug: tokens", "ask for the name 01-tokens.md"),
        (
            "related: [embedding, hallucination]",
            "related: [embeding]",
            "related term 'embeding' does not exist",
        ),
        ("related: [embedding, hallucination]", "related: [token]", "not related to itself"),
        ("BPE", "cosine similarity", "alias 'cosine similarity' belongs to"),
        ("BPE", "Embeddings", "alias 'embeddings' belongs to"),
        ("id: LIST-02", "id: PAPER-01", "listed twice"),
        ("## When it is right", "## When is it right", "write exactly"),
        ("## When it is right", "### When it is right", "heading of another level"),
        (
            "750 words [PAPER-01].",
            "750 words [PAPER-09].",
            "01-token.md:25: [PAPER-09] is not among the sources",
        ),
        (
            "750 words [PAPER-01].",
            "750 words.",
            "01-token.md:25: 'In English 1,000 tokens are about 750 words.'",
        ),
        ("**How do I count tokens?**", "How do I count tokens?", "must be '- **Question?** Answer.'"),
        ("Long words are", "Long [words](https://example.org) are", "write plain text"),
        ("- Promise your", "1. Promise your", "'ordered_list_open' is not allowed"),
        ("- Promise your customers pages, not tokens.\n", "", "section 'When it is not' is empty"),
        ('date: "2015-08"', "date: August 2015", "sources.0.date"),
        ("checked: known", "checked: perhaps", "sources.0.checked"),
        ("aliases: [tokens", "aliases: [[tokens", "front matter is not valid YAML"),
    ],
)
def test_a_broken_file_is_named_with_what_to_do(folder: Path, old: str, new: str, message: str) -> None:
    change(folder, old, new)

    with pytest.raises(GlossaryInvalid) as raised:
        load_glossary(folder)

    assert any(message in defect for defect in raised.value.defects), raised.value.defects
    assert "\n" not in str(raised.value)
    assert "01-token.md" in str(raised.value) or "02-embedding.md" in str(raised.value)


def test_every_defect_is_listed_and_the_message_counts_them(folder: Path) -> None:
    change(folder, "750 words [PAPER-01].", "750 words.")
    change(folder, "2 or more tokens. [PAPER-01]", "2 or more tokens.")

    with pytest.raises(GlossaryInvalid, match=r"\(and 1 more\)$") as raised:
        load_glossary(folder)

    assert len(raised.value.defects) == 2


def test_two_terms_cannot_share_a_number(folder: Path) -> None:
    text = (folder / "03-hallucination.md").read_text(encoding="utf-8")
    (folder / "03-hallucination.md").unlink()
    (folder / "02-hallucination.md").write_text(text.replace("number: 3", "number: 2"), encoding="utf-8")

    with pytest.raises(GlossaryInvalid, match=r"number 2 is taken by 02-embedding\.md"):
        load_glossary(folder)


def test_numbers_leave_no_gap(folder: Path) -> None:
    (folder / "02-embedding.md").unlink()

    with pytest.raises(GlossaryInvalid) as raised:
        load_glossary(folder)

    assert any("number 3 leaves a gap" in defect for defect in raised.value.defects)


def test_fine_tuning_is_the_23rd_term_and_no_other(folder: Path) -> None:
    text = (folder / "03-hallucination.md").read_text(encoding="utf-8")
    (folder / "03-hallucination.md").unlink()
    (folder / "03-fine-tuning.md").write_text(
        text.replace("slug: hallucination", "slug: fine-tuning"), encoding="utf-8"
    )

    with pytest.raises(GlossaryInvalid) as raised:
        load_glossary(folder)

    assert any("fine-tuning is term 23" in defect for defect in raised.value.defects)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GlossaryInvalid, match="holds no glossary file"):
        load_glossary(tmp_path)


def test_a_file_that_is_not_text_is_refused(folder: Path) -> None:
    (folder / "01-token.md").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(GlossaryInvalid, match="cannot be read as UTF-8"):
        load_glossary(folder)
