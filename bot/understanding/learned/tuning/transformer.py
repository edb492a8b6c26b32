"""The transformer: BERT's layers as published, from its word pieces to the log-odds of all classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, LONGEST, KINDS = 384, 12, 1536, 512, 2
"""As published: a vector's length, attention heads, the inner layer, most pieces, first and second text."""
_EPSILON = 1e-12


class Layer(nn.Module):
    """Attention to the other pieces, then a small network for each piece."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropped)
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.after_attention = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_network = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, pieces: Tensor, mask: Tensor | None) -> Tensor:
        """Return the vectors of the pieces one layer further; `mask` is false for what only fills up."""
        count, length, _ = pieces.shape

        def split(vectors: Tensor) -> Tensor:
            return vectors.view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        attended = functional.scaled_dot_product_attention(
            split(self.query(pieces)), split(self.key(pieces)), split(self.value(pieces)), attn_mask=mask
        )
        joined = attended.transpose(1, 2).reshape(count, length, WIDTH)
        pieces = self.after_attention(pieces + self.drop(self.output(joined)))
        widened = functional.gelu(self.widen(pieces))
        further: Tensor = self.after_network(pieces + self.drop(self.narrow(widened)))
        return further


class Transformer(nn.Module):
    """Layers, and one column of log-odds for each class of each head. While it trains, a share is dropped."""

    def __init__(self, pieces: int, layers: int, columns: int, dropped: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropped)
        self.word, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.kind = nn.Embedding(KINDS, WIDTH)
        self.after_embedding = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(dropped) for _ in range(layers))
        self.heads = nn.Linear(WIDTH, columns)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)

    def vectors(self, ids: Tensor, kinds: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return a vector for each piece of each text, (texts, pieces, WIDTH)."""
        places = torch.arange(ids.shape[1])
        vectors: Tensor = self.after_embedding(self.word(ids) + self.place(places) + self.kind(kinds))
        for layer in self.layers:
            vectors = layer(vectors, mask)
        return vectors

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the log-odds of every class for each piece of one text, (pieces, columns)."""
        scores: Tensor = self.heads(self.vectors(ids, types)[0])
        return scores

    def start_from(self, published: Path, pieces: Sequence[int]) -> None:
        """Take the published weights, of the word pieces only those at these places."""
        stored = load_file(published)
        named = {
            "word.weight": stored["embeddings.word_embeddings.weight"][list(pieces)],
            "place.weight": stored["embeddings.position_embeddings.weight"],
            "kind.weight": stored["embeddings.token_type_embeddings.weight"],
            "after_embedding.weight": stored["embeddings.LayerNorm.weight"],
            "after_embedding.bias": stored["embeddings.LayerNorm.bias"],
        }
        for number in range(len(self.layers)):
            for ours, theirs in _NAMES.items():
                for kind in ("weight", "bias"):
                    named[f"layers.{number}.{ours}.{kind}"] = stored[
                        f"encoder.layer.{number}.{theirs}.{kind}"
                    ]
        unfilled, unknown = self.load_state_dict(named, strict=False)
        assert not unknown, unknown
        assert set(unfilled) == {"heads.weight", "heads.bias"}, unfilled

    def go_on_from(self, weights: Mapping[str, Tensor]) -> None:
        """Take the weights of a transformer of the same size, without those of its heads."""
        unfilled, unknown = self.load_state_dict(dict(weights), strict=False)
        assert not unknown, unknown
        assert set(unfilled) == {"heads.weight", "heads.bias"}, unfilled


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "after_attention": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "after_network": "output.LayerNorm",
}
"""What our parts of a layer are called in the published file."""
