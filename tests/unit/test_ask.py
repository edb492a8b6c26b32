from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bot.cli.talk import ask
from bot.errors import InputInvalid
from bot.settings import Settings


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("[1]", ": Input should be a valid dictionary"), ('{"gap": "mood"}', ": gap: Input should be")],
)
def test_facts_that_cannot_be_read_are_named_with_their_place(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, encoding="utf-8")
    settings = Settings(data_dir=tmp_path, redis_url=None, slack_bot_token=None, slack_app_token=None)
    with pytest.raises(InputInvalid) as raised:
        ask(argparse.Namespace(text=None, facts=path, json=False), settings)
    assert str(raised.value).startswith(f"{path}{complaint}")
