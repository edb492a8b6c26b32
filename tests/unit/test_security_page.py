"""What docs/security.md and docs/privacy.md promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.parser import make_parser
from bot.settings import Settings
from bot.slack.scopes import REMOVALS

ROOT = Path(__file__).parents[2]
PAGES = ("docs/security.md", "docs/privacy.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_it_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    tests = set(re.findall(r"`((?:tests|bot|docs)/[\w/.]+)`", text))
    links = {(ROOT / page).parent / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)}
    assert tests or links
    assert not [name for name in tests if not (ROOT / name).is_file()]
    assert not [link for link in links if not link.is_file()]


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_it_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:LIMIT|KEEP)_[A-Z_]+)`", text))
    assert named
    assert named <= {field.upper() for field in Settings.model_fields}


def test_every_limit_and_lifetime_that_can_be_set_is_explained() -> None:
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    for field in Settings.model_fields:
        assert not field.startswith(("limit_", "keep_")) or f"`{field.upper()}`" in text, field


def test_the_defaults_that_it_names_are_those_of_the_code() -> None:
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    named = re.findall(r"`(KEEP_[A-Z_]+)`[^(|]*\((\d+)", text)
    assert len(named) >= 4
    assert [(name, int(number)) for name, number in named] == [
        (name, Settings.model_fields[name.lower()].default) for name, _ in named
    ]


def test_every_threat_names_a_test() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 10
    assert not [row for row in rows if "`tests/" not in row.split("|")[3]]


def test_the_events_of_a_removal_are_those_that_are_read() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    assert all(f"`{event}`" in text for event in REMOVALS)


@pytest.mark.parametrize(
    "command",
    [["decisions", "erase", "D-1"], ["decisions", "erase", "--user", "U1"], ["purge", "--team", "T1"]],
)
def test_the_commands_that_it_names_are_there(command: list[str]) -> None:
    assert make_parser().parse_args(command).run
