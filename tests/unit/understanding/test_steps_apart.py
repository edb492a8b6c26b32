from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.understanding.buttons import statements_from_buttons
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("We have RAG. Haven't put any examples in.", {"tried_rag": True, "tried_few_shot": False}),
        ("RAG is there. No examples yet.", {"tried_rag": True, "tried_few_shot": False}),
        ("We use RAG. Haven't tried examples.", {"tried_rag": True, "tried_few_shot": False}),
    ],
)
def test_a_no_in_one_sentence_does_not_deny_another(said: str, expected: dict[str, bool]) -> None:
    assert values(said, "Q2") == expected


def test_a_plan_in_a_sentence_of_its_own_is_not_done() -> None:
    assert values("None of these. RAG is what we plan.", "Q2")["tried_rag"] is False


def test_what_is_only_named_is_judged_with_what_follows() -> None:
    read = values("RAG? no. Examples? no. just shouting at it in capitals", "Q2")
    assert read["tried_rag"] is False
    assert read["tried_few_shot"] is False


@pytest.mark.parametrize(
    "said",
    [
        "2 and 3",
        "2, 3 and 4",
        "A quick prompt, Prompt versions scored on test cases",
        "quick prompt first, then we scored versions on our cases",
        "a quick prompt, and later five versions scored on 60 cases",
        "first someone wrote a quick prompt, since then we've tested ten variants against the golden set",
        "both the quick prompt and the scored versions",
        "quick prompt first. Later scored 5 versions without success",
        "quick prompt, then 5 versions on 80 test cases, none was good enough",
        "Prompt versions scored: no improvement",
        "Tested systematically: not enough",
        "scored several versions - no rag yet",
    ],
)
def test_who_wrote_a_quick_prompt_and_scored_versions_has_scored_them(said: str) -> None:
    reading = read(said, pending=BY_ID["Q2"])
    assert [one.value for one in reading.statements if one.fact == "tried_prompting"] == ["systematic"]


def test_who_taps_both_has_scored_them() -> None:
    tapped = statements_from_buttons(BY_ID["Q2"], ["scored", "quick"], "U", "1", lambda _: None)
    assert [one.value for one in tapped if one.fact == "tried_prompting"] == ["systematic"]


@pytest.mark.parametrize(
    "said",
    [
        "just a quick prompt, never scored",
        "a quick prompt. We haven't scored versions",
        "quick prompt; next week we score versions",
        "a quick prompt, plan to score versions on test cases",
        "quick prompt: yes. scored versions: no",
        "quick prompt; we scored nothing",
    ],
)
def test_versions_that_were_not_scored_leave_a_quick_prompt(said: str) -> None:
    reading = read(said, pending=BY_ID["Q2"])
    assert [one.value for one in reading.statements if one.fact == "tried_prompting"] == ["quick"]
