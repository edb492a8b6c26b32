from __future__ import annotations

from bot import phrases


def test_a_refused_term_question_is_told_what_the_glossary_holds_near_it() -> None:
    assert "near that: Token, Prompt caching." in phrases.not_in_glossary(["Token", "Prompt caching"])


def test_a_term_question_that_is_far_from_everything_is_told_some_terms_all_the_same() -> None:
    assert "such as fine-tuning" in phrases.not_in_glossary([])
