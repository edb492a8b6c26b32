from __future__ import annotations

import pytest

from knowledge.citations import cited_ids, split_sentences, uncited_figures


def test_all_cited_ids_are_found_also_when_they_touch() -> None:
    assert cited_ids("One [A-1][B-2]. Two [C]. No citation [1] or [see there].") == {"A-1", "B-2", "C"}


def test_a_citation_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    assert split_sentences("It costs 5 dollars. [A-1] Nobody knows more.") == [
        "It costs 5 dollars. [A-1]",
        "Nobody knows more.",
    ]


def test_a_decimal_point_does_not_end_a_sentence() -> None:
    assert split_sentences("It costs $0.50 a day. That is cheap.") == [
        "It costs $0.50 a day.",
        "That is cheap.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Use 50 examples.",
        "It costs $3.",
        "About 20% fail.",
        "Good. [A-1] But 7 of them are bad.",
    ],
)
def test_a_figure_without_a_source_is_found(text: str) -> None:
    assert uncited_figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "Use 50 examples [A-1].",
        "Use 50 examples. [A-1]",
        "GPT-4 and BM25 and a 4-bit model are names.",
        "“It needs 1,000 examples.” It does not.",
        "Nothing to count here.",
    ],
)
def test_what_needs_no_source_is_left_alone(text: str) -> None:
    assert not uncited_figures(text)
