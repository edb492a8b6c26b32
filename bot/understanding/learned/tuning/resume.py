"""An encoder that was written before, taken up again: its weights, its heads and its word pieces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from bot.understanding.learned.tuning.lessons import Head

_WEIGHT = "_quantized"
_OF_HEADS = "heads"


@dataclass(frozen=True)
class Written:
    """What a file of an encoder holds. Its weights were rounded to eight bits; more training mends that."""

    weights: dict[str, Tensor]
    """By their names in the transformer, without those of the heads."""
    columns: dict[tuple[str, str], tuple[Tensor, Tensor]]
    """The weights and the bias of each class of each head, by head and class."""
    tokenizer: dict[str, Any]

    def start_heads(self, heads: Sequence[Head], weight: Tensor, bias: Tensor) -> None:
        """Write what is known of each class into the rows of a transformer's heads; new classes stay."""
        with torch.no_grad():
            for head in heads:
                for row, name in enumerate(head.classes, start=head.start):
                    if (head.name, name) in self.columns:
                        weight[row], bias[row] = self.columns[head.name, name]


def read_written(path: Path) -> Written:
    """Read a file that `export` has written."""
    model = onnx.load(str(path))
    about = {one.key: one.value for one in model.metadata_props}
    stored = {
        one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in model.graph.initializer
    }
    weights = {name: value for name, value in stored.items() if value.dtype == torch.float32}
    weights = {name: value for name, value in weights.items() if name.endswith((".weight", ".bias"))}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            name = node.name.strip("/").rsplit("/", maxsplit=1)[0].replace("/", ".")
            weights[f"{name}.weight"] = _whole(stored, node.input[1]).T.contiguous()
    for name in ("word", "place", "kind"):
        weights[f"{name}.weight"] = _whole(stored, f"{name}.weight{_WEIGHT}")
    weight, bias = weights.pop(f"{_OF_HEADS}.weight"), weights.pop(f"{_OF_HEADS}.bias")
    columns = {
        (head["name"], one): (weight[row], bias[row])
        for head in json.loads(about["heads"])
        for row, one in enumerate(head["classes"], start=head["start"])
    }
    return Written(weights, columns, json.loads(about["tokenizer"]))


def _whole(stored: dict[str, Tensor], name: str) -> Tensor:
    """Return a matrix that was rounded, (in, out); each column has a scale of its own, or all have one."""
    base = name.removesuffix(_WEIGHT)
    rounded, scale, zero = stored[name], stored[f"{base}_scale"], stored[f"{base}_zero_point"]
    return (rounded.float() - zero.float()) * scale
