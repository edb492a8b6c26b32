"""A correction of what it does tells the task; it invents no failure and answers nothing with a nought."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID
from bot.decision.statements import understand
from bot.understanding.reading import read
from tests.unit.understanding.conversations import facts_after, opened

_CODE = (
    "We have an internal DSL and want an LLM to write queries in it from plain English. "
    "It invents functions that do not exist. Should we fine-tune?"
)
_RECORDS = (
    "Our assistant should tell people the status of their order but it makes it up. Should we fine-tune?"
)
_REPLIES = "We draft replies with GPT-4o, the tone is off. Should we fine-tune?"


def after(opening: str, said: str = "", question: str = "") -> dict[str, FactValue]:
    """Return what is known after the opening and this."""
    earlier = opened(opening)
    return (facts_after(earlier, said, question) if said else understand(earlier).facts).known()


@pytest.mark.parametrize("question", ["", "Q1", "Q2", "Q3", "Q5", "Q10"])
@pytest.mark.parametrize(
    "said",
    [
        "you misheard, it writes code (queries), not texts",
        "it is code it writes, not text",
        "actually it writes SQL, not prose",
    ],
)
def test_code_is_written_as_texts_are(said: str, question: str) -> None:
    assert after(_CODE, said, question) == after(_CODE)


@pytest.mark.parametrize("question", ["", "Q2", "Q10"])
def test_what_uses_tools_lacks_no_way_to_them(question: str) -> None:
    assert after(_RECORDS)["gap"] == "interface"
    known = after(_RECORDS, "you got that wrong: it does use tools, it calls three APIs", question)
    assert known["goal_kind"] == "tool_use"
    assert known["tried_structured"] is True
    assert "gap" not in known


@pytest.mark.parametrize(
    "said",
    [
        "you got that wrong: it does not use tools",
        "you got that wrong: it should use tools",
        "you got that wrong, will it use tools?",
        "if it uses tools, what then?",
    ],
)
def test_what_uses_none_still_lacks_it(said: str) -> None:
    assert after(_RECORDS, said)["gap"] == "interface"


@pytest.mark.parametrize("question", ["", "Q2", "Q3"])
@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("you misheard, it sorts mails, it does not write them", "classification"),
        ("you misread that: it extracts fields, not summaries", "extraction"),
    ],
)
def test_the_task_is_what_is_not_denied(said: str, task: str, question: str) -> None:
    known = after(_REPLIES, said, question)
    assert known["goal_kind"] == task
    assert "eval_set_n" not in known


def test_what_is_corrected_of_how_it_fails_counts() -> None:
    known = after(_REPLIES, "you got that wrong, it is the facts, not the tone", "Q3")
    assert known["failure_mode"] == "wrong_facts"
    assert "eval_set_n" not in known


@pytest.mark.parametrize(
    ("said", "cases"), [("you misheard, 50 cases, not 500", 50), ("you misheard, we have no test cases", 0)]
)
def test_numbers_that_are_corrected_count(said: str, cases: int) -> None:
    assert after(_REPLIES, said, "Q3")["eval_set_n"] == cases


@pytest.mark.parametrize(
    ("said", "question", "fact", "value"),
    [
        ("it outputs prose, not SQL", "Q1", "failure_mode", "invalid_format"),
        ("it writes essays instead of formulas", "Q1", "gap", "behaviour"),
        ("it writes stiff letters instead of warm letters", "", "failure_mode", "inconsistent_style"),
        ("it writes stiff letters, not warm letters", "", "failure_mode", "inconsistent_style"),
    ],
)
def test_what_it_makes_instead_is_how_it_fails(said: str, question: str, fact: str, value: FactValue) -> None:
    opening = "Our assistant writes things for our staff."
    told = read(f"{opening} Should we fine-tune?", author_id="U1", message_id="1").statements
    told = tuple(one for one in told if one.fact not in ("gap", "failure_mode"))
    reading = read(
        said, pending=BY_ID.get(question), author_id="U1", message_id="2", earlier=told, continues=True
    )
    assert understand([*told, *reading.statements]).facts.known()[fact] == value


def test_instead_corrects_where_we_misheard() -> None:
    assert after(_CODE, "you misheard, it writes queries instead of texts", "Q1") == after(_CODE)
