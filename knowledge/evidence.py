"""Sentences of the glossary that may stand beside an answer, each with the passage that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.citations import split_sentences
from knowledge.errors import ReferenceDataInvalid
from knowledge.passage import Passage
from knowledge.reference_file import load_rows

Text = Annotated[str, Field(min_length=1)]
_CITATION = re.compile(r"\s*\[[A-Za-z][A-Za-z0-9-]*\]")


class _Row(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: Text
    bears_out: tuple[Text, ...] = Field(min_length=1)
    said: dict[str, tuple[bool | str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One or more whole sentences of a passage.

    `text` is without the passage's own citations. `bears_out` are ids of the policy's rules and requirements.
    `said` holds, by fact, the values one of which somebody has to have stated.
    """

    text: str
    passage: Passage
    bears_out: tuple[str, ...]
    said: Mapping[str, tuple[bool | str, ...]]


def load_evidence(path: Path, passages: Iterable[Passage]) -> tuple[Evidence, ...]:
    """Read the table. Raises ReferenceDataInvalid, also for what does not stand in exactly one passage."""
    owners: dict[str, list[Passage]] = {}
    for passage in passages:
        sentences = split_sentences(passage.text)
        for start, end in combinations(range(len(sentences) + 1), 2):
            owners.setdefault(" ".join(sentences[start:end]), []).append(passage)
    rows = load_rows(path, "evidence", _Row, names=lambda row: (row.says,))
    return tuple(_found(row, owners.get(row.says, []), path) for row in rows)


def _found(row: _Row, owners: list[Passage], path: Path) -> Evidence:
    if len(owners) != 1:
        raise ReferenceDataInvalid(
            f"{path}: '{row.says[:60]}…' stands in {len(owners)} passages as whole sentences, not in one: "
            "take it over as the glossary has it"
        )
    return Evidence(_CITATION.sub("", row.says), owners[0], row.bears_out, row.said)
