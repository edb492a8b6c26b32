"""The word pieces of the published tokenizer that are worth their place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

_SPECIAL = frozenset({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"})
_JOINED = "##"
_SHORT = 3
"""Pieces inside of words that are so short spell whatever has no piece of its own."""


def kept_pieces(published: Path, texts: Iterable[str], most: int) -> tuple[dict[str, Any], list[int]]:
    """Return the tokenizer with at most so many pieces, and where each stood among the published ones.

    Kept are those that the texts need, what spells any word in Latin letters, and the commonest words, which
    stand first. Other scripts and marks are unknown; the bot knows no word of them anyway.
    """
    tokenizer: dict[str, Any] = json.loads(published.read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None}
    places: dict[str, int] = tokenizer["model"]["vocab"]
    reading = Tokenizer.from_str(json.dumps(tokenizer))
    kept = {*_SPECIAL, *(piece for piece in places if _spells(piece))}
    for text in texts:
        kept.update(reading.encode(text).tokens)
    for piece in sorted(places, key=places.__getitem__):
        if len(kept) >= most:
            break
        if piece.isascii() and piece.isalpha():
            kept.add(piece)
    order = sorted(kept, key=places.__getitem__)
    new = {piece: place for place, piece in enumerate(order)}
    tokenizer["model"]["vocab"] = new
    for added in tokenizer["added_tokens"]:
        added["id"] = new[added["content"]]
    for name, special in tokenizer["post_processor"]["special_tokens"].items():
        special["ids"] = [new[name]]
    return tokenizer, [places[piece] for piece in order]


def _spells(piece: str) -> bool:
    letters = piece.removeprefix(_JOINED)
    return letters.isascii() and (len(letters) == 1 or (piece.startswith(_JOINED) and len(letters) <= _SHORT))
