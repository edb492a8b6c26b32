"""Steps that are ticked off or stand under a heading: "[x] prompt [ ] RAG", "done: prompt. To do: RAG"."""

from __future__ import annotations

import re

from bot.understanding.message import MARKS, Message

_DONE = re.compile(r"\[[xv✓✔]\]|[✓✔✅☑]")
_MARK = re.compile(MARKS)
_HEADING = re.compile(
    r"(?:^|(?<=[.,;!?\n(] )|(?<=[\n,;(]))[ *_-]*(?:"
    r"(?P<later>(?:still )?(?:to ?do|open|missing|pending|remaining|outstanding)|next(?: up| steps?)?|later|"
    r"planned|(?:our |the )?(?:plans?|backlog|roadmap|wish ?list)|not (?:yet )?(?:done|tried)|untried|"
    r"offen|geplant|pendiente)|(?:(?:already|we|what we) )?(?:done|tried|did|have|finished|live|in place|"
    r"so far|erledigt|hecho|fait))"
    r"(?: so far)?[*_ ]*:[ ]*(?P<alone>\n)?"
)


def is_ticked(message: Message, start: int, end: int) -> bool | None:
    """Say whether a step is marked as done, by its own mark or by its heading; None where neither does."""
    marks = list(_MARK.finditer(message.plain))
    if not marks:
        return _by_heading(message, start)
    stands_before = re.search(r"\w", message.plain[marks[-1].end() :]) is not None
    if stands_before:
        its_own = next((one for one in reversed(marks) if one.start() <= start), None)
    else:
        its_own = next((one for one in marks if one.start() >= end - 1), None)
    return None if its_own is None else _DONE.fullmatch(its_own[0]) is not None


def _by_heading(message: Message, start: int) -> bool | None:
    """Say what the last heading before a step says; one with a line of its own holds for the lines below."""
    headings = [one for one in _HEADING.finditer(message.plain) if one.start() <= start + 1]
    if not headings:
        return None
    last = headings[-1]
    is_in_line = message.sentence_at(start).holds(last.end() - 1) or message.sentence_at(
        last.end() - 1
    ).holds(start)
    return last["later"] is None if is_in_line or last["alone"] else None
