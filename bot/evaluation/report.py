"""The figures of an evaluation, as JSON and as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.dialogue import Dialogue
from bot.evaluation.cases import DecisionCase, DialogueCase, ReplyCase, RetrievalCase, load_cases
from bot.evaluation.scoring import (
    DecisionResult,
    DialogueResult,
    ReplyResult,
    score_decision,
    score_dialogue,
    score_policy,
    score_reply,
)
from knowledge.evaluation import RetrievalQuestion, RetrievalScore, SearchTerms, score_retrieval


@dataclass(frozen=True)
class Report:
    """What was measured; a kind that no file held is None or empty."""

    policy: tuple[float, ...]
    decisions: tuple[DecisionResult, ...]
    replies: tuple[ReplyResult, ...]
    retrieval: RetrievalScore | None
    dialogues: tuple[DialogueResult, ...]


async def evaluate_files(
    paths: Sequence[Path], dialogue: Dialogue, search_terms: SearchTerms, progress: Callable[[str], None]
) -> Report:
    """Measure every case of the files. Raises InputInvalid."""
    cases = load_cases(paths)
    progress(f"measuring {len(cases)} cases")
    decisions = [case for case in cases if isinstance(case, DecisionCase)]
    retrieval = [case for case in cases if isinstance(case, RetrievalCase)]
    return Report(
        policy=tuple(score for case in decisions if (score := score_policy(case)) is not None),
        decisions=tuple([await score_decision(case, dialogue) for case in decisions]),
        replies=tuple(score_reply(case) for case in cases if isinstance(case, ReplyCase)),
        retrieval=score_retrieval(
            [RetrievalQuestion(case.text, frozenset(case.relevant)) for case in retrieval], search_terms
        )
        if retrieval
        else None,
        dialogues=tuple(
            [await score_dialogue(case, dialogue) for case in cases if isinstance(case, DialogueCase)]
        ),
    )


def report_as_json(report: Report) -> dict[str, Any]:
    """Return the figures as JSON values; a kind that was not given is left out."""
    figures: dict[str, Any] = {}
    if report.policy:
        figures["policy"] = {
            "n": len(report.policy),
            "score": _mean(report.policy),
            "exact": _mean([points == 1 for points in report.policy]),
        }
    if report.decisions:
        results = report.decisions
        figures["decisions"] = {
            "n": len(results),
            "score": _mean([result.points for result in results]),
            "exact": _mean([result.points == 1 for result in results]),
            "score_with_ask": _mean([result.points_with_ask for result in results]),
            "by_option": _by_option(results),
            "cases": [
                {key: value for key, value in asdict(result).items() if key != "points_with_ask"}
                for result in results
            ],
        }
    if report.replies:
        figures["replies"] = {
            "n": len(report.replies),
            "score": _mean([result.is_right for result in report.replies]),
            "wrong": sum(len(result.wrong) for result in report.replies),
            "missed": sum(len(result.missed) for result in report.replies),
        }
    if report.retrieval:
        found = report.retrieval
        figures["retrieval"] = {
            "n": found.covered + found.uncovered,
            "hit_at_1": round(found.hit_at_1, 4),
            "hit_at_3": round(found.hit_at_3, 4),
            "mrr": round(found.mean_reciprocal_rank, 4),
            "correct_refusals": round(found.correct_refusals, 4),
        }
    if report.dialogues:
        figures["dialogues"] = {
            "n": len(report.dialogues),
            "score": _mean([result.points for result in report.dialogues]),
            "questions_mean": _mean([result.questions for result in report.dialogues]),
        }
    return figures


def print_report(report: Report) -> None:
    """Print the figures as a table."""
    table = Table(box=None, pad_edge=False)
    table.add_column("measured")
    table.add_column("cases", justify="right")
    table.add_column("figures")
    for kind, figures in report_as_json(report).items():
        shown = "  ".join(
            f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
            for name, value in figures.items()
            if isinstance(value, int | float) and name != "n"
        )
        table.add_row(kind, str(figures["n"]), shown)
    Console(highlight=False, markup=False).print(table)


def _by_option(results: Sequence[DecisionResult]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[float]] = defaultdict(list)
    for result in results:
        groups[result.expected].append(result.points)
    return {option: {"n": len(scores), "score": _mean(scores)} for option, scores in sorted(groups.items())}


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), 4)
