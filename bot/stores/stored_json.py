"""Values as the JSON that Redis keeps, and back, through older forms."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import KeptByNewer, StoredDataInvalid

Row = dict[str, object]
Migrations = Mapping[int, Callable[[Row], Row]]
"""From a schema version to what turns a row of it into one of the next version."""

M = TypeVar("M", bound=BaseModel)
_FIRST_FORM = '{"schema_version":1,'


def may_name(stored: str, id_: str) -> bool:
    """Say whether an id is a value in what is kept, or the end of one, as far as it can be read at all."""
    return json.dumps(id_, ensure_ascii=False)[1:] in stored


def read_stored(model: type[M], stored: str, what: str, migrations: Migrations) -> M:
    """Return the value, migrated to today's form. Raises StoredDataInvalid, KeptByNewer among it.

    `what` names it in errors. The newest form is the one that the last migration leads to, or 1 without any.
    """
    if not migrations and stored.startswith(_FIRST_FORM):
        # While there is one form, what says that it has it need not be looked into twice.
        with contextlib.suppress(ValidationError):
            return model.model_validate_json(stored)
    newest = max(migrations, default=0) + 1
    try:
        row = json.loads(stored)
    except ValueError:
        # Without its cause, here and below: both would quote what people wrote.
        raise StoredDataInvalid(f"{what} cannot be read: Redis holds something else than JSON") from None
    version = row.get("schema_version") if isinstance(row, dict) else None
    if not isinstance(version, int) or version < 1:
        raise StoredDataInvalid(f"{what} cannot be read: it does not say which form it has")
    if version > newest:
        raise KeptByNewer(
            f"{what} was kept by a newer version of the bot (form {version}, this one reads up to {newest})"
        )
    if version < newest:
        for step in range(version, newest):
            row = migrations[step](row)
        stored = json.dumps(row)
    try:
        return model.model_validate_json(stored)
    except ValidationError as e:
        errors = e.errors(include_url=False, include_context=False, include_input=False)
        unknown = [error for error in errors if error["type"] == "extra_forbidden"]
        first = (unknown or errors)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        if unknown:
            # A field with a default comes without a new form: what was kept before is read all the same.
            raise KeptByNewer(
                f"{what} was kept by a newer version of the bot (this one does not know {field})"
            ) from None
        raise StoredDataInvalid(f"{what} cannot be read: {first['type']} in {field}") from None
