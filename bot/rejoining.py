"""What is said once more of a recommendation, in a few words, to who doubts it or wants it short.

Nothing new is decided and nothing kept: it is the advice that stands, from the same facts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from bot.decision.facts import Facts, lowest
from bot.decision.flips import find_flip_to, find_flips
from bot.decision.options import EFFORT, TRAINING, Option
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.risks import find_risks
from bot.decision.sample_size import cases_needed
from bot.decision.thresholds import COMFORT, EVAL_CASES, LABELS, PILOT
from bot.decision.upkeep import find_upkeep
from bot.decision.wording import advice_in_words
from bot.enough import tell_enough
from bot.understanding.wanted import Wanted

_REASONS_TOLD = 2
NEVER = "No single fact that I know of would make me {advice} here"
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
NO_RISK = "There is nothing to go wrong yet: the first step only looks at what does."
WHO = (
    "It takes one person who knows what is right and one who runs it; more people only speed up the checking."
)
_WHERE_NOTHING: Mapping[Wanted, str] = {
    "flips": NOTHING_CHANGES_IT,
    "cost": NO_COSTS,
    "risks": NO_RISK,
}
"""What is said where nothing can be told."""
_MINUTES_A_CHECK = 2
"""Nobody's figure: it turns a number of examples into hours that people can correct."""
_MINUTES_AN_HOUR = 60


def compose_rejoinder(
    wanted: Wanted, facts: Facts, costs: Sequence[str], named: Sequence[Option] = ()
) -> str:
    """Return what is said to it, of the advice that these facts lead to; "" where it is no such thing.

    `costs` are lines of what that advice may cost, `named` the outcomes that were spoken of.
    """
    recommendation = recommend(facts)
    tellers: Mapping[Wanted, Callable[[], Iterable[str]]] = {
        "why": lambda: _why(recommendation, facts, named),
        "flips": lambda: _flips(recommendation, facts),
        "summary": lambda: _summary(recommendation),
        "next": lambda: _steps(recommendation),
        "cost": lambda: costs,
        "time": lambda: chain([f"First: {recommendation.first_step}"], _efforts(recommendation, facts)),
        "amount": lambda: _amounts(facts),
        "risks": lambda: find_risks(recommendation, facts),
        "upkeep": lambda: find_upkeep(recommendation, facts),
    }
    tell = tellers.get(wanted)
    return ("\n".join(tell()) or _WHERE_NOTHING.get(wanted, "")) if tell else ""


def answer_beside(
    wanted: Wanted, facts: Facts, costs: Sequence[str], named: Sequence[Option]
) -> tuple[str, ...]:
    """Return what is said to it beside a whole recommendation: what that does not tell already."""
    recommendation = recommend(facts)
    match wanted:
        case "why":
            return tuple(f"{one}." for one in _of_others(recommendation, facts, named))
        case "time":
            return tuple(_efforts(recommendation, facts))
        case "amount":
            return tuple(_amounts(facts))
        case "cost" if not costs:
            return (NO_COSTS,)
        case "risks":
            return tuple(find_risks(recommendation, facts))
        case "upkeep":
            return tuple(find_upkeep(recommendation, facts))
        case _:
            return ()


def stays(headline: str) -> str:
    """Return that what was told leaves the advice with this headline as it is."""
    return f"My advice stays: {headline}."


def says_the_same(before: Recommendation, now: Recommendation) -> bool:
    """Say whether two recommendations advise the same for the same reasons, with the same steps."""
    return (before.headline, before.because, before.first_step, before.next_steps) == (
        now.headline,
        now.because,
        now.first_step,
        now.next_steps,
    )


def tell_the_change(before: str, now: str, news: Sequence[str]) -> str:
    """Return what news did to the advice, in a line; "" without news. `before` and `now` are headlines."""
    if not news:
        return ""
    told = "; ".join(news)
    if before == now:
        return f"You told me: {told}. My advice stays."
    return f"You told me: {told}. That changes my advice, which was: {before}."


def _why(recommendation: Recommendation, facts: Facts, named: Sequence[Option]) -> Iterator[str]:
    yield stays(recommendation.headline)
    yield from (because.text for because in recommendation.because[:_REASONS_TOLD])
    if _leads_to_training(recommendation):
        yield f"That is the way to it: after that I would {advice_in_words(recommendation.direction, facts)}."
    of_others = list(_of_others(recommendation, facts, named))
    flips = (flip.text for flip in find_flips(facts, recommendation))
    yield from (f"{one}." for one in dict.fromkeys([*of_others, *flips]))


def _of_others(recommendation: Recommendation, facts: Facts, named: Sequence[Option]) -> Iterator[str]:
    """Yield when another outcome that was spoken of would be advised, or that it would not."""
    others = [one for one in named if one not in (recommendation.option, recommendation.direction)]
    for other in others[:1]:
        flip = find_flip_to(other, facts, recommendation)
        yield flip.text if flip else NEVER.format(advice=advice_in_words(other, facts))


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


def _efforts(recommendation: Recommendation, facts: Facts) -> Iterator[str]:
    # To say first what goes wrong is no work that takes its time.
    if effort := EFFORT.get(recommendation.option):
        yield f"Roughly, the first step is a matter of {effort}."
    if recommendation.option not in TRAINING and _leads_to_training(recommendation):
        later = recommendation.direction
        yield f"To {advice_in_words(later, facts)} is one of {EFFORT[later]}."
    wanted = LABELS.value if facts.goal_kind == "classification" else COMFORT.value
    needed = wanted - lowest(facts.examples_n)
    if needed > 0 and _needs_examples(recommendation):
        hours = math.ceil(needed * _MINUTES_A_CHECK / _MINUTES_AN_HOUR)
        yield f"At {_MINUTES_A_CHECK} minutes each, checking {needed} more examples takes {hours} hours."
    yield WHO


def _needs_examples(recommendation: Recommendation) -> bool:
    takes_them = TRAINING | {Option.EVALS_DATA_FIRST, Option.CLASSICAL_ML}
    return recommendation.option in takes_them or _leads_to_training(recommendation)


def _amounts(facts: Facts) -> Iterator[str]:
    yield HOW_MANY
    if needed := cases_needed(facts):
        yield f"To tell {needed.apart}, which you need, takes about {needed.cases} test cases."
    yield from tell_enough(facts)
