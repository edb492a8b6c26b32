"""Two small transformers, fine-tuned on the labelled examples: how likely each class is of a text or a part.

The first reads a text once, together with the question that it answers, if any. What a part of it states is
the mean of what its word pieces state in that reading, so every part is understood in its context. The second
knows nothing but which advice is given to messages like it. Each is one file that holds everything: the
weights, the word pieces, and the heads with their classes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.decision.questions import NEWS, OPENING, READ_BESIDE
from bot.understanding.learned.examples import FOLDER
from bot.understanding.learned.linear import Head, Matrix, shares_of
from bot.understanding.message import Part

ENCODER, ADVISER = "encoder.onnx", "advice.onnx"
NEWS_ENCODER = "news/encoder.onnx"
"""The first one, taught also what is told after a recommendation; it alone reads that, and long answers."""

Shares = Mapping[str, Mapping[str, float]]
"""For each head the probability of each of its classes."""

NO_QUESTION = ""
"""What is read with a message that answers nothing."""

_PIECES_AT_ONCE = 192
"""Word pieces that are read together; what is longer is read in stretches of as many."""
_MOST_STRETCHES = 4
"""No more of a very long text is read here: the linear models read all of it."""


@dataclass(frozen=True)
class Understood:
    """One text as read: the log-odds of every class for each word piece, (pieces, classes)."""

    heads: tuple[Head, ...]
    starts: np.ndarray[tuple[int], np.dtype[np.int64]]
    ends: np.ndarray[tuple[int], np.dtype[np.int64]]
    """Where each piece stands in the text."""
    scores: Matrix

    def shares(self, part: Part) -> Shares:
        """Return what a part of the text may state; nothing where nothing was read."""
        inside = (self.starts < part.end) & (self.ends > part.start)
        if not inside.any():
            return {}
        scores = self.scores[inside].mean(axis=0)
        return {head.name: shares_of(scores, head) for head in self.heads}


_NOWHERE = np.zeros(0, dtype=np.int64)
NOT_READ = Understood((), _NOWHERE, _NOWHERE, np.zeros((0, 0), dtype=np.float32))
"""Of what answers a question that is none of ours the encoder has learned nothing."""


class Encoder:
    """A file of weights, ready to read. Raises RuntimeError when it is missing or damaged."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        # One turn is short, and others wait for the same processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            about = self._session.get_modelmeta().custom_metadata_map
            self._tokenizer = Tokenizer.from_str(about["tokenizer"])
            self.heads = tuple(
                Head(row["name"], tuple(row["classes"]), row["start"]) for row in json.loads(about["heads"])
            )
            self.taught = int(about["taught"])
        # Both libraries raise classes of their own that share nothing but this.
        except Exception as error:
            raise RuntimeError(f"{path} cannot be read ({error}): install the program again") from error

    def read(self, text: str, question: str) -> Understood:
        """Read a text in plain form, with the question that it answers or `NO_QUESTION`."""
        opening = self._tokenizer.encode(question).ids
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        ids = pieces.ids[: _PIECES_AT_ONCE * _MOST_STRETCHES]
        stretches = [ids[start : start + _PIECES_AT_ONCE] for start in range(0, len(ids), _PIECES_AT_ONCE)]
        scores = [self._scores([*opening, *stretch, opening[-1]], len(opening)) for stretch in stretches]
        offsets = np.array(pieces.offsets[: len(ids)], dtype=np.int64).reshape(-1, 2)
        classes = sum(len(head.classes) for head in self.heads)
        return Understood(
            self.heads,
            offsets[:, 0],
            offsets[:, 1],
            np.concatenate(scores) if scores else np.zeros((0, classes), dtype=np.float32),
        )

    def _scores(self, ids: Sequence[int], opening: int) -> Matrix:
        """Return the log-odds for each piece between the question and the end."""
        types = [0] * opening + [1] * (len(ids) - opening)
        (scores,) = self._session.run(None, {"ids": np.array([ids]), "types": np.array([types])})
        return np.asarray(scores[opening:-1], dtype=np.float32)


_READ_LATELY = 4
"""Readings that are kept for the moment: one message is asked about its numbers and its facts in turn."""


_A_STORY = 20
"""In words. Longer answers tell rather than answer; from 20 on, no evaluation set lost by it."""


@lru_cache(maxsize=_READ_LATELY)
def understood(plain: str, question_id: str) -> Understood:
    """Return how an encoder reads a message in plain form, "" for the question that it answers if none.

    The question is read as the encoder learned it, in whatever other words it was asked. A long answer is
    read by the encoder of what is told after a recommendation.
    """
    if not question_id:
        return _encoder(ENCODER).read(plain, NO_QUESTION)
    asked = READ_BESIDE.get(question_id)
    if asked is None:
        return NOT_READ
    is_told = asked is NEWS or len(plain.split()) >= _A_STORY
    return _encoder(NEWS_ENCODER if is_told else ENCODER).read(plain, asked.text)


def read_beside(plain: str, step: str) -> Understood:
    """Return how the encoder of news reads a message in plain form beside a step that was advised."""
    return _encoder(NEWS_ENCODER).read(plain, step)


@lru_cache(maxsize=1)
def as_complaint(plain: str) -> Understood:
    """Return how a message that answers nothing would be read in answer to what goes wrong."""
    return _encoder(ENCODER).read(plain, OPENING.text)


def advised(plain: str) -> Shares:
    """Return which advice is given to the like of a message in plain form that answers nothing."""
    return _encoder(ADVISER).read(plain, NO_QUESTION).shares(Part(0, len(plain)))


@lru_cache(maxsize=3)
def _encoder(name: str) -> Encoder:
    return Encoder(FOLDER / name)


_ENCODER_COUNTS = 0.5
"""How much the encoder counts beside the linear model."""


def together(linear: Shares, encoded: Shares, counts: float = _ENCODER_COUNTS) -> dict[str, dict[str, float]]:
    """Return for each head of the first what both say; its own word where an encoder says nothing.

    `counts` is how much the encoder counts, 0 to 1.
    """
    return {head: _both(shares, encoded.get(head, {}), counts) for head, shares in linear.items()}


def _both(linear: Mapping[str, float], encoded: Mapping[str, float], counts: float) -> dict[str, float]:
    shares = dict(linear)
    for one, share in encoded.items():
        # What too few examples show for the encoder to know it stays as the linear model says.
        shares[one] = (1 - counts) * linear.get(one, 0.0) + counts * share
    return shares
