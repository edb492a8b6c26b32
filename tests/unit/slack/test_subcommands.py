from __future__ import annotations

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.subcommands import (
    Help,
    NoSuchId,
    NoSuchTime,
    OpenSettings,
    PostDigest,
    PreviewDigest,
    SearchLog,
    ShowDecision,
    ShowDigest,
    Subcommand,
    SwitchDigestOff,
    SwitchDigestOn,
    WithdrawDecision,
    parse,
)

ID = "D-AP63XFPSOK"

PHRASES: dict[str, Subcommand | None] = {
    "settings": OpenSettings(),
    "Settings": OpenSettings(),
    "settings defaults": OpenSettings(is_defaults=True),
    "settings for the model": None,
    "settings?": None,
    "digest": ShowDigest(),
    "DIGEST ": ShowDigest(),
    "digest off": SwitchDigestOff(),
    "digest preview": PreviewDigest(),
    "digest now": PostDigest(),
    "digest on": SwitchDigestOn(),
    "digest on fri": SwitchDigestOn(4),
    "digest on Friday 16:00": SwitchDigestOn(4, time(16)),
    "digest on 9:05": SwitchDigestOn(None, time(9, 5)),
    "digest on europe/berlin": SwitchDigestOn(zone="Europe/Berlin"),
    "digest on fri 16:00 Europe/Berlin": SwitchDigestOn(4, time(16), "Europe/Berlin"),
    "digest on sun America/Argentina/Buenos_Aires": SwitchDigestOn(6, None, "America/Argentina/Buenos_Aires"),
    "digest on utc": SwitchDigestOn(zone="UTC"),
    "digest on fri 25:00": NoSuchTime(),
    "digest on 16:60 Europe/Berlin": NoSuchTime(),
    "digest on fri 16:00 Europe/Berln": NoSuchTime(),
    "digest on 16:00 fri": None,
    "digest on fri mon": None,
    "digest on fri 16:00 please": None,
    "digest on call load, should we fine-tune?": None,
    "digest off by a week, train it?": None,
    "digest now takes too long": None,
    "digest summaries are bad": None,
    "digest preview\nour bot fails": None,
    "": Help(),
    "   ": Help(),
    "help": Help(),
    "HELP ": Help(),
    "?": Help(),
    "help us decide": None,
    "help me": None,
    "log": SearchLog(),
    "  Log  ": SearchLog(),
    "LOG": SearchLog(),
    "log refund": SearchLog("refund"),
    "log refund tone": SearchLog("refund tone"),
    "log  refund   tone": SearchLog("refund tone"),
    "log tone of support mails": SearchLog("tone of support mails"),
    "log fine-tuning": SearchLog("fine-tuning"),
    "log gpt-4.1 latency": SearchLog("gpt-4.1 latency"),
    "log C++": SearchLog("C++"),
    "log input/output": SearchLog("input/output"),
    "log customers' mails": None,
    "log Kundenbriefe": SearchLog("Kundenbriefe"),
    "log tickets and refunds": SearchLog("tickets and refunds"),
    "log classification": SearchLog("classification"),
    "log one two three four": SearchLog("one two three four"),
    "log one two three four five": None,
    "log summaries are too long, fine-tune?": None,
    "log summaries too long": None,
    "log summaries, tone": None,
    "log summaries.": None,
    "log?": None,
    "log tone?": None,
    "log: tone": None,
    "log analysis fine-tune": None,
    "log parsing breaks": None,
    "log our questions": None,
    "log the errors": None,
    "log in page slow": None,
    "log in fails": None,
    "log it": None,
    "log that": None,
    "log rag or tuning": None,
    "log parser: rag vs training": None,
    "log don’t": None,
    "log refund\ntone": None,
    "log @ben": None,
    "log #general": None,
    "log — tone": None,
    "log _x_": None,
    "logs": None,
    "logging is slow": None,
    "the log": None,
    f"show {ID}": ShowDecision(ID),
    f"Show  {ID.lower()}": ShowDecision(ID),
    "show D–AP63XFPSOK": ShowDecision(ID),
    "show D-ABC": NoSuchId(),
    "withdraw D-AP63XFPSOK": WithdrawDecision("D-AP63XFPSOK"),
    "withdraw d-ap63xfpsok": WithdrawDecision("D-AP63XFPSOK"),
    "withdraw D-ABC": NoSuchId(),
    "withdraw": NoSuchId(),
    "withdraw our old model and train one?": None,
    "show D-ABC…": NoSuchId(),
    "show d-": NoSuchId(),
    f"show {ID}.": NoSuchId(),
    f"show {ID}X": NoSuchId(),
    "show D-ÄP63XFPSOK": NoSuchId(),
    f"show {ID} please": None,
    f"show {ID} {ID}": None,
    "show": NoSuchId(),
    "show me how": None,
    "show me": None,
    "show examples": None,
    "show examples or train?": None,
    "shows D-AP63XFPSOK": None,
    ID: None,
    "should we fine-tune?": None,
}


@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_is_a_sub_command_or_a_question(text: str) -> None:
    assert parse(text) == PHRASES[text]


@given(st.text() | st.text(alphabet="logshw dD-?\n\x1c\u2028AZ09").map(lambda rest: f"log {rest}"))
def test_whatever_is_written_it_never_fails(text: str) -> None:
    found = parse(text)
    if isinstance(found, ShowDecision):
        assert re.fullmatch(r"D-[0-9A-Z]{10}", found.decision_id)
    if isinstance(found, SearchLog):
        assert len(found.words.split()) <= 4


@given(st.text(alphabet="D-‐–0Zaz ßıſK", max_size=14))
def test_an_id_that_is_found_has_the_form_of_one(rest: str) -> None:
    found = parse(f"show D{rest}")
    if isinstance(found, ShowDecision):
        assert re.fullmatch(r"D-[0-9A-Z]{10}", found.decision_id)


@given(
    st.sampled_from(["log", "show"]),
    st.lists(st.sampled_from(["tone", "mails", "refund", "D-x"]), max_size=5),
    st.sampled_from(["?", "!", ".", ", right?", " should we?", " or not", ": why"]),
)
def test_what_asks_is_always_a_question(first: str, words: list[str], asking: str) -> None:
    found = parse(" ".join([first, *words]) + asking)
    assert found is None or isinstance(found, NoSuchId)
