"""What the pages for administrators say is what the code does."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.parser import make_parser
from bot.settings import Settings
from bot.slack import scopes
from bot.stores import keys
from docs.build_admin import build

ROOT = Path(__file__).parents[2]
ADMIN = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
SOURCES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "bot").rglob("*.py"))]

KEPT_AS = {
    "CONVERSATION_DAYS": "a conversation:",
    "HOME_DAYS": "who opened their Home",
    "FEEDBACK_DAYS": "feedback: whose it is",
    "POSTED_REPLY_DAYS": "which reply was posted where",
    "DIGEST_POSTED_DAYS": "digests: which were posted",
    "TERM_COUNT_DAYS": "which glossary terms a channel asked about",
    "SHOWN_DECISION_DAYS": "in which messages a decision stands",
    "DEAD_LETTER_DAYS": "dead letters:",
    "USAGE_DAYS": "what language models used",
}
"""Where privacy.md says how long something is kept, by its lifetime in bot/stores/keys.py."""
WITH_WORDS = {"CONVERSATION_DAYS", "DEAD_LETTER_DAYS", "FEEDBACK_DAYS"}
NOTHING_KEPT = {
    "ONCE_HOURS",
    "DIGEST_CLAIM_MINUTES",
    "OUTREACH_CLAIM_MINUTES",
    "RESERVED_MINUTES",
    "LIMIT_HOURS",
    "INSTALL_STATE_MINUTES",
}
"""Lifetimes of markers: that an event came, that somebody is at work, how often somebody asked."""


def _section(page: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def _rows(page: str, heading: str) -> list[str]:
    """Return the rows of the table under a heading."""
    return [row for row in _section(page, heading).splitlines() if row.startswith("|")][2:]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_tables_of_scopes_and_settings_are_those_of_the_manifest_and_the_code() -> None:
    assert build() == ADMIN, "docs/admin.md is out of date: run `make decisions` and commit it"


def test_every_scope_and_every_setting_stands_there_once_and_no_other() -> None:
    scopes_told = [re.findall("`([^`]+)`", row)[0] for row in _rows(ADMIN, "Scopes")]
    assert sorted(scopes_told) == sorted(scopes.needed())
    settings_told = [re.findall("`([^`]+)`", row)[0] for row in _rows(ADMIN, "Settings")]
    assert settings_told == [field.upper() for field in Settings.model_fields]


def test_every_lifetime_is_told_or_is_that_of_a_marker() -> None:
    lifetimes = {name for name in vars(keys) if re.fullmatch(r"[A-Z_]+_(DAYS|HOURS|MINUTES)", name)}
    assert lifetimes == {*KEPT_AS, *NOTHING_KEPT}


@pytest.mark.parametrize("lifetime", KEPT_AS)
def test_the_privacy_page_says_how_long_each_thing_is_kept(lifetime: str) -> None:
    rows = [
        row for row in _rows(PRIVACY, "What is kept in Redis") if row.startswith(f"| {KEPT_AS[lifetime]}")
    ]
    assert len(rows) == 1
    cells = _cells(rows[0])
    assert re.search(rf"\b{getattr(keys, lifetime)}\b", cells[-1])
    assert (cells[1] == "yes") is (lifetime in WITH_WORDS)


def _texts() -> Iterator[str]:
    """Yield every literal text in the code, and the literal parts of those that are put together."""
    for source in SOURCES:
        for node in ast.walk(source):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _events(level: str = "") -> set[str]:
    """Return the names of log events, of one level or of all."""
    gone_on_after = {
        node.args[0].value
        for source in SOURCES
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "going_on"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    logged = {
        node.args[0].value
        for source in SOURCES
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "log"
        and node.func.attr in ((level,) if level else ("info", "warning", "error"))
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    return logged | gone_on_after if level in ("", "warning") else logged


def _subjects() -> set[str]:
    """Return what `doctor` reports about."""
    return {
        node.args[0].value
        for source in SOURCES
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("good", "note", "bad")
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


SYMPTOMS = _rows(RUNBOOK, "By symptom")


@pytest.mark.parametrize("row", SYMPTOMS)
def test_every_symptom_shows_as_the_code_shows_it(row: str) -> None:
    seen, logged, doctor, todo = _cells(row)
    texts = list(_texts())
    for words in re.findall("“([^”]+)”", seen):
        assert any(words.rstrip(" …") in text for text in texts), words
    events = [name for name in re.findall("`([^`]+)`", logged) if name != "duration_ms"]
    assert set(events) <= _events()
    assert set(re.findall(r"\*\*([^*]+)\*\*", doctor)) <= _subjects()
    assert logged == "–" or events
    assert logged != "–" or doctor != "–"
    assert todo


def test_whatever_is_logged_as_an_error_is_in_the_runbook() -> None:
    assert {name for name in _events("error") if f"`{name}`" not in RUNBOOK} == set()
    assert _events("error")


def test_settings_commands_keys_and_files_that_the_pages_name_are_there() -> None:
    for page in (ADMIN, RUNBOOK):
        known = {field.upper() for field in Settings.model_fields}
        for name in re.findall(r"`([A-Z]{3,}_[A-Z_]+)[`=]", page):
            assert name in known, name
        for path in re.findall(r"(?:deploy|docs)/[\w.-]+", page):
            assert (ROOT / path).exists(), path
    assert f"({keys.DEAD_LETTER_DAYS}; the last {keys.MAX_DEAD_LETTERS:,} of them)" in RUNBOOK


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m bot ([^`\n]+)", ADMIN + RUNBOOK))))
def test_every_command_on_the_pages_can_be_typed(command: str) -> None:
    assert callable(make_parser().parse_args(shlex.split(command)).run)


def test_the_on_call_page_is_short() -> None:
    assert len(RUNBOOK.split()) < 1_250
