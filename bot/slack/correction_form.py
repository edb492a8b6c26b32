"""The form behind *Correct this*: what was heard, and what would tell most, one field for each fact."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError
from slack_sdk.models.blocks import (
    Block,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.conversation import Correction
from bot.correcting import FactField, entry_in_words
from bot.decision.facts import FACT_NAMES, YES_NO_FACTS, FactValue, choices_of, parse_value
from bot.decision.wording import fact_in_words
from bot.slack import escape, words
from bot.slack.fitting import shorten
from bot.slack.incoming import CorrectionFilled, CorrectionSubmitted, Entry, Shown
from bot.slack.markup import button_label, plain, sections
from bot.understanding.entered import MOST_ENTERED_CHARS, Unread, read_entered

CALLBACK_ID = "correct"
ENTRY = "entry"
NOT_SO = "not_so"
"""The option that takes a fact away."""
HINT_CHARS = 300


def form(shown: Shown, fields: Sequence[FactField]) -> View:
    """Return the form."""
    heard = [field for field in fields if field.value is not None]
    unknown = [field for field in fields if field.value is None]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=shown.model_dump_json(),
        title=plain("Correct this"),
        submit=plain("Correct"),
        close=plain("Cancel"),
        blocks=[
            *sections(words.HOW_TO_CORRECT),
            *_titled("What I heard", heard),
            *_titled("Not known yet, and it would tell most", unknown),
        ],
    )


def nothing(why: str) -> View:
    """Return what is said where there is nothing to correct any more."""
    return View(
        type="modal",
        title=plain("Correct this"),
        close=plain("Close"),
        blocks=sections(why),
    )


def checked(filled: CorrectionFilled) -> CorrectionSubmitted | dict[str, str]:
    """Return what was changed in the form, or what is wrong with it, by field."""
    changed = [
        entry
        for entry in filled.entries
        if entry.fact in FACT_NAMES and entry.after.strip() != entry.before.strip()
    ]
    read = {entry.fact: _read(entry) for entry in changed}
    wrong = {fact: words.not_read(value.wanted) for fact, value in read.items() if isinstance(value, Unread)}
    if wrong:
        return wrong
    if not changed:
        return {filled.entries[0].fact: words.NOTHING_CHANGED}
    corrections = [
        Correction(fact=entry.fact, value=value, quote=_quote(entry), before=entry.before)
        for entry in changed
        if not isinstance(value := read[entry.fact], Unread)
    ]
    given = filled.model_dump(exclude={"entries"})
    return CorrectionSubmitted.model_validate({**given, "corrections": corrections})


def _titled(title: str, fields: Sequence[FactField]) -> list[Block]:
    return [HeaderBlock(text=plain(title)), *map(_input, fields)] if fields else []


def _input(field: FactField) -> Block:
    return InputBlock(
        block_id=field.fact,
        label=plain(f"{field.title[0].upper()}{field.title[1:]}"),
        hint=plain(hint) if (hint := _hint(field)) else None,
        element=_choice(field) if field.choices else _text(field),
        optional=True,
    )


def _choice(field: FactField) -> StaticSelectElement:
    options = [_option(field.fact, value) for value in field.choices]
    picked = None if field.value is None else _option(field.fact, field.value)
    if picked:
        options.append(Option(value=NOT_SO, text=plain(words.NOT_SO)))
    return StaticSelectElement(
        action_id=ENTRY, options=options, initial_option=picked, placeholder=plain(words.NOT_KNOWN)
    )


def _option(fact: str, value: FactValue) -> Option:
    claim = fact_in_words(fact, value)
    return Option(
        value=entry_in_words(fact, value), text=plain(button_label(f"{claim[0].upper()}{claim[1:]}"))
    )


def _text(field: FactField) -> PlainTextInputElement:
    return PlainTextInputElement(
        action_id=ENTRY,
        initial_value=field.entry or None,
        max_length=MOST_ENTERED_CHARS,
        placeholder=plain(words.example_of(field.fact)),
    )


def _hint(field: FactField) -> str:
    quote = shorten(escape.label(field.quote), HINT_CHARS)
    return words.heard_from(quote, field.source or "stated") if quote else ""


def _read(entry: Entry) -> FactValue | Unread | None:
    if not _is_picked(entry.fact):
        return read_entered(entry.fact, entry.after)
    if entry.after in ("", NOT_SO):
        return None
    try:
        return parse_value(entry.fact, entry.after)
    except ValidationError:
        # An option of a form that was drawn by another version of us.
        return Unread("words")


def _quote(entry: Entry) -> str:
    """Return what was typed, where it says more than the value: not "20", and no option that was picked."""
    typed = entry.after.strip()
    return "" if _is_picked(entry.fact) or not any(map(str.isalpha, typed)) else typed


def _is_picked(fact: str) -> bool:
    return fact in YES_NO_FACTS or bool(choices_of(fact))
