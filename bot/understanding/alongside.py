"""What an answer tells beside what was asked, in sentences of its own: "No. It runs on our own server"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from bot.understanding.found import Found
from bot.understanding.message import Message, made_of

_OF_THE_MODEL = frozenset({"hosting", "base_model", "base_tunable"})
_OURS = re.compile(r"\b(?:we|our|it|its|the model)\b")
_OF_OTHERS = re.compile(
    r"\b(?:would|could|might|should|told|says?|said|consultant|competit\w+|considered|looked at|last year|"
    r"instead)\b"
)
_OF_DATA = frozenset({"examples_n", "pairs_pref_n", "eval_set_n", "corpus_tokens", "requests_per_day"})
_WE_HAVE_DATA = re.compile(
    r"\b(?:we|i)(?: still| also| do)?(?: have|ve(?: got)?| got| hold| keep| get)\b[^;]{0,40}?"
    r"\b(?:examples?|labell?ed|reviewed|annotated|corrected|checked|routed|tagged|pairs|transcripts|"
    r"test cases|pages|requests|calls|queries|conversations)\b"
)
"""A number that only goes by, such as three pitches, counts nothing of theirs."""


_MOST_SENTENCES = 8
"""Nobody answers at greater length, and each is read by itself."""


def find_alongside(
    message: Message,
    found: Sequence[Found],
    asked: Collection[str],
    find: Callable[[Message], Sequence[Found]],
) -> Iterator[Found]:
    """Yield what sentences state in which the answer was not found, each read as if it stood alone.

    `find` reads a message that answers nothing.
    """
    told = {*asked, *(one.fact for one in found)}
    for sentence in message.sentences[:_MOST_SENTENCES] if len(message.sentences) > 1 else ():
        may_tell = _may_tell(message.plain[sentence.start : sentence.end])
        if not may_tell or any(sentence.holds(one.start) for one in found):
            continue
        places = tuple(range(sentence.start, sentence.end))
        for one in find(made_of(message, places)):
            if one.fact in may_tell - told and one.source == "stated" and one.value is not None:
                told.add(one.fact)
                yield replace(one, start=places[one.start], end=places[one.end - 1] + 1)


def _may_tell(words: str) -> frozenset[str]:
    is_ours = _OURS.search(words) and not _OF_OTHERS.search(words)
    of_the_model = _OF_THE_MODEL if is_ours else frozenset[str]()
    return of_the_model | _OF_DATA if _WE_HAVE_DATA.search(words) else of_the_model
