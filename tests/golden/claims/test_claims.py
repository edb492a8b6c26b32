"""Sentences as models write them, faithful and not: which of them a model can bring about at all.

What may be said in an answer is finite, so it is listed and looked through. `claims.jsonl` holds sentences in
words of their own, from when models wrote; there every fact of the context may lead any sentence of it, which
is more than is ever allowed. `extracts.jsonl` holds sentences made of ours, each in a situation that the
policy judges.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from bot.claims import Grounds, Point
from tests.golden.claims.offers import grounds_of, offered, plain, sayable

HERE = Path(__file__).parent


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


CLAIMS, EXTRACTS = rows_of("claims.jsonl"), rows_of("extracts.jsonl")


def sayable_by_context() -> dict[str, set[str]]:
    contexts = json.loads((HERE / "contexts.json").read_text(encoding="utf-8"))
    return {
        name: set(
            sayable(
                Grounds(
                    {
                        number: Point(plain(text), frozenset(range(1, len(row["facts"]) + 1)))
                        for number, text in enumerate(row["template"], start=1)
                    },
                    dict(enumerate(row["facts"], start=1)),
                )
            )
        )
        for name, row in contexts.items()
    }


async def sayable_by_situation() -> dict[str, set[str]]:
    situations = json.loads((HERE / "situations.json").read_text(encoding="utf-8"))
    return {name: set(sayable(grounds_of(await offered(stated)))) for name, stated in situations.items()}


def test_there_are_as_many_sentences_as_were_written() -> None:
    assert Counter(row["label"] for row in CLAIMS) == {"faithful": 274, "bad": 433}
    assert Counter(row["label"] for row in EXTRACTS) == {"faithful": 38, "bad": 159}
    assert len({(row["situation"], plain(row["text"])) for row in EXTRACTS}) == len(EXTRACTS)


def test_no_bad_sentence_in_words_of_its_own_can_be_said() -> None:
    allowed = sayable_by_context()
    assert [
        row["id"] for row in CLAIMS if row["label"] == "bad" and plain(row["text"]) in allowed[row["context"]]
    ] == []


# Faithful, but in words of their own: only ours are said. This tells how much that costs.
def test_faithful_sentences_in_other_words_are_lost() -> None:
    allowed = sayable_by_context()
    faithful = [row for row in CLAIMS if row["label"] == "faithful"]
    kept = [row for row in faithful if plain(row["text"]) in allowed[row["context"]]]
    assert 0 < len(kept) < 0.1 * len(faithful)


async def test_nothing_spliced_cut_joined_or_put_into_a_mouth_can_be_said() -> None:
    allowed = await sayable_by_situation()
    assert [
        row["id"]
        for row in EXTRACTS
        if row["label"] == "bad" and plain(row["text"]) in allowed[row["situation"]]
    ] == []


async def test_every_faithful_extract_can_be_said() -> None:
    allowed = await sayable_by_situation()
    assert [
        row["id"]
        for row in EXTRACTS
        if row["label"] == "faithful" and plain(row["text"]) not in allowed[row["situation"]]
    ] == []
