from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bot.errors import StoredDataInvalid
from bot.stores.stored_json import Migrations, Row, read_stored


class Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = 3
    text: str
    tags: tuple[str, ...] = ()


def from_1_to_2(row: Row) -> Row:
    return {"schema_version": 2, "text": row["words"]}


def from_2_to_3(row: Row) -> Row:
    return {**row, "schema_version": 3, "tags": ["old"]}


MIGRATIONS: Migrations = {1: from_1_to_2, 2: from_2_to_3}


@given(text=st.text(), tags=st.lists(st.text()).map(tuple))
def test_what_is_stored_today_is_read_unchanged(text: str, tags: tuple[str, ...]) -> None:
    note = Note(text=text, tags=tags)

    assert read_stored(Note, note.model_dump_json(), "a note", MIGRATIONS) == note


@pytest.mark.parametrize(
    "row", [{"schema_version": 1, "words": "Größe"}, {"schema_version": 2, "text": "Größe"}]
)
def test_older_forms_take_every_step_to_todays(row: Row) -> None:
    assert read_stored(Note, json.dumps(row), "a note", MIGRATIONS) == Note(text="Größe", tags=("old",))


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ("secret", "something else than JSON"),
        ('"secret"', "which form"),
        ('{"text": "secret"}', "which form"),
        ('{"schema_version": "3", "text": "secret"}', "which form"),
        ('{"schema_version": 0, "text": "secret"}', "which form"),
        ('{"schema_version": 4, "text": "secret"}', "form 4, this one reads up to 3"),
        ('{"schema_version": 3, "text": "a", "mood": "secret"}', "newer version .* does not know mood"),
        ('{"schema_version": 3, "text": ["secret"], "mood": "b"}', "newer version .* does not know mood"),
        ('{"schema_version": 3, "text": ["secret"]}', "string_type in text"),
        ('{"schema_version": 3, "text": "a", "tags": [1]}', "string_type in tags.0"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_repeated(stored: str, reason: str) -> None:
    with pytest.raises(StoredDataInvalid, match=r"^note 7 ") as caught:
        read_stored(Note, stored, "note 7", MIGRATIONS)

    assert re.search(reason, str(caught.value))
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
