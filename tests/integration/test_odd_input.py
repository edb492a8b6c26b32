"""Commands met with odd input and odd surroundings: one clear line, and the right exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from tests.integration.test_decisions_command import keep, open_to_all

ROOT = Path(__file__).parents[2]
NESTED = "[" * 100_000
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Run a command in an empty folder and return its exit code, what it prints, and what it says beside."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("REDIS_URL", redis_url)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run_command


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--status", "accepted"], "No decisions of status accepted."),
        (["--words", "zebra  stripes"], "No decisions with the words “zebra stripes”."),
        (
            ["--person", "U9", "--since", "2030-01-01"],
            "No decisions in which U9 had a part, since 2030-01-01.",
        ),
        (["--outcome", "RAG", "--channel", "C9"], "No decisions to use retrieval (RAG), from channel C9."),
        (["--due-before", "2020-01-01"], "No decisions to be reviewed before 2020-01-01."),
        (["--team", "T0NONE"], "No decisions in workspace T0NONE."),
        (["replay", "--team", "T0NONE"], "No decisions in workspace T0NONE."),
        (["watch", "--words", "zebra"], "No decisions with the words “zebra”."),
    ],
)
def test_an_empty_list_says_what_was_looked_for(
    run: Run, redis_url: str, arguments: list[str], told: str
) -> None:
    keep(redis_url, open_to_all(1))
    code, shown, _ = run("decisions", *arguments)
    assert (code, shown) == (0, told)


def test_an_empty_log_says_how_it_begins(run: Run) -> None:
    assert run("decisions")[:2] == (0, 'No decisions yet. Ask one: python -m bot ask "should we fine-tune?"')


def test_monstrous_words_are_looked_for_and_told_in_short(run: Run) -> None:
    code, shown, _ = run("decisions", "--words", "x" * 100_000)
    assert code == 0
    assert len(shown) < 200
    assert "…" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "  "],
        ["ask", "tune?", "--facts", "f.json"],
        ["decisions", "import"],
        ["decisions", "list", "more"],
        ["decisions", "--user", "U1"],
        ["decisions", "--all"],
        ["decisions", "erase"],
        ["inbox", "retry"],
        ["index", "add"],
        ["workspaces", "remove"],
        ["decisions", "--since", "2026-13-01"],
        ["decisions", "--outcome", "XYZ"],
        ["purge", "--team", ""],
        ["digest", "--channel", " ", "--dry-run"],
        ["usage", "--days", "9" * 50],
        ["xyz"],
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(run: Run, arguments: list[str]) -> None:
    code, shown, said = run(*arguments)
    assert (code, shown) == (2, "")
    assert said.splitlines()[-1].startswith("python -m bot")


@pytest.mark.parametrize(
    ("content", "arguments"),
    [
        (NESTED, ["ask", "--facts", "given"]),
        ("\x00\x01", ["ask", "--facts", "given"]),
        ('{"examples_n": 99999999999999999999999999}', ["ask", "--facts", "given"]),
        ('{"baseline_score": 1e999}', ["ask", "--facts", "given"]),
        ('{"baseline_score": NaN}', ["ask", "--facts", "given"]),
        (NESTED, ["decisions", "import", "given"]),
        ("[1]", ["decisions", "import", "given"]),
        ("", ["evaluate", "given"]),
        (NESTED, ["evaluate", "given"]),
        ("", ["evaluate", "."]),
        ("", ["decisions", "import", "not-there"]),
        ("", ["decisions", "erase", "D-0000000000", "--team", "T1"]),
        ("", ["inbox", "retry", "xyz"]),
        ("", ["digest", "--channel", "C1", "--dry-run", "--week", "9999-W52"]),
        ("", ["digest", "--channel", "C1", "--dry-run", "--week", "0001-W01"]),
        ("", ["digest", "--channel", "C1", "--dry-run", "--week", "2026-W99"]),
    ],
)
def test_what_cannot_be_read_or_is_not_there_is_told_in_one_line(
    run: Run, tmp_path: Path, content: str, arguments: list[str]
) -> None:
    (tmp_path / "given").write_text(content)
    code, shown, said = run(*arguments)
    assert (code, shown) == (1, "")
    # Above it may stand that the index is built.
    assert said.splitlines()[-1].startswith("python -m bot: ")
    assert said.count("python -m bot: ") == 1


def test_bytes_that_are_no_text_are_told_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(b"\xd0\xff\x00")
    for arguments in (["ask", "--facts", "given"], ["decisions", "import", "given"], ["evaluate", "given"]):
        code, _, said = run(*arguments)
        assert (code, said.count("python -m bot: ")) == (1, 1)
        assert "UTF-8" in said.splitlines()[-1]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9", "http://x"])
def test_without_redis_one_line_says_so(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    for arguments in (["decisions"], ["inbox"], ["usage"], ["feedback"]):
        code, shown, said = run(*arguments)
        assert (code, shown, len(said.splitlines())) == (1, "", 1)
        assert "REDIS_URL" in said


@pytest.fixture
def surroundings(redis_url: str, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a bot that runs as its own process, with one decision."""
    keep(redis_url, open_to_all(1))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "REDIS_URL": redis_url, "DATA_DIR": str(tmp_path)}


def _shell(line: str, surroundings: dict[str, str], folder: Path) -> tuple[int, str]:
    """Run a line of shell with the bot; return the exit code and what stood on stderr."""
    script = f"{sys.executable} -m bot {line}"
    done = subprocess.run(  # noqa: S603 - the lines are those below
        ["/bin/bash", "-c", f"set -o pipefail; {script}"],
        env=surroundings,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("decisions | true", 0, ""),
        ("decisions --json | true", 0, ""),
        ("decisions >&-", 0, "standard output is closed"),
        ("decisions >&- 2>&-", 0, ""),
        ("decisions > /dev/full", 1, "No space left"),
        ("decisions --json > /dev/full", 1, "No space left"),
    ],
)
def test_an_output_that_takes_nothing_ends_a_command_quietly_or_in_one_line(
    surroundings: dict[str, str], tmp_path: Path, line: str, code: int, told: str
) -> None:
    found, said = _shell(line, surroundings, tmp_path)
    assert found == code
    assert told in said
    assert len(said.splitlines()) == bool(told)


def test_ctrl_c_ends_a_command_without_a_word(surroundings: dict[str, str], tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        env=surroundings,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has interrupts ignored, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - one thread
    )
    assert running.stdout is not None
    assert running.stdout.readline().startswith("Ask “should we fine-tune?”")
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130, "before the end of the input ends it, too"
    _, said = running.communicate(timeout=60)
    assert "Traceback" not in said
