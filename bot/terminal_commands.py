"""What can be typed in a terminal beside the conversation: help, what was heard, setting it right, history.

In Slack these are buttons and forms. Only a whole line counts, so that what people say stays what they say;
a number behind `correct` names a line of the list, never an amount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from string import ascii_lowercase

from bot.contradictions import understanding_of
from bot.conversation import Conversation, Correction, Turn
from bot.correcting import FactField, entry_in_words, fields_of
from bot.decision.facts import AMOUNT_FACTS, YES_NO_FACTS, FactValue
from bot.decision.options import SHORT_NAMES
from bot.decision.wording import fact_in_words
from bot.phrases import NOT_READ
from bot.plain_text import how_known
from bot.ports import Conversations, DecisionLog
from bot.record import Change, DecisionRecord
from bot.replies import Recommend
from bot.understanding.entered import MOST_ENTERED_CHARS, Unread, read_entered

HELP = """\
What you can type
- your situation or a question, in your own words
- a letter, or words, to answer a question of mine; a bare number is an amount
- “not sure”, or “just tell me” for an answer at once
- “no, it is 200 a day”: what you say later counts
- `facts` lists what I heard, with numbers
- `correct 2: 200 a day` sets line 2 of that list right, `correct 2: not so` takes it back
- `correct 2` says what that line can be
- `history` tells how my recommendation came about
- Ctrl-D leaves; afterwards, `python -m bot decisions` shows the log"""
NOT_KNOWN_YET = "Not known yet, and it would tell most"
NOTHING_HEARD = "I have heard nothing yet. Tell me what the model should do, and what goes wrong today."
NOT_RECOMMENDED = "I have recommended nothing yet, so there is no history."
FIRST_THE_QUESTION = (
    "While a question waits, please set it right in words, as in “no, it is 200 a day”. After my "
    "recommendation, this works, too."
)
HOW_TO_CORRECT = (
    "Set a line right as in `correct {number}: 200 a day`, or take it back with `correct {number}: not so`; "
    "`correct {number}` says what it can be. Words do, too: “no, it is 200 a day”."
)
NOTHING_CHANGED = "That is what I have, so nothing is changed."
_NOT_SO = frozenset({"", "-", "not so", "not known", "unknown", "nothing"})
_CORRECT = re.compile(
    r"correct\s+(?P<number>\d{1,3})(?:\s*(?P<to>[:=]|\bto\b)\s*(?P<entry>.*))?", re.IGNORECASE
)
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass
class TerminalCommands:
    """Answers what is no part of the conversation. Remembers which list of facts was shown last."""

    conversations: Conversations
    log: DecisionLog
    _listed: tuple[FactField, ...] = field(default=(), init=False)

    async def answer(self, turn: Turn, *, is_asked: bool) -> str | Turn | None:
        """Return what to show, a turn that sets something right, or None when the line is said to us.

        `is_asked`: a question of ours waits. Raises what the stores raise.
        """
        line = turn.text.strip()
        command = line.lower()
        if command in ("help", "?"):
            return HELP
        if command == "history":
            return await self._history(turn)
        # To a question, "correct" alone says yes.
        if command == "facts" or (command == "correct" and not is_asked):
            listed = await self._list(turn)
            how = FIRST_THE_QUESTION if is_asked else HOW_TO_CORRECT.format(number=_an_amount(listed))
            return f"{_in_a_list(listed)}\n\n{how}" if listed else NOTHING_HEARD
        if found := _CORRECT.fullmatch(line):
            return FIRST_THE_QUESTION if is_asked else await self._correct(turn, found)
        return None

    async def _list(self, turn: Turn) -> tuple[FactField, ...]:
        conversation = await self.conversations.load(turn.place)
        self._listed = fields_of(understanding_of(conversation)) if conversation else ()
        return self._listed

    async def _correct(self, turn: Turn, found: re.Match[str]) -> str | Turn:
        listed = self._listed or await self._list(turn)
        conversation = await self.conversations.load(turn.place)
        if conversation is None or not listed:
            return NOTHING_HEARD
        number = int(found["number"])
        if not 1 <= number <= len(listed):
            return f"There is no line {number}. `facts` lists {_up_to(len(listed))}."
        chosen = _as_it_is_now(listed[number - 1], conversation)
        if found["to"] is None:
            return _what_it_can_be(number, chosen)
        entry = found["entry"].strip()
        if len(entry) > MOST_ENTERED_CHARS:
            return f"That is long for one fact. Please say it in at most {MOST_ENTERED_CHARS} characters."
        value = _read(chosen, entry)
        if isinstance(value, Unread):
            why = "I could not read that." if chosen.choices else NOT_READ[value.wanted]
            return f"{why} `correct {number}` says what it can be."
        if value == chosen.value:
            return NOTHING_CHANGED
        return _setting_right(turn, conversation, chosen, value, entry)

    async def _history(self, turn: Turn) -> str:
        conversation = await self.conversations.load(turn.place)
        if conversation is None:
            return NOT_RECOMMENDED
        record = await self.log.load(turn.place.team_id, conversation.decision_id)
        return NOT_RECOMMENDED if record is None else _story(record)


def told_after(reply: Recommend) -> str:
    """Return in a line what was set right; "" when nothing was."""
    changes = (f"{one.before or 'not known'} → {one.after or 'not known'}" for one in reply.corrected)
    return "; ".join(f"Corrected: {change}" for change in changes)


def _as_it_is_now(listed: FactField, conversation: Conversation) -> FactField:
    """Return what is known by now of a listed fact; the numbers on the screen stay what they were."""
    now = {one.fact: one for one in fields_of(understanding_of(conversation))}
    return now.get(listed.fact, replace(listed, value=None, quote="", source=None))


def _an_amount(fields: Sequence[FactField]) -> int:
    """Return the number of a line that "200 a day" could stand in, for an example."""
    return next((number for number, one in enumerate(fields, 1) if one.fact in AMOUNT_FACTS), 1)


def _in_a_list(fields: Sequence[FactField]) -> str:
    heard = [f"{number}. {_said(one)}" for number, one in enumerate(fields, 1) if one.value is not None]
    unknown = [f"{number}. {one.title}" for number, one in enumerate(fields, 1) if one.value is None]
    parts = [
        "\n".join(["What I heard", *(f"  {line}" for line in heard)]) if heard else "",
        "\n".join([NOT_KNOWN_YET, *(f"  {line}" for line in unknown)]) if unknown else "",
    ]
    return "\n\n".join(filter(None, parts))


def _said(one: FactField) -> str:
    claim = "" if one.value is None else fact_in_words(one.fact, one.value)
    return f"{claim} ({how_known(one.source or 'stated', one.quote)})"


def _what_it_can_be(number: int, one: FactField) -> str:
    now = "not known" if one.value is None else fact_in_words(one.fact, one.value)
    title = f"{number}. {one.title}: {now}"
    if not one.choices:
        return f"{title}\nWrite it in words, as in `correct {number}: {one.entry or '300'}`."
    choices = [
        f"  {letter}. {fact_in_words(one.fact, value)}"
        for letter, value in zip(ascii_lowercase, one.choices, strict=False)
    ]
    return "\n".join([title, *choices, f"Pick one, as in `correct {number}: a`."])


def _read(chosen: FactField, entry: str) -> FactValue | Unread | None:
    said = " ".join(entry.lower().split())
    if said in _NOT_SO:
        return None
    if not chosen.choices:
        return read_entered(chosen.fact, entry)
    if chosen.fact in YES_NO_FACTS and said in _YES_NO:
        return _YES_NO[said]
    by_name: dict[str, FactValue] = {}
    for letter, value in zip(ascii_lowercase, chosen.choices, strict=False):
        names = (letter, f"{letter}.", entry_in_words(chosen.fact, value), fact_in_words(chosen.fact, value))
        by_name |= {name.lower(): value for name in names}
    return by_name.get(said, Unread("words"))


def _setting_right(
    turn: Turn, conversation: Conversation, chosen: FactField, value: FactValue | None, entry: str
) -> Turn:
    is_telling = not chosen.choices and any(map(str.isalpha, entry))
    correction = Correction(
        fact=chosen.fact, value=value, quote=entry if is_telling else "", before=chosen.entry
    )
    return turn.model_copy(
        update={"text": "", "corrections": (correction,), "decision_id": conversation.decision_id}
    )


def _story(record: DecisionRecord) -> str:
    """Return what happened to a decision, the first thing first, with what I said each time."""
    lines = []
    revisions = iter(record.revisions)
    for change in record.history:
        told = next(revisions, None) if change.what in ("proposed", "revised", "saved") else None
        headline = f": {told.headline}" if told else ""
        why = f" ({change.why})" if change.why else ""
        lines.append(f"- {change.at:%Y-%m-%d %H:%M} UTC, {_what(change)}{why}{headline}")
    return "\n".join([f"History of {record.id}", *lines])


def _what(change: Change) -> str:
    if change.what == "proposed":
        return "you asked"
    outcome = f" with “{SHORT_NAMES[change.outcome]}”" if change.outcome else ""
    return f"{change.what.replace('_', ' ')}{outcome}"


def _up_to(last: int) -> str:
    return "one line" if last == 1 else f"lines 1 to {last}"
