"""What to say next: a turn and the conversation so far in, a reply and the conversation after it out.

A turn is read into statements, the statements are folded into facts, the policy is applied, and the reply is
a question whose answer could still change the outcome, or the recommendation. Nothing here keeps anything,
reads a clock, or knows Slack.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import phrases
from bot.afterwards import revised, told_shortly
from bot.answer import (
    NO_PASSAGES,
    Reference,
    compose_definition,
    compose_question,
    compose_recommendation,
    compose_supposition,
    costs_of,
    heard_from,
    shorten,
)
from bot.assisting import Assistant, arranged, with_notes
from bot.availability import model_finder
from bot.contradictions import go_on_from, settle_by, sides_of, tell_what_counts, understanding_of
from bot.conversation import (
    JUST_TELL_ME,
    MAX_CONTEXT_CHARS,
    MAX_TEXT_CHARS,
    NOT_SURE,
    Conversation,
    Turn,
)
from bot.correcting import settle
from bot.decision.next_question import (
    direction_is_open,
    find_question,
)
from bot.decision.questions import Question
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.statements import Statement, understand
from bot.edited_message import as_if_unsaid, only_news
from bot.errors import PassagesUnavailable
from bot.hearing import Heard, SecondReader, hear, spender_of
from bot.recording import decision_id
from bot.rejoining import compose_rejoinder, stays
from bot.replies import Decline, Define, Definition, OffTopic, Reply
from bot.step_taken import find_newly_done, tells_a_step, with_step_taken
from bot.understanding.buttons import statements_from_buttons, what_boxes_leave
from bot.understanding.named_model import NamedModel
from bot.understanding.reading import NO_STEPS, Reading, told_anything
from bot.understanding.remarks import tells_a_problem
from bot.understanding.wanted import REJOINDERS
from bot.waiting import ask_again, find_next, is_overheard, not_known, number_of_the_question, pending_in


@dataclass(frozen=True)
class Answered:
    """What a turn leads to; `conversation` None means that nothing is to be remembered."""

    reply: Reply
    conversation: Conversation | None = None


@dataclass(frozen=True)
class _Term:
    """The glossary's answer to a question about a term; neither where there was no such question."""

    definition: Definition | None = None
    missing: str = ""
    """Says why there is none."""


_A_DAY = timedelta(days=1)
"""After so long a question without any case is about another one."""


class Dialogue:
    """Decides what to say. Holds no state: the conversation comes in and goes out."""

    def __init__(self, reference: Reference, assistant: Assistant | None = None) -> None:
        self._reference = reference
        self._assistant = assistant

    async def answer(self, turn: Turn, kept: Conversation | None) -> Answered:
        """Return the reply to a turn and the conversation to keep; `kept` None when there was none yet."""
        as_it_was = kept
        assistant = await self._assistant.as_of_now() if self._assistant else None
        if kept and turn.replaces:
            kept = as_if_unsaid(kept, turn)
        if turn.corrections:
            heard = Heard(Reading(intent="answer", statements=()))
            answered = await self._answer_correction(turn, kept)
        elif turn.picked:
            heard = Heard(Reading(intent="answer", statements=()))
            answered = await self._answer_pick(turn, kept)
        else:
            reader = assistant.reader if assistant else None
            steps = _recommended(kept).steps_by_id if kept and kept.is_decided else NO_STEPS
            heard = await hear(turn, kept, pending_in(kept), self._find_model(turn), reader, steps=steps)
            if as_it_was and kept and turn.replaces and not heard.reading.starts_over:
                kept, heard = only_news(as_it_was, kept, turn, heard)
            if kept and (anew := await self._heard_anew(turn, kept, heard, reader)):
                kept, heard = None, anew
            answered = await self._answer_words(turn, kept, heard)
        return await _assisted(turn, answered, heard, assistant)

    async def read_reply(self, turn: Turn, question: Question | None) -> Reading:
        """Return what a turn in words says as a reply to a question, and to nothing before it.

        What the table of providers says about a model that it names is left out: nobody said it.
        """
        assistant = await self._assistant.as_of_now() if self._assistant else None
        reader = assistant.reader if assistant else None
        return (await hear(turn, None, question, lambda _: None, reader)).reading

    async def read_remark(self, turn: Turn, kept: Conversation) -> Reading:
        """Return what a turn in words says to a recommendation that was given.

        What the table of providers says about a model that it names is left out: nobody said it.
        """
        assistant = await self._assistant.as_of_now() if self._assistant else None
        reader = assistant.reader if assistant else None
        advised = _recommended(kept)
        steps = advised.steps_by_id
        reading = (await hear(turn, kept, None, lambda _: None, reader, steps=steps)).reading
        return replace(reading, statements=with_step_taken(turn, reading, advised, kept.done))

    async def _answer_words(self, turn: Turn, kept: Conversation | None, heard: Heard) -> Answered:
        reading = heard.reading
        if reading.intent == "abuse":
            return Answered(Decline(text=phrases.DECLINED))
        if reading.is_in_another_language:
            return _answer_beside(kept, phrases.ENGLISH_ONLY)
        if reading.starts_over and not (kept or reading.statements):
            # Empty, so that what comes next does not go on with what was dropped.
            return Answered(OffTopic(text=phrases.NOTHING_SAID), _open(turn))
        if kept and (reading.supposed or reading.wants == "supposed") and not reading.statements:
            told = compose_supposition(understanding_of(kept).facts, reading.supposed)
            return _answer_beside(kept, f"{told} {phrases.ONLY_SUPPOSED}")
        term = await self._look_up(reading)
        if kept is None or _is_empty(kept):
            return await self._answer_opening(turn, heard, term)
        if kept.is_waiting:
            return await self._answer_while_waiting(turn, kept, reading, term)
        if kept.done and reading.denies_a_step:
            kept = kept.model_copy(update={"done": {}})
            reading = replace(reading, wants_answer_now=True, done=())
        return await self._answer_afterwards(turn, kept, reading, term)

    async def _heard_anew(
        self, turn: Turn, kept: Conversation, heard: Heard, reader: SecondReader | None
    ) -> Heard | None:
        """Return what it says by itself, where it begins a case of its own; None where it goes on from one.

        What only tells something goes on: news of a case are told like a case. At top level, where no thread
        holds things together, whoever asks whether to train begins anew with a case, and after a day without.
        """
        reading = heard.reading
        asks_again = reading.wants_answer_now and not reading.statements
        is_open = turn.place.thread == "" and (kept.is_decided or not kept.is_waiting)
        asks = is_open and reading.asks_whether and not reading.leans_on_before and not asks_again
        goes_on = turn.replaces or _only_asks_on(reading) or tells_a_step(reading)
        names_another = reading.wants == "new" and kept.is_decided
        if not reading.starts_over and (goes_on or not (asks or names_another)):
            return None
        alone = await hear(turn, None, None, self._find_model(turn), reader)
        tells_a_case = alone.reading.intent == "decision" and tells_a_problem(alone.reading.statements)
        is_old = asks and turn.said_at - kept.opened_at > _A_DAY
        if not (reading.starts_over or tells_a_case or is_old):
            return None
        return replace(alone, uses=(*heard.uses, *alone.uses))

    async def _answer_afterwards(
        self, turn: Turn, kept: Conversation, reading: Reading, term: _Term
    ) -> Answered:
        """Answer what is said after a recommendation: news revise it, anything else leaves it."""
        news, advised = reading.statements, _recommended(kept)
        if _only_asks_on(reading) and not (turn.replaces or tells_a_step(reading)):
            costs = costs_of(advised.facts, self._reference)
            told = compose_rejoinder(reading.wants, advised.facts, costs, reading.named)
            # What things cost in general, the glossary tells where there is nothing to reckon with.
            if not (term.definition and reading.wants == "cost" and not costs):
                return Answered(OffTopic(text=told_shortly(reading, advised, told)))
        if reading.wants == "new" and not told_anything(news):
            return Answered(OffTopic(text=phrases.ANOTHER_CASE))
        news = with_step_taken(turn, reading, advised, kept.done)
        asks_whether = reading.intent == "decision" and reading.asks_whether
        asks_again = reading.wants == "again" or asks_whether or bool(reading.outright)
        # "Train, yes or no?" wants the one line.
        wants_the_page = turn.replaces or (reading.wants_answer_now and not reading.outright)
        tells = told_anything(news) or tells_a_step(reading)
        if asks_again and not (wants_the_page or tells or term.definition):
            # What they read already need not be read again.
            stands = compose_rejoinder("why", advised.facts, (), reading.named)
            told = told_shortly(reading, advised, stands)
            return Answered(OffTopic(text=phrases.still(told, "" if told != stands else turn.text)))
        if wants_the_page or news or tells or asks_again:
            return await self._decide(turn, kept, news, reading, term.definition)
        if reading.complication:
            told = told_shortly(reading, advised, stays(advised.headline))
            return Answered(OffTopic(text=told))
        if term.definition or term.missing:
            return Answered(_undecided(reading, turn, term))
        if reading.intent == "small_talk" or reading.wants == "thanks":
            return Answered(OffTopic(text=phrases.GOODBYE))
        return Answered(OffTopic(text=phrases.nothing_new(advised.headline, turn.text)))

    async def _answer_opening(self, turn: Turn, heard: Heard, term: _Term) -> Answered:
        """Answer what may begin a conversation, with the thread above it as context."""
        reading, earlier = heard.reading, heard.earlier
        is_decision = reading.intent in ("decision", "answer") or (
            reading.intent == "unclear" and bool(reading.statements or earlier)
        )
        if not is_decision:
            return Answered(_undecided(reading, turn, term))
        news = (*earlier, *reading.statements)
        is_described = any(statement.fact != "asks" for statement in news)
        if not is_described and not await self._is_our_subject(turn):
            return Answered(OffTopic(text=phrases.OFF_TOPIC))
        return await self._decide(turn, _open(turn), news, reading, term.definition)

    async def _answer_pick(self, turn: Turn, kept: Conversation | None) -> Answered:
        if kept is None:
            return Answered(OffTopic(text=phrases.FORGOTTEN))
        question = find_question(turn.question_id, understanding_of(kept))
        statements: tuple[Statement, ...] = ()
        if question and not {NOT_SURE, JUST_TELL_ME} & set(turn.picked):
            statements = statements_from_buttons(
                question,
                turn.picked,
                turn.author_id,
                turn.message_id,
                self._find_model(turn),
                known=what_boxes_leave(understanding_of(kept)),
            )
        elif question and NOT_SURE in turn.picked:
            statements = not_known(question, turn, kept)
        reading = Reading(
            intent="answer", statements=statements, wants_answer_now=JUST_TELL_ME in turn.picked
        )
        return await self._decide(turn, kept, statements, reading, None)

    async def _answer_correction(self, turn: Turn, kept: Conversation | None) -> Answered:
        """Answer facts set right under a recommendation; where none counts any more, nothing is changed."""
        if kept is None:
            return Answered(OffTopic(text=phrases.FORGOTTEN))
        if turn.decision_id not in (kept.decision_id, kept.supersedes):
            return Answered(OffTopic(text=phrases.ANOTHER_DECISION))
        settled = settle(turn, understanding_of(kept), self._find_model(turn))
        reading = Reading(intent="answer", statements=settled.statements, wants_answer_now=True)
        answered = await self._decide(turn, kept, settled.statements, reading, None)
        told = {"corrected": settled.corrected, "overtaken": settled.overtaken}
        reply = answered.reply.model_copy(update=told)
        return Answered(reply, answered.conversation if settled.statements else None)

    async def _answer_while_waiting(
        self, turn: Turn, kept: Conversation, reading: Reading, term: _Term
    ) -> Answered:
        """Answer someone who replied in words to the question that waits."""
        pending = pending_in(kept)
        nothing_read = not reading.statements and not reading.says_unknown and not reading.wants_answer_now
        if (
            nothing_read
            and not (term.definition or reading.asks_back)
            and is_overheard(turn, kept)
            and pending
        ):
            discussed = kept.model_copy(update={"is_discussed": True})
            return Answered(ask_again(kept, pending), discussed)
        is_aside = nothing_read and bool(
            term.definition or term.missing or reading.asks_back or reading.intent == "small_talk"
        )
        if pending and (is_aside or (nothing_read and not kept.misread)):
            if reading.asks_back and not term.definition:
                notes: tuple[str, ...] = (pending.why,)
            elif is_aside:
                notes = (term.missing,) if term.missing else ()
            else:
                notes = (phrases.MISREAD,)
            conversation = kept if is_aside else kept.model_copy(update={"misread": kept.misread + 1})
            return Answered(ask_again(kept, pending, definition=term.definition, notes=notes), conversation)
        statements = settle_by(reading.statements, pending, understanding_of(kept))
        if pending and nothing_read:
            # Asked twice without an answer that we can read: going on beats asking a third time.
            statements = not_known(pending, turn, kept)
        return await self._decide(turn, kept, statements, reading, term.definition)

    async def _decide(
        self,
        turn: Turn,
        conversation: Conversation,
        news: tuple[Statement, ...],
        reading: Reading,
        definition: Definition | None,
    ) -> Answered:
        """Add what is new, apply the policy, and ask or recommend."""
        before = _recommended(conversation) if conversation.is_decided else None
        conversation = conversation.model_copy(
            update={
                "statements": (*conversation.statements, *news),
                "pending": "",
                "misread": 0,
                "is_discussed": False,
            }
        )
        understanding = understanding_of(conversation)
        question = None if reading.wants_answer_now else find_next(conversation, understanding, news)
        notes = (phrases.SHORTENED,) if len(turn.text) > MAX_TEXT_CHARS else ()
        if question:
            conversation = conversation.model_copy(
                update={"asked": (*conversation.asked, question.id), "pending": question.id}
            )
            told = dict.fromkeys((*news, *sides_of(question, understanding)))
            return Answered(
                compose_question(
                    question,
                    number_of_the_question(conversation),
                    understanding,
                    recommend(understanding.facts),
                    told,
                    definition=definition,
                    notes=notes,
                ),
                conversation,
            )
        conversation = go_on_from(conversation)
        understanding = understanding_of(conversation)
        now = recommend(understanding.facts)
        newly_done = find_newly_done(reading, before, conversation.done) if before else ()
        conversation = conversation.model_copy(
            update={
                "done": {**dict.fromkeys((one.id for one in newly_done), turn.words_id), **conversation.done}
            }
        )
        reply = await compose_recommendation(
            understanding,
            now,
            self._reference,
            decision_id=conversation.decision_id,
            done=conversation.done,
            is_provisional=direction_is_open(understanding, conversation.asked),
            today=turn.said_at.date(),
            definition=definition,
            notes=(*notes, *tell_what_counts(conversation)),
        )
        if before is not None and not turn.corrections:
            changed = heard_from(one for one in news if getattr(before.facts, one.fact) != one.value)
            wants_all = reading.wants_answer_now or bool(turn.replaces)
            reply = revised(reply, reading, before, now, news=changed, done=newly_done, wants_all=wants_all)
        return Answered(reply, conversation.model_copy(update={"is_decided": True}))

    async def _is_our_subject(self, turn: Turn) -> bool:
        """Ask the glossary about words that state no fact: "tune my piano" shares only a word with us."""
        try:
            return bool(await self._reference.passages.search(turn.text[:MAX_TEXT_CHARS], 1))
        except PassagesUnavailable:
            return True

    async def _look_up(self, reading: Reading) -> _Term:
        if not reading.term_query:
            return _Term()
        try:
            definition = await compose_definition(reading.term_query, self._reference.passages)
            if definition:
                return _Term(definition)
            if reading.intent == "off_topic":
                # Not one word of it is ours.
                return _Term()
            nearby = await self._reference.passages.nearby(reading.term_query)
        except PassagesUnavailable:
            return _Term(missing=NO_PASSAGES)
        return _Term(missing=phrases.not_in_glossary(nearby))

    def _find_model(self, turn: Turn) -> Callable[[str], NamedModel | None]:
        return model_finder(self._reference.providers, turn.said_at.date())


async def _assisted(turn: Turn, answered: Answered, heard: Heard, assistant: Assistant | None) -> Answered:
    """Return the answer as a model arranged it, where one is set, with what it took on the record."""
    reply, conversation, uses = answered.reply, answered.conversation, heard.uses
    if assistant is not None:
        reply, of_arranging = await arranged(
            reply,
            understanding_of(conversation) if conversation else understand(()),
            heard.reading.term_query,
            spender_of(turn),
            assistant,
            spent_s=sum(use.latency_ms for use in uses) / 1000,
        )
        uses = (*uses, *of_arranging)
    if conversation is not None and uses:
        conversation = conversation.model_copy(update={"model_uses": (*conversation.model_uses, *uses)})
    return Answered(with_notes(reply, heard.notes), conversation)


def _recommended(kept: Conversation) -> Recommendation:
    """Return what the facts of a conversation lead to."""
    return recommend(understanding_of(kept).facts)


def _only_asks_on(reading: Reading) -> bool:
    """Say whether it asks on about a recommendation and tells nothing of the case."""
    return reading.wants in REJOINDERS and not told_anything(reading.statements)


def _answer_beside(kept: Conversation | None, told: str) -> Answered:
    """Say something that changes nothing: the conversation stays as it is, a question goes on waiting."""
    pending = pending_in(kept)
    if kept is None or pending is None:
        return Answered(OffTopic(text=told))
    return Answered(ask_again(kept, pending, notes=(told,)), kept)


def _is_empty(kept: Conversation) -> bool:
    """Say whether nothing was told in it yet: somebody only dropped the case before."""
    return not (kept.statements or kept.asked or kept.is_decided)


def _open(turn: Turn) -> Conversation:
    return Conversation(
        place=turn.place,
        audience=turn.audience,
        opened_by=turn.author_id,
        opened_at=turn.said_at,
        question=shorten(turn.about or turn.text, MAX_CONTEXT_CHARS),
        opening_message_id=turn.thread[-1].message_id if turn.about else turn.words_id,
        question_by=turn.thread[-1].author_id if turn.about else "",
        link=turn.link,
        decision_id=decision_id(turn.place, turn.message_id),
    )


def _undecided(reading: Reading, turn: Turn, term: _Term) -> Reply:
    if term.definition:
        return Define(definition=term.definition)
    if term.missing:
        return OffTopic(text=term.missing)
    if not any(character.isalnum() for character in turn.text) or reading.intent == "small_talk":
        return OffTopic(text=phrases.NOTHING_SAID)
    return OffTopic(text=phrases.OFF_TOPIC)
