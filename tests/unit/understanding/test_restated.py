from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.restated import restate


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("700 mails, scratch that, 70", "70 mails"),
        ("8k, no sorry 80k, slipped a zero", "80k, slipped a zero"),
        ("40 rows. oops, 45", "45 rows"),
        ("600. 650, no, 660", "600. 660"),
        ("not 2k words, more like 3k", "3k words"),
        ("not 900, just 90", "90"),
        ("it was 120 pages, now 200", "it 200 pages"),
        ("started with 80 letters, by now 260", "260 letters"),
        ("was 38 in the slides, real number 83", "83"),
        ("the target was 90, they lowered it to 85", "the target 85"),
        ("20 a day, wait, that's just my desk. all of us 140", "140 a day"),
        ("it climbed from 40 to 62 last week", "it climbed 62 last week"),
        ("I meant 15, not 150", "i meant 15"),
        ("30 instead of 300 mails", "30 mails"),
        ("60 earlier, that was the old prompt. its 74 now", "74 now"),
        ("500 no longer, 300", "300"),
        ("300, no longer 500 mails", "300 mails"),
    ],
)
def test_what_is_taken_back_was_never_said(said: str, meant: str) -> None:
    assert restate(prepare(said)).message.plain == meant


@pytest.mark.parametrize(
    "said",
    [
        "60 test cases, actually 84 percent of them pass",
        "from 400 to 600 mails",
        "we're at 2,500 a day now, the prompt is 500 tokens at most",
        "80 now, not 90 as we need",
        "a four-second wait. 300 mails a day",
        "300 from Oslo and 200 from Bergen",
        "300 mails, no longer 500",
        "300 mails, that's just from support, and 50 test cases",
        "the score was 60 and now we have 300 examples",
    ],
)
def test_two_numbers_that_both_hold_stay(said: str) -> None:
    message = prepare(said)
    assert restate(message).message.plain == message.plain


def test_a_number_in_the_place_of_another_is_quoted_where_it_stood() -> None:
    message = prepare("700 mails, scratch that, 70")
    restated = restate(message)
    part = restated.place(0, len("70 mails"))
    assert message.plain[part.start : part.end] == "70"


def test_a_message_of_nothing_but_corrections_comes_to_an_end() -> None:
    said = "no wait, ".join(f"{number} " for number in range(100, 180))
    assert restate(prepare(said)).message.plain.startswith("104 ")


def test_a_row_of_words_that_take_back_without_a_number_comes_to_an_end() -> None:
    said = f"60{' no wait' * 13} what 70"
    assert restate(prepare(said)).message.plain == said
