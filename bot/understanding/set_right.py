"""What is heard, set right by what it stands beside.

The models read a message as a whole and clause by clause; what they mistake by construction is mended here,
each mistake by a module of its own. The order matters: what a later one takes away, an earlier one may have
added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.decision.facts import OWN_MACHINES
from bot.decision.questions import OPENING, UNTRIED, Question
from bot.decision.statements import Statement, understand
from bot.understanding.agreement import find_agreements
from bot.understanding.buttons import what_boxes_leave
from bot.understanding.elsewhere import without_misplaced_answer
from bot.understanding.failures_wanted import without_needs_of_less
from bot.understanding.fallen import tells_that_it_was_more
from bot.understanding.falling import tells_of_a_fall
from bot.understanding.falls_short import with_small_model_as_scored
from bot.understanding.fast_enough import without_speed_in_order
from bot.understanding.faulty_labels import with_faulty_labels
from bot.understanding.format_in_order import without_format_in_order
from bot.understanding.found import Found
from bot.understanding.leaks import with_leaks
from bot.understanding.lifted_ban import with_lifted_ban
from bot.understanding.message import Message
from bot.understanding.misheard import without_what_is_misheard
from bot.understanding.models import names_closed_model
from bot.understanding.named_model import NamedModel
from bot.understanding.named_problem import with_named_problem
from bot.understanding.no_data import with_no_data
from bot.understanding.no_longer_changes import without_pace_of_the_past
from bot.understanding.no_target import find_denials
from bot.understanding.no_task import without_guessed_task
from bot.understanding.numbers import Quantity
from bot.understanding.own_records import with_own_records
from bot.understanding.praise_of_else import without_praise_of_else
from bot.understanding.problem_of_else import without_problem_of_else
from bot.understanding.quick import find_picks
from bot.understanding.rare_verdicts import without_rare_verdicts
from bot.understanding.releases import without_pace_of_releases
from bot.understanding.remarks import tells_a_problem, without_afterthoughts
from bot.understanding.retiring import find_retirement
from bot.understanding.retrieval_share import with_share_found
from bot.understanding.scored_now import with_score_now
from bot.understanding.share_of_labels import without_scores_of_labels
from bot.understanding.slices import without_slices
from bot.understanding.steps_apart import with_furthest_prompting
from bot.understanding.strongest import with_strongest
from bot.understanding.thought_of import without_what_is_thought_of
from bot.understanding.tuned_encoder import with_tuned_encoder
from bot.understanding.tuned_in_use import with_tuned_in_use
from bot.understanding.tuned_score import with_tuned_score
from bot.understanding.untroubled import says_nothing_is_wrong
from bot.understanding.would_do_at import with_what_would_do


@dataclass(frozen=True)
class Setting:
    """What a message stands in: the question that waits, and what was said before."""

    message: Message
    pending: Question | None
    earlier: Sequence[Statement]
    quantities: Sequence[Quantity]
    find_model: Callable[[str], NamedModel | None] | None

    @property
    def question_id(self) -> str:
        """Return the id of the question that waits, or ""."""
        return self.pending.id if self.pending is not None else ""


Mending = Callable[[Setting, Sequence[Found]], Sequence[Found]]


def set_right(setting: Setting, found: Sequence[Found]) -> Sequence[Found]:
    """Return what was found as it is meant."""
    for mend in _MENDINGS:
        found = mend(setting, found)
    return found


def _with_context(at: Setting, found: Sequence[Found]) -> Sequence[Found]:
    own = [*found, *_from_context(found, at.question_id)]
    if at.pending is OPENING and not own and says_nothing_is_wrong(at.message):
        own.append(Found("satisfied", True, 0, len(at.message.plain)))
    return own


def _as_an_answer(at: Setting, found: Sequence[Found]) -> Sequence[Found]:
    """Return what was found in answer to the question that waits, with what was picked of its options."""
    message, pending = at.message, at.pending
    if pending is None:
        return found
    stated = {one.fact for one in found}
    known = what_boxes_leave(understand(at.earlier)) if pending.several else frozenset()
    picked = (one for one in find_picks(message, pending, known) if one.fact not in stated)
    own = with_furthest_prompting(
        message, pending, without_misplaced_answer(message, pending, [*found, *picked])
    )
    return with_no_data(message, pending, with_tuned_in_use(message, pending, own, at.earlier))


def _with_ends(at: Setting, found: Sequence[Found]) -> Sequence[Found]:
    misfits = _misfits(at.message, found, at.find_model)
    return [*found, *misfits, *find_retirement(at.message, found)]


def _unless_it_fell(at: Setting, found: Sequence[Found]) -> Sequence[Found]:
    if not (tells_of_a_fall(at.message) or tells_that_it_was_more(at.message)):
        return found
    return [one for one in found if (one.fact, one.value) != ("satisfied", True)]


_MENDINGS: tuple[Mending, ...] = (
    lambda at, own: without_scores_of_labels(at.message, at.pending, own, continues=bool(at.earlier)),
    lambda at, own: without_rare_verdicts(at.message, own),
    lambda at, own: with_own_records(at.message, own, at.earlier),
    lambda at, own: with_faulty_labels(at.message, at.pending, own, continues=bool(at.earlier)),
    lambda at, own: without_format_in_order(at.message, at.pending, own),
    lambda at, own: with_share_found(at.message, at.pending, own, at.earlier),
    lambda at, own: own if at.pending else without_what_is_thought_of(at.message, own),
    lambda at, own: with_leaks(at.message, at.pending, own, at.earlier),
    lambda at, own: with_strongest(at.message, own),
    _with_context,
    _as_an_answer,
    lambda at, own: without_guessed_task(at.message, own),
    lambda at, own: without_pace_of_releases(at.message, own),
    lambda at, own: without_pace_of_the_past(at.message, own),
    _with_ends,
    _unless_it_fell,
    lambda at, own: without_praise_of_else(at.message, own),
    lambda at, own: without_problem_of_else(at.message, own),
    lambda at, own: _without_praise_of_no_score(at.message, own, at.quantities),
    lambda at, own: with_lifted_ban(at.message, own, at.earlier),
    lambda at, own: without_speed_in_order(at.message, own, at.earlier),
    lambda at, own: with_small_model_as_scored(at.message, own, at.earlier),
    lambda at, own: with_tuned_score(at.message, own, at.earlier),
    lambda at, own: with_tuned_encoder(at.message, own, at.earlier),
    lambda at, own: with_what_would_do(at.message, own),
    lambda at, own: without_slices(at.message, at.pending, own, at.earlier),
    lambda at, own: with_score_now(at.message, at.pending, own, at.earlier),
    lambda at, own: without_needs_of_less(own, at.earlier),
    lambda at, own: [*_unmet_need(at, own), *own],
    lambda at, own: without_what_is_misheard(at.message, at.pending, own, at.earlier),
    lambda at, own: without_afterthoughts(at.message, at.pending, own, at.earlier),
    lambda at, own: with_named_problem(at.message, at.pending, own, at.earlier),
)


def _from_context(found: Sequence[Found], question_id: str) -> Iterable[Found]:
    """Yield what the question itself implies.

    Whoever answers how retrieval fails has retrieval; who has tried nothing has tried none of it.
    """
    values = {one.fact: one for one in found}
    failure, prompting = values.get("failure_mode"), values.get("tried_prompting")
    if question_id == "Q4" and failure and failure.value == "retrieval_miss" and "tried_rag" not in values:
        yield Found("tried_rag", True, failure.start, failure.end, "inferred")
    if question_id == "Q2" and prompting and prompting.value == "none":
        for fact, value in UNTRIED.items():
            if fact not in values:
                yield Found(fact, value, prompting.start, prompting.end, "inferred")


def _misfits(
    message: Message, found: Sequence[Found], find_model: Callable[[str], NamedModel | None] | None
) -> Iterable[Found]:
    hosting = next((one for one in found if one.fact == "hosting" and one.value in OWN_MACHINES), None)
    if hosting is not None and names_closed_model(message, found, find_model):
        yield Found("base_fits_hosting", False, hosting.start, hosting.end, "inferred")


def _without_praise_of_no_score(
    message: Message, found: Sequence[Found], quantities: Sequence[Quantity]
) -> list[Found]:
    """Return what was found, without content that rests on how far people agree or on what nobody needs."""
    agreed = [one.start for one in find_agreements(message.plain, quantities)]
    denied = [part.start for part in find_denials(message, quantities)]
    return [
        one
        for one in found
        if (one.fact, one.value) != ("satisfied", True)
        or not any(one.start <= place < one.end for place in (*agreed, *denied))
    ]


def _unmet_need(at: Setting, found: Sequence[Found]) -> Iterable[Found]:
    """Yield that it is not good enough, where it was called so and misses what is needed.

    A need named only after that, by itself, takes it back too; named in one breath it may be what is reached.
    Whoever calls it enough after a recommendation knows what was needed, and needs it no longer.
    """
    stated = {one.fact: one for one in found}
    told = {(one.fact, one.value) for one in found}
    scored = stated.get("target_score", stated.get("baseline_score"))
    if scored is None:
        return
    is_enough_after_all = "target_score" not in stated and ("satisfied", True) in told
    if at.pending is None and tells_a_problem(at.earlier) and is_enough_after_all:
        return
    known = understand(at.earlier).facts
    score, target = (
        stated[fact].value if fact in stated else getattr(known, fact)
        for fact in ("baseline_score", "target_score")
    )
    is_missed = isinstance(score, float) and isinstance(target, float) and score < target
    is_raised = score is None and target is not None and "satisfied" not in stated
    if (is_missed and "satisfied" in stated) or (known.satisfied and (is_missed or is_raised)):
        yield Found("satisfied", False, scored.start, scored.end)
