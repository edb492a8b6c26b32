"""`decisions erase` and `purge` as an operator runs them, on a Redis with files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import open_stores
from bot.cli import main
from bot.settings import Settings
from bot.stores import keys
from tests.integration.stores.examples import ACCEPTED, a_conversation, a_record, changed

SECRET = "zebra"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command with a Redis of its own under tmp_path; returns its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_command


@pytest.fixture
def run_on_kept(run: Run) -> Run:
    """Run a command where two decisions are kept in one workspace, one in another, and a conversation."""

    async def keep() -> None:
        async with open_stores(Settings(_env_file=None)) as stores:
            for record in (a_record(context=f"Tune the {SECRET}?"), a_record(2), a_record(team_id="T2")):
                await stores.log.save(changed(record, ACCEPTED))
            await stores.conversations.save(a_conversation(question=f"Tune the {SECRET}?"))

    asyncio.run(keep())
    return run


def on_disk(word: str) -> list[str]:
    files = [path for path in Path("data").rglob("*") if path.is_file()]
    return [str(path) for path in files if word.encode() in path.read_bytes()]


def test_an_erased_word_is_not_even_in_the_files(run_on_kept: Run) -> None:
    assert on_disk(SECRET)
    code, out, err = run_on_kept("decisions", "erase", "d-0000000001", "--team", "T1")
    assert code == 0
    assert out == "Erased: 1 conversations, 2 decisions.\n"
    assert err == "What stands in Slack, and in backups, stays until somebody deletes it there.\n"
    assert on_disk(SECRET) == []
    _, out, _ = run_on_kept("decisions", "--json", "--team", "T1")
    erased, other = json.loads(out)
    assert (erased["context"], erased["status"], erased["owner"]) == ("", "proposed", "U1")
    assert [change["what"] for change in erased["history"]] == ["proposed", "accepted", "erased"]
    assert erased["history"][-1]["by"] == "operator"
    assert other["context"] == "Tune?"


def test_an_erased_person_is_not_even_in_the_files(run_on_kept: Run) -> None:
    code, out, _ = run_on_kept("decisions", "erase", "--user", "U1", "--team", "T1")
    assert (code, out) == (0, "Erased: 1 conversations, 2 decisions.\n")
    _, out, _ = run_on_kept("decisions", "--json")
    assert [record["owner"] for record in json.loads(out)] == ["someone-1", "someone-1", "U1"]
    assert (
        run_on_kept("decisions", "erase", "--user", "U1", "--team", "T1")[1]
        == "There was nothing to erase.\n"
    )
    assert run_on_kept("decisions", "replay")[0] in (0, 1)


def test_a_damaged_decision_is_told_of_and_keeps_no_other(run_on_kept: Run) -> None:
    async def damage() -> None:
        async with open_stores(Settings(_env_file=None)) as stores:
            await stores.log._redis.set(keys.decision("T1", "D-0000000002"), '{"schema_version":2}')

    asyncio.run(damage())
    code, out, err = run_on_kept("decisions", "erase", "--user", "U1", "--team", "T1")
    assert (code, out) == (1, "Erased: 1 conversations, 1 decisions.\n")
    _, told = err.splitlines()
    assert told.startswith("python -m bot: decision D-0000000002 was kept by a newer version of the bot")
    assert told.endswith("; nothing was erased there, everything else was")
    assert on_disk(SECRET) == []


def test_a_purged_workspace_is_gone_and_the_other_is_there(run_on_kept: Run) -> None:
    code, out, _ = run_on_kept("purge", "--team", "T1")
    assert (code, out) == (0, "Deleted 11 things of workspace T1.\n")
    assert on_disk(SECRET) == []
    _, out, _ = run_on_kept("decisions", "--json")
    assert [record["place"]["team_id"] for record in json.loads(out)] == ["T2"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("decisions", "erase"), "write one decision's id after `decisions erase`, or --user ID"),
        (("decisions", "erase", "--user", "", "--team", "T1"), "write one decision's id"),
        (("decisions", "erase", "", "--team", "T1"), "write one decision's id"),
        (("decisions", "erase", "D-0000000001", "--all", "--team", "T1"), "nothing else"),
        (("decisions", "erase", "D-0000000001", "--user", "U1"), "write one decision's id"),
        (("decisions", "erase", "D-0000000001"), "choose the workspace with --team; there are 2: T1, T2"),
        (("decisions", "erase", "D-0000000009", "--team", "T1"), "there is no decision D-0000000009"),
        (("decisions", "erase", "D-0000000001", "--json"), "takes an id or --user, and --team; nothing else"),
        (("decisions", "list", "D-0000000001"), "write `decisions import FILE`"),
        (("decisions", "replay", "--user", "U1"), "--user goes with `decisions erase`"),
    ],
)
def test_what_is_not_clear_erases_nothing(run_on_kept: Run, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = run_on_kept(*arguments)
    assert (code, out) == (1 if says.startswith("there is no") else 2, "")
    assert says in err
    assert on_disk(SECRET)
