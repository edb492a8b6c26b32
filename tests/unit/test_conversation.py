from __future__ import annotations

from bot.terminal import terminal_turn
from tests.unit.test_replay import NOW


def test_half_a_character_of_a_broken_terminal_becomes_a_whole_one() -> None:
    turn = terminal_turn("should we \udcff tune?", "talk", 0, NOW)
    assert turn.text == "should we ? tune?"
    assert turn.text.encode("utf-8")
