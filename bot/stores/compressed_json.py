"""JSON of records, compressed with a dictionary: records say much alike, and one takes a seventh then.

The dictionary is a few records without a word of people. It may never change, because what was compressed
with it cannot be read without it; a better one would stand beside it.
"""

from __future__ import annotations

import contextlib
import zlib
from functools import lru_cache
from pathlib import Path

_DICTIONARY = Path(__file__).with_name("record_dictionary.txt")


def compress(json: str) -> bytes:
    """Return the bytes to keep."""
    compressing = zlib.compressobj(zdict=_dictionary())
    return compressing.compress(json.encode()) + compressing.flush()


def decompress(stored: bytes) -> str:
    """Return the JSON. What was never compressed comes back as it is; what is damaged is not JSON."""
    # Somebody may have put it there by hand.
    with contextlib.suppress(zlib.error):
        stored = zlib.decompressobj(zdict=_dictionary()).decompress(stored)
    return stored.decode(errors="replace")


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    return _DICTIONARY.read_bytes()
