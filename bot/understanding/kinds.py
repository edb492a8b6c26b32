"""What goes wrong and what it is for: weighted signs add up, and the strongest wins only by a clear lead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.decision.implied import GAP_OF_FAILURE
from bot.understanding.cues import phrase
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

_GOAL_OF_GAP: dict[str, str] = {
    "knowledge": "knowledge_qa",
    "behaviour": "style_tone",
    "format": "format",
    "interface": "tool_use",
    "capability": "reasoning",
    "cost_latency": "cost_latency",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that point at a failure, a gap or a goal; an empty name points at none."""

    weight: float
    failure: str
    gap: str
    goal: str
    pattern: re.Pattern[str]


def sign(weight: float, points_at: str, *phrases: str, goal: str | None = None) -> Sign:
    """Return a sign for a failure mode, or for a gap, or (empty) for its goal only.

    Without `goal`, the goal that usually goes with the failure or gap is meant.
    """
    failure = points_at if points_at in GAP_OF_FAILURE else ""
    gap = GAP_OF_FAILURE.get(points_at, points_at)
    usual = "knowledge_qa" if failure == "wrong_use_of_context" else _GOAL_OF_GAP.get(gap, "")
    usual = "" if failure in ("ignores_instructions", "unsafe") else usual
    joined = "|".join(phrase(one) for one in phrases)
    pattern = re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])")
    return Sign(weight, failure, gap, usual if goal is None else goal, pattern)


_FINE_AFTER = re.compile(
    r"(?: \w+)? ?(?:is|are|was|were|s|seems?|looks?|passt)? ?(?:\b(?:all|quite|pretty|"
    r"really|totally|perfectly|already|mostly) )?"
    r"\b(?:fine|ok|okay|good|right|correct|great|perfect|passt|solid|works|"
    r"not the (?:issue|problem)|isnt the (?:issue|problem|point)|arent the (?:issue|"
    r"problem)|no (?:issue|problem)|"
    r"doesnt matter|not an issue)\b(?! (?:enough )?only)"
)
_WANTED = re.compile(r"\b(?:no|not|never|dont|doesnt|didnt|wont|isnt|arent|stop|avoid|without)\b")


@dataclass(slots=True)
class _Tally:
    weight: float = 0
    start: int = 0
    end: int = 0
    strongest: float = 0
    is_of_its_own: bool = False
    """Whether words about the task itself add to it, not only words about what goes wrong."""

    def add(self, one: float, match: re.Match[str]) -> None:
        self.weight += one
        if one > self.strongest:
            self.strongest, self.start, self.end = one, match.start(), match.end()


def find_kinds(
    message: Message, signs: Iterable[Sign], goal_signs: Iterable[Sign], asked: frozenset[str]
) -> Iterator[Found]:
    """Yield the failure mode, the gap and the goal, each only when its signs are clearly ahead."""
    failures: dict[str, _Tally] = defaultdict(_Tally)
    gaps: dict[str, _Tally] = defaultdict(_Tally)
    goals: dict[str, _Tally] = defaultdict(_Tally)
    own = tuple(goal_signs)
    for one in (*signs, *own):
        for match in _matches(message, one):
            if one.failure:
                failures[one.failure].add(one.weight, match)
            if one.gap:
                gaps[one.gap].add(one.weight, match)
            if one.goal:
                goals[one.goal].add(min(one.weight, _MOST_FROM_A_GAP) if one.gap else one.weight, match)
                goals[one.goal].is_of_its_own |= one in own and one.weight >= _ENOUGH
    enough = _ENOUGH_WHEN_ASKED if "gap" in asked else _ENOUGH
    yield from _failure(failures, asked)
    gap = tuple(_gap(message, gaps, failures, enough))
    yield from gap
    is_both = any(one.value == "both" for one in gap)
    if (
        not asked
        or ("goal_kind" in asked and not is_both)
        or any(tally.is_of_its_own for tally in goals.values())
    ):
        yield from _goal(goals, gaps)


_ENOUGH = 2.0
_ENOUGH_WHEN_ASKED = 1.0
_LEAD = 1.0
_MOST_FROM_A_GAP = 2.5
_MOST_COUNTED = 2


def _matches(message: Message, one: Sign) -> Iterator[re.Match[str]]:
    """Yield what counts for a sign: not denied, not called fine; the same word twice adds little."""
    counted = 0
    for match in one.pattern.finditer(message.plain):
        denied = is_denied_before(message, match.start()) and not _WANTED.search(match[0])
        if denied or _FINE_AFTER.match(message.plain, match.end()):
            continue
        yield match
        counted += 1
        if counted == _MOST_COUNTED:
            return


def _leader(tallies: dict[str, _Tally], enough: float, lead: float) -> str:
    ranked = sorted(tallies, key=lambda name: tallies[name].weight, reverse=True)
    if not ranked or tallies[ranked[0]].weight < enough:
        return ""
    if len(ranked) > 1 and tallies[ranked[0]].weight - tallies[ranked[1]].weight < lead:
        return ""
    return ranked[0]


def _failure(failures: dict[str, _Tally], asked: frozenset[str]) -> Iterator[Found]:
    if "wrong_use_of_context" in failures and "retrieval_miss" not in failures:
        failures.pop("ignores_instructions", None)
        failures.pop("wrong_facts", None)
    if (
        "wrong_use_of_context" in failures
        and "tried_rag" not in asked
        and failures["wrong_use_of_context"].weight < _ENOUGH
    ):
        failures.pop("wrong_use_of_context")
    leader = _leader(failures, _ENOUGH, 0.5)
    if leader:
        tally = failures[leader]
        yield Found("failure_mode", leader, tally.start, tally.end)


def _gap(
    message: Message, gaps: dict[str, _Tally], failures: dict[str, _Tally], enough: float
) -> Iterator[Found]:
    failed = _leader(failures, _ENOUGH, 0.5)
    if failed == "wrong_use_of_context":
        tally = failures[failed]
        yield Found("gap", "both", tally.start, tally.end, "inferred")
        return
    both = _BOTH.search(message.plain)
    knowledge, behaviour = gaps.get("knowledge", _Tally()), gaps.get("behaviour", _Tally())
    if both is not None and knowledge.weight >= 1 and behaviour.weight >= 1:
        yield Found("gap", "both", both.start(), both.end())
        return
    leader = _leader(gaps, enough, _LEAD)
    if (
        not leader
        and failed
        and gaps[GAP_OF_FAILURE[failed]].weight >= max(one.weight for one in gaps.values())
    ):
        leader = GAP_OF_FAILURE[failed]
    if leader:
        tally = gaps[leader]
        yield Found("gap", leader, tally.start, tally.end)


_BOTH = re.compile(
    r"\bboth\b(?! (?:scored|reviewed|maxed|done|pass))|\beven when it (?:does|knows)\b|\bon top of that\b"
)


def _goal(goals: dict[str, _Tally], gaps: dict[str, _Tally]) -> Iterator[Found]:
    tasks = {name: tally for name, tally in goals.items() if name != "cost_latency"}
    leader = _leader(tasks, _ENOUGH, 0.5)
    if (
        not leader
        and not any(tally.weight >= _ENOUGH for tally in tasks.values())
        and gaps.get("cost_latency", _Tally()).weight >= _ENOUGH
    ):
        leader = "cost_latency" if "cost_latency" in goals else ""
    if leader:
        tally = goals[leader]
        yield Found("goal_kind", leader, tally.start, tally.end)
