"""What one message states: every fact that any reader finds in it, set right by what it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.decision.chances import PROBLEM
from bot.decision.facts import Facts
from bot.decision.questions import NEWS, OPENING, Question
from bot.decision.statements import Statement
from bot.understanding.about_people import find_about_people
from bot.understanding.absence import NOTHING_ABSENT, Absences, find_noughts, hear_absences
from bot.understanding.all_or_none import find_all_or_none
from bot.understanding.amounts import find_amounts
from bot.understanding.contrasts import only_denies, without_denied
from bot.understanding.failing import turned_where_it_fails
from bot.understanding.found import Found
from bot.understanding.languages import find_languages
from bot.understanding.learned.likelihoods import states_anything
from bot.understanding.learned.reader import find_learned
from bot.understanding.message import Message
from bot.understanding.models import find_base
from bot.understanding.named_model import NamedModel
from bot.understanding.negation import corrects, foreign_parts
from bot.understanding.no_target import denies_nothing_else
from bot.understanding.numbers import find_quantities
from bot.understanding.places import placed_rightly
from bot.understanding.polarity import turned_by_what_is_beside
from bot.understanding.remarks import tells_a_problem
from bot.understanding.replacements import find_replacements
from bot.understanding.set_right import Setting, set_right
from bot.understanding.sifting import one_each, without_noise
from bot.understanding.steps_apart import with_steps_apart
from bot.understanding.team import find_team
from bot.understanding.tried_classifier import find_tried_classifier
from bot.understanding.unknowns import Unknown
from bot.understanding.weighing import Weighing
from bot.understanding.witness import NO_TESTIMONY, Testimony


def find(
    message: Message,
    pending: Question | None,
    asked: frozenset[str],
    find_model: Callable[[str], NamedModel | None] | None,
    earlier: Sequence[Statement],
    *,
    unknown: frozenset[str],
    absences: Absences = NOTHING_ABSENT,
    testimony: Testimony = NO_TESTIMONY,
) -> tuple[Found, ...]:
    """Return what a message states, each fact once or with what contradicts it.

    `pending` is the question that waits, `asked` are its facts and `unknown` those of them that nobody knows;
    `earlier` is what was said before.
    """
    is_remark = pending is None and tells_a_problem(earlier)
    read_beside = NEWS if is_remark else pending
    question_id = read_beside.id if read_beside is not None else ""
    quantities = find_quantities(message)
    weighing = Weighing(asked, testimony, absences, unknown)
    amounts = find_amounts(message, question_id, weighing)
    if is_remark:
        amounts += _scores_as_told_at_first(message, amounts, weighing)
    if "target_score" in asked:
        amounts = _with_all_or_none(message, amounts)
    noughts = find_noughts(message, absences, _told(amounts), unknown)
    if denies_nothing_else(message, quantities):
        noughts = (one for one in noughts if one.fact != "eval_set_n")
    amounts.extend(noughts)
    # Where a large model is held against a small one, none of those named is said to be theirs.
    bases = () if "small_model_ok" in asked else find_base(message, asked, find_model)
    otherwise = [*amounts, *bases, *find_languages(message, asked)]
    beside = Facts.model_validate({one.fact: one.value for one in reversed(otherwise)})
    heard = list(find_learned(message, read_beside, beside, testimony))
    if is_remark and corrects(message) and not (heard or amounts):
        # What they set right is often what it is for, as an opening tells it.
        heard = list(find_learned(message, None, beside, testimony))
    if pending is not None and PROBLEM.intersection([*pending.facts, *(one.fact for one in heard)]):
        heard = _without_denied(message, pending, heard)
    if pending is not None and not unknown:
        heard = with_steps_apart(message, pending, heard)
    learned = [one for one in heard if one.fact not in unknown]
    found = [
        *find_replacements(message, quantities, amounts, earlier),
        *amounts,
        *find_team(message, asked),
        *find_about_people(message),
        *find_tried_classifier(message),
        *learned,
        *otherwise[len(amounts) :],
    ]
    foreign = foreign_parts(message)
    own = [
        turned_where_it_fails(message, turned_by_what_is_beside(message, one))
        for one in placed_rightly(message, found)
        if not any(part.holds(one.start) for part in foreign)
    ]
    meant = set_right(Setting(message, pending, earlier, quantities, find_model), own)
    return tuple(one_each(message, without_noise(message, meant, pending.id if pending is not None else "")))


_SCORES = frozenset({"baseline_score", "target_score"})


def _scores_as_told_at_first(
    message: Message, amounts: Sequence[Found], weighing: Weighing
) -> Iterator[Found]:
    """Yield scores that an opening would tell so, of numbers that say nothing as news.

    None where the message states nothing of their own: "my friend at another bank got 95%".
    """
    if not states_anything(message):
        return
    told, used = {one.fact for one in amounts}, {one.start for one in amounts}
    for one in find_amounts(message, "", weighing):
        if one.fact in _SCORES - told and one.start not in used:
            yield one


def find_beside_doubt(
    unknown: Unknown | None,
    pending: Question | None,
    find_model: Callable[[str], NamedModel | None] | None,
    earlier: Sequence[Statement],
) -> tuple[Found, ...]:
    """Return what a message states of what was asked, beside saying that something is not known.

    Nothing where its words name what is not known: all else is read as ever.
    """
    if pending is None or unknown is None or unknown.is_named or unknown.rest is None:
        return ()
    rest, asked = unknown.rest, frozenset(pending.facts)
    absences = hear_absences(rest.message, pending)
    anew = find(rest.message, pending, asked, find_model, earlier, unknown=frozenset(), absences=absences)
    if not any(one.fact in asked for one in anew):
        return ()
    places = [(one, rest.place(one.start, one.end)) for one in anew]
    return tuple(replace(one, start=place.start, end=place.end) for one, place in places)


def _with_all_or_none(message: Message, amounts: Sequence[Found]) -> list[Found]:
    """Return amounts with the scores that words tell; "none pass" says that there are some that could."""
    told = {one.fact for one in amounts}
    whole = [one for one in find_all_or_none(message) if one.fact not in told]
    return [*(one for one in amounts if not (whole and one.fact == "eval_set_n" and one.value == 0)), *whole]


def _told(amounts: Iterable[Found]) -> frozenset[str]:
    """Return the facts that amounts tell: where there is a score, there are cases."""
    facts = frozenset(one.fact for one in amounts)
    return facts | {"eval_set_n"} if "baseline_score" in facts else facts


def _without_denied(message: Message, pending: Question, heard: list[Found]) -> list[Found]:
    """Return what was heard, with the problem that stands beside a denied one, if that alone tells it."""
    if only_denies(message):
        return [one for one in heard if one.fact not in PROBLEM]
    rest = without_denied(message)
    if rest is None:
        return heard
    is_asked = not PROBLEM.isdisjoint(pending.facts)
    anew = find_learned(rest.message, pending if is_asked else OPENING)
    places = [(one, rest.place(one.start, one.end)) for one in anew if one.fact in PROBLEM]
    instead = [replace(one, start=place.start, end=place.end) for one, place in places]
    # Where the rest tells no problem, what was heard is what they deny, unless they say more.
    takes_it_back = bool(instead) or corrects(message) or not is_asked or len(message.sentences) == 1
    return [*(one for one in heard if not takes_it_back or one.fact not in PROBLEM), *instead]
