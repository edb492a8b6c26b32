"""What may be said of a failure: a reference to the person, and to the log nothing that people wrote."""

from __future__ import annotations

import os
import secrets
import traceback
from pathlib import PurePath

from bot.errors import BotError

_OURS = f"{os.sep}bot{os.sep}"
_SHOWN_FRAMES = 4
_REFERENCE_BYTES = 4


def new_reference() -> str:
    """Return what a person is told and the log holds, so that the one leads to the other."""
    return secrets.token_hex(_REFERENCE_BYTES)


def where(error: Exception) -> str:
    """Return the innermost lines of our own code, without any value: those may be what people said."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _OURS in frame.filename]
    return " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in ours[-_SHOWN_FRAMES:])


def told(error: Exception) -> str:
    """Return what may be logged: our own one-line errors, and of all others only the kind."""
    return str(error) if isinstance(error, BotError) else type(error).__name__
