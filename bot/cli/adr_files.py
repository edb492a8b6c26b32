"""Decisions kept as files in a directory: written where they differ; what is not ours is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adr import MARK, NAME, AdrFile
from bot.errors import InputInvalid


@dataclass(frozen=True)
class Written:
    """What became of the files of one directory."""

    new: int
    changed: int
    unchanged: int
    left: tuple[str, ...]
    """Names of decisions of ours that are there and were not among those to write."""


def write_files(directory: Path, files: Sequence[AdrFile]) -> Written:
    """Write each file whose text differs. Raises InputInvalid before any if one is not ours."""
    try:
        before = {file.name: _read(directory / file.name) for file in files}
        for name, text in before.items():
            if text is not None and MARK not in text:
                raise InputInvalid(
                    f"{directory / name} is not one that I wrote; move it, or choose another directory"
                )
        directory.mkdir(parents=True, exist_ok=True)
        different = [file for file in files if before[file.name] != file.text]
        for file in different:
            # At once or not at all: whoever reads or breaks off meanwhile finds a whole file.
            part = directory / f".{file.name}.part"
            part.write_bytes(file.text.encode())
            part.replace(directory / file.name)
        present = {path.name for path in directory.iterdir() if NAME.fullmatch(path.name)}
    except OSError as error:
        raise InputInvalid(f"{directory} cannot be written to: {error.strerror}") from error
    new = sum(before[file.name] is None for file in different)
    left = tuple(sorted(present - before.keys()))
    return Written(new, len(different) - new, len(files) - len(different), left)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None
