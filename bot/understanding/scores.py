"""How good it is and how good it has to be: `baseline_score`, `target_score`, and the cases behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity
from bot.understanding.score_words import (
    BASELINE_AFTER,
    BASELINE_BEFORE,
    CASES_EXCLUDED,
    LARGE,
    OTHER_AFTER,
    OTHER_BEFORE,
    OVER_CASES,
    PLAIN_END,
    RATIO_BETWEEN,
    SIZED,
    SMALL,
    STRONG_BASELINE,
    TARGET_AFTER,
    TARGET_BEFORE,
    VERSUS,
    WRONG_AFTER,
    WRONG_BEFORE,
)

_FEWEST_CASES = 15
_PERCENT = 100
_TEN = 10


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number that may be a score: `value` between 0 and 1; `cases` behind a ratio."""

    start: int
    end: int
    value: float
    is_plain: bool
    index: int
    width: int = 1
    cases: int = 0
    quantity: Quantity | None = None


def find_scores(
    message: Message, quantities: Sequence[Quantity], asked: frozenset[str]
) -> tuple[list[Found], set[int]]:
    """Return the scores found and the indexes of the quantities that are used up."""
    kinds = [
        (measure, _kind(message, measure, is_asked="baseline_score" in asked))
        for measure in _measures(message, quantities)
    ]
    is_about_scores = "baseline_score" in asked or any(kind in ("baseline", "sized") for _, kind in kinds)
    used: set[int] = set()
    baselines: list[_Measure] = []
    targets: list[_Measure] = []
    for measure, kind in kinds:
        if kind in ("other", "sized"):
            used.update(range(measure.index, measure.index + measure.width))
        elif kind == "baseline":
            baselines.append(measure)
        elif (kind == "target" and (is_about_scores or not measure.is_plain)) or (
            kind == "versus" and baselines and measure.value > baselines[-1].value
        ):
            targets.append(measure)
    for measure in (*baselines, *targets):
        used.update(range(measure.index, measure.index + measure.width))
    targets = _rescaled(baselines, targets)
    found = [*_as_found("baseline_score", baselines, message), *_as_found("target_score", targets, message)]
    for measure in (one for one, kind in kinds if kind in ("baseline", "sized")):
        found.extend(_cases(message, measure, quantities, used, asked))
    return found, used


def _rescaled(baselines: list[_Measure], targets: list[_Measure]) -> list[_Measure]:
    """Read "8.5 needed" beside "8.8 out of 10" on the same scale."""
    scales = {measure.cases for measure in baselines if measure.cases}
    if scales != {_TEN}:
        return targets
    return [
        replace(target, value=target.value * _PERCENT / _TEN)
        if target.is_plain and 1 / _PERCENT <= target.value <= _TEN / _PERCENT
        else target
        for target in targets
    ]


def _measures(message: Message, quantities: Sequence[Quantity]) -> Iterator[_Measure]:
    index = 0
    while index < len(quantities):
        quantity = quantities[index]
        ratio = _ratio(message, quantities, index)
        if ratio is not None:
            yield ratio
            index += 2
            continue
        if quantity.unit == "percent" and quantity.said <= _PERCENT:
            yield _Measure(
                quantity.start, quantity.end, quantity.said / _PERCENT, False, index, quantity=quantity
            )
        elif (
            quantity.unit == ""
            and 0 < quantity.said <= _PERCENT
            and "k" not in message.plain[quantity.start : quantity.end]
        ):
            scale = 1 if quantity.said < 1 else _PERCENT
            yield _Measure(
                quantity.start, quantity.end, quantity.said / scale, True, index, quantity=quantity
            )
        index += 1


def _ratio(message: Message, quantities: Sequence[Quantity], index: int) -> _Measure | None:
    if index + 1 >= len(quantities):
        return None
    first, second = quantities[index], quantities[index + 1]
    between = message.plain[first.end : second.start]
    part, whole = first.value, second.value
    if first.unit or second.unit or part is None or whole is None or not RATIO_BETWEEN.fullmatch(between):
        return None
    if not 0 <= part <= whole or whole <= 1:
        return None
    value = part / whole
    cases = round(whole)
    return _Measure(first.start, second.end, round(value, 4), False, index, 2, cases)


def _kind(message: Message, measure: _Measure, *, is_asked: bool) -> str:
    sentence = message.sentence_at(measure.start)
    before = message.plain[max(sentence.start, measure.start - 45) : measure.start]
    after = message.plain[measure.end : min(sentence.end, measure.end + 45)]
    if (
        measure.width > 1
        and re.search(r"\bin\b", message.plain[measure.start : measure.end])
        and not BASELINE_AFTER.match(after)
        and ("time" in after or not (BASELINE_BEFORE.search(before) or TARGET_BEFORE.search(before)))
    ):
        return "other"
    if measure.is_plain and (not PLAIN_END.match(after) or _is_named(before)):
        return "none"
    if measure.quantity is not None and measure.quantity.is_range:
        return "none" if measure.is_plain else "other"
    if _is_of_another_model(message, measure.start):
        return "sized"
    if TARGET_BEFORE.search(before) or TARGET_AFTER.match(after):
        return "target"
    if OTHER_AFTER.match(after) or OTHER_BEFORE.search(before):
        return "none" if measure.is_plain else "other"
    kind = _baseline_kind(message, measure, before, after)
    # Whoever was asked for a score and gives a percentage gives the score.
    return "baseline" if kind == "none" and is_asked and not measure.is_plain else kind


def _is_named(before: str) -> bool:
    return bool(re.search(r"(?:#|\bno\.?|\bnumber|\bv|\btop|\bline|\bhave|\bcases?:?|\bset:?) ?$", before))


@lru_cache(maxsize=8)
def _compares_sizes(plain: str) -> bool:
    return LARGE.search(plain) is not None and SMALL.search(plain) is not None


def _is_of_another_model(message: Message, position: int) -> bool:
    """Say whether a large and a small model are compared: then the score says nothing of what is in use."""
    if not _compares_sizes(message.plain):
        return False
    sentence = message.sentence_at(position)
    return bool(SIZED.search(message.plain, sentence.start, position))


def _baseline_kind(message: Message, measure: _Measure, before: str, after: str) -> str:
    if _is_wrong(before, after) and (not measure.is_plain or STRONG_BASELINE.search(before)):
        return "baseline"
    if re.match(r" ?(?:vs|versus) ?~?[\d.]", after):
        return "baseline"
    if VERSUS.search(before[-8:]) and re.search(r"\d%? ?(?:vs|versus|->|→) ?$", before):
        return "versus"
    if measure.is_plain:
        is_decimal = measure.quantity is not None and measure.quantity.said < 1
        strong = (BASELINE_BEFORE if is_decimal else STRONG_BASELINE).search(before) or re.match(
            r" (?:now|today|currently|right now|atm)\b", after
        )
        over = re.match(
            r" on (?:our |the |a |those |these )?(?:same )?\d+ ?(?:case|eval|question|held|test|"
            r"item|example)",
            after,
        )
        return "baseline" if strong or over else "none"
    if BASELINE_BEFORE.search(before) or BASELINE_AFTER.match(after):
        return "baseline"
    return "baseline" if re.match(r" (?:of|on) \d", message.plain[measure.end :]) else "none"


def _is_wrong(before: str, after: str) -> bool:
    return bool(WRONG_BEFORE.search(before) or WRONG_AFTER.match(after))


def _as_found(fact: str, measures: list[_Measure], message: Message) -> Iterator[Found]:
    """Yield the one score; of several different ones it is unknown which set-up is in use."""
    values = {_oriented(message, measure) for measure in measures}
    if len(values) == 1:
        first = measures[0]
        yield Found(fact, values.pop(), first.start, first.end)


def _oriented(message: Message, measure: _Measure) -> float:
    """Return the share that is right: an error rate is turned round, and so is a limit on errors."""
    sentence = message.sentence_at(measure.start)
    before = message.plain[max(sentence.start, measure.start - 45) : measure.start]
    after = message.plain[measure.end : min(sentence.end, measure.end + 45)]
    is_limit = bool(re.search(r"(?:under|below|less than|<=?|at most|max) ?$", before))
    talks_of_errors = bool(
        re.search(
            r"\b(?:error|failure|fail|wrong|miss\w*|mistakes?|hallucinat\w*)\b",
            message.plain[sentence.start : measure.start],
        )
    )
    is_inverted = _is_wrong(before, after) or (is_limit and talks_of_errors)
    return round(1 - measure.value if is_inverted else measure.value, 4)


def _cases(
    message: Message, measure: _Measure, quantities: Sequence[Quantity], used: set[int], asked: frozenset[str]
) -> Iterator[Found]:
    """Yield the test cases that a score rests on: "71% of 300", "41 of 60 pass"."""
    if measure.cases >= _FEWEST_CASES or (measure.cases and "eval_set_n" in asked):
        yield Found("eval_set_n", measure.cases, measure.start, measure.end)
        return
    index = measure.index + measure.width
    if index >= len(quantities) or index in used:
        return
    cases = quantities[index]
    after = message.plain[cases.end : cases.end + 30]
    is_over = OVER_CASES.fullmatch(message.plain[measure.end : cases.start])
    amount = cases.as_amount()
    if (
        is_over
        and not cases.unit
        and cases.said >= _FEWEST_CASES
        and amount is not None
        and not CASES_EXCLUDED.match(after)
    ):
        used.add(index)
        yield Found("eval_set_n", amount, cases.start, cases.end)
