from __future__ import annotations

from bot import phrases


def test_a_refused_term_question_is_told_what_the_glossary_holds_near_it() -> None:
    assert "near that: Token, Prompt caching." in phrases.not_in_glossary(["Token", "Prompt caching"])


def test_a_term_question_that_is_far_from_everything_is_told_some_terms_all_the_same() -> None:
    assert "such as fine-tuning" in phrases.not_in_glossary([])


def test_what_was_not_understood_is_no_reason_to_keep_the_advice() -> None:
    asked = phrases.nothing_new("Retrieve the facts", "can patient data leak out of it?")
    told = phrases.nothing_new("Retrieve the facts", "the new carrier is at its worst since March")
    assert asked.startswith(
        "I have no answer to that, so by what I know of your case it is still: Retrieve the facts."
    )
    assert told.startswith("I read nothing in that which I can use")
    assert "stays" not in asked + told
