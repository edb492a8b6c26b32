"""Facts that the learned models find in a message, each in the clause that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal

from bot.decision.facts import Facts, FactValue
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.questions import NEWS, OPENING, Question
from bot.understanding.found import Found
from bot.understanding.languages import is_other_than_english
from bot.understanding.learned.coherent import LEAST_LIKELY, Doubt, most_coherent
from bot.understanding.learned.encoder import (
    NOT_READ,
    Understood,
    advised,
    as_complaint,
    together,
    understood,
)
from bot.understanding.learned.examples import FOLDER, NEWS_FOLDER
from bot.understanding.learned.features import clause_sample, message_sample, reply_sample
from bot.understanding.learned.linear import NOTHING, LinearModel, load
from bot.understanding.message import Message, Part, prepare
from bot.understanding.retrieval import finds_what_it_should
from bot.understanding.retrieval_share import finds_nearly_always
from bot.understanding.untroubled import without_what_is_no_trouble
from bot.understanding.witness import NO_TESTIMONY, Testimony, raised

CLAUSES, MESSAGES, REPLIES = "clauses.npz", "messages.npz", "replies.npz"

INTENT, ADVICE = "intent", "advice"
SAYS, SOMETHING = "says", "something"
"""The head that tells whether a reply states anything at all, and its class when it does."""
WANTS = "wants"
"""The head that tells what a message after a recommendation wants of us."""
MESSAGE_FACTS: tuple[str, ...] = ("goal_kind", "gap", "failure_mode", "asks")
"""Facts that a message states as a whole."""
CLAUSE_FACTS: tuple[str, ...] = (
    "satisfied",
    "deterministic",
    "needs_live_data",
    "examples_at_hand",
    "labels_on_demand",
    "data_quality",
    "data_rights",
    "feedback_kind",
    "grader",
    "knowledge_change",
    "citations_needed",
    "access_control",
    "same_prefix",
    "tried_prompting",
    "tried_few_shot",
    "tried_structured",
    "tried_rag",
    "tried_models",
    "tried_caching",
    "tried_small_model",
    "tried_long_context",
    "tried_finetune",
    "teacher_ok",
    "small_model_ok",
    "volume",
    "cost_pressure",
    "hosting",
    "base_tunable",
    "team_ml",
    "domain",
    "regulated",
)
"""Facts that one clause states."""

REPLY_FACTS: tuple[str, ...] = (*CLAUSE_FACTS, *(fact for fact in MESSAGE_FACTS if fact != "asks"))
"""Facts that an answer states."""
NEWS_FACTS: tuple[str, ...] = ("tried_classifier",)
"""Facts that only a message after a recommendation states as far as these models know."""
NOTHING_KNOWN = Facts()

_TELLING = re.compile(
    r"\b(?!(?:yes|yep|yeah|yup|no|nope|nah|ja|nein|si|oui|non|not|its?|is|was|the|an|we|of|to|and|or)\b)[a-z]{2,}"
)
"""Words that may state something by themselves. Other scripts have none that the models know."""
_WORD = re.compile(r"\w")
_WORD_OR_NUMBER = re.compile(r"\w+")
_FEWEST_WORDS = 2
"""A shorter message that answers nothing describes no situation."""
_MAY_CONTRADICT = frozenset({"knowledge_change", "tried_prompting"})
"""Facts of which two clauses may say two things; both are kept where both are clear."""
_CLEAR = 0.5
_BEYOND_DOUBT = 0.7
"""What words say so plainly is not weighed against what is usual."""
_OUTWEIGHS_ALL = "data_rights"
"""A ban outweighs every number, so what is usual must not outweigh the ban."""
_SURE_OF_AN_ANSWER = 0.35
_SURE_OF_A_CLAUSE = 0.5
_SURE_OF_A_MESSAGE = 0.33
_SURE_OF_A_TUNING = 0.45
_SURE_BESIDE_THE_QUESTION = 0.6
_SURE_OF_NEWS = 0.5
_SAYS_SOMETHING = 0.35
"""Below these probabilities nothing is said to be stated; measured by `make evaluate` on blind cases."""
_NEWS_SAYS_SOMETHING = 0.1
"""News may state anything, so this matters less there."""


_ADVISER_COUNTS = 0.9
"""How much the encoder that knows advice alone counts beside the other readers; 0.8 to 1 are alike."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """How likely a value is, and the clause that says it."""

    share: float
    part: Part


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
    of_reply = _of_reply(rest, question_id, of_rest) if question else {}
    if not testimony.witnesses and _says_too_little(rest, of_reply, question_id):
        return
    of_report = partial(_of_report, rest, is_strange=is_strange)
    whole = _of_message(rest, question_id, of_rest) if question else of_report()
    own = _in_clauses(message, question_id, read)
    own |= {fact: _in_message(message, whole[fact]) for fact in MESSAGE_FACTS}
    if finds_what_it_should(message) or finds_nearly_always(message, question_id):
        own["failure_mode"] = _without(own["failure_mode"], "retrieval_miss")
    needed = {fact: _CLEAR if is_strange else _needed(fact, question) for fact in own}
    if question:
        own = _weighed_as_reply(message, of_reply, own)
    candidates = _weighed_by(testimony, own)
    if is_opening:
        stated = _coherent(candidates, needed, beside, whole[ADVICE])
    else:
        stated = {fact: _surest(values, needed[fact]) for fact, values in candidates.items()}
    if question is NEWS:
        stated |= _without_doubtful_permission(candidates, stated)
    witnessed = {one.fact: one.value for one in testimony.witnesses}
    found = {}
    for fact, value in stated.items():
        if value is not None and fact in MESSAGE_FACTS and witnessed.get(fact) != value:
            found[fact] = _found_in_whole(message, question, read, fact, value)
        elif value is not None:
            part = candidates[fact][value].part
            found[fact] = Found(fact, value, part.start, part.end, _source(own[fact], value))
    yield from _with_gap_of_failure(found).values()
    yield from _outweighed(own, stated, testimony)
    yield from _said_otherwise(candidates, stated)


def _without_doubtful_permission(
    candidates: Mapping[str, _Candidates], stated: Mapping[str, FactValue | None]
) -> dict[str, FactValue | None]:
    """Return that nothing is told of the right to train, where a permission is not told beyond doubt."""
    allowed = candidates[_OUTWEIGHS_ALL].get(stated[_OUTWEIGHS_ALL] or "")
    is_doubtful = stated[_OUTWEIGHS_ALL] == "ok" and allowed is not None and allowed.share < _BEYOND_DOUBT
    return {_OUTWEIGHS_ALL: None} if is_doubtful else {}


def _with_gap_of_failure(found: Mapping[str, Found]) -> dict[str, Found]:
    """Return what was found, the gap as said where it is what the failure that is said comes from."""
    gap, failure = found.get("gap"), found.get("failure_mode")
    if gap is None or failure is None or failure.source != "stated":
        return dict(found)
    is_implied = GAP_OF_FAILURE.get(str(failure.value)) == gap.value and gap.source == "inferred"
    return {**found, "gap": replace(failure, fact="gap", value=gap.value)} if is_implied else dict(found)


def _source(ours: _Candidates, value: FactValue) -> Literal["stated", "inferred"]:
    """Return how it is known: what our own reading did not think likeliest, nobody is told to have said.

    What speaks against our own clear reading is put beside it as an equal, for the person to choose.
    """
    saw_it = _surest(ours, LEAST_LIKELY) == value
    return "stated" if saw_it or _surest(ours, _CLEAR) is not None else "inferred"


def _says_too_little(message: Message, of_reply: Mapping[str, Mapping[str, float]], question_id: str) -> bool:
    """Say whether it holds nothing to read; `of_reply` is how likely what is, of an answer to a question."""
    if len(_TELLING.findall(message.plain)) < (1 if of_reply else _FEWEST_WORDS):
        return True
    least = _NEWS_SAYS_SOMETHING if question_id == NEWS.id else _SAYS_SOMETHING
    return bool(of_reply) and not (_knows_a_word(message, question_id) and of_reply[SAYS][SOMETHING] >= least)


def _said_otherwise(
    candidates: Mapping[str, _Candidates], stated: Mapping[str, FactValue | None]
) -> Iterator[Found]:
    """Yield what is said as clearly as another value of the same fact."""
    for fact in _MAY_CONTRADICT:
        for value, candidate in candidates[fact].items():
            if candidate.share >= _CLEAR and value != stated[fact]:
                yield Found(fact, value, candidate.part.start, candidate.part.end)


def likely_intents(message: Message) -> dict[str, float]:
    """Return how likely each intent is of a message that answers no question."""
    return _of_message(message, "", understood(message.plain, ""))[INTENT]


def likely_wants(message: Message) -> dict[str, float]:
    """Return how likely each kind of wish is in a message after a recommendation."""
    if is_other_than_english(message):
        return {}
    return _of_news(message)[WANTS]


def states_anything(message: Message) -> bool:
    """Say whether a message after a recommendation seems to state anything of their case."""
    return _of_news(message)[SAYS][SOMETHING] >= _SAYS_SOMETHING


def _of_news(message: Message) -> dict[str, dict[str, float]]:
    return _of_reply(message, NEWS.id, understood(message.plain, NEWS.id))


def _everything(message: Message) -> Part:
    return Part(0, len(message.plain))


def _of_reply(message: Message, question_id: str, read: Understood) -> dict[str, dict[str, float]]:
    linear = _model(REPLIES, question_id).probabilities(reply_sample(message.plain, question_id))
    return together(linear, read.shares(_everything(message)))


def _of_message(message: Message, question_id: str, read: Understood) -> dict[str, dict[str, float]]:
    linear = _model(MESSAGES, question_id).probabilities(message_sample(message.plain, question_id))
    return together(linear, read.shares(_everything(message)))


def _of_report(rest: Message, *, is_strange: bool) -> dict[str, dict[str, float]]:
    """Return what a message says that answers no question; an opening also by the advice that is usual."""
    whole = _of_message(rest, "", NOT_READ if is_strange else understood(rest.plain, ""))
    if not is_strange:
        whole = together(whole, advised(rest.plain), _ADVISER_COUNTS)
    return whole | _of_complaint(rest, whole)


_LONGEST_COMPLAINT = 10
"""In words. Longer ones were read less well so, in development."""
_COMPLAINT_COUNTS = 0.8
"""How much reading it as an answer counts beside reading it as a report."""


def _of_complaint(message: Message, whole: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return what a few words beside a question state: what they would in answer to what goes wrong.

    The model of messages learned from reports, where so few words say little. Of more words it knows better.
    """
    said = [
        message.plain[one.start : one.end] for one in message.segments if not _ends_a_question(message, one)
    ]
    complaint = prepare(" ".join(said))
    if not 0 < len(_WORD_OR_NUMBER.findall(complaint.plain)) <= _LONGEST_COMPLAINT:
        return {}
    answer = _of_reply(complaint, OPENING.id, understood(complaint.plain, OPENING.id))
    if answer[SAYS][SOMETHING] < _SAYS_SOMETHING:
        return {}
    return {
        fact: {
            one: (1 - _COMPLAINT_COUNTS) * whole[fact].get(one, 0.0)
            + _COMPLAINT_COUNTS * answer[fact].get(one, 0.0)
            for one in {**whole[fact], **answer[fact]}
        }
        for fact in MESSAGE_FACTS
        if fact in answer
    }


def _ends_a_question(message: Message, part: Part) -> bool:
    return message.plain[part.end : part.end + 1] == "?"


def _clauses(message: Message) -> list[Part]:
    """Return the segments that hold a word; the message as a whole when none does."""
    told = [part for part in message.segments if _WORD.search(message.plain, part.start, part.end)]
    return told or [Part(0, len(message.plain))]


def _knows_a_word(message: Message, question_id: str) -> bool:
    """Say whether any word was ever seen in a reply: what is usual is no evidence of what somebody said."""
    vocabulary = _model(REPLIES, question_id).vocabulary
    return any(word in vocabulary for word in reply_sample(message.plain, "").blocks[0].features)


_Candidates = dict[FactValue, _Candidate]
"""What a fact may be."""


def _in_clauses(message: Message, question_id: str, read: Understood) -> dict[str, _Candidates]:
    """Return for each fact its values, each with the clause that says it most clearly."""
    model = _model(CLAUSES, question_id)
    parts = [*_clauses(message), *([_everything(message)] if question_id else [])]
    facts = (*CLAUSE_FACTS, *NEWS_FACTS) if question_id == NEWS.id else CLAUSE_FACTS
    best: dict[str, _Candidates] = {fact: {} for fact in facts}
    for part in parts:
        clause = message.plain[part.start : part.end]
        linear = model.probabilities(clause_sample(clause, message.plain, question_id))
        shares_of_part = together(linear, read.shares(part))
        for fact in shares_of_part.keys() & best.keys():
            for value, share in _values(shares_of_part[fact]):
                if value not in best[fact] or share > best[fact][value].share:
                    best[fact][value] = _Candidate(share, part)
    return best


def _in_message(message: Message, shares: Mapping[str, float]) -> _Candidates:
    everything = _everything(message)
    return {value: _Candidate(share, everything) for value, share in _values(shares)}


def _without(values: _Candidates, refuted: FactValue) -> _Candidates:
    """Return the candidates without one, its share shared out among the others."""
    rest = 1 - (values[refuted].share if refuted in values else 0.0)
    return {
        value: _Candidate(one.share / rest, one.part)
        for value, one in values.items()
        if value != refuted and rest > 0
    }


def _weighed_as_reply(
    message: Message, shares: Mapping[str, Mapping[str, float]], candidates: Mapping[str, _Candidates]
) -> dict[str, _Candidates]:
    """Return the candidates, each share halfway to what the model of replies gives it."""
    everything = _everything(message)
    weighed = {fact: dict(values) for fact, values in candidates.items()}
    for fact in [fact for fact in candidates if fact in shares]:
        of_reply = dict(_values(shares[fact]))
        weighed[fact] = {
            value: _Candidate(
                (of_reply.get(value, 0.0) + (before.share if before else 0.0)) / 2,
                before.part if before else everything,
            )
            for value in {*of_reply, *candidates[fact]}
            for before in (candidates[fact].get(value),)
        }
    return weighed


def _weighed_by(testimony: Testimony, candidates: Mapping[str, _Candidates]) -> dict[str, _Candidates]:
    """Return the candidates, those that were read likelier, and those passed over less likely."""
    weighed = {fact: dict(values) for fact, values in candidates.items()}
    for fact, factor in testimony.silence.items():
        for value, one in candidates.get(fact, {}).items():
            weighed[fact][value] = _Candidate(raised(one.share, factor), one.part)
    for witness in testimony.witnesses:
        if witness.fact in weighed:
            before = weighed[witness.fact].get(witness.value)
            share = witness.raised(before.share if before else 0.0)
            weighed[witness.fact][witness.value] = _Candidate(share, Part(witness.start, witness.end))
    return weighed


def _outweighed(
    own: Mapping[str, _Candidates],
    stated: Mapping[str, FactValue | None],
    testimony: Testimony,
) -> Iterator[Found]:
    """Yield our own clear readings that a witness of another value outweighed."""
    for one in testimony.witnesses:
        if one.fact in own and stated[one.fact] == one.value:
            clear = _surest(own[one.fact], _CLEAR)
            if clear is not None and clear != one.value:
                part = own[one.fact][clear].part
                yield Found(one.fact, clear, part.start, part.end, is_disputed=True)


def _values(shares: Mapping[str, float]) -> Iterator[tuple[FactValue, float]]:
    """Yield what may be stated, as facts know it, with its share."""
    for word, share in shares.items():
        if word != NOTHING:
            yield {"True": True, "False": False}.get(word, word), share


def _surest(values: _Candidates, needed: float) -> FactValue | None:
    value = max(values, key=lambda one: values[one].share, default=None)
    return value if value is not None and values[value].share >= needed else None


def _coherent(
    candidates: Mapping[str, _Candidates],
    needed: Mapping[str, float],
    beside: Facts,
    advice: Mapping[str, float],
) -> dict[str, FactValue | None]:
    plain = {
        fact: value
        for fact, values in candidates.items()
        if (value := _surest(values, _CLEAR if fact == _OUTWEIGHS_ALL else _BEYOND_DOUBT)) is not None
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


def _found_in_whole(
    message: Message, question: Question | None, read: Understood, fact: str, value: FactValue
) -> Found:
    """Return a fact of the whole message beside its most telling clause.

    Nobody said it where that clause alone leaves a doubt, unless it answers what was asked. In cases that
    nothing was fitted to, three in five of what is less plain were right, four in five of the rest.
    """
    candidates = _by_clause(message, question.id if question else "", read, fact, value)
    telling = max(candidates, key=_tells)[1]
    is_asked = question is not None and fact in question.facts
    needed = _CLEAR if question or fact != "gap" else _BEYOND_DOUBT
    is_said = telling.share >= needed or is_asked
    if not is_said:
        # "Would training help?" is what they ask, and "hi all" a greeting: it was not gathered from those.
        reported = [one for one in candidates if _reports(message, one[1].part)]
        telling = max(reported or candidates, key=_tells)[1]
    return Found(fact, value, telling.part.start, telling.part.end, "stated" if is_said else "inferred")


_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|hiya|yo|moin|hallo|good (?:morning|afternoon|evening)|thanks|sorry|quick question|"
    r"question|pls|please)"
    r"(?: (?:all|there|team|folks|everyone|everybody|guys|bot|again|for you|here|question))*\W*"
)


def _reports(message: Message, part: Part) -> bool:
    """Say whether a clause tells something, and neither asks nor greets."""
    is_greeting = _GREETING.fullmatch(message.plain, part.start, part.end) is not None
    return not is_greeting and not _ends_a_question(message, part)


def _tells(said: tuple[float, _Candidate]) -> float:
    return said[0]


def _by_clause(
    message: Message, question_id: str, read: Understood, fact: str, value: FactValue
) -> list[tuple[float, _Candidate]]:
    """Return how clearly each clause says it, and how likely it is by that clause alone.

    Clauses are told apart also by what they would state, in their context, as answers to what goes wrong.
    """
    model = _model(MESSAGES, question_id)
    in_context = read if question_id else as_complaint(message.plain)
    said = []
    for part in _clauses(message):
        alone = model.probabilities(message_sample(message.plain[part.start : part.end], question_id))
        shares = together(alone, read.shares(part)) if question_id else alone
        share = shares[fact].get(str(value), 0.0)
        telling = share + in_context.shares(part).get(fact, {}).get(str(value), 0.0)
        said.append((telling, _Candidate(share, part)))
    return said


def _model(name: str, question_id: str) -> LinearModel:
    """Return the weights that read answers to this question, or messages that answer none."""
    return _weights((NEWS_FOLDER if question_id == NEWS.id else FOLDER) / name)


@lru_cache(maxsize=6)
def _weights(path: Path) -> LinearModel:
    return load(path)
