"""Decisions as Markdown files: what they say, and what words of people cannot do in them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.adr import MARK, escaped, files
from bot.decision.options import Option
from bot.record import Change, DecisionRecord
from tests.integration.stores.examples import NOW, a_record, a_revision, changed
from tests.unit.test_saving import _record as a_saved_one

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OVERRIDDEN = Change(at=NOW, by="U3", what="overridden", why="we know *better*", outcome=Option.DISTIL)
HARMLESS = frozenset({"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "text_special"})


def one_file(record: DecisionRecord) -> str:
    _, file = files([record])
    return file.text


def tokens(text: str) -> set[str]:
    found = GITHUB.parse(text)
    return {one.type for token in found for one in (token, *(token.children or []))}


def shown(text: str) -> str:
    inline = [one for token in GITHUB.parse(text) for one in token.children or []]
    return "".join(one.content for one in inline)


@pytest.mark.parametrize(
    "text",
    [
        "# A heading",
        "[a link](https://evil.example)",
        "![an image](https://evil.example/x.png)",
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "&lt;b&gt;",
        "*bold* _italic_ ~~gone~~ `code`",
        "> quoted",
        "- an item",
        "1. an item",
        "1) an item",
        "---",
        "===",
        "+ an item",
        "| a | table |",
        "```",
        "\\*",
        "[id]: https://evil.example",
        "a\n\n# b\n    code",
        "<https://evil.example>",
        ": definition",
    ],
)
def test_words_of_people_are_nothing_but_words(text: str) -> None:
    assert tokens(escaped(text)) <= HARMLESS
    assert shown(escaped(text)) == " ".join(text.split())


@given(text=st.text(alphabet="#*_`[]()<>!&|~-+=1.:@\\/ \nawhtps$^", max_size=40))
def test_no_words_whatever_become_markup(text: str) -> None:
    assert tokens(escaped(text)) <= HARMLESS
    assert shown(escaped(text)).replace("\u2060", "") == " ".join(text.split())


@pytest.mark.parametrize("address", ["https://evil.example", "http://evil.example", "www.evil.example"])
def test_bare_addresses_are_not_linked_as_some_renderers_do(address: str) -> None:
    assert address not in escaped(f"see {address}")


@pytest.mark.parametrize("name", ["@everyone", "ana@example.com"])
def test_nobody_is_called(name: str) -> None:
    assert name not in escaped(name)


def test_a_file_says_what_was_decided_and_why() -> None:
    revision = a_revision().model_copy(
        update={"conditions": ("you may train on it",), "consequences": ("Index ten documents.",)}
    )
    record = changed(a_record(context="Tune for refunds?"), OVERRIDDEN).model_copy(
        update={
            "status": "overridden",
            "revisions": (revision,),
            "review_on": date(2027, 5, 1),
            "supersedes": "D-0000000009",
            "link": "https://x.slack.com/archives/C1/p1",
        }
    )
    assert (
        one_file(record)
        == f"""\
---
status: overridden
date: 2026-11-16
decision-makers: ["U3"]
---

{MARK}

# Distil into a small model

## Context and Problem Statement

> Tune for refunds?

## Decision Drivers

- it sorts things into kinds — “sort our mail”

## Considered Options

- Use retrieval (RAG)
- Fine-tune
- Distil into a small model

## Decision Outcome

Chosen option: **Distil into a small model**, against the recommendation, because “we know \\*better\\*”.

Recommended: **Use retrieval (RAG)**. They change weekly.

### Consequences

- Index ten documents.

### Confirmation

- Provided that you may train on it

## More Information

- Confidence: medium (stated, not all measured); rule R1, policy 1
- To be reviewed on 2027-05-01
- Replaces [D-0000000009](D-0000000009.md)
- 2026-11-16: proposed by U1
- 2026-11-16: overridden by U3: “we know \\*better\\*”
- Asked in <https://x.slack.com/archives/C1/p1>
"""
    )


def test_an_open_and_a_withdrawn_decision_say_so() -> None:
    assert "Nobody has decided yet." in one_file(a_record())
    withdrawn = changed(a_record(), Change(at=NOW, by="U1", what="withdrawn")).model_copy(
        update={"status": "withdrawn"}
    )
    assert "\nWithdrawn.\n" in one_file(withdrawn)


def test_what_people_saved_is_not_called_our_advice() -> None:
    text = one_file(a_saved_one())
    assert "Chosen option: **Distil into a small model**, because “" in text
    assert "nothing was recommended" in text
    assert "Recommended:" not in text
    assert "Confidence:" not in text


def test_the_index_lists_the_newest_first_and_every_file() -> None:
    index, *others = files([a_record(1), a_record(2, context="a | b\n# c")])
    assert index.name == "README.md"
    assert re.findall(r"\[(D-\w+)\]\((\S+)\)", index.text) == [
        ("D-0000000002", "D-0000000002.md"),
        ("D-0000000001", "D-0000000001.md"),
    ]
    assert [other.name for other in others] == ["D-0000000002.md", "D-0000000001.md"]
    assert "| a \\| b \\# c |" in index.text
    assert "None yet." in files([])[0].text


words = st.text(alphabet='#*_`[]()<>!&|~-+=1.:@\\/ \n"{}', max_size=25)


@given(words=st.lists(words, min_size=8, max_size=8))
def test_the_outline_of_a_file_is_always_ours(words: list[str]) -> None:
    question, headline, reason, follows, why, by, link, quote = words
    revision = a_revision(quote=quote).model_copy(
        update={"headline": headline, "rationale": (reason,), "consequences": (follows,)}
    )
    record = changed(a_record(context=question), OVERRIDDEN.model_copy(update={"why": why, "by": by}))
    record = record.model_copy(update={"revisions": (revision,), "link": link, "status": "overridden"})
    _, _, body = one_file(record).split("---\n", 2)
    found = GITHUB.parse(body)
    headings = [found[place + 1].content for place, token in enumerate(found) if token.type == "heading_open"]
    assert headings[1:3] == ["Context and Problem Statement", "Decision Drivers"]
    assert len(headings) == 7
    assert sum(token.type == "html_block" for token in found) == 1  # our mark
    inline = [one.type for token in found for one in token.children or []]
    assert not {"link_open", "image", "html_inline", "code_inline"} & set(inline)
