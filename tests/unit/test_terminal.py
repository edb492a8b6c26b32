from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

import pytest

from bot.conversation import Turn
from bot.replies import AskedQuestion, Clarify, Leading, OffTopic, QuickReplyChoice, Recommend, Reply
from bot.terminal import HOW_TO_CONNECT, WELCOME, chat, in_words, picked_by_letter
from bot.terminal_commands import NOTHING_HEARD, TerminalCommands
from tests.fakes.stores import FakeConversations, FakeDecisionLog

LONG = "one two three four five six seven eight nine ten " * 6 + "https://example.com/" + "x" * 90

HOW_MANY = AskedQuestion(
    id="Q5",
    facts=("examples_n",),
    text="How many?",
    quick_replies=(QuickReplyChoice(id="none", label="None"), QuickReplyChoice(id="few", label="Under 50")),
    several=False,
    number=1,
    of=3,
)
WHICH = HOW_MANY.model_copy(update={"id": "Q2", "several": True})
LEADING = Leading.model_validate(
    {"option": "ASK", "direction": "ASK", "headline": "First: what goes wrong?", "rule": "D2b"}
)
ANSWER = Recommend(
    leading=LEADING,
    is_provisional=False,
    reasons=(),
    heard=(),
    conditions=(),
    flips=(),
    first_step="Collect ten failures.",
    next_steps=(),
    costs=(),
    cautions=(),
    confidence="low",
    citations=(),
    decision_id="",
    policy_version="1",
)


def typed(monkeypatch: pytest.MonkeyPatch, lines: str, replies: list[Reply]) -> list[Turn]:
    turns: list[Turn] = []

    async def answer(turn: Turn) -> Reply:
        turns.append(turn)
        return replies[len(turns) - 1]

    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    with asyncio.Runner() as runner:
        commands = TerminalCommands(FakeConversations(), FakeDecisionLog())
        chat(runner, answer, "chat-1", lambda: datetime(2026, 11, 23, tzinfo=UTC), commands)
    return turns


def test_options_have_letters_and_a_letter_picks_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    question = Clarify(question=HOW_MANY, leading=LEADING, heard=())
    turns = typed(monkeypatch, "tune?\nwhat is an example?\nB\n", [question, OffTopic(text="…"), question])
    assert [(turn.question_id, turn.picked) for turn in turns] == [("", ()), ("", ()), ("Q5", ("few",))]
    assert "  a. None\n  b. Under 50\n" in capsys.readouterr().out


def test_a_number_stays_a_number_and_a_letter_after_the_answer_is_only_a_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = Clarify(question=HOW_MANY, leading=LEADING, heard=())
    turns = typed(monkeypatch, "tune?\n2\nb\n", [question, ANSWER, ANSWER])
    assert [turn.picked for turn in turns] == [(), (), ()]


@pytest.mark.parametrize("said", ["c", "be", "a bit", "none", "a, b", "n", "a-b", ""])
def test_what_is_no_letter_of_an_option_stays_words(said: str) -> None:
    assert picked_by_letter(said, HOW_MANY) == ()


@pytest.mark.parametrize("said", ["a, b", "a b", "A and B", "a) + b)", "option a/b"])
def test_several_letters_pick_several_options_where_several_apply(said: str) -> None:
    assert picked_by_letter(said, WHICH) == ("none", "few")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("b, with 40 of them checked", "Under 50. with 40 of them checked"),
        ("we never kept any, so a", "None. we never kept any"),
        ("a lot, but not counted", "a lot, but not counted"),
        ("b", "b"),
        ("z, and more", "z, and more"),
    ],
)
def test_a_letter_beside_words_is_what_it_stands_for(said: str, meant: str) -> None:
    assert in_words(said, HOW_MANY) == meant


def test_piped_lines_are_answered_in_order_and_nothing_of_a_long_answer_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    async def answer(turn: Turn) -> Reply:
        asked.append(turn.text)
        return OffTopic(text=LONG)

    monkeypatch.setattr("sys.stdin", io.StringIO("first\n\nsecond\n"))
    with asyncio.Runner() as runner:
        commands = TerminalCommands(FakeConversations(), FakeDecisionLog())
        chat(runner, answer, "chat-1", lambda: datetime(2026, 11, 23, tzinfo=UTC), commands)

    printed = capsys.readouterr().out
    assert asked == ["first", "second"]
    assert " ".join(printed.split()).count(" ".join(LONG.split())) == 2
    assert " ".join(HOW_TO_CONNECT.split()) in " ".join(printed.split())


def test_a_newcomer_is_told_of_help_and_help_is_no_question_to_the_advisor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "`help`" in WELCOME
    assert typed(monkeypatch, "help\n ? \nfacts\n", []) == []
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.count("`facts` lists what I heard") == 2
    assert NOTHING_HEARD in shown


@pytest.mark.parametrize(
    "said", ["helpful?", "help us decide", "history of our bot", "correct", "correct 2 of them"]
)
def test_what_only_begins_like_a_command_is_said_to_the_advisor(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """To a question that waits, "correct" alone is an answer."""
    question = Clarify(question=HOW_MANY, leading=LEADING, heard=())
    turns = typed(monkeypatch, f"tune?\n{said}\n", [question, question])
    assert [turn.text for turn in turns] == ["tune?", said]
