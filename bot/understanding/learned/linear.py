"""Multinomial logistic regressions that share one vocabulary: what a weights file holds and how it scores."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Steps = np.ndarray[tuple[int, int], np.dtype[np.int8]]
Array = np.ndarray[tuple[int], np.dtype[np.float32]]

NOTHING = "-"
"""The class of what states nothing."""


@dataclass(frozen=True)
class Block:
    """Features that are weighed together: tf-idf over the set, scaled to unit length, then to `weight`."""

    features: tuple[str, ...]
    weight: float = 1.0
    unknown: str = ""
    """The feature that stands for all words which the model does not know; none when empty."""

    def names(self, vocabulary: Container[str]) -> set[str]:
        """Return the features, with `unknown` where a word among them is in no vocabulary."""
        has_unknown = any(name not in vocabulary for name in self.features if " " not in name)
        return {*self.features, self.unknown} if self.unknown and has_unknown else {*self.features}


@dataclass(frozen=True)
class Sample:
    """One thing to classify: blocks of named features, and a dense vector of the model's dimensions."""

    blocks: tuple[Block, ...]
    vector: Array


@dataclass(frozen=True)
class Head:
    """One question that the model answers: its classes stand in these columns of the weights."""

    name: str
    classes: tuple[str, ...]
    start: int


@dataclass(frozen=True)
class LinearModel:
    """Heads over shared features. Scores are log-odds; `probabilities` makes each head sum to one."""

    vocabulary: Mapping[str, int]
    idf: Array
    weights: Matrix | Steps
    """A row a feature, then a row a dimension of the vector; a column a class, each times its scale."""
    bias: Array
    heads: tuple[Head, ...]
    fingerprint: str
    """Of the examples that it was trained on."""
    scale: Array = field(default_factory=lambda: np.ones(1, np.float32))
    """What a weight of one is worth in each column: read from a file, weights stay whole numbers."""

    def probabilities(self, sample: Sample) -> dict[str, dict[str, float]]:
        """Return for each head the probability of each of its classes. Unknown features count for nothing."""
        summed: Array = sample.vector @ self.weights[len(self.vocabulary) :].astype(np.float32)
        for block in sample.blocks:
            rows, values = self.weigh(block)
            if len(rows):
                summed = summed + values @ self.weights[rows].astype(np.float32)
        scores: Array = self.bias + summed * self.scale
        return {head.name: shares_of(scores, head) for head in self.heads}

    def weigh(self, block: Block) -> tuple[list[int], Array]:
        """Return the known features of a block and what each weighs."""
        names = block.names(self.vocabulary)
        rows = sorted(self.vocabulary[name] for name in names if name in self.vocabulary)
        values: Array = self.idf[rows]
        length = float(np.linalg.norm(values))
        return rows, values * (block.weight / length) if length else values


def shares_of(scores: Array, head: Head) -> dict[str, float]:
    """Return the probability of each class of a head, from the log-odds of all classes."""
    own = scores[head.start : head.start + len(head.classes)]
    shares = np.exp(own - own.max())
    shares /= shares.sum()
    return dict(zip(head.classes, (float(share) for share in shares), strict=True))


_STEPS = 127
"""Weights are kept as whole numbers of this many steps a column: smaller, and no less right."""


def save(model: LinearModel, path: Path) -> None:
    """Write a model to one compressed file, the same bytes for the same model."""
    weights = model.weights * model.scale
    scale = np.abs(weights).max(axis=0) / _STEPS
    scale[scale == 0] = 1
    names = sorted(model.vocabulary, key=model.vocabulary.__getitem__)
    about = {
        "fingerprint": model.fingerprint,
        "heads": [{"name": head.name, "classes": head.classes, "start": head.start} for head in model.heads],
    }
    np.savez_compressed(
        path,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        vocabulary=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        idf=model.idf.astype(np.float16),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.bias.astype(np.float32),
    )


def load(path: Path) -> LinearModel:
    """Read a model. Raises RuntimeError when the file is missing or damaged: the installation is broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            about: dict[str, Any] = json.loads(kept["about"].tobytes())
            names: Sequence[str] = kept["vocabulary"].tobytes().decode().split("\n")
            return LinearModel(
                vocabulary={name: row for row, name in enumerate(names)},
                idf=kept["idf"].astype(np.float32),
                weights=kept["weights"],
                scale=kept["scale"],
                bias=kept["bias"],
                heads=tuple(Head(row["name"], tuple(row["classes"]), row["start"]) for row in about["heads"]),
                fingerprint=about["fingerprint"],
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise RuntimeError(f"{path} cannot be read ({error}): install the program again") from error
