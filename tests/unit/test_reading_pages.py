"""The commands and links of the README and of the page of commands are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.cli.parser import make_parser

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
EXAMPLES = {"C…": "C1", "T…": "T1", "U…": "U1", "D-…": "D-AP63XFPSOK", "FILE.jsonl…": "FILE.jsonl"}


def _shown() -> list[str]:
    """Return every command that the pages show, without what may be left out."""
    shown = set(re.findall(r"`python -m bot ([^`]+)`", README + PAGE))
    return sorted({re.sub(r" ?\[[^\]]*\]", "", command) for command in shown})


@pytest.mark.parametrize("command", _shown())
def test_every_command_can_be_typed(command: str) -> None:
    typed = [EXAMPLES.get(word, word) for word in shlex.split(command) if word != "…"]
    assert callable(make_parser().parse_args(typed).run)


def test_every_option_that_may_be_left_out_is_there() -> None:
    source = (ROOT / "bot" / "cli" / "parser.py").read_text(encoding="utf-8")
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE))
    assert options
    assert {option for option in options if f'"{option}"' not in source} == set()


def test_every_command_has_a_row() -> None:
    (commands,) = (action.choices for action in make_parser()._actions if action.choices)
    assert {name for name in commands if f"`python -m bot {name}" not in PAGE} == set()


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target, anchor in re.findall(r"\]\(((?!https?:)[^)#\s]+)(?:#([^)\s]+))?\)", README):
        assert (ROOT / target).exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", (ROOT / target).read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))))
def test_every_make_command_is_there(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command}:", makefile, re.MULTILINE)
