"""A YAML file with one list of rows, read strictly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import ReferenceDataInvalid

Row = TypeVar("Row", bound=BaseModel)


def load_rows(
    path: Path, key: str, model: type[Row], names: Callable[[Row], Iterable[str]]
) -> tuple[Row, ...]:
    """Read the list under `key`; no two rows may share one of their `names`.

    Raises ReferenceDataInvalid naming file and row.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise ReferenceDataInvalid(f"{path}: cannot be read ({e}): restore the file") from e
    except yaml.YAMLError as e:
        where = getattr(e, "problem_mark", None)
        line = f":{where.line + 1}" if where else ""
        raise ReferenceDataInvalid(f"{path}{line}: is not valid YAML: correct this line") from e
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise ReferenceDataInvalid(f"{path}: must hold a list called '{key}': restore the file")

    rows: list[Row] = []
    owners: dict[str, int] = {}
    for number, raw in enumerate(content[key], start=1):
        row = _read_row(path, number, raw, model)
        for name in names(row):
            first = owners.setdefault(name.casefold(), number)
            if first != number:
                raise ReferenceDataInvalid(
                    f"{path} row {number}: '{name}' already stands in row {first}: keep one of them"
                )
        rows.append(row)
    return tuple(rows)


def _read_row(path: Path, number: int, raw: object, model: type[Row]) -> Row:
    try:
        return model.model_validate(raw)
    except ValidationError as e:
        first = e.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "row"
        slug = raw.get("slug", "no slug") if isinstance(raw, dict) else "not a mapping"
        raise ReferenceDataInvalid(
            f"{path} row {number} ({slug}): {field}: {first['msg']}: correct this field"
        ) from e
