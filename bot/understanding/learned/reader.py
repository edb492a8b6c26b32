"""Facts that the learned models find in a message, each in the clause that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from bot.decision.facts import Facts, FactValue
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.questions import NEWS, Question
from bot.understanding.found import Found
from bot.understanding.languages import is_other_than_english
from bot.understanding.learned.candidates import (
    BEYOND_DOUBT,
    CLEAR,
    Candidates,
    in_clauses,
    in_message,
    surest,
    weighed_as_reply,
    weighed_by,
    without_value,
)
from bot.understanding.learned.coherent import LEAST_LIKELY, Doubt, most_coherent
from bot.understanding.learned.encoder import NOT_READ, understood
from bot.understanding.learned.heads import ADVICE, MESSAGE_FACTS, SAYS, SOMETHING
from bot.understanding.learned.likelihoods import (
    SAYS_SOMETHING,
    knows_a_word,
    of_message,
    of_reply,
    of_report,
)
from bot.understanding.learned.telling_clause import found_in_whole
from bot.understanding.message import Message
from bot.understanding.retrieval import finds_what_it_should
from bot.understanding.retrieval_share import finds_nearly_always
from bot.understanding.untroubled import without_what_is_no_trouble
from bot.understanding.witness import NO_TESTIMONY, Testimony

NOTHING_KNOWN = Facts()
_TELLING = re.compile(
    r"\b(?!(?:yes|yep|yeah|yup|no|nope|nah|ja|nein|si|oui|non|not|its?|is|was|the|an|we|of|to|and|or)\b)[a-z]{2,}"
)
"""Words that may state something by themselves. Other scripts have none that the models know."""
_FEWEST_WORDS = 2
"""A shorter message that answers nothing describes no situation."""
_MAY_CONTRADICT = frozenset({"knowledge_change", "tried_prompting"})
"""Facts of which two clauses may say two things; both are kept where both are clear."""
_OUTWEIGHS_ALL = "data_rights"
"""A ban outweighs every number, so what is usual must not outweigh the ban."""
_SURE_OF_AN_ANSWER = 0.35
_SURE_OF_A_CLAUSE = 0.5
_SURE_OF_A_MESSAGE = 0.33
_SURE_OF_A_TUNING = 0.45
_SURE_BESIDE_THE_QUESTION = 0.6
_SURE_OF_NEWS = 0.5
"""Below these probabilities nothing is said to be stated; measured by `make evaluate` on blind cases."""
_NEWS_SAYS_SOMETHING = 0.1
"""News may state anything, so this matters less there."""


def find_learned(
    message: Message,
    question: Question | None = None,
    beside: Facts = NOTHING_KNOWN,
    testimony: Testimony = NO_TESTIMONY,
) -> Iterator[Found]:
    """Yield what the models are sure enough of; `beside` holds what was read otherwise, such as numbers.

    An answer to a question states, in all likelihood, only what was asked: anything else has to be plain.
    A testimony makes what it names likelier and what it passes over less so. Where our own reading was clear
    and another outweighs it, both are yielded, ours as disputed.
    """
    question_id = question.id if question else ""
    # Of a language that we do not know, what is usual in ours is no evidence.
    is_strange = question is None and is_other_than_english(message)
    is_opening = not (question or is_strange)
    read = NOT_READ if is_strange else understood(message.plain, question_id)
    tells_of_a_case = question in (None, NEWS)
    rest = without_what_is_no_trouble(message) if tells_of_a_case and not is_strange else message
    of_rest = understood(rest.plain, question_id) if question is NEWS else read
    as_reply = of_reply(rest, question_id, of_rest) if question else {}
    if not testimony.witnesses and _says_too_little(rest, as_reply, question_id):
        return
    whole = of_message(rest, question_id, of_rest) if question else of_report(rest, is_strange=is_strange)
    own = in_clauses(message, question_id, read)
    own |= {fact: in_message(message, whole[fact]) for fact in MESSAGE_FACTS}
    if finds_what_it_should(message) or finds_nearly_always(message, question_id):
        own["failure_mode"] = without_value(own["failure_mode"], "retrieval_miss")
    needed = {fact: CLEAR if is_strange else _needed(fact, question) for fact in own}
    if question:
        own = weighed_as_reply(message, as_reply, own)
    candidates = weighed_by(testimony, own)
    if is_opening:
        stated = _coherent(candidates, needed, beside, whole[ADVICE])
    else:
        stated = {fact: surest(values, needed[fact]) for fact, values in candidates.items()}
    if question is NEWS:
        stated |= _without_doubtful_permission(candidates, stated)
    witnessed = {one.fact: one.value for one in testimony.witnesses}
    found = {}
    for fact, value in stated.items():
        if value is not None and fact in MESSAGE_FACTS and witnessed.get(fact) != value:
            found[fact] = found_in_whole(message, question, read, fact, value)
        elif value is not None:
            part = candidates[fact][value].part
            found[fact] = Found(fact, value, part.start, part.end, _source(own[fact], value))
    yield from _with_gap_of_failure(found).values()
    yield from _outweighed(own, stated, testimony)
    yield from _said_otherwise(candidates, stated)


def _without_doubtful_permission(
    candidates: Mapping[str, Candidates], stated: Mapping[str, FactValue | None]
) -> dict[str, FactValue | None]:
    """Return that nothing is told of the right to train, where a permission is not told beyond doubt."""
    allowed = candidates[_OUTWEIGHS_ALL].get(stated[_OUTWEIGHS_ALL] or "")
    is_doubtful = stated[_OUTWEIGHS_ALL] == "ok" and allowed is not None and allowed.share < BEYOND_DOUBT
    return {_OUTWEIGHS_ALL: None} if is_doubtful else {}


def _with_gap_of_failure(found: Mapping[str, Found]) -> dict[str, Found]:
    """Return what was found, the gap as said where it is what the failure that is said comes from."""
    gap, failure = found.get("gap"), found.get("failure_mode")
    if gap is None or failure is None or failure.source != "stated":
        return dict(found)
    is_implied = GAP_OF_FAILURE.get(str(failure.value)) == gap.value and gap.source == "inferred"
    return {**found, "gap": replace(failure, fact="gap", value=gap.value)} if is_implied else dict(found)


def _source(ours: Candidates, value: FactValue) -> Literal["stated", "inferred"]:
    """Return how it is known: what our own reading did not think likeliest, nobody is told to have said.

    What speaks against our own clear reading is put beside it as an equal, for the person to choose.
    """
    saw_it = surest(ours, LEAST_LIKELY) == value
    return "stated" if saw_it or surest(ours, CLEAR) is not None else "inferred"


def _says_too_little(message: Message, as_reply: Mapping[str, Mapping[str, float]], question_id: str) -> bool:
    """Say whether it holds nothing to read; `as_reply` is how likely what is, of an answer to a question."""
    if len(_TELLING.findall(message.plain)) < (1 if as_reply else _FEWEST_WORDS):
        return True
    least = _NEWS_SAYS_SOMETHING if question_id == NEWS.id else SAYS_SOMETHING
    return bool(as_reply) and not (knows_a_word(message, question_id) and as_reply[SAYS][SOMETHING] >= least)


def _said_otherwise(
    candidates: Mapping[str, Candidates], stated: Mapping[str, FactValue | None]
) -> Iterator[Found]:
    """Yield what is said as clearly as another value of the same fact."""
    for fact in _MAY_CONTRADICT:
        for value, candidate in candidates[fact].items():
            if candidate.share >= CLEAR and value != stated[fact]:
                yield Found(fact, value, candidate.part.start, candidate.part.end)


def _outweighed(
    own: Mapping[str, Candidates],
    stated: Mapping[str, FactValue | None],
    testimony: Testimony,
) -> Iterator[Found]:
    """Yield our own clear readings that a witness of another value outweighed."""
    for one in testimony.witnesses:
        if one.fact in own and stated[one.fact] == one.value:
            clear = surest(own[one.fact], CLEAR)
            if clear is not None and clear != one.value:
                part = own[one.fact][clear].part
                yield Found(one.fact, clear, part.start, part.end, is_disputed=True)


def _coherent(
    candidates: Mapping[str, Candidates],
    needed: Mapping[str, float],
    beside: Facts,
    advice: Mapping[str, float],
) -> dict[str, FactValue | None]:
    plain = {
        fact: value
        for fact, values in candidates.items()
        if (value := surest(values, CLEAR if fact == _OUTWEIGHS_ALL else BEYOND_DOUBT)) is not None
    }
    doubts = {
        fact: Doubt(
            {value: one.share for value, one in values.items() if one.share >= LEAST_LIKELY}, needed[fact]
        )
        for fact, values in candidates.items()
        if fact not in plain
    }
    return {**plain, **most_coherent(doubts, beside.model_copy(update=plain), advice)}


def _needed(fact: str, question: Question | None) -> float:
    if question is NEWS:
        return _SURE_OF_NEWS
    if question is not None and fact not in question.facts:
        return _SURE_BESIDE_THE_QUESTION
    if question is None and fact == "tried_finetune":
        # It turns the advice, and people speak more often of a tuning that was ordered or planned.
        return _SURE_OF_A_TUNING
    if fact in MESSAGE_FACTS:
        return _SURE_OF_A_MESSAGE
    return _SURE_OF_A_CLAUSE if question is None else _SURE_OF_AN_ANSWER
