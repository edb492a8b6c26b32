"""The trained model as one small file, with all that reading needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.understanding.learned.tuning.lessons import Head
from bot.understanding.learned.tuning.transformer import Transformer

_OPSET = 17


def export(
    model: Transformer, heads: Sequence[Head], tokenizer: Mapping[str, Any], taught: int, path: Path
) -> None:
    """Write the model, its weights in eight bits; `taught` is how many examples taught it."""
    model.eval()
    ids = torch.arange(16)[None]
    with TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            model,
            (ids, torch.zeros_like(ids)),
            str(whole),
            input_names=["ids", "types"],
            output_names=["scores"],
            dynamic_axes={"ids": {1: "pieces"}, "types": {1: "pieces"}, "scores": {0: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,  # the other exporter writes the shapes of this example into the file
        )
        # With signed weights, processors without VNNI add products in sixteen bits, which overflow.
        quantize_dynamic(whole, small, weight_type=QuantType.QUInt8, per_channel=True)
        stored = onnx.load(str(small))
    about = {
        "taught": str(taught),
        "heads": json.dumps(
            [{"name": head.name, "classes": head.classes, "start": head.start} for head in heads]
        ),
        "tokenizer": json.dumps(tokenizer, ensure_ascii=False),
    }
    onnx.helper.set_model_props(stored, about)
    path.write_bytes(stored.SerializeToString(deterministic=True))
