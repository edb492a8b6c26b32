"""Listening: a turn in, what it says out; by the rules alone, or with a language model as a second reader.

The rules always read. A model is asked only when its word counts for something (`bot.exam`) and when there is
something to read that the rules may have missed. What it reads is checked and weighed, never taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot import phrases
from bot.conversation import MAX_TEXT_CHARS, Conversation, ThreadMessage, Turn
from bot.decision.questions import Question
from bot.decision.statements import Statement
from bot.errors import ModelUnavailable
from bot.language_model import LanguageModel, ProposedFact, ReadingRequest, Spender, TextToRead
from bot.model_use import ModelUse
from bot.understanding.message import prepare
from bot.understanding.named_model import NamedModel
from bot.understanding.proposals import find_witnesses
from bot.understanding.reading import NO_STEPS, Reading, read, read_thread
from bot.understanding.witness import NO_TRUST, Trust

CHARS_A_TOKEN = 4
"""Roughly, in English; budgets need no more."""
_MESSAGE = "m"
_WANTS_ADVICE = frozenset({"decision", "both", "answer"})
"""Intents, as a model tells them, of somebody who has something to decide."""

FindModel = Callable[[str], NamedModel | None]


@dataclass(frozen=True)
class Heard:
    """What was said in a turn, and in the thread before it."""

    reading: Reading
    earlier: tuple[Statement, ...] = ()
    """What the messages before it state, where the conversation begins."""
    notes: tuple[str, ...] = ()
    """What people should know about how it was read."""
    uses: tuple[ModelUse, ...] = ()


@dataclass(frozen=True)
class SecondReader:
    """A language model that reads along."""

    model: LanguageModel
    trust: Trust = NO_TRUST
    may_read_threads: bool = True
    thread_tokens: int = 3_000


@dataclass(frozen=True)
class _Proposed:
    """What the second reader proposed, by the id of the message; and what came of asking it."""

    facts: Mapping[str, Sequence[ProposedFact]] = field(default_factory=dict)
    """Every message that was sent has its entry, if only an empty one."""
    intent: str = ""
    notes: tuple[str, ...] = ()
    uses: tuple[ModelUse, ...] = ()

    @property
    def was_read(self) -> bool:
        """Say whether the model answered."""
        return bool(self.facts)


async def hear(
    turn: Turn,
    kept: Conversation | None,
    pending: Question | None,
    find_model: FindModel,
    second: SecondReader | None = None,
    *,
    steps: Mapping[str, str] = NO_STEPS,
) -> Heard:
    """Return what a turn in words says; `steps` are those that were advised before it, by id.

    Never raises because of the model.
    """
    read_with = partial(
        read,
        turn.text[:MAX_TEXT_CHARS],
        pending=pending,
        author_id=turn.author_id,
        message_id=turn.words_id,
        find_model=find_model,
        earlier=kept.statements if kept else (),
        continues=kept is not None,
        steps=steps,
    )
    reading, proposed, trust = read_with(), _Proposed(), NO_TRUST
    if second is not None and second.trust.counts and _leaves_room(reading):
        proposed, trust = await _propose(turn, kept, pending, second), second.trust
        if proposed.was_read:
            with_model = read_with(proposals=proposed.facts.get(turn.words_id, ()), trust=trust)
            is_begun = with_model.intent == "decision" != reading.intent
            # Facts that it names begin a decision only if it takes the message for one, too.
            if not is_begun or proposed.intent in _WANTS_ADVICE:
                reading = with_model
    earlier: tuple[Statement, ...] = ()
    if kept is None:
        earlier = read_thread(turn.thread, find_model=find_model, proposals=proposed.facts, trust=trust)
    return Heard(reading, earlier, proposed.notes, proposed.uses)


def spender_of(turn: Turn) -> Spender:
    """Return on whose account the turn's calls go."""
    return Spender(turn.place.team_id, turn.place.channel_id, turn.author_id)


def _leaves_room(reading: Reading) -> bool:
    """Say whether the message may say more than the rules read: not when it is a plain short answer."""
    if reading.intent in ("abuse", "small_talk"):
        return False
    return not (reading.says_unknown or (reading.wants_answer_now and not reading.statements))


async def _propose(
    turn: Turn, kept: Conversation | None, pending: Question | None, second: SecondReader
) -> _Proposed:
    thread = [one for one in turn.thread if not one.is_ours] if kept is None else []
    sent = _newest(thread, second.thread_tokens) if second.may_read_threads else []
    notes = (phrases.left_out(len(sent), len(thread)),) if len(sent) < len(thread) else ()
    texts, ids = _as_texts(sent, turn)
    request = ReadingRequest(texts, pending.text if pending else "")
    try:
        proposed, use = await second.model.read(request, spender_of(turn))
    except ModelUnavailable as error:
        return _Proposed(notes=(phrases.read_by_rules(error.why),), uses=(error.use,) if error.use else ())
    if not proposed.facts:
        # Nothing at all, of a message that left us something to ask, is more likely a failure than a reading.
        return _Proposed(notes=notes, uses=(use,))
    by_message: dict[str, list[ProposedFact]] = {message_id: [] for message_id in ids.values()}
    for one in proposed.facts:
        by_message[ids.get(one.text_id, turn.words_id)].append(one)
    said = {turn.words_id: turn.text, **{one.message_id: one.text for one in sent}}
    accepted = sum(
        len(find_witnesses(prepare(said[message_id]), facts, second.trust, ""))
        for message_id, facts in by_message.items()
    )
    replaced = len(proposed.facts) - accepted
    await second.model.judged(spender_of(turn), accepted=accepted, replaced=replaced)
    use = use.model_copy(update={"accepted": accepted, "replaced": replaced})
    return _Proposed(by_message, proposed.intent, notes, (use,))


def _newest(thread: Sequence[ThreadMessage], most_tokens: int) -> list[ThreadMessage]:
    """Return the newest messages that fit, oldest first."""
    chosen: list[ThreadMessage] = []
    left = most_tokens * CHARS_A_TOKEN
    for one in reversed(thread):
        left -= len(one.text)
        if left < 0:
            break
        chosen.insert(0, one)
    return chosen


def _as_texts(sent: Sequence[ThreadMessage], turn: Turn) -> tuple[tuple[TextToRead, ...], dict[str, str]]:
    """Return the messages with made-up names, and the real id behind each made-up one."""
    people: dict[str, str] = {}
    texts: list[TextToRead] = []
    ids: dict[str, str] = {}
    rows = [(one.message_id, one.author_id, one.text) for one in sent]
    for message_id, author_id, text in [*rows, (turn.words_id, turn.author_id, turn.text)]:
        name = people.setdefault(author_id, f"person {len(people) + 1}")
        text_id = f"{_MESSAGE}{len(texts) + 1}"
        texts.append(TextToRead(text_id, name, text[:MAX_TEXT_CHARS]))
        ids[text_id] = message_id
    return tuple(texts), ids
