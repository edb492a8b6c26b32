"""What a command looked for, in words: an empty answer says so, or it would read as an empty log."""

from __future__ import annotations

import argparse

from bot.decision.options import SHORT_NAMES

MOST_SHOWN_CHARS = 80


def looked_for(options: argparse.Namespace) -> str:
    """Return what narrows decisions down, as the end of "No decisions"; "" when nothing does."""
    parts = (
        ("of status {}", options.status),
        ("to {}", SHORT_NAMES[options.outcome] if options.outcome else ""),
        ("with the words “{}”", " ".join(options.words.split())),
        ("from channel {}", options.channel),
        ("in which {} had a part", options.person),
        ("since {}", options.since),
        ("to be reviewed before {}", options.due_before),
        ("in workspace {}", options.team),
    )
    named = [words.format(_short(str(value))) for words, value in parts if value]
    return f" {', '.join(named)}" if named else ""


def no_decisions(options: argparse.Namespace) -> str:
    """Return what stands in place of an empty list."""
    if wanted := looked_for(options):
        return f"No decisions{wanted}."
    return 'No decisions yet. Ask one: python -m bot ask "should we fine-tune?"'


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN_CHARS else f"{text[: MOST_SHOWN_CHARS - 1]}…"
