from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

import pytest

from bot.conversation import Turn
from bot.replies import OffTopic, Reply
from bot.terminal import HOW_TO_CONNECT, chat

LONG = "one two three four five six seven eight nine ten " * 6 + "https://example.com/" + "x" * 90


def test_piped_lines_are_answered_in_order_and_nothing_of_a_long_answer_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    async def answer(turn: Turn) -> Reply:
        asked.append(turn.text)
        return OffTopic(text=LONG)

    monkeypatch.setattr("sys.stdin", io.StringIO("first\n\nsecond\n"))
    with asyncio.Runner() as runner:
        chat(runner, answer, "chat-1", lambda: datetime(2026, 11, 23, tzinfo=UTC))

    printed = capsys.readouterr().out
    assert asked == ["first", "second"]
    assert " ".join(printed.split()).count(" ".join(LONG.split())) == 2
    assert " ".join(HOW_TO_CONNECT.split()) in " ".join(printed.split())
