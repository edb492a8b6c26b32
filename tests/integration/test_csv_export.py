from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import pytest

from bot.app import open_stores
from bot.cli import main
from bot.settings import Settings
from tests.integration.stores.examples import a_record


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_an_export_begins_like_a_formula(
    begins: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    asked = f'{begins}HYPERLINK("https://evil.example")'

    async def keep() -> None:
        async with open_stores(Settings(_env_file=None)) as stores:
            await stores.log.save(a_record(context=asked))

    asyncio.run(keep())
    assert main(["decisions", "--csv"]) == 0
    _, row = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert f"'{asked}" in row
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
