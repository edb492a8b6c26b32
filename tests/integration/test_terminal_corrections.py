"""People set right in a terminal what was heard: the real dialogue and policy, with stores in memory."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.advisor import Advisor
from bot.dialogue import Dialogue
from bot.terminal import chat
from bot.terminal_commands import TerminalCommands
from tests.fakes.stores import FakeConversations, FakeDecisionLog

ASKED = "should we fine-tune? our bot makes up facts about our products, 300 questions a day\njust tell me\n"
VOLUME = "300 requests a day"

Talk = Callable[[str], list[str]]


@pytest.fixture
def log() -> FakeDecisionLog:
    return FakeDecisionLog()


@pytest.fixture
def talk(
    dialogue: Dialogue,
    log: FakeDecisionLog,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Talk:
    def typed(lines: str) -> list[str]:
        """Return what was answered to each line."""
        conversations = FakeConversations()
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        with asyncio.Runner() as runner:
            advisor = Advisor(dialogue, conversations, log, "1")
            commands = TerminalCommands(conversations, log)
            chat(runner, advisor.turn, "chat-1", lambda: datetime(2026, 11, 23, tzinfo=UTC), commands)
        answers = capsys.readouterr().out.split("you> ")[1:]
        return [" ".join(answer.split()) for answer in answers]

    return typed


def test_a_line_of_the_list_is_set_right_by_its_number(talk: Talk, log: FakeDecisionLog) -> None:
    *_, listed, corrected, history, _ = talk(f"{ASKED}facts\ncorrect 3: 200 a day\nhistory\n")
    assert f"3. {VOLUME} (from" in listed
    assert "4. " in listed.split("Not known yet")[1]
    assert f"Corrected: {VOLUME} → 200 requests a day" in corrected
    assert "- 200 requests a day (you entered it)" in corrected
    (record,) = log.kept.values()
    assert [change.what for change in record.history] == ["proposed", "revised"]
    assert f"revised ({VOLUME} → 200 requests a day): {record.current.headline}" in history


def test_a_correction_in_words_counts_the_same(talk: Talk) -> None:
    *_, corrected, history, _ = talk(f"{ASKED}no, the volume is 200 a day\nhistory\n")
    assert "You told me: 200 requests a day. My advice stays." in corrected
    assert VOLUME not in corrected
    assert history.count("UTC, revised") == 1


def test_a_kind_is_picked_by_its_letter_and_the_recommendation_follows(
    talk: Talk, log: FakeDecisionLog
) -> None:
    *_, before, can_be, after, _ = talk(f"{ASKED}correct 1\ncorrect 1: d\n")
    assert "Retrieve the facts" in before
    assert "d. it ignores instructions" in can_be
    assert "Corrected: it gets facts wrong → it ignores instructions" in after
    (record,) = log.kept.values()
    assert len(record.revisions) == 2


def test_numbers_stay_what_they_were_on_the_screen(talk: Talk) -> None:
    *_, taken_back, corrected, again, _ = talk(
        f"{ASKED}facts\ncorrect 1: not so\ncorrect 3: 200 a day\ncorrect 3: 200 a day\n"
    )
    assert "Corrected: it gets facts wrong → not known" in taken_back
    assert f"Corrected: {VOLUME} → 200 requests a day" in corrected
    assert "nothing is changed" in again


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("correct 99", "no line 99. `facts` lists lines 1 to "),
        ("correct 0: 5", "no line 0"),
        ("correct 3: zzz", "I could not read one amount from that"),
        ("correct 1: zzz", "I could not read that. `correct 1` says what it can be"),
        (f"correct 3: {'x' * 300}", "at most 200 characters"),
        ("correct 3: 300", "nothing is changed"),
        ("CORRECT 3 TO 300 a day", "nothing is changed"),
        ("correct 3", "3. requests a day: 300 requests a day Write it"),
    ],
)
def test_an_odd_entry_is_told_in_one_line_and_changes_nothing(
    talk: Talk, log: FakeDecisionLog, line: str, told: str
) -> None:
    *_, answer, _ = talk(f"{ASKED}{line}\n")
    assert told in answer
    (record,) = log.kept.values()
    assert len(record.revisions) == 1


def test_while_a_question_waits_a_bare_number_is_an_amount_and_the_list_waits_too(
    talk: Talk, log: FakeDecisionLog
) -> None:
    question, refused, answered, _ = talk(
        "we have a narrow extraction task, its format is inconsistent. fine-tune?\ncorrect 1: b\n400\n"
    )
    assert "(1 of at most 3)" in question
    assert "While a question waits" in refused
    assert "400" in answered
    assert all(len(record.revisions) == 1 for record in log.kept.values())


def test_before_anything_is_said_there_is_nothing_to_list_and_no_history(talk: Talk) -> None:
    listed, corrected, history, _ = talk("facts\ncorrect 1: 5\nhistory\n")
    assert "heard nothing yet" in listed
    assert "heard nothing yet" in corrected
    assert "recommended nothing yet" in history
