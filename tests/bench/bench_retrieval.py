"""Prints what each part of the retriever adds, and the weights that a fit of the coverage signs would choose.

python -m tests.bench.bench_retrieval            the ablation table, on tests/golden/retrieval.yaml
python -m tests.bench.bench_retrieval MORE.jsonl also on other questions ({"text", "relevant"} a line)
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import yaml

from knowledge import coverage, retriever
from knowledge.coverage import Signs
from knowledge.evaluation import RetrievalQuestion, score_retrieval
from knowledge.index import KnowledgeIndex
from knowledge.retriever import RankedTerm, Retriever

ROOT = Path(__file__).parents[2]
Rows = Sequence[RetrievalQuestion]
# (row of the table, weights of the rankings of terms, whether uncovered questions are refused)
VARIANTS: list[tuple[str, dict[str, float], bool]] = [
    ("keywords only", {"vectors": 0, "keywords": 1, "names": 0}, False),
    ("embeddings only", {"vectors": 1, "keywords": 0, "names": 0}, False),
    ("names only", {"vectors": 0, "keywords": 0, "names": 1}, False),
    ("keywords + embeddings", {"vectors": 1, "keywords": 1.5, "names": 0}, False),
    ("keywords + embeddings + names", {"vectors": 1, "keywords": 1.5, "names": 1}, False),
    ("all, and refusing (as shipped)", {"vectors": 1, "keywords": 1.5, "names": 1}, True),
]


def main(more: Sequence[str] = ()) -> None:
    sets = read_golden() | {Path(path).stem: read_jsonl(Path(path)) for path in more}
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        index = KnowledgeIndex.open(Path(folder), ROOT / "knowledge" / "glossary", [], "wordllama")
        try:
            print(f"built in {time.perf_counter() - started:.1f} s, imports included")
            print_ablation(index.retriever, sets)
            print_fit(index.retriever, [*sets["tuning"], *sets["near_tuning"]])
            print_timing(index.retriever, sets)
        finally:
            index.close()


def read_golden() -> dict[str, Rows]:
    content = yaml.safe_load((ROOT / "tests" / "golden" / "retrieval.yaml").read_text(encoding="utf-8"))
    return {
        name: [RetrievalQuestion(row["text"], frozenset(row["relevant"])) for row in rows]
        for name, rows in content.items()
    }


def read_jsonl(path: Path) -> Rows:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [RetrievalQuestion(row["text"], frozenset(row["relevant"])) for row in rows]


def print_ablation(search: Retriever, sets: dict[str, Rows]) -> None:
    for name, rows in sets.items():
        uncovered = sum(not row.relevant for row in rows)
        print(f"\n{name}: {len(rows) - uncovered} covered questions, {uncovered} uncovered")
        print(f"{'':32} hit@1  hit@3  MRR    refused rightly")
        for label, weights, refuses in VARIANTS:
            score = score_retrieval(rows, with_settings(search, weights, refuses=refuses))
            print(
                f"{label:32} {score.hit_at_1:.3f}  {score.hit_at_3:.3f}  {score.mean_reciprocal_rank:.3f}"
                f"  {score.correct_refusals:.3f}"
            )


def with_settings(
    search: Retriever, weights: dict[str, float], *, refuses: bool
) -> Callable[[str, int], Sequence[RankedTerm]]:
    def search_terms(query: str, limit: int) -> Sequence[RankedTerm]:
        kept = dict(retriever._TERM_WEIGHTS), coverage.CONSTANT
        retriever._TERM_WEIGHTS.update(weights)
        if not refuses:
            coverage.CONSTANT = 1000.0
        try:
            return [term for term in search.search_terms(query, limit) if term.score > 0]
        finally:
            retriever._TERM_WEIGHTS.update(kept[0])
            coverage.CONSTANT = kept[1]

    return search_terms


def print_fit(search: Retriever, rows: Rows) -> None:
    """Fit a logistic model, both classes weighing the same, by gradient descent with a little shrinkage."""
    signs = np.array([astuple(search.signs(row.text)) for row in rows])
    covered = np.array([bool(row.relevant) for row in rows])
    balance = np.where(covered, 0.5 / covered.mean(), 0.5 / (1 - covered.mean()))
    weights, constant = np.zeros(signs.shape[1]), 0.0
    for _ in range(5000):
        error = (1 / (1 + np.exp(-(signs @ weights + constant))) - covered) * balance
        weights -= 0.5 * (signs.T @ error / len(rows) + 0.002 * weights)
        constant -= 0.5 * float(error.mean())
    print(f"\nfitted on tuning and near_tuning: constant {constant:.1f} (shipped {coverage.CONSTANT})")
    for field, weight in zip(fields(Signs), weights, strict=True):
        print(f"  {field.name:20} {weight:5.1f} (shipped {coverage.WEIGHTS[field.name]})")


def print_timing(search: Retriever, sets: dict[str, Rows]) -> None:
    queries = [row.text for rows in sets.values() for row in rows]
    durations_ms = []
    for query in queries:
        started = time.perf_counter()
        search.search(query)
        durations_ms.append((time.perf_counter() - started) * 1000)
    middle, late = np.percentile(durations_ms, [50, 99])
    print(f"\none search: p50 {middle:.1f} ms, p99 {late:.1f} ms over {len(queries)} questions")


if __name__ == "__main__":
    main(sys.argv[1:])
