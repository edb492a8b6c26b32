from __future__ import annotations

import pytest

from bot.understanding.message import MAX_QUOTE_CHARS, prepare


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("We DON’T  use it", "we dont use it"),
        ("w/o exmaples", "without examples"),
        ("idk, ask the PM", "i dont know, ask the pm"),
        ("Größe: 3 Seiten", "grosse: 3 seiten"),
        ("retreival", "retrieval"),
        ("the reviewers", "the reviewers"),
        ("it was classified", "it was classified"),
    ],
)
def test_plain_form_folds_what_people_type(said: str, plain: str) -> None:
    assert prepare(said).plain == plain


def test_a_quote_is_what_was_said_although_the_plain_form_differs() -> None:
    said = "Our Prompt wasn’t   SCORED w/o reason"
    message = prepare(said)
    start = message.plain.index("wasnt")
    assert message.quote(start, start + len("wasnt scored")) == "wasn’t   SCORED"


@pytest.mark.parametrize(
    "said",
    ["> we have 900 examples", "```900 examples```", "<https://x.test/900-examples|900 examples>", "<@U900>"],
)
def test_quoted_lines_code_links_and_mentions_are_not_what_the_person_says(said: str) -> None:
    assert "900" not in prepare(said).plain


def test_a_long_segment_is_quoted_by_its_match_only() -> None:
    said = "word " * 400
    message = prepare(said)
    assert len(message.quote_around(0, 4)) < MAX_QUOTE_CHARS


def test_commas_inside_numbers_do_not_cut_segments() -> None:
    assert len(prepare("we hold 12,500 letters").segments) == 1
    assert len(prepare("we hold letters, 12 of them").segments) == 2
