"""The figures of an evaluation, as JSON and as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.dialogue import Dialogue
from bot.evaluation.baselines import Baselines
from bot.evaluation.cases import (
    AnyCase,
    ComplicationCase,
    DecisionCase,
    DialogueCase,
    DoneCase,
    HeardCase,
    MendedCase,
    RemarkCase,
    ReplyCase,
    RetrievalCase,
    VerdictCase,
    load_cases,
)
from bot.evaluation.scoring import (
    DecisionResult,
    DialogueResult,
    DoneResult,
    HeardResult,
    RemarkResult,
    ReplyResult,
    score_decision,
    score_dialogue,
    score_done,
    score_heard,
    score_policy,
    score_remark,
    score_reply,
)
from knowledge.evaluation import RetrievalQuestion, RetrievalScore, SearchTerms, score_retrieval


@dataclass(frozen=True)
class Report:
    """What was measured; a kind that no file held is None or empty."""

    cases: tuple[AnyCase, ...]
    policy: tuple[float, ...]
    decisions: tuple[DecisionResult, ...]
    replies: tuple[ReplyResult, ...]
    remarks: tuple[RemarkResult, ...]
    heard: Mapping[str, tuple[HeardResult, ...]]
    """What is heard in messages after a recommendation, by its name; see `_HEARD`."""
    done: tuple[DoneResult, ...]
    retrieval: RetrievalScore | None
    dialogues: tuple[DialogueResult, ...]


_HEARD: tuple[tuple[str, type[HeardCase]], ...] = (
    ("verdicts", VerdictCase),
    ("complications", ComplicationCase),
    ("mended", MendedCase),
)


async def evaluate_files(
    paths: Sequence[Path], dialogue: Dialogue, search_terms: SearchTerms, progress: Callable[[str], None]
) -> Report:
    """Measure every case of the files. Raises InputInvalid."""
    cases = load_cases(paths)
    progress(f"measuring {len(cases)} cases")
    decisions = [case for case in cases if isinstance(case, DecisionCase)]
    retrieval = [case for case in cases if isinstance(case, RetrievalCase)]
    return Report(
        cases=tuple(cases),
        policy=tuple(score for case in decisions if (score := score_policy(case)) is not None),
        decisions=tuple([await score_decision(case, dialogue) for case in decisions]),
        replies=tuple([await score_reply(case, dialogue) for case in cases if isinstance(case, ReplyCase)]),
        remarks=tuple([await score_remark(case, dialogue) for case in cases if isinstance(case, RemarkCase)]),
        heard={
            kind: tuple([await score_heard(one, dialogue) for one in cases if isinstance(one, of)])
            for kind, of in _HEARD
        },
        done=tuple(score_done(case) for case in cases if isinstance(case, DoneCase)),
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
                {
                    key: value
                    for key, value in asdict(result).items()
                    if key not in ("points_with_ask", "text")
                }
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
    if report.remarks:
        said = report.remarks
        figures["remarks"] = {
            "n": len(said),
            "score": _mean([one.stated.is_right for one in said]),
            "wrong": sum(len(one.stated.wrong) for one in said),
            "missed": sum(len(one.stated.missed) for one in said),
            "same_advice": _mean([one.is_same_advice for one in said]),
            "heard_as_meant": _mean([one.is_heard_as_meant for one in said]),
        }
    for kind, heard in report.heard.items():
        if heard:
            figures[kind] = _of_heard(heard)
    if report.done:
        figures["steps done"] = {
            "n": len(report.done),
            "score": _mean([one.is_right for one in report.done]),
            "made_up": sum(one.made_up for one in report.done),
            "missed": sum(one.missed for one in report.done),
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


def _of_heard(heard: Sequence[HeardResult]) -> dict[str, Any]:
    return {
        "n": len(heard),
        "score": _mean([one.is_right for one in heard]),
        "made_up": sum(bool(one.heard_as) and not (one.is_right or one.expected) for one in heard),
        "another": sum(bool(one.heard_as and one.expected) and not one.is_right for one in heard),
        "missed": sum(not (one.heard_as or one.is_right) for one in heard),
    }


def print_report(report: Report, baselines: Baselines) -> None:
    """Print the figures as a table, beside what simple ways score on the same cases."""
    table = Table(box=None, pad_edge=False)
    table.add_column("measured")
    for heading in ("cases", "ours", "always the same", "nearest example"):
        table.add_column(heading, justify="right")
    table.add_column("more")
    figures = report_as_json(report)
    for kind, score, same, nearest in _compared(report, baselines):
        own = figures[kind]
        shown = "  ".join(
            f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
            for name, value in own.items()
            if isinstance(value, int | float) and name not in ("n", "score")
        )
        table.add_row(kind, str(own["n"]), f"{score:.3f}", _or_dash(same), _or_dash(nearest), shown)
    _console().print(table)


def _compared(
    report: Report, baselines: Baselines
) -> Iterator[tuple[str, float, float | None, float | None]]:
    """Yield kind, our score, that of one fixed answer, and that of the most similar example."""
    advice = [case for case in report.cases if isinstance(case, DecisionCase)]
    with_facts = [case for case in advice if score_policy(case) is not None]
    dialogues = [case for case in report.cases if isinstance(case, DialogueCase)]
    answers = [case for case in report.cases if isinstance(case, ReplyCase)]
    if report.policy:
        same = _mean([baselines.same_advice(case) for case in with_facts])
        yield "policy", _mean(report.policy), same, None
    if report.decisions:
        yield (
            "decisions",
            _mean([result.points for result in report.decisions]),
            _mean([baselines.same_advice(case) for case in advice]),
            _mean([baselines.nearest_advice(case) for case in advice]),
        )
    if report.replies:
        yield (
            "replies",
            _mean([result.is_right for result in report.replies]),
            _mean([baselines.nothing_read(case) for case in answers]),
            _mean([baselines.nearest_reply(case) for case in answers]),
        )
    if report.remarks:
        remarks = [case for case in report.cases if isinstance(case, RemarkCase)]
        yield (
            "remarks",
            _mean([one.stated.is_right for one in report.remarks]),
            _mean([baselines.nothing_read(case) for case in remarks]),
            _mean([baselines.nearest_remark(case) for case in remarks]),
        )
    for kind, of in _HEARD:
        if heard := report.heard[kind]:
            own = [case for case in report.cases if isinstance(case, of)]
            yield (
                kind,
                _mean([one.is_right for one in heard]),
                _mean([baselines.nothing_heard(case) for case in own]),
                _mean([baselines.nearest_heard(case) for case in own]),
            )
    if report.done:
        none = _mean([not case.done for case in report.cases if isinstance(case, DoneCase)])
        yield "steps done", _mean([one.is_right for one in report.done]), none, None
    if report.retrieval:
        yield "retrieval", report.retrieval.hit_at_1, None, None
    if report.dialogues:
        yield (
            "dialogues",
            _mean([result.points for result in report.dialogues]),
            _mean([baselines.same_advice(case) for case in dialogues]),
            _mean([baselines.nearest_advice(case) for case in dialogues]),
        )


def print_confusions(report: Report) -> None:
    """Print what was advised instead of what was expected, and how each fact of the replies was read."""
    swaps = Counter((result.expected, result.leading) for result in report.decisions if result.points < 1)
    table = Table("expected", "advised", "times", box=None, pad_edge=False)
    for (expected, leading), count in swaps.most_common():
        table.add_row(expected, leading, str(count))
    _console().print(table)
    right, wrong, missed = (
        Counter(fact for result in report.replies for fact in getattr(result, kind))
        for kind in ("right", "wrong", "missed")
    )
    if report.replies:
        facts = Table("fact of a reply", "right", "wrong", "missed", box=None, pad_edge=False)
        for fact in sorted({*right, *wrong, *missed}, key=lambda name: -right[name] - missed[name]):
            facts.add_row(fact, str(right[fact]), str(wrong[fact]), str(missed[fact]))
        _console().print(facts)


_MISSES_SHOWN = 10


def print_worst(report: Report) -> None:
    """Print the first ten cases whose advice was neither expected nor acceptable."""
    table = Table("case", "expected", "advised", "by", "words", box=None, pad_edge=False)
    for result in [result for result in report.decisions if result.points == 0][:_MISSES_SHOWN]:
        table.add_row(result.id, result.expected, result.leading, result.rule, result.text)
    _console().print(table)


def _console() -> Console:
    return Console(highlight=False, markup=False)


def _or_dash(score: float | None) -> str:
    return "–" if score is None else f"{score:.3f}"


def _by_option(results: Sequence[DecisionResult]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[float]] = defaultdict(list)
    for result in results:
        groups[result.expected].append(result.points)
    return {option: {"n": len(scores), "score": _mean(scores)} for option, scores in sorted(groups.items())}


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), 4)
