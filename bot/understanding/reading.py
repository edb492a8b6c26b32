"""From one message to statements and intent, with nothing but its words and the question that waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pydantic import ValidationError

from bot.conversation import ThreadMessage
from bot.decision.chances import PROBLEM
from bot.decision.options import Option
from bot.decision.questions import OPENING, Question
from bot.decision.statements import Statement, understand
from bot.language_model import ProposedFact
from bot.understanding.absence import NOTHING_ABSENT, hear_absences, unknown_in
from bot.understanding.alongside import find_alongside
from bot.understanding.asked_outright import Outright, hear_outright
from bot.understanding.asked_whether import asks_whether
from bot.understanding.complications import Complication, hear_complication
from bot.understanding.done import denies_a_step, find_done
from bot.understanding.elsewhere import corrected_question, find_label
from bot.understanding.finding import find, find_beside_doubt
from bot.understanding.found import Found
from bot.understanding.intent import (
    Intent,
    asks_back,
    asks_for_it_again,
    asks_for_term,
    asks_to_explain,
    find_term_query,
    read_intent,
    starts_over,
    wants_answer_now,
)
from bot.understanding.languages import is_other_than_english
from bot.understanding.learned.likelihoods import (
    likely_complications,
    likely_mended,
    likely_outright,
    likely_wants,
)
from bot.understanding.listed_steps import find_listed_steps
from bot.understanding.mended import Mended, find_enough, find_mended, hear_mended, without_mended
from bot.understanding.message import Message, prepare
from bot.understanding.named_model import NamedModel
from bot.understanding.named_option import named_options
from bot.understanding.negation import SUPPOSES, corrects_at, is_correction
from bot.understanding.no_data import says_only_that_there_is_no_data
from bot.understanding.proposals import hear_testimony
from bot.understanding.rejoinders import hear_wanted, leans_on_before
from bot.understanding.sifting import with_unknowns
from bot.understanding.step_taken import takes_the_step
from bot.understanding.taken_back import find_denied, find_ended
from bot.understanding.unknowns import find_unknowns
from bot.understanding.wanted import Wanted
from bot.understanding.witness import NO_TESTIMONY, NO_TRUST, Trust

__all__ = ["NamedModel", "Reading", "read", "read_thread"]

_KINDS = frozenset({"goal_kind", "gap", "failure_mode", "languages", "domain", "regulated", "about_people"})
"""What a question in general may speak of as well as a report of one's own case."""
NO_PROPOSALS: Mapping[str, Sequence[ProposedFact]] = {}
"""What was read without a language model."""
NO_STEPS: Mapping[str, str] = {}
"""What was advised before there was any advice."""


@dataclass(frozen=True)
class Reading:
    """What one message says."""

    intent: Intent
    statements: tuple[Statement, ...]
    wants_answer_now: bool = False
    """They want an answer without further questions."""
    says_unknown: bool = False
    """They do not know what was asked; it is among the statements with value None."""
    term_query: str = ""
    """The part that asks about a term, as it was said."""
    is_unparseable: bool = False
    """A question waits, and nothing here answers anything."""
    starts_over: bool = False
    """They drop what was said so far for another case: earlier facts are no longer theirs."""
    asks_back: bool = False
    """They ask what the question that waits means or what it is for, and say nothing else."""
    supposed: tuple[Statement, ...] = ()
    """What would be stated if what they only suppose were so ("what if we had 300 examples?")."""
    asks_whether: bool = False
    """They ask whether to train."""
    wants: Wanted = ""
    """What they want of us after a recommendation, where one was given, beside what they tell."""
    named: tuple[Option, ...] = ()
    """The outcomes that such a rejoinder speaks of, in order."""
    outright: Outright = ""
    """Which verdict they ask for outright after a recommendation."""
    complication: Complication = ""
    """What they tell after a recommendation that makes the case harder, whatever was advised."""
    mended: Mended = ""
    """Which trouble they tell after a recommendation to be over."""
    asks: bool = False
    """There is a question in it after a recommendation."""
    done: tuple[str, ...] = ()
    """The ids of the advised steps that they tell to be done."""
    takes_the_step: bool = False
    """They tell that they did what was advised first, whatever it was."""
    denies_a_step: bool = False
    """They set right that something is done."""
    leans_on_before: bool = False
    """Its words go on from what was said before."""
    is_in_another_language: bool = False
    """It is long enough to be sure that it is not English, and nothing could be read."""


def read(
    text: str,
    *,
    pending: Question | None = None,
    author_id: str = "",
    message_id: str = "",
    find_model: Callable[[str], NamedModel | None] | None = None,
    earlier: Sequence[Statement] = (),
    continues: bool = False,
    steps: Mapping[str, str] = NO_STEPS,
    proposals: Sequence[ProposedFact] | None = None,
    trust: Trust = NO_TRUST,
) -> Reading:
    """Return what a message says. Every quote is a substring of `text`; never raises on what can be encoded.

    `earlier` are the statements so far: with them, "its 15 not 500" replaces what was 500. With `continues`
    it belongs to a conversation about a decision, and facts count that would not begin one. `steps` are those
    that were advised there, by their ids. `proposals` are
    what a language model read in it, None when none did; they count as far as the words bear them out and
    `trust` goes.
    """
    message = prepare(text)
    asked = frozenset(pending.facts) if pending is not None else frozenset()
    unknown = find_unknowns(message, pending.facts) if pending is not None else None
    labelled = (
        tuple(find_label(message, pending)) or tuple(find_listed_steps(message, pending))
        if pending is not None and not says_only_that_there_is_no_data(message, pending)
        else ()
    )
    # What a language model read, it read with the doubt.
    beside_unknown = (
        () if labelled or proposals is not None else find_beside_doubt(unknown, pending, find_model, earlier)
    )
    if unknown is not None and beside_unknown:
        told = {one.fact for one in beside_unknown}
        unknown = replace(unknown, facts=tuple(fact for fact in unknown.facts if fact not in told))
    absences = NOTHING_ABSENT if pending is None or labelled else hear_absences(message, pending)
    found = (
        labelled
        or beside_unknown
        or find(
            message,
            pending,
            asked,
            find_model,
            earlier,
            unknown=frozenset(unknown.facts if unknown else ()),
            absences=absences,
            testimony=NO_TESTIMONY
            if proposals is None
            else hear_testimony(message, proposals, trust, pending.id if pending else ""),
        )
    )
    if pending is not None and (
        corrected := corrected_question(message, pending, earlier, is_read=bool(found))
    ):
        known = understand(earlier).facts.known()
        anew = find(message, corrected, frozenset(corrected.facts), find_model, earlier, unknown=frozenset())
        changed = tuple(one for one in anew if one.fact in known and one.value != known[one.fact])
        if changed:
            found = (*changed, *(one for one in found if not _is_beside(message, one)))
    if pending is not None and not labelled:
        alone = partial(
            find,
            pending=None,
            asked=frozenset(),
            find_model=find_model,
            earlier=earlier,
            unknown=frozenset(),
        )
        found = (*found, *find_alongside(message, found, asked, alone))
    found = with_unknowns(message, found, unknown, unknown_in(absences))
    is_after_advice = continues and pending is None
    over = likely_mended(message) if is_after_advice else {}
    mended = hear_mended(over, {one.fact: one.value for one in found})
    before = understand(earlier).facts
    found = tuple(without_mended(found, mended))
    found = (*found, *find_enough(message, found, before, mended))
    is_in_a_conversation = pending is not None or continues
    if (
        (pending is not None and asks_back(message))
        or (is_in_a_conversation and asks_for_term(message))
        or (is_in_a_conversation and pending is not OPENING and asks_to_explain(message))
        or (continues and pending is None and asks_for_it_again(message))
        or (continues and _only_supposes(message))
    ):
        found = ()
    intent = read_intent(
        message, has_facts=any(one.fact not in _KINDS for one in found), has_kinds=bool(found)
    )
    is_over = starts_over(message)
    taken_back = tuple(find_denied(message, found, earlier)) if is_in_a_conversation else ()
    if is_after_advice:
        ended = [*find_mended(message, found, before, mended), *find_ended(found, earlier)]
        taken_back = tuple({one.fact: one for one in (*ended, *taken_back)}.values())
    if is_in_a_conversation:
        intent = _intent_of_reply(intent, has_facts=bool(found or taken_back), is_over=is_over)
    if intent in ("definition", "off_topic", "abuse", "small_talk", "unclear"):
        found = taken_back = ()
    statements = tuple(_statement(message, one, author_id, message_id) for one in found)
    statements += tuple(
        _statement(message, one, author_id, message_id).model_copy(update={"is_correction": True})
        for one in taken_back
    )
    now = wants_answer_now(message)
    term_query = find_term_query(message, intent) if intent != "abuse" else ""
    is_on_a_term = bool(term_query) and intent != "off_topic"
    is_lost = pending is not None and not (
        statements or now or is_on_a_term or is_over or intent in ("abuse", "decision")
    )
    wants = _wanted(message, pending, statements, wants_now=now) if continues else ""
    return Reading(
        intent=intent,
        statements=statements,
        wants_answer_now=now,
        says_unknown=any(one.value is None for one in found),
        term_query=term_query,
        is_unparseable=is_lost,
        starts_over=is_over,
        asks_back=pending is not None and asks_back(message),
        supposed=_supposed(message, pending, find_model, wants) if continues else (),
        wants=wants,
        named=named_options(message) if continues else (),
        outright=hear_outright(message, likely_outright(message)) if is_after_advice else "",
        complication=_complication(message, mended) if is_after_advice else "",
        mended=mended,
        asks=is_after_advice and bool(message.questions),
        done=_done(message, steps) if is_after_advice else (),
        takes_the_step=continues and takes_the_step(message),
        denies_a_step=is_after_advice and denies_a_step(message),
        leans_on_before=leans_on_before(message),
        asks_whether=asks_whether(message),
        is_in_another_language=not statements and not now and is_other_than_english(message),
    )


def _done(message: Message, steps: Mapping[str, str]) -> tuple[str, ...]:
    ids = tuple(steps)
    return tuple(ids[place] for place in find_done(message, tuple(steps.values())))


def _complication(message: Message, mended: Mended) -> Complication:
    """Return the complication that a message brings; where a trouble is over, nothing has become worse."""
    complication = hear_complication(likely_complications(message))
    return "" if mended and complication == "drift" else complication


def _wanted(
    message: Message, pending: Question | None, statements: Sequence[Statement], *, wants_now: bool
) -> Wanted:
    """Return what is wanted of us; while a question waits only what words say that tell nothing else."""
    if pending is None:
        # "Just tell me" says it all.
        return hear_wanted(message, {} if wants_now else likely_wants(message))
    wanted = hear_wanted(message, {})
    return wanted if wanted == "new" or not told_anything(statements) else ""


def told_anything(statements: Iterable[Statement]) -> bool:
    """Say whether these tell anything of a case; what is asked is none of it."""
    return any(one.fact != "asks" for one in statements)


def _only_supposes(message: Message) -> bool:
    """Say whether they suppose something and else only ask: nothing of it is so."""
    is_supposed = [SUPPOSES.match(message.plain, one.start, one.end) is not None for one in message.sentences]
    others = (one for one, supposed in zip(message.sentences, is_supposed, strict=True) if not supposed)
    return any(is_supposed) and all(message.is_asked(one) for one in others)


_AS_IF_SO = {"had": "have", "were": "are"}


def _supposed(
    message: Message,
    pending: Question | None,
    find_model: Callable[[str], NamedModel | None] | None,
    wants: Wanted,
) -> tuple[Statement, ...]:
    """Return what sentences that only suppose something would state without their "what if".

    Whoever asks in other words what would follow supposes all that they say.
    """
    said = " ".join(
        message.plain[opening.end() : sentence.end]
        for sentence in message.sentences
        if (opening := SUPPOSES.match(message.plain, sentence.start, sentence.end))
    )
    if not said and wants == "supposed":
        said = message.plain
    if not said:
        return ()
    as_if_so = prepare(re.sub(r"\b(?:had|were)\b", lambda match: _AS_IF_SO[match[0]], said))
    found: tuple[Found, ...] = ()
    # What is supposed need not be about the question that waits; "it were 300" can only be about that.
    for question in (None, pending):
        asked = frozenset(question.facts) if question is not None else frozenset()
        found = found or find(as_if_so, question, asked, find_model, (), unknown=frozenset())
    names = {one.fact for one in found}
    beside = {"asks", "tried_finetune"} | ({"examples_at_hand"} if "examples_n" in names else set())
    if names - _KINDS - beside:
        beside |= _KINDS
    return tuple(_statement(as_if_so, one, "", "") for one in found if one.fact not in beside)


def read_thread(
    messages: Sequence[ThreadMessage],
    *,
    find_model: Callable[[str], NamedModel | None] | None = None,
    proposals: Mapping[str, Sequence[ProposedFact]] = NO_PROPOSALS,
    trust: Trust = NO_TRUST,
) -> tuple[Statement, ...]:
    """Return the facts that earlier messages of a thread state, with their authors; our own are left out.

    `proposals` are what a language model read, by the id of the message.
    """
    return tuple(
        statement
        for one in messages
        if not one.is_ours
        for statement in read(
            one.text,
            author_id=one.author_id,
            message_id=one.message_id,
            find_model=find_model,
            proposals=proposals.get(one.message_id),
            trust=trust,
        ).statements
    )


def _intent_of_reply(intent: Intent, *, has_facts: bool, is_over: bool) -> Intent:
    if intent in ("abuse", "definition") and not (intent == "definition" and has_facts):
        return intent
    if is_over:
        return "decision"
    if has_facts:
        return "answer"
    return intent if intent in ("small_talk", "off_topic", "decision") else "unclear"


def _is_beside(message: Message, one: Found) -> bool:
    """Say whether it was found where something is corrected, and so is no answer to what was asked."""
    return one.fact in PROBLEM or corrects_at(message, one.start, one.end)


_EDGES = re.compile(r"^[\s,;:.()-]+|[\s,;:(-]+$")


def _statement(message: Message, one: Found, author_id: str, message_id: str) -> Statement:
    quote = _EDGES.sub("", message.quote_around(one.start, one.end)) or message.quote(one.start, one.end)
    row = {
        "fact": one.fact,
        "value": one.value,
        "quote": quote,
        "source": one.source,
        "author_id": author_id,
        "message_id": message_id,
        "is_correction": is_correction(message, one.start),
    }
    try:
        return Statement.model_validate(row)
    except ValidationError as error:  # a reader found what its fact cannot hold: our mistake, not theirs
        raise AssertionError(f"{one.fact} cannot be {one.value!r}") from error
