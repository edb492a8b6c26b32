"""What the examples, test cases and pairs that somebody told of are enough for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.decision.facts import Facts, lowest
from bot.decision.sample_size import cases_needed
from bot.decision.thresholds import COMFORT, EVAL_CASES, LABELS, PAIRS, PILOT, Threshold
from bot.decision.wording import fact_in_words


def tell_enough(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each amount that is known."""
    if facts.examples_n is not None:
        checked = ", once they are checked" if facts.data_quality in ("unreviewed", "mixed") else ""
        yield _tell("examples_n", facts, _of_examples(lowest(facts.examples_n), facts) + checked)
    if facts.pairs_pref_n is not None:
        yield _tell("pairs_pref_n", facts, _enough(lowest(facts.pairs_pref_n), PAIRS, "preference tuning"))
    if facts.eval_set_n is not None:
        yield _tell("eval_set_n", facts, _of_cases(lowest(facts.eval_set_n), facts))


def _tell(fact: str, facts: Facts, how_far: str) -> str:
    return f"You told me of {fact_in_words(fact, getattr(facts, fact))}: that is {how_far}."


def _of_examples(have: int, facts: Facts) -> str:
    if facts.goal_kind == "classification":
        return _enough(have, LABELS, "a small classifier")
    return "comfortable for tuning" if have >= COMFORT.value else _enough(have, PILOT, "a first round")


def _of_cases(have: int, facts: Facts) -> str:
    """Return what test cases are enough for: to show a direction, and to tell the score from the target."""
    needed = cases_needed(facts)
    if needed is None or have < EVAL_CASES.value:
        return _enough(have, EVAL_CASES, "a test set")
    short = needed.cases - have
    apart = f"telling {needed.apart}"
    return f"enough for a direction, and {short} short of {apart}" if short > 0 else f"enough for {apart}"


def _enough(have: int, needed: Threshold, of: str) -> str:
    short = needed.value - have
    return f"{short} short of {of}" if short > 0 else f"enough for {of}"
