"""An edited message: what it said before counts no more, and only what it says anew is news."""

from __future__ import annotations

from dataclasses import replace

from bot.answer import shorten
from bot.conversation import MAX_CONTEXT_CHARS, Conversation, Turn
from bot.decision.statements import Statement
from bot.hearing import Heard


def as_if_unsaid(kept: Conversation, turn: Turn) -> Conversation:
    """Return a conversation as if a message that was edited since had said nothing."""
    is_opening = turn.replaces == kept.opening_message_id
    return kept.model_copy(
        update={
            "statements": tuple(one for one in kept.statements if one.message_id != turn.replaces),
            "question": shorten(turn.text, MAX_CONTEXT_CHARS) if is_opening else kept.question,
            "done": {step: told for step, told in kept.done.items() if told != turn.replaces},
            # What waits may be worth asking again, or no longer.
            "asked": tuple(id_ for id_ in kept.asked if id_ != kept.pending),
            "pending": "",
            "misread": 0,
        }
    )


def only_news(
    as_it_was: Conversation, kept: Conversation, turn: Turn, heard: Heard
) -> tuple[Conversation, Heard]:
    """Return the conversation with what an edited message says as before, and only the rest of it as heard.

    What it says as before stays where it stood: somebody may have set it right since, and that counts.
    """
    again = {(one.fact, str(one.value)): one for one in heard.reading.statements}
    statements: list[Statement] = []
    for one in as_it_was.statements:
        stays = again.pop((one.fact, str(one.value)), None) if one.message_id == turn.replaces else one
        statements += [stays] if stays else []
    reading = replace(heard.reading, statements=tuple(again.values()))
    return kept.model_copy(update={"statements": tuple(statements)}), replace(heard, reading=reading)
