"""What is said once more of a recommendation, in a few words, to who doubts it or wants it short.

Nothing new is decided and nothing kept: it is the advice that stands, from the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.decision.facts import Facts
from bot.decision.flips import find_flips
from bot.decision.options import TRAINING
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.thresholds import COMFORT, EVAL_CASES, LABELS, PILOT
from bot.decision.wording import advice_in_words, fact_in_words
from bot.replies import Heard
from bot.understanding.rejoinders import Rejoinder

_REASONS_TOLD = 2
NOTHING_CHANGES_IT = "I know of no single fact that would change it; another problem would."
HOW_MANY = (
    f"A first round of tuning takes some {PILOT.value} reviewed examples, and {COMFORT.value} are "
    f"comfortable; a small classifier takes about {LABELS.value} labels. Either way, keep "
    f"{EVAL_CASES.value} more cases as a test set that no training sees."
)


NO_COSTS = (
    "I can work out no cost from what I know. Tell me which model it is, how many requests there are a day, "
    "how long the prompt is, and how many examples you would train on."
)
NO_TIME = "How long it takes your team I cannot say: that hangs on who collects and checks the examples."


def compose_rejoinder(rejoinder: Rejoinder, facts: Facts, costs: Sequence[str]) -> str:
    """Return what is said to it, of the advice that these facts lead to; "" where it is no rejoinder.

    `costs` are lines of what that advice may cost.
    """
    recommendation = recommend(facts)
    match rejoinder:
        case "why":
            return _lines(_why(recommendation, facts))
        case "flips":
            return _lines(_flips(recommendation, facts)) or NOTHING_CHANGES_IT
        case "summary":
            return _lines(_summary(recommendation))
        case "next":
            return _lines(_steps(recommendation))
        case "cost":
            return _lines(iter(costs)) or NO_COSTS
        case "time":
            return _lines(iter((NO_TIME, *_steps(recommendation))))
        case "amount":
            return _lines(_amounts(facts))
        case "":
            return ""


def tell_the_change(before: str, now: str, news: Sequence[Heard]) -> str:
    """Return what news did to the advice, in a line; "" without news. `before` and `now` are headlines."""
    if not news:
        return ""
    told = "; ".join(one.words for one in news)
    if before == now:
        return f"You told me: {told}. My advice stays."
    return f"You told me: {told}. That changes my advice, which was: {before}."


def _lines(sentences: Iterator[str]) -> str:
    return "\n".join(sentences)


def _why(recommendation: Recommendation, facts: Facts) -> Iterator[str]:
    yield f"My advice stays: {recommendation.headline}."
    yield from (because.text for because in recommendation.because[:_REASONS_TOLD])
    if _leads_to_training(recommendation):
        yield f"That is the way to it: after that I would {advice_in_words(recommendation.direction, facts)}."
    yield from _flips(recommendation, facts)


def _leads_to_training(recommendation: Recommendation) -> bool:
    is_before = recommendation.direction in TRAINING and recommendation.option not in TRAINING
    return is_before and not (recommendation.gate and recommendation.gate.is_final)


def _flips(recommendation: Recommendation, facts: Facts) -> Iterator[str]:
    yield from (f"{flip.text}." for flip in find_flips(facts, recommendation))


def _summary(recommendation: Recommendation) -> Iterator[str]:
    yield f"{recommendation.headline}."
    yield from (because.text for because in recommendation.because[:1])
    yield f"First step: {recommendation.first_step}"


def _steps(recommendation: Recommendation) -> Iterator[str]:
    yield f"First: {recommendation.first_step}"
    yield from (f"Then: {step}" for step in recommendation.next_steps)


def _amounts(facts: Facts) -> Iterator[str]:
    yield HOW_MANY
    if facts.examples_n is not None:
        yield f"You told me of {fact_in_words('examples_n', facts.examples_n)}."
