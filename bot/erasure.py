"""What is left of a decision when words are erased: that it was made, its outcome, dates, status and rule.

Who erased and when stands in the history. Whose id is erased is "someone-1" from then on, numbered anew in
each record, so that two people stay two and nobody can be followed from one record to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.conversation import Audience, Conversation, Place
from bot.decision.statements import Statement
from bot.record import Change, DecisionRecord, Revision

BY_AGE = "retention"
"""Stands in the history where nobody asked for it."""
ERASED = "erased"
"""Stands for the value of a fact that is given in free words."""
Said = tuple[str, str, str]
"""Who said it, the id of the message ("" for the question), and the words."""
_IN_FREE_WORDS = frozenset({"base_model", "languages"})
"""No rule reads these, so a decision without them is derived again as before."""
_PRESSED_BY = re.compile(r":([UW][0-9A-Z]+)$")
"""How the id of a message ends that is a pressed button."""
_NOBODY = re.compile(rf"|{BY_AGE}|someone-\d+")


@dataclass(frozen=True)
class EraseDecision:
    """Erase the words of one decision, and of everything that holds a copy of them."""

    team_id: str
    by: str
    """User id, or who else it was, such as "operator"."""
    at: datetime
    decision_id: str
    places: frozenset[Place] = frozenset()
    """Where it was talked about."""
    said: frozenset[Said] = field(default=frozenset(), repr=False)
    """Its words; see `words_of`."""


@dataclass(frozen=True)
class ErasePerson:
    """Erase what one person said, and their id wherever it stands."""

    team_id: str
    by: str
    at: datetime
    user_id: str


@dataclass(frozen=True)
class EraseOld:
    """Erase the words of every decision to which nothing has happened since."""

    team_id: str
    by: str
    at: datetime
    before: datetime


Erasure = EraseDecision | ErasePerson | EraseOld


def words_of(record: DecisionRecord) -> frozenset[Said]:
    """Return what people said in a record. A decision that took its place holds the same words."""
    quotes = {_said(one) for revision in record.revisions for one in revision.statements}
    return frozenset({_asked(record), *quotes})


def people_in(record: DecisionRecord) -> frozenset[str]:
    """Return everybody whose id stands in a record: only of them is there anything to erase."""
    statements = [one for revision in record.revisions for one in revision.statements]
    messages = {one.message_id for one in record.revisions} | {one.message_id for one in statements}
    pressed = (_PRESSED_BY.search(message_id) for message_id in messages)
    named = {record.owner, record.context_by, record.audience.user_id}
    named |= {user_id for change in record.history for user_id in (change.by, change.owner)}
    named |= {one.author_id for one in statements}
    named |= {found[1] for found in pressed if found}
    return frozenset(one for one in named if not _NOBODY.fullmatch(one))


def holds_words(record: DecisionRecord) -> bool:
    """Say whether there are words in a record that age could erase."""
    return bool(record.context) or _without_words(record) != record


def erased(record: DecisionRecord, erasure: Erasure) -> DecisionRecord:
    """Return the record as the erasure leaves it: the very same one when nothing in it is meant."""
    match erasure:
        case EraseDecision():
            if record.id == erasure.decision_id:
                left = _without_words(record)
            else:
                left = _without_copies(record, erasure.said)
        case ErasePerson():
            left = _without_person(record, erasure.user_id)
        case EraseOld():
            left = _without_words(record) if record.history[-1].at < erasure.before else record
    if left == record:
        return record
    change = Change(at=erasure.at, by=erasure.by, what="erased")
    return left.model_copy(update={"history": (*left.history, change)})


def concerns(conversation: Conversation, erasure: Erasure) -> bool:
    """Say whether a conversation holds words that are to be erased. Old ones run out by themselves."""
    match erasure:
        case EraseDecision():
            return conversation.place in erasure.places or erasure.decision_id in (
                conversation.decision_id,
                conversation.supersedes,
            )
        case ErasePerson(user_id=user_id):
            authors = {statement.author_id for statement in conversation.statements}
            authors |= {conversation.opened_by, conversation.question_by, conversation.audience.user_id}
            is_theirs = user_id in authors
            return is_theirs or conversation.last_message_id.endswith(f":{user_id}")
        case EraseOld():
            return False


def _without_words(record: DecisionRecord) -> DecisionRecord:
    return record.model_copy(
        update={
            "context": "",
            "revisions": tuple(
                _without_reasons(record, _with_statements(revision, tuple(map(_unsaid, revision.statements))))
                for revision in record.revisions
            ),
            "history": tuple(change.model_copy(update={"why": ""}) for change in record.history),
        }
    )


def _without_copies(record: DecisionRecord, said: frozenset[Said]) -> DecisionRecord:
    def left(statement: Statement) -> Statement:
        return _unsaid(statement) if statement.quote and _said(statement) in said else statement

    return record.model_copy(
        update={
            "context": "" if _asked(record) in said else record.context,
            "revisions": tuple(
                _with_statements(revision, tuple(map(left, revision.statements)))
                for revision in record.revisions
            ),
        }
    )


def _without_person(record: DecisionRecord, user_id: str) -> DecisionRecord:
    name = _unused_name(record)
    names_their_words = any(
        one.author_id == user_id and one.fact in _IN_FREE_WORDS
        for revision in record.revisions
        for one in revision.statements
    )

    def left(statement: Statement) -> Statement:
        named = statement.model_copy(update={"message_id": _renamed(statement.message_id, user_id, name)})
        if statement.author_id != user_id:
            return named
        return _unsaid(named).model_copy(update={"author_id": name})

    def changed(change: Change) -> Change:
        as_owner = change.model_copy(update={"owner": name}) if change.owner == user_id else change
        if names_their_words and change.what == "revised":
            # Whoever set something right: what it was before is told, too.
            as_owner = as_owner.model_copy(update={"why": ""})
        return as_owner.model_copy(update={"by": name, "why": ""}) if change.by == user_id else as_owner

    is_owner, began_it, audience = record.owner == user_id, _author(record) == user_id, record.audience
    is_theirs_alone = audience.kind == "person" and audience.user_id == user_id
    named: dict[str, object] = {"owner": name} if is_owner else {}
    if is_owner or began_it:
        named |= {"context": "", "link": ""}
    if record.context_by == user_id:
        # Somebody else asked about their message, or saved it.
        named |= {"context": "", "context_by": name}
    if any(quote in record.context for quote in _quotes_of(record, user_id)):
        named["context"] = ""
    # The id of a direct message leads to the person, and so may the audience's.
    hidden: dict[str, object] = (
        {
            "place": Place(team_id=record.place.team_id, channel_id="", thread=""),
            "audience": Audience(kind="person", user_id=name),
        }
        if is_theirs_alone
        else {}
    )
    revisions = tuple(
        _with_statements(revision, tuple(map(left, revision.statements))).model_copy(
            update={"message_id": _renamed(revision.message_id, user_id, name)}
        )
        for revision in record.revisions
    )
    if began_it:
        revisions = tuple(_without_reasons(record, revision) for revision in revisions)
    history = tuple(map(changed, record.history))
    return record.model_copy(update={**named, **hidden, "revisions": revisions, "history": history})


def _quotes_of(record: DecisionRecord, user_id: str) -> set[str]:
    said = (one for revision in record.revisions for one in revision.statements)
    return {one.quote for one in said if one.author_id == user_id and one.quote}


def _said(statement: Statement) -> Said:
    return statement.author_id, statement.message_id, statement.quote


def _asked(record: DecisionRecord) -> Said:
    return _author(record), "", record.context


def _author(record: DecisionRecord) -> str:
    """Return who asked, or saved it: whoever owns it now may be somebody else."""
    return record.history[0].by


def _unsaid(statement: Statement) -> Statement:
    """Return a statement without its words: what follows from it stays."""
    if statement.fact not in _IN_FREE_WORDS or statement.value is None:
        return statement.model_copy(update={"quote": ""})
    value = (ERASED,) if isinstance(statement.value, tuple) else ERASED
    return statement.model_copy(update={"quote": "", "value": value})


def _with_statements(revision: Revision, statements: tuple[Statement, ...]) -> Revision:
    if statements == revision.statements:
        return revision
    # A language model sets what people said before our reasons.
    rationale = () if revision.model else revision.rationale
    return revision.model_copy(update={"statements": statements, "rationale": rationale})


def _without_reasons(record: DecisionRecord, revision: Revision) -> Revision:
    """Return a revision without the reasons of whoever saved it; those of a recommendation are ours."""
    return revision if record.was_recommended else revision.model_copy(update={"rationale": ()})


def _renamed(message_id: str, user_id: str, name: str) -> str:
    """Return the id of a message with another person in it: a pressed button's ends with who pressed it."""
    suffix = f":{user_id}"
    return f"{message_id.removesuffix(suffix)}:{name}" if message_id.endswith(suffix) else message_id


def _unused_name(record: DecisionRecord) -> str:
    used = {
        record.owner,
        record.context_by,
        record.audience.user_id,
        *(change.by for change in record.history),
    }
    used |= {change.owner for change in record.history}
    used |= {one.author_id for revision in record.revisions for one in revision.statements}
    return next(name for number in count(1) if (name := f"someone-{number}") not in used)
